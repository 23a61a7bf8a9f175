/* The folders of data and web files: as given, from the environment, or from the place of this very
 * code (dladdr, which is GNU's). And files that appear whole or not at all: written beside,
 * flushed, renamed.
 * Test: tests/unit/test_path.c. */
#define _GNU_SOURCE
#include "base/path.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Joins two parts in `out`; false when there is no room. */
static bool join(char *out, size_t size, const char *folder, const char *rest) {
  const int length = snprintf(out, size, "%s%s", folder, rest);
  return length >= 0 && (size_t)length < size;
}

/* Cuts a path down to its folder, without trailing slash. */
static bool to_folder(char path[PATH_MAX]) {
  char *slash = strrchr(path, '/');
  if (slash == NULL)
    return false;
  *slash = '\0';
  return true;
}

/* The folder of the library or program in which this code lies. */
static bool code_folder(char out[PATH_MAX]) {
  Dl_info info;
  return dladdr((const void *)to_folder, &info) != 0 && info.dli_fname != NULL &&
         realpath(info.dli_fname, out) != NULL && to_folder(out);
}

/* The folder of the running program. */
static bool program_folder(char out[PATH_MAX]) {
  const ssize_t length = readlink("/proc/self/exe", out, PATH_MAX - 1);
  if (length <= 0)
    return false;
  out[length] = '\0';
  return to_folder(out);
}

/* Looks for `name`, "" or a file, in each of `places` (NULL ends them) beside the code, then beside
 * the program. */
static bool find_beside(const char *const *places, const char *name, bool (*is)(const char *path),
                        char out[PATH_MAX]) {
  char folder[PATH_MAX], place[PATH_MAX];
  for (int own = 1; own >= 0; own--) {
    if (!(own ? code_folder(folder) : program_folder(folder)))
      continue;
    for (size_t i = 0; places[i] != NULL; i++)
      if (join(place, sizeof place, folder, places[i]) && join(out, PATH_MAX, place, name) &&
          is(out))
        return true;
  }
  return false;
}

/* Copies `found` to the caller's `out`, which stays as it was when there is no room. */
static enum percuta_status publish(const char *found, char *out, size_t size) {
  const size_t length = strlen(found);
  if (length >= size)
    return PERCUTA_IO;
  memcpy(out, found, length + 1);
  return PERCUTA_OK;
}

enum percuta_status percuta_base_path_data(const char *given, char *out, size_t size) {
  static const char *const places[] = {"/../share/percuta/data", "/../../share/percuta/data",
                                       "/../data", NULL};
  char path[PATH_MAX];
  if (given == NULL)
    given = getenv("PERCUTA_DATA");
  if (given == NULL || *given == '\0')
    return find_beside(places, "", is_folder, path) ? publish(path, out, size) : PERCUTA_IO;
  if (!join(path, sizeof path, given, ""))
    return PERCUTA_IO;
  for (size_t end = strlen(path); end > 1 && path[end - 1] == '/'; end--)
    path[end - 1] = '\0';
  return is_folder(path) ? publish(path, out, size) : PERCUTA_IO;
}

enum percuta_status percuta_base_path_web(const char *name, char *out, size_t size) {
  static const char *const places[] = {"/../share/percuta/web/", "/../../share/percuta/web/",
                                       "/web/", NULL};
  char folder[PATH_MAX], path[PATH_MAX];
  const char *given = getenv("PERCUTA_WEB");
  if (given == NULL || *given == '\0')
    return find_beside(places, name, is_file, path) ? publish(path, out, size) : PERCUTA_IO;
  const bool fits =
      join(folder, sizeof folder, given, "/") && join(path, sizeof path, folder, name);
  return fits && is_file(path) ? publish(path, out, size) : PERCUTA_IO;
}

enum percuta_status percuta_base_path_beside(const char *name, enum percuta_base_path_kind kind,
                                             char *out, size_t size) {
  static const char *const places[][4] = {
      [PERCUTA_BASE_PATH_EXAMPLES] = {"/../share/percuta/examples/",
                                      "/../../share/percuta/examples/", "/../examples/", NULL},
      [PERCUTA_BASE_PATH_DOCUMENTS] = {"/../share/doc/percuta/", "/../../share/doc/percuta/",
                                       "/../", NULL}};
  char path[PATH_MAX], plain[PATH_MAX], here[PATH_MAX];
  if (!find_beside(places[kind], name, is_file, path) || realpath(path, plain) == NULL)
    return PERCUTA_IO;
  const size_t length = getcwd(here, sizeof here) != NULL ? strlen(here) : 0;
  const bool below = length > 1 && strncmp(plain, here, length) == 0 && plain[length] == '/';
  return publish(below ? plain + length + 1 : plain, out, size);
}

enum percuta_status percuta_base_path_make_folder(const char *path) {
  char part[PATH_MAX];
  if (*path == '\0' || !join(part, sizeof part, path, ""))
    return PERCUTA_IO;
  for (char *slash = strchr(part + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(part, 0777) != 0 && errno != EEXIST)
      return PERCUTA_IO;
    *slash = '/';
  }
  if (mkdir(part, 0777) != 0 && errno != EEXIST)
    return PERCUTA_IO;
  return is_folder(part) ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_path_kind percuta_base_path_kind(const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0)
    return errno == ENOENT || errno == ENOTDIR ? PERCUTA_PATH_NOTHING : PERCUTA_PATH_OTHER;
  return S_ISREG(info.st_mode)   ? PERCUTA_PATH_FILE
         : S_ISDIR(info.st_mode) ? PERCUTA_PATH_FOLDER
         : S_ISLNK(info.st_mode) ? PERCUTA_PATH_LINK
                                 : PERCUTA_PATH_OTHER;
}

enum percuta_status percuta_base_path_draft(const char *path, char *out, size_t size) {
  const char *slash = strrchr(path, '/');
  const int before = slash ? (int)(slash - path) + 1 : 0;
  const int length = snprintf(out, size, "%.*s.%s.tmp", before, path, path + before);
  return length > 0 && (size_t)length < size ? PERCUTA_OK : PERCUTA_IO;
}

int percuta_base_path_create(const char *path) {
  if (unlink(path) != 0 && errno != ENOENT)
    return -1;
  return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

int percuta_base_path_reopen(const char *path, int flags) {
  struct stat info;
  /* O_NONBLOCK: opening a pipe that nobody writes to must not wait */
  const int file = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0)
    return -1;
  if (fstat(file, &info) == 0 && S_ISREG(info.st_mode))
    return file;
  (void)close(file);
  errno = EINVAL;
  return -1;
}

enum percuta_status percuta_base_path_open(const char *path, FILE **out) {
  char draft[PATH_MAX];
  PERCUTA_TRY(percuta_base_path_draft(path, draft, sizeof draft));
  const int file = percuta_base_path_create(draft);
  if (file < 0)
    return PERCUTA_IO;
  FILE *stream = fdopen(file, "w");
  if (stream == NULL) {
    (void)close(file);
    return PERCUTA_IO;
  }
  *out = stream;
  return PERCUTA_OK;
}

/* Brings what the stream holds to the disk. */
static bool flush(FILE *stream) {
  return !ferror(stream) && fflush(stream) == 0 && fsync(fileno(stream)) == 0;
}

enum percuta_status percuta_base_path_publish(const char *path, FILE *stream) {
  char draft[PATH_MAX];
  PERCUTA_TRY(percuta_base_path_draft(path, draft, sizeof draft));
  return flush(stream) && rename(draft, path) == 0 ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_status percuta_base_path_commit(const char *path, FILE **stream) {
  char draft[PATH_MAX];
  bool good = flush(*stream);
  if (fclose(*stream) != 0)
    good = false;
  *stream = NULL;
  if (percuta_base_path_draft(path, draft, sizeof draft) != PERCUTA_OK)
    return PERCUTA_IO;
  if (good && rename(draft, path) == 0)
    return PERCUTA_OK;
  const int reason = errno;
  (void)unlink(draft);
  errno = reason;
  return PERCUTA_IO;
}

void percuta_base_path_abandon(const char *path, FILE **stream) {
  char draft[PATH_MAX];
  if (stream == NULL || *stream == NULL)
    return;
  (void)fclose(*stream);
  *stream = NULL;
  if (percuta_base_path_draft(path, draft, sizeof draft) == PERCUTA_OK)
    (void)unlink(draft);
}

enum percuta_status percuta_base_path_remove(const char *path) {
  return unlink(path) == 0 || errno == ENOENT ? PERCUTA_OK : PERCUTA_IO;
}

/* Reads what is left of `file` into text of `room` + 1 bytes; the number of bytes, or -1. */
static ssize_t read_all(int file, char *text, size_t room) {
  size_t used = 0;
  while (used < room) {
    const ssize_t got = read(file, text + used, room - used);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return -1;
    if (got == 0)
      break;
    used += (size_t)got;
  }
  text[used] = '\0';
  return (ssize_t)used;
}

/* Reads the open regular file; one byte more than it should have tells whether it grew. */
static enum percuta_status read_open(int file, size_t limit, char **out, size_t *length) {
  struct stat info;
  if (fstat(file, &info) != 0)
    return PERCUTA_IO;
  if (!S_ISREG(info.st_mode) || info.st_size < 0 || (unsigned long long)info.st_size > limit)
    return PERCUTA_BAD_INPUT;
  const size_t room = (size_t)info.st_size + 1;
  char *text = malloc(room + 1);
  if (text == NULL)
    return PERCUTA_MEMORY;
  const ssize_t used = read_all(file, text, room);
  if (used < 0 || (size_t)used == room) {
    free(text);
    return PERCUTA_IO;
  }
  *out = text;
  *length = (size_t)used;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_path_read(const char *path, size_t limit, char **out,
                                           size_t *length) {
  /* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
  const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0)
    return PERCUTA_IO;
  const enum percuta_status status = read_open(file, limit, out, length);
  const int reason = errno;
  (void)close(file);
  errno = reason;
  return status;
}

void percuta_base_path_quote(const char *path, char *out, size_t size) {
  static const char safe[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,=@:%";
  static const char within[] = "'\\''"; /* ends the quotes, a quote, begins them again */
  if (*path != '\0' && strspn(path, safe) == strlen(path)) {
    snprintf(out, size, "%s", path);
    return;
  }
  size_t used = 0;
  if (used + 2 < size)
    out[used++] = '\'';
  for (; *path != '\0' && used + sizeof within + 1 < size; path++) {
    if (*path == '\'')
      used += (size_t)snprintf(out + used, size - used, "%s", within);
    else
      out[used++] = *path;
  }
  if (used + 1 < size)
    out[used++] = '\'';
  out[used] = '\0';
}

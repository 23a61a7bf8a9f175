/* Preloaded by kill.sh, failure.sh and start.sh: what a machine may do to a program, at a chosen
 * moment, and what a program asks of it.
 *   PERCUTA_KILL    "<call> <file> <n>": SIGKILL before the n-th such call whose (first) path ends
 *                   in /<file>; the call is rename, unlink, rmdir, mkdir or fopen. "any * <n>":
 *                   before the n-th call of any kind that changes what is on the disk
 *   PERCUTA_COUNT   <file>: gets the number of such calls at the end
 *   PERCUTA_FULL    <n>: from the n-th pwrite on the disk is full
 *   PERCUTA_ROOM    <bytes>: what is free on every disk
 *   PERCUTA_OPENED  <file>: gets a line for every file that the program opens by open or fopen */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

static long changes = 0;

static void maybe_die(const char *call, const char *path) {
  static int seen = 0;
  char wanted_call[16], wanted_file[64];
  int nth;
  const char *wanted = getenv("PERCUTA_KILL");
  const char *slash = path ? strrchr(path, '/') : NULL;
  const char *file = slash ? slash + 1 : path ? path : "";
  /* Open MPI starts a helper, which inherits this file. */
  if (strcmp(program_invocation_short_name, "percuta") != 0)
    return;
  changes++;
  if (!wanted || sscanf(wanted, "%15s %63s %d", wanted_call, wanted_file, &nth) != 3)
    return;
  if (strcmp(wanted_call, "any") != 0 &&
      (strcmp(call, wanted_call) != 0 || strcmp(file, wanted_file) != 0))
    return;
  if (++seen == nth)
    raise(SIGKILL);
}

/* The function of this name that would be called without this file. */
static void next(const char *name, void *out) {
  *(void **)out = dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void tell(void) {
  FILE *(*open)(const char *, const char *);
  const char *path = getenv("PERCUTA_COUNT");
  if (!path || changes == 0)
    return;
  next("fopen", &open);
  FILE *out = open(path, "w");
  if (out) {
    fprintf(out, "%ld\n", changes);
    fclose(out);
  }
}

int rename(const char *from, const char *to) {
  int (*call)(const char *, const char *);
  next("rename", &call);
  maybe_die("rename", from);
  return call(from, to);
}

int unlink(const char *path) {
  int (*call)(const char *);
  next("unlink", &call);
  maybe_die("unlink", path);
  return call(path);
}

int rmdir(const char *path) {
  int (*call)(const char *);
  next("rmdir", &call);
  maybe_die("rmdir", path);
  return call(path);
}

int mkdir(const char *path, mode_t mode) {
  int (*call)(const char *, mode_t);
  next("mkdir", &call);
  maybe_die("mkdir", path);
  return call(path, mode);
}

/* What a stream still holds comes to the disk. */
int fclose(FILE *stream) {
  int (*call)(FILE *);
  next("fclose", &call);
  maybe_die("fclose", NULL);
  return call(stream);
}

int fflush(FILE *stream) {
  int (*call)(FILE *);
  next("fflush", &call);
  maybe_die("fflush", NULL);
  return call(stream);
}

int ftruncate(int file, off_t length) {
  int (*call)(int, off_t);
  next("ftruncate", &call);
  maybe_die("ftruncate", NULL);
  return call(file, length);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
  static long seen = 0;
  const char *full = getenv("PERCUTA_FULL");
  ssize_t (*call)(int, const void *, size_t, off_t);
  next("pwrite", &call);
  if (full && ++seen >= atol(full)) {
    errno = ENOSPC;
    return -1;
  }
  maybe_die("pwrite", NULL);
  return call(file, bytes, size, at);
}

static int open_next(const char *name, const char *path, int flags, mode_t mode) {
  int (*call)(const char *, int, ...);
  next(name, &call);
  return call(path, flags, mode);
}

static void note(const char *path) {
  const char *list = getenv("PERCUTA_OPENED");
  char line[4200];
  if (!list)
    return;
  const int length = snprintf(line, sizeof line, "%.4096s\n", path);
  const int file = open_next("open", list, O_WRONLY | O_APPEND | O_CREAT, 0666);
  if (file < 0 || write(file, line, (size_t)length) != length)
    abort();
  close(file);
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = flags & O_CREAT ? (mode_t)va_arg(arguments, int) : 0;
  va_end(arguments);
  note(path);
  return open_next("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = flags & O_CREAT ? (mode_t)va_arg(arguments, int) : 0;
  va_end(arguments);
  note(path);
  return open_next("open64", path, flags, mode);
}

/* A file that is opened for writing is made or emptied. */
FILE *fopen(const char *path, const char *mode) {
  FILE *(*call)(const char *, const char *);
  next("fopen", &call);
  note(path);
  if (*mode != 'r')
    maybe_die("fopen", path);
  return call(path, mode);
}

int statvfs(const char *path, struct statvfs *out) {
  int (*call)(const char *, struct statvfs *);
  const char *room = getenv("PERCUTA_ROOM");
  next("statvfs", &call);
  const int code = call(path, out);
  if (code == 0 && room)
    out->f_bavail = (fsblkcnt_t)atoll(room) / out->f_frsize;
  return code;
}

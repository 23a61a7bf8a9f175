/* A lock that cannot outlive its process: flock(2) on a file that says whose it is.
 * Tests: tests/unit/test_lock.c, tests/cli/folder.sh. */
#include "engine/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"

static const char OWNER[] = "percuta, process ";

/* The first line of the file, "" when it is empty. */
static void read_owner(int file, char *out, size_t size) {
  const ssize_t got = pread(file, out, size - 1, 0);
  out[got > 0 ? got : 0] = '\0';
  out[strcspn(out, "\n")] = '\0';
}

static bool is_ours(const char *owner) {
  return *owner == '\0' || strncmp(owner, OWNER, strlen(OWNER)) == 0;
}

/* Whether the file that was locked is still the one in the folder: its last owner may have removed
 * it in between. */
static bool is_there(const struct percuta_lock *lock) {
  struct stat held, there;
  return fstat(lock->file, &held) == 0 && lstat(lock->path, &there) == 0 &&
         held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

static void sign(int file) {
  char host[128] = "?", text[256];
  (void)gethostname(host, sizeof host - 1);
  const int length = snprintf(text, sizeof text, "%s%ld on %s\n", OWNER, (long)getpid(), host);
  /* who it is only makes a message better */
  if (ftruncate(file, 0) != 0 || pwrite(file, text, (size_t)length, 0) != length)
    return;
}

static enum percuta_status refuse(struct percuta_lock *lock, char *words, size_t size,
                                  const char *folder, const char *what) {
  snprintf(words, size, "%.600s %.200s; name another folder with -o DIR", folder, what);
  if (lock->file > 0)
    (void)close(lock->file);
  lock->file = 0;
  return PERCUTA_TAKEN;
}

/* One try; PERCUTA_OK with lock->file 0 when the file has been removed meanwhile. */
static enum percuta_status try_lock(const char *folder, struct percuta_lock *lock, char *words,
                                    size_t size) {
  char owner[200], what[256];
  const enum percuta_path_kind kind = percuta_base_path_kind(lock->path);
  if (kind != PERCUTA_PATH_NOTHING && kind != PERCUTA_PATH_FILE)
    return refuse(lock, words, size, folder, "holds a .lock that is no file of Percuta's");
  lock->file = open(lock->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
  if (lock->file <= 0) {
    lock->file = 0;
    snprintf(words, size, "cannot write %.600s: %s", lock->path, strerror(errno));
    return PERCUTA_IO;
  }
  const bool locked = flock(lock->file, LOCK_EX | LOCK_NB) == 0;
  const int reason = errno;
  read_owner(lock->file, owner, sizeof owner);
  if (!is_ours(owner))
    return refuse(lock, words, size, folder, "holds a .lock that is no file of Percuta's");
  if (!locked && reason == EWOULDBLOCK) {
    snprintf(what, sizeof what, "is in use by another run (%.150s)",
             *owner ? owner : "just starting");
    return refuse(lock, words, size, folder, what);
  }
  if (locked && !is_there(lock)) {
    (void)close(lock->file);
    lock->file = 0;
    return PERCUTA_OK;
  }
  sign(lock->file);
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_lock_take(const char *folder, struct percuta_lock *lock,
                                             char *words, size_t size) {
  enum { TRIES = 100 };
  snprintf(lock->path, sizeof lock->path, "%s/.lock", folder);
  lock->file = 0;
  for (int i = 0; i < TRIES && lock->file == 0; i++)
    PERCUTA_TRY(try_lock(folder, lock, words, size));
  return lock->file > 0 ? PERCUTA_OK
                        : refuse(lock, words, size, folder,
                                 "is taken and released by other runs all the time");
}

void percuta_engine_lock_release(struct percuta_lock *lock) {
  if (lock->file <= 0)
    return;
  (void)unlink(lock->path); /* while it is held: the next owner makes a file of his own */
  (void)close(lock->file);
  lock->file = 0;
}

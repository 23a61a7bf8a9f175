/* Preloaded by kill.sh and failure.sh: what a machine may do to a program, at a chosen moment.
 *   PERCUTA_KILL  "<rename|unlink|rmdir> <file> <n>": SIGKILL before the n-th such call whose
 * (first) path ends in /<file> PERCUTA_FULL  <n>: from the n-th pwrite on the disk is full */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static void maybe_die(const char *call, const char *path) {
  static int seen = 0;
  char wanted_call[16], wanted_file[64];
  int nth;
  const char *wanted = getenv("PERCUTA_KILL");
  const char *slash = strrchr(path, '/');
  if (!wanted || sscanf(wanted, "%15s %63s %d", wanted_call, wanted_file, &nth) != 3)
    return;
  if (strcmp(call, wanted_call) != 0 || strcmp(slash ? slash + 1 : path, wanted_file) != 0)
    return;
  if (++seen == nth)
    raise(SIGKILL);
}

/* The function of this name that would be called without this file. */
static void next(const char *name, void *out) {
  *(void **)out = dlsym(RTLD_NEXT, name);
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

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
  static long seen = 0;
  const char *full = getenv("PERCUTA_FULL");
  ssize_t (*call)(int, const void *, size_t, off_t);
  next("pwrite", &call);
  if (full && ++seen >= atol(full)) {
    errno = ENOSPC;
    return -1;
  }
  return call(file, bytes, size, at);
}

/* One run at a time in a folder. Internal to engine/. */
#ifndef PERCUTA_ENGINE_LOCK_H
#define PERCUTA_ENGINE_LOCK_H

#include <stddef.h>

#include "base/status.h"

struct percuta_lock {
  int file; /* descriptor; 0: not taken (standard input is never one) */
  char path[4096];
};

/* Takes the folder, which must exist, for this process, by a lock of the kernel's on the file .lock
 * in it: when the process ends, however it ends, the lock is gone. PERCUTA_TAKEN while another
 * process has it; then, and of PERCUTA_IO, `words` say so. Where the file system has no locks the
 * folder is taken without one. */
enum percuta_status percuta_engine_lock_take(const char *folder, struct percuta_lock *lock,
                                             char *words, size_t size);

/* Gives it back and removes the file; nothing when it was not taken. */
void percuta_engine_lock_release(struct percuta_lock *lock);

#endif

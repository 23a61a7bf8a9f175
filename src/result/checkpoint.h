/* Checkpoints: named arrays of doubles in one HDF5 file with a checksum over all of it. */
#ifndef PERCUTA_RESULT_CHECKPOINT_H
#define PERCUTA_RESULT_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct percuta_checkpoint_entry {
  const char *name;    /* of the dataset */
  const double *value; /* borrowed */
  size_t count;
};

#define PERCUTA_CHECKPOINT_FILE "checkpoint.h5"
#define PERCUTA_CHECKPOINT_PREVIOUS "checkpoint.previous.h5"

/* Writes folder/checkpoint.h5 for a scenario with this hash; the one that was there becomes
 * checkpoint.previous.h5. PERCUTA_IO, with errno set, leaves what was there untouched. Should the
 * program be killed at any point of it, at least one whole checkpoint remains. */
enum percuta_status percuta_result_checkpoint_write(const char *folder, uint64_t hash,
                                                    const struct percuta_checkpoint_entry *entry,
                                                    size_t entries);

struct percuta_checkpoint; /* one read back and found whole */

/* Reads the newest checkpoint in `folder` whose checksum holds, else the previous one; the damaged
 * newest is then removed, lest the next write make it the previous one. PERCUTA_IO when neither can
 * be read, as when another version of Percuta wrote them, PERCUTA_BAD_INPUT when it belongs to
 * another scenario; `why`, of `why_size` bytes, then says so, and also names a checkpoint that was
 * passed over. */
enum percuta_status percuta_result_checkpoint_read(const char *folder, uint64_t hash,
                                                   struct percuta_checkpoint **out, char *why,
                                                   size_t why_size);
void percuta_result_checkpoint_destroy(struct percuta_checkpoint **checkpoint); /* accepts NULL */

/* The array called `name` (borrowed) and its length, or NULL. */
const double *percuta_result_checkpoint_get(const struct percuta_checkpoint *checkpoint,
                                            const char *name, size_t *count);

/* The name, without `folder`, of the newest checkpoint there; NULL when there is none. */
const char *percuta_result_checkpoint_newest(const char *folder);

/* Removes all of them, and what a killed program left of one, as after a run that ended well. */
void percuta_result_checkpoint_remove(const char *folder);

#endif

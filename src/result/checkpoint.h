/* Checkpoints: named arrays of doubles in one HDF5 file, each with a checksum. */
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
 * checkpoint.previous.h5. PERCUTA_IO leaves what was there untouched. */
enum percuta_status percuta_checkpoint_write(const char *folder, uint64_t hash,
                                             const struct percuta_checkpoint_entry *entry,
                                             size_t entries);

struct percuta_checkpoint; /* one read back and found whole */

/* Reads the newest checkpoint in `folder` whose checksums hold, else the previous one. PERCUTA_IO
 * when neither can be read, PERCUTA_BAD_INPUT when it belongs to another scenario; `why`, of
 * `why_size` bytes, then says so, and also names a checkpoint that was passed over. */
enum percuta_status percuta_checkpoint_read(const char *folder, uint64_t hash,
                                            struct percuta_checkpoint **out, char *why,
                                            size_t why_size);
void percuta_checkpoint_destroy(struct percuta_checkpoint **checkpoint); /* accepts NULL */

/* The array called `name` (borrowed) and its length, or NULL. */
const double *percuta_checkpoint_get(const struct percuta_checkpoint *checkpoint, const char *name,
                                     size_t *count);

/* Whether `folder` holds any checkpoint; and removes them all, as after a run that ended well. */
int percuta_checkpoint_exists(const char *folder);
void percuta_checkpoint_remove(const char *folder);

#endif

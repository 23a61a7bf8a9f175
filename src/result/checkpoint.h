/* Checkpoints: named arrays of doubles in one HDF5 file with a checksum over all of it. */
#ifndef PERCUTA_RESULT_CHECKPOINT_H
#define PERCUTA_RESULT_CHECKPOINT_H

#include <stdbool.h>
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

/* Which run a checkpoint is of; all must be the same to resume from it. Texts are borrowed. */
struct percuta_checkpoint_owner {
  uint64_t hash;             /* of the run: scenario, data, version, options */
  uint64_t keys_hash;        /* of the scenario's keys alone, to say what has changed */
  const char *program;       /* version and build */
  const char *petsc_options; /* as on a command line */
};

/* Writes folder/checkpoint.h5; the one that was there becomes checkpoint.previous.h5. PERCUTA_IO,
 * with errno set, leaves what was there untouched. Should the program be killed at any point of it,
 * at least one whole checkpoint remains. */
enum percuta_status percuta_result_checkpoint_write(const char *folder,
                                                    const struct percuta_checkpoint_owner *owner,
                                                    const struct percuta_checkpoint_entry *entry,
                                                    size_t entries);

struct percuta_checkpoint; /* one read back and found whole */

/* Reads the newest checkpoint in `folder` whose checksum holds, else the previous one; the damaged
 * newest is then removed, lest the next write make it the previous one. PERCUTA_IO when neither can
 * be read; PERCUTA_TAKEN when it is of another scenario, version of Percuta, data or options.
 * `why`, of `why_size` bytes, then says so, and also names a checkpoint that was passed over. */
enum percuta_status percuta_result_checkpoint_read(const char *folder,
                                                   const struct percuta_checkpoint_owner *owner,
                                                   struct percuta_checkpoint **out, char *why,
                                                   size_t why_size);
void percuta_result_checkpoint_destroy(struct percuta_checkpoint **checkpoint); /* accepts NULL */

/* The array called `name` (borrowed) and its length, or NULL. */
const double *percuta_result_checkpoint_get(const struct percuta_checkpoint *checkpoint,
                                            const char *name, size_t *count);

/* The name, without `folder`, of the newest checkpoint there; NULL when there is none. */
const char *percuta_result_checkpoint_newest(const char *folder);

/* Whether the file at `path` begins as a checkpoint of any version does. */
bool percuta_result_checkpoint_is(const char *path);

/* Removes all of them, and what a killed program left of one, as after a run that ended well. */
void percuta_result_checkpoint_remove(const char *folder);

#endif

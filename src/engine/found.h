/* What a folder holds before a run uses it. Internal to engine/. */
#ifndef PERCUTA_ENGINE_FOUND_H
#define PERCUTA_ENGINE_FOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct percuta_found {
  bool ours;        /* a run of Percuta has been here */
  bool checkpoint;  /* one is there to resume from */
  bool finished;    /* a whole result is there */
  bool has_hash[2]; /* whether it is known, from run.log and from summary.json, */
  uint64_t hash[2]; /* of which run */
  char *listed;     /* owned; " name name ", which files that run wrote; NULL: not known */
};

/* Looks into the folder, which need not exist. Links and pipes in it are not followed. */
enum percuta_status percuta_engine_found_look(const char *folder, struct percuta_found *out);
void percuta_engine_found_clear(struct percuta_found *found);

/* Whether all that is known of the run that was here speaks for the one with this hash. */
bool percuta_engine_found_same(const struct percuta_found *found, uint64_t hash);

/* Whether that run wrote the file `name`, as far as is known. */
bool percuta_engine_found_wrote(const struct percuta_found *found, const char *name);

#endif

/* What a folder holds before a run uses it. Internal to engine/. */
#ifndef PERCUTA_ENGINE_FOUND_H
#define PERCUTA_ENGINE_FOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "scenario/scenario.h"

struct percuta_found {
  bool ours;        /* a run of Percuta has been here */
  bool checkpoint;  /* one is there to resume from */
  bool finished;    /* a result is there */
  bool fields_lost; /* it was finished without all of its fields, and says so */
  bool has_hash[2]; /* whether it is known, from run.log and from summary.json, */
  uint64_t hash[2]; /* of which run */
  char *listed;     /* owned; " name name ", which files that run wrote; NULL: not known */
};

/* Looks into the folder, which need not exist. Links and pipes in it are not followed. */
enum percuta_status percuta_engine_found_look(const char *folder, struct percuta_found *out);
void percuta_engine_found_clear(struct percuta_found *found);

/* Whether all that is known of the run that was here speaks for the one with this hash. */
bool percuta_engine_found_same(const struct percuta_found *found, uint64_t hash);

/* The files of a result of `scenario` that the folder lacks, by name and with commas between them;
 * "" when it has them all. What does not fit is told by an ellipsis. */
void percuta_engine_found_lacks(const struct percuta_found *found, const char *folder,
                                const struct percuta_scenario *scenario, char *out, size_t size);

/* Whether that run wrote the file `name`, as far as is known. */
bool percuta_engine_found_wrote(const struct percuta_found *found, const char *name);

#endif

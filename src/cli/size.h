/* What a run of a scenario takes: memory, room on the disk, time; and whether this machine has
 * that. */
#ifndef PERCUTA_CLI_SIZE_H
#define PERCUTA_CLI_SIZE_H

#include <stdio.h>

#include "base/diag.h"
#include "course/pace.h"

struct cJSON;

struct percuta_size {
  size_t cells, per_cell; /* [bytes] a cell */
  double strikes;         /* of a session */
  double memory, more;    /* [bytes] of one process, and with each further one */
  double disk;            /* [bytes] of the result folder at most */
  struct percuta_pace pace;
};

/* What the scenario would take; mistakes in the data go to `diag`. */
enum percuta_status percuta_cli_size_predict(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag, struct percuta_size *out);

/* Two lines about memory, disk and time, and one more when this machine lacks the memory. */
void percuta_cli_size_print(const struct percuta_scenario *scenario,
                            const struct percuta_size *size, FILE *stream);
/* The same as objects of `root`; null when `size` is NULL. */
void percuta_cli_size_add(const struct percuta_size *size, struct cJSON *root);

/* PERCUTA_BAD_INPUT, with the sizes that would fit in `diag`, when this machine has less memory
 * than the run's processes on it take, or the disk of `folder` less room. */
enum percuta_status percuta_cli_size_check(const struct percuta_scenario *scenario,
                                           const struct percuta_size *size, const char *folder,
                                           struct percuta_diag *diag);

#endif

/* Predicted against published, row by row. */
#ifndef PERCUTA_VALIDATE_VALIDATE_H
#define PERCUTA_VALIDATE_VALIDATE_H

#include "validate/row.h"

struct percuta_crew; /* numerics/deal.h */

/* How many rows were predicted, and how well. */
struct percuta_tally {
  size_t within, counted;
  size_t bounds, bounds_within;  /* of those, what was published as a bound or a sign: no effect at
                                    all  may meet it */
  size_t covered, with_interval; /* of those counted that have an interval and were published as a
                                    value, not a bound: how many of the values lie in it */
};

struct percuta_validation {
  const char *stage;                 /* static */
  const char *absent;                /* why there is nothing to compare, or NULL */
  struct percuta_evidence evidence;  /* owned */
  struct percuta_comparison *item;   /* owned; one per row */
  struct percuta_tally unseen, seen; /* validation rows, calibration rows */
  size_t shown, not_compared;
  size_t left; /* of those not compared, the calibration and validation rows */
};

/* The stage called `name`, its index in the order of stages, or -1; and back. */
int percuta_validate_stage_index(const char *name);
size_t percuta_validate_stage_count(void);
const char *percuta_validate_stage_name(size_t index);

/* The counts of all stages together; `out` has no rows and owns nothing. */
void percuta_validate_add(const struct percuta_validation *stage, size_t count,
                          struct percuta_validation *out);

/* Predicts every row of the stage, with intervals of `draws` draws (predict.h; 0: none). Mistakes
 * in the data are added to `diag`. Release with percuta_validate_clear. Collective over the crew,
 * which shares the runs (NULL: alone). */
enum percuta_status percuta_validate_stage(const struct percuta_catalogue *catalogue, size_t index,
                                           int draws, const struct percuta_crew *crew,
                                           struct percuta_diag *diag,
                                           struct percuta_validation *out);
void percuta_validate_clear(struct percuta_validation *validation);

#endif

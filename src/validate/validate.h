/* Predicted against published, row by row. */
#ifndef PERCUTA_VALIDATE_VALIDATE_H
#define PERCUTA_VALIDATE_VALIDATE_H

#include "validate/band.h"
#include "validate/evidence.h"
#include "validate/predictor.h"

struct percuta_crew; /* numerics/deal.h */

enum percuta_verdict {
  PERCUTA_VERDICT_WITHIN,
  PERCUTA_VERDICT_OUTSIDE,
  PERCUTA_VERDICT_SHOWN, /* predicted, but an input, an identity, a twin or context: not counted */
  PERCUTA_VERDICT_NOT_COMPARED
};

/* One row with its prediction, in the row's unit. */
struct percuta_comparison {
  const struct percuta_evidence_row *row; /* borrowed from the stage's evidence */
  enum percuta_verdict verdict;
  struct percuta_band band;
  double predicted, low, high; /* low and high are NAN where there is no interval */
  double ratio;                /* predicted over published; NAN where that means nothing */
};

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

/* The order in which rows are shown: those that no value was set by, calibration rows, those that
 * are not counted. */
enum percuta_rank { PERCUTA_RANK_UNSEEN, PERCUTA_RANK_SEEN, PERCUTA_RANK_SHOWN, PERCUTA_RANK_LEFT };
enum percuta_rank percuta_validate_rank(const struct percuta_comparison *item);

/* The counts of all stages together; `out` has no rows and owns nothing. */
void percuta_validate_add(const struct percuta_validation *stage, size_t count,
                          struct percuta_validation *out);

/* The scenario that stands for the conditions of a row; owned by the caller. */
enum percuta_status percuta_validate_conditions(const struct percuta_catalogue *catalogue,
                                                const struct percuta_evidence_row *row,
                                                struct percuta_diag *diag,
                                                struct percuta_scenario **out);
/* The same without opening a file: `like` was read for a row that names the same scenario. */
enum percuta_status percuta_validate_conditions_like(const struct percuta_scenario *like,
                                                     const struct percuta_evidence_row *row,
                                                     struct percuta_diag *diag,
                                                     struct percuta_scenario **out);
/* A predicted value [SI] in the unit of a row; NAN when it is of another kind. */
double percuta_validate_in_unit(const struct percuta_units *units,
                                const struct percuta_predictor *predictor, const char *unit,
                                double value);

/* Predicts every row of the stage, with intervals of `draws` draws (predict.h; 0: none). Mistakes
 * in the data are added to `diag`. Release with percuta_validate_clear. Collective over the crew,
 * which shares the runs (NULL: alone). */
enum percuta_status percuta_validate_stage(const struct percuta_catalogue *catalogue, size_t index,
                                           int draws, const struct percuta_crew *crew,
                                           struct percuta_diag *diag,
                                           struct percuta_validation *out);
void percuta_validate_clear(struct percuta_validation *validation);

#endif

/* How far a prediction moves when the parameters behind it are drawn from their ranges. */
#ifndef PERCUTA_VALIDATE_INTERVAL_H
#define PERCUTA_VALIDATE_INTERVAL_H

#include "scenario/scenario.h"

enum { PERCUTA_INTERVAL_DRAWS = 40 }; /* as many as `percuta validate` makes */

struct percuta_insertion_draws; /* insertion/draws.h */
struct percuta_draws;           /* validate/draws.h */

/* The parameters of some tables of a scenario, to be drawn from their ranges. */
struct percuta_interval {
  const struct percuta_scenario *scenario; /* borrowed */
  const char *tables;                      /* borrowed; as those of a predictor */
  double *original;                        /* owned; of all parameters, in their units */
  double *unit; /* owned; factors from SI into these, 0 where the value is not above 0 */
  struct percuta_insertion_draws *joint; /* owned */
  struct percuta_draws *shipped; /* owned; joint draws of the models' parameters; may have none */
  int *column;                   /* owned; of each parameter in those, or -1 */
  int chosen[PERCUTA_INTERVAL_DRAWS]; /* numbers of those */
  int chosen_count;
  bool together; /* nothing but them is drawn */
};

/* Notes the parameters as they are. Mistakes in the data go to `diag`. Release with
 * percuta_validate_interval_end. */
enum percuta_status percuta_validate_interval_begin(const struct percuta_scenario *scenario,
                                                    const char *tables, struct percuta_diag *diag,
                                                    struct percuta_interval *out);
/* The same with the joint draws of the data folder (draws.h), those of the scenario's core, in
 * place of ranges: as `percuta run` takes them. Where there are none nothing is drawn. */
enum percuta_status percuta_validate_interval_begin_joint(const struct percuta_scenario *scenario,
                                                          struct percuta_diag *diag,
                                                          struct percuta_interval *out);
/* Puts draw number `draw`, from 0, in their place: those
 * that were calibrated together from their joint draws (draws.h, insertion/draws.h), each other
 * from its range, evenly in its logarithm where the range is above 0, else evenly; the same
 * whatever was drawn before. */
enum percuta_status percuta_validate_interval_draw(const struct percuta_interval *interval,
                                                   int draw);
/* Leaves the parameters as they were. Accepts one of {0}. */
enum percuta_status percuta_validate_interval_end(struct percuta_interval *interval);

/* Sorts the values, at least one, and takes their 5th and 95th percentile, linear between them. */
void percuta_validate_interval_ends(double *value, int count, double *low, double *high);

#endif

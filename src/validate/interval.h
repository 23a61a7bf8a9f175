/* How far a prediction moves when the parameters behind it are drawn from their ranges. */
#ifndef PERCUTA_VALIDATE_INTERVAL_H
#define PERCUTA_VALIDATE_INTERVAL_H

#include "validate/predictor.h"

/* The 5th and 95th percentile [SI] of `draws` predictions, PERCUTA_INTERVAL_DRAWS at most, every
 * parameter of the predictor's tables drawn from its range: evenly in its logarithm where the range
 * is above 0, else evenly. `specimen` as percuta_validate_predictor_call takes it. The parameters
 * of `scenario` are left as they were. Draws whose prediction fails do not count. */
enum { PERCUTA_INTERVAL_DRAWS = 40 };
enum percuta_status percuta_validate_interval_draw(const struct percuta_predictor *predictor,
                                                   const struct percuta_scenario *scenario,
                                                   const char *specimen, int draws,
                                                   double interval[2]);

/* Sorts the values, at least one, and takes their 5th and 95th percentile, linear between them. */
void percuta_validate_interval_ends(double *value, int count, double *low, double *high);

#endif

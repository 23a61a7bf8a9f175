/* What the ranges of the parameters make of the depth of a needle. Theory:
 * docs/theory/insertion.md.
 */
#ifndef PERCUTA_INSERTION_UNCERTAINTY_H
#define PERCUTA_INSERTION_UNCERTAINTY_H

#include "insertion/model.h"

/* The middle 90 % of the draws for a straight needle; depths of needles that do not get in are 0.
 */
struct percuta_uncertainty {
  double depth_low, depth_high;       /* [m] in place */
  double residual_low, residual_high; /* [m] after withdrawal */
  double breaks_share;                /* of the draws in which the needle breaks the skin */
};

/* Draws what the model knows a range of, the value used being the median, for a straight `needle`
 * pushed with `force` [N]. The draws form a low-discrepancy sequence: the same for every run. */
struct percuta_uncertainty
percuta_insertion_uncertainty_compute(const struct percuta_insertion_model *model,
                                      const struct percuta_needle *needle, double force);

/* The value at cumulative probability `share` of a parameter between `low` and `high` with median
 * `value`: log-uniform on either side where all are above 0, else uniform. */
double percuta_insertion_uncertainty_quantile(double low, double value, double high, double share);

#endif

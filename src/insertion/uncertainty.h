/* What the ranges of the parameters make of the depth of a needle. Theory:
 * docs/theory/insertion.md.
 */
#ifndef PERCUTA_INSERTION_UNCERTAINTY_H
#define PERCUTA_INSERTION_UNCERTAINTY_H

#include "skin/skin.h"

/* The middle 90 % of the draws for a straight needle; depths of needles that do not get in are 0.
 */
struct percuta_uncertainty {
  double depth_low, depth_high;       /* [m] in place */
  double residual_low, residual_high; /* [m] after withdrawal */
  double breaks_share;                /* of the draws in which the needle breaks the skin */
};

/* Draws every parameter of insertion and the skin's stiffness from its range, the value used being
 * the median; a parameter that the scenario sets is known and keeps its value. The draws form a
 * low-discrepancy sequence: the same for every run. */
enum percuta_status percuta_insertion_uncertainty_compute(const struct percuta_scenario *scenario,
                                                          const struct percuta_skin *skin,
                                                          struct percuta_diag *diag,
                                                          struct percuta_uncertainty *out);

/* The value at cumulative probability `share` of a parameter between `low` and `high` with median
 * `value`: log-uniform on either side where all are above 0, else uniform. */
double percuta_insertion_uncertainty_quantile(double low, double value, double high, double share);

#endif

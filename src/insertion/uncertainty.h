/* What the joint draws of the parameters make of the depth of a needle. Theory:
 * docs/theory/insertion.md.
 */
#ifndef PERCUTA_INSERTION_UNCERTAINTY_H
#define PERCUTA_INSERTION_UNCERTAINTY_H

#include "insertion/draws.h"

/* The middle 90 % of the draws for a straight needle; depths of those in which it gets in, 0 where
 * it does in none. */
struct percuta_uncertainty {
  double depth_low, depth_high;       /* [m] in place */
  double residual_low, residual_high; /* [m] after withdrawal */
  double width_low, width_high;       /* [m] left open at the surface */
  double bearing_low, bearing_high;   /* [N] of the hand, from which on drum or head touch */
  double opening_low, opening_high;   /* [N] on a needle, at which the surface first opens */
  double breaks_share;                /* of the draws in which the needle gets in */
};

/* The draws are the same for every run. */
struct percuta_uncertainty
percuta_insertion_uncertainty_compute(const struct percuta_ensemble *ensemble,
                                      const struct percuta_needle *needle,
                                      const struct percuta_hand *hand);

/* Share of the draws in which an upright needle gets in. */
double percuta_insertion_uncertainty_chance(const struct percuta_ensemble *ensemble,
                                            const struct percuta_needle *needle,
                                            const struct percuta_hand *hand);

#endif

/* What the numerics may be wrong by, as far as it has been measured: docs/verification.md. */
#ifndef PERCUTA_OUTCOME_NUMERICAL_H
#define PERCUTA_OUTCOME_NUMERICAL_H

#include "outcome/outcomes.h"

/* How a course was computed. */
struct percuta_numerical {
  enum percuta_fidelity fidelity;
  int sessions;
};

/* Bound of the difference from the mean of patches, as a share of a gain in collagen, or of one
 * point where the gain is less. The patch is what is compared with: 0. */
double percuta_outcome_numerical_share(enum percuta_fidelity fidelity, int sessions);

/* The same of `value`, in the outcome's unit. NAN: it was not measured, as of patches themselves
 * and of anything but collagen. */
double percuta_outcome_numerical_error(const struct percuta_outcome *outcome,
                                       const struct percuta_numerical *how, double value);

#endif

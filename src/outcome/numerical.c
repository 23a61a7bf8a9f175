/* Bounds that the test of fidelities holds, as numbers for whoever shows an error
 * beside a value. Tests: tests/verification/test_fidelity.c, tests/unit/test_compare.c. */
#include "outcome/numerical.h"

#include <stddef.h>

static const double COLUMN = 0.05, CHANNEL_ONCE = 0.06, CHANNEL_AGAIN = 0.15;
static const double POINT = 0.01; /* where a gain is less, the share is of this */

double percuta_outcome_numerical_share(enum percuta_fidelity fidelity, int sessions) {
  if (fidelity == PERCUTA_PATCH)
    return 0;
  if (fidelity == PERCUTA_COLUMN)
    return COLUMN;
  return sessions > 1 ? CHANNEL_AGAIN : CHANNEL_ONCE;
}

double percuta_outcome_numerical_error(const struct percuta_outcome *outcome,
                                       const struct percuta_numerical *how, double value) {
  const double share = percuta_outcome_numerical_share(how->fidelity, how->sessions);
  const bool read = outcome->function == percuta_outcome_timeline_on_day ||
                    outcome->function == percuta_outcome_timeline_highest;
  if (!read || !isfinite(value) || how->fidelity == PERCUTA_PATCH)
    return NAN;
  if (outcome->column == offsetof(struct percuta_timeline_row, collagen_total_rel))
    return share * fmax(fabs(value - 1), POINT);
  return outcome->column == offsetof(struct percuta_timeline_row, collagen_gain_um)
             ? share * fabs(value)
             : NAN;
}

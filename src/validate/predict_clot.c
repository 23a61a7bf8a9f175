/* How the blood of the scenario's person clots. No interval: the rows are a reference integration
 * of the same network, so that what is compared is the solver. */
#include <math.h>

#include "clot/thrombin.h"
#include "validate/predictor.h"

static enum percuta_status clot(const struct percuta_scenario *scenario, struct percuta_diag *diag,
                                struct percuta_clot *out) {
  enum percuta_status status = PERCUTA_OK;
  PetscErrorCode failed = percuta_thrombin_compute(scenario, diag, out, &status);
  return failed ? PERCUTA_NUMERICS : status;
}

enum percuta_status percuta_predict_clot_onset(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_prediction *out) {
  struct percuta_clot found;
  enum percuta_status status = clot(scenario, diag, &found);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){found.threshold_time, NAN, NAN};
  return status;
}

enum percuta_status percuta_predict_clot_peak(const struct percuta_scenario *scenario,
                                              struct percuta_diag *diag,
                                              struct percuta_prediction *out) {
  struct percuta_clot found;
  enum percuta_status status = clot(scenario, diag, &found);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){found.peak, NAN, NAN};
  return status;
}

enum percuta_status percuta_predict_clot_peak_time(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_prediction *out) {
  struct percuta_clot found;
  enum percuta_status status = clot(scenario, diag, &found);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){found.peak_time, NAN, NAN};
  return status;
}

/* How the blood of the scenario's person clots. No interval: the rows are a reference integration
 * of the same network, so that what is compared is the solver.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>
#include <stddef.h>

#include "clot/thrombin.h"
#include "validate/predictor.h"

/* The member of a clot at `offset`, a double. */
static enum percuta_status predict(const struct percuta_scenario *scenario,
                                   struct percuta_diag *diag, size_t offset,
                                   struct percuta_prediction *out) {
  struct percuta_clot clot = {0};
  const enum percuta_status status = percuta_clot_thrombin_compute(scenario, diag, &clot);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){
        *(const double *)(const void *)((const char *)&clot + offset), NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_clot_onset(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_prediction *out) {
  return predict(scenario, diag, offsetof(struct percuta_clot, threshold_time), out);
}

enum percuta_status percuta_validate_clot_peak(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_prediction *out) {
  return predict(scenario, diag, offsetof(struct percuta_clot, peak), out);
}

enum percuta_status percuta_validate_clot_peak_time(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_prediction *out) {
  return predict(scenario, diag, offsetof(struct percuta_clot, peak_time), out);
}

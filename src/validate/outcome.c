/* Pain and redness under the conditions of a study. */
#include <math.h>

#include "outcome/comfort.h"
#include "validate/predictor.h"

enum percuta_status
percuta_validate_outcome_pain_of_three_lengths(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_prediction *out) {
  double shorter = 0, longer = 0, length = scenario->device.needle.length;
  enum percuta_status status = percuta_outcome_comfort_pain(scenario, length, 1, diag, &shorter);
  if (status == PERCUTA_OK)
    status = percuta_outcome_comfort_pain(scenario, 3 * length, 1, diag, &longer);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){longer / shorter, NAN, NAN};
  return status;
}

/* A session in which the needles go in, whatever the force that takes. */
enum percuta_status percuta_validate_outcome_redness(const struct percuta_scenario *scenario,
                                                     struct percuta_diag *diag,
                                                     struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_comfort comfort = {.known = false};
  const struct percuta_channels channels = {.count = 1, .penetrated = 1, .needles_in_contact = 1};
  enum percuta_status status = percuta_skin_build(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    status = percuta_outcome_comfort_compute(scenario, &skin, &channels, NULL, diag, &comfort);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){percuta_outcome_comfort_redness(&comfort),
                                       comfort.redness_low, comfort.redness_high};
  return status;
}

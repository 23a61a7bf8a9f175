/* Pain and redness under the conditions of a study.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "outcome/comfort.h"
#include "validate/predictor.h"

enum percuta_status
percuta_validate_outcome_pain_of_three_lengths(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_prediction *out) {
  struct percuta_outcome_law law;
  const double length = scenario->device.needle.length;
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  const double shorter = percuta_outcome_comfort_pain(&law, length, 1);
  const double longer = percuta_outcome_comfort_pain(&law, 3 * length, 1);
  *out = (struct percuta_prediction){longer / shorter, NAN, NAN};
  return PERCUTA_OK;
}

/* A session in which the needles go in, whatever the force that takes. */
enum percuta_status percuta_validate_outcome_redness(const struct percuta_scenario *scenario,
                                                     struct percuta_diag *diag,
                                                     struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  const struct percuta_channels channels = {.count = 1, .penetrated = 1, .needles_in_contact = 1};
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  const struct percuta_comfort comfort =
      percuta_outcome_comfort_compute(&law, &scenario->device, &skin, &channels, NULL);
  *out = (struct percuta_prediction){percuta_outcome_comfort_redness(&comfort), comfort.redness_low,
                                     comfort.redness_high};
  return PERCUTA_OK;
}

/* Pain and redness under the conditions of a study.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "base/units.h"
#include "outcome/comfort.h"
#include "validate/predictor.h"
#include "validate/punctures.h"

enum percuta_status
percuta_validate_outcome_pain_of_three_lengths(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  const double length = scenario->device.needle.length;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  const double bottom = percuta_transport_nerves_skin(&skin);
  const double shorter = percuta_outcome_comfort_pain(&law, bottom, length, 1);
  const double longer = percuta_outcome_comfort_pain(&law, bottom, 3 * length, 1);
  *out = (struct percuta_prediction){longer / shorter, NAN, NAN};
  return PERCUTA_OK;
}

enum percuta_status
percuta_validate_outcome_pain_of_ten_times(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag,
                                           struct percuta_prediction *out) {
  static const double TENTH = 0.1;
  struct percuta_outcome_law law;
  const double length = scenario->device.needle.length, count = scenario->device.needles;
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  const double all = percuta_outcome_comfort_pain(&law, INFINITY, length, count);
  const double few = percuta_outcome_comfort_pain(&law, INFINITY, length, TENTH * count);
  *out = (struct percuta_prediction){all / few, NAN, NAN};
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_outcome_redness(const struct percuta_scenario *scenario,
                                                     struct percuta_diag *diag,
                                                     struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_redness_law law;
  struct percuta_channels channels = {0};
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_outcome_redness_read(scenario, diag, &law));
  PERCUTA_TRY(percuta_validate_punctures_make(scenario, &skin, diag, &channels));
  const struct percuta_redness redness =
      percuta_outcome_redness_compute(&law, &skin, &channels, scenario->model.patch_width);
  percuta_insertion_channel_clear(&channels);
  *out = (struct percuta_prediction){redness.median, redness.low, redness.high};
  return PERCUTA_OK;
}

/* The same of one lancet wound, whose own skin is all inflamed. */
enum percuta_status percuta_validate_outcome_redness_of_one(const struct percuta_scenario *scenario,
                                                            struct percuta_diag *diag,
                                                            struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_redness_law law;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_outcome_redness_read(scenario, diag, &law));
  const double median = percuta_outcome_redness_seen(&law, &skin, 1, 1);
  const double share = erfc(log(median / (3 * PERCUTA_DAY)) / law.person_spread / sqrt(2)) / 2;
  *out = (struct percuta_prediction){share, NAN, NAN};
  return PERCUTA_OK;
}

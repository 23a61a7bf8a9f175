/* How punctures close and how much water skin loses, under the conditions of a study.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "base/units.h"
#include "transport/reseal.h"
#include "validate/predictor.h"
#include "validate/punctures.h"

static enum percuta_status read_reseal(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct percuta_skin *skin,
                                       struct percuta_reseal *out) {
  enum percuta_status status = percuta_skin_read(scenario, diag, skin);
  if (status == PERCUTA_OK)
    status = percuta_transport_reseal_read(scenario, skin, diag, out);
  return status;
}

enum percuta_status percuta_validate_closure_half_time(const struct percuta_scenario *scenario,
                                                       struct percuta_diag *diag,
                                                       struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_reseal reseal;
  enum percuta_status status = read_reseal(scenario, diag, &skin, &reseal);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){reseal.pore_half_time, NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_closure_time(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_reseal reseal;
  enum percuta_status status = read_reseal(scenario, diag, &skin, &reseal);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){percuta_transport_reseal_sealed(&reseal).median, NAN, NAN};
  return status;
}

/* What one session leaves open on a patch. */
static enum percuta_status open_patch(const struct percuta_scenario *scenario,
                                      const struct percuta_skin *skin, struct percuta_diag *diag,
                                      struct percuta_reseal_opening *out) {
  struct percuta_channels channels = {0};
  const enum percuta_status status =
      percuta_validate_punctures_make(scenario, skin, diag, &channels);
  if (status == PERCUTA_OK)
    *out = percuta_transport_reseal_open(&channels, scenario->model.patch_width);
  percuta_insertion_channel_clear(&channels);
  return status;
}

enum percuta_status percuta_validate_closure_barrier_time(const struct percuta_scenario *scenario,
                                                          struct percuta_diag *diag,
                                                          struct percuta_prediction *out) {
  double tolerance = 0;
  const struct percuta_parameter_slot slot = {"course.healed_barrier", &tolerance};
  struct percuta_skin skin;
  struct percuta_reseal reseal;
  struct percuta_reseal_opening opening = {0};
  enum percuta_status status = read_reseal(scenario, diag, &skin, &reseal);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_fill(scenario->parameters, &slot, 1, diag);
  if (status == PERCUTA_OK)
    status = open_patch(scenario, &skin, diag, &opening);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){
        percuta_transport_reseal_barrier(&reseal, &opening, tolerance).median, NAN, NAN};
  return status;
}

enum { OBSERVED_HOURS = 48 };

/* Loss in excess of that of intact skin, relative to it, summed over the hours observed [h]. */
static double excess_of(const struct percuta_reseal *reseal,
                        const struct percuta_reseal_opening *opening) {
  double sum = 0;
  for (int hour = 0; hour < OBSERVED_HOURS; hour++) {
    const double since = (hour + 0.5) * PERCUTA_HOUR;
    sum += percuta_transport_reseal_loss_rel(
               reseal, percuta_transport_reseal_conductance(reseal, opening, since)) -
           1;
  }
  return sum;
}

/* The change, as signs are read: 0 where length makes no difference. */
enum percuta_status percuta_validate_closure_longer_needles(const struct percuta_scenario *scenario,
                                                            struct percuta_diag *diag,
                                                            struct percuta_prediction *out) {
  static const double longer = 3;
  struct percuta_skin skin;
  struct percuta_reseal reseal;
  struct percuta_reseal_opening opening[2] = {{0}};
  struct percuta_scenario long_one = *scenario;
  long_one.device.needle.length *= longer;
  long_one.device.needle.taper *= longer;
  long_one.device.needle.base_diameter *= longer;
  PERCUTA_TRY(read_reseal(scenario, diag, &skin, &reseal));
  PERCUTA_TRY(open_patch(scenario, &skin, diag, &opening[0]));
  PERCUTA_TRY(open_patch(&long_one, &skin, diag, &opening[1]));
  const double less = excess_of(&reseal, &opening[0]);
  *out = (struct percuta_prediction){less > 0 ? excess_of(&reseal, &opening[1]) / less - 1 : NAN,
                                     NAN, NAN};
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_closure_water_loss(const struct percuta_scenario *scenario,
                                                        struct percuta_diag *diag,
                                                        struct percuta_prediction *out) {
  struct percuta_skin skin;
  struct percuta_water water;
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    status = percuta_transport_water_read(scenario, &skin, diag, &water);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){percuta_transport_water_loss(&water, 0), NAN, NAN};
  return status;
}

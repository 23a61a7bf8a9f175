/* Reading the parameters of insertion, their draws, and what it needs of the skin. Tests:
 * tests/unit/test_insertion.c. */
#include "insertion/model.h"

#include "device/device.h"

enum percuta_status percuta_insertion_model_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_model *out) {
  struct percuta_insertion_model model = {.relief = skin->relief};
  double speed = 0;
  const struct percuta_parameter_slot slots[] = {{"relief.conformity", &model.conformity},
                                                 {"insertion.rate_speed", &speed}};
  enum percuta_status status = percuta_insertion_puncture_read(scenario, diag, &model.law);
  if (status == PERCUTA_OK)
    status = percuta_insertion_contact_read(scenario, skin, diag, &model.contact);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots,
                                          diag);
  if (status == PERCUTA_OK)
    status = percuta_skin_variation_read(scenario, skin, diag, &model.variation);
  if (status == PERCUTA_OK)
    status = percuta_insertion_draws_read(scenario, diag, &model.draws);
  if (status != PERCUTA_OK)
    return status;
  model.speed_ratio = percuta_device_needle_speed(&scenario->device, &scenario->session) / speed;
  *out = model;
  return PERCUTA_OK;
}

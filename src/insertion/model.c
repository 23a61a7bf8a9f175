/* Reading the parameters of insertion, their ranges, and what it needs of the skin. Tests:
 * tests/unit/test_insertion.c. */
#include "insertion/model.h"

static struct percuta_insertion_prior prior_of(const struct percuta_parameter *parameter) {
  const double low = parameter->low, value = parameter->value, high = parameter->high;
  struct percuta_insertion_prior prior = {.value = parameter->value_si, .known = true};
  if (parameter->overridden || value == 0 || !(low <= value && value <= high))
    return prior;
  prior.known = false;
  prior.one = parameter->value_si / value;
  prior.low = low;
  prior.middle = value;
  prior.high = high;
  return prior;
}

static void read_priors(const struct percuta_parameters *parameters,
                        struct percuta_insertion_model *model) {
  struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS];
  percuta_insertion_puncture_slots(&model->law, slots);
  for (int i = 0; i < PERCUTA_PUNCTURE_SLOTS; i++)
    model->prior[i] = prior_of(percuta_base_parameters_find(parameters, slots[i].name));
  static const struct {
    int place;
    const char *name;
  } stiffness[] = {{PERCUTA_PRIOR_SKIN, "skin.stiffness"},
                   {PERCUTA_PRIOR_DERMIS, "insertion.dermis_stiffness"},
                   {PERCUTA_PRIOR_HYPODERMIS, "insertion.hypodermis_stiffness"}};
  for (size_t i = 0; i < sizeof stiffness / sizeof *stiffness; i++)
    model->prior[stiffness[i].place] =
        prior_of(percuta_base_parameters_find(parameters, stiffness[i].name));
}

enum percuta_status percuta_insertion_model_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_model *out) {
  struct percuta_insertion_model model = {.relief = skin->relief};
  const struct percuta_parameter_slot conformity = {"relief.conformity", &model.conformity};
  enum percuta_status status = percuta_insertion_puncture_read(scenario, diag, &model.law);
  if (status == PERCUTA_OK)
    status = percuta_insertion_contact_read(scenario, skin, diag, &model.contact);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_fill(scenario->parameters, &conformity, 1, diag);
  if (status == PERCUTA_OK)
    status = percuta_skin_variation_read(scenario, skin, diag, &model.variation);
  if (status != PERCUTA_OK)
    return status;
  read_priors(scenario->parameters, &model);
  *out = model;
  return PERCUTA_OK;
}

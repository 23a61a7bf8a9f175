/* Reading the table `outcome`. Tests: tests/unit/test_comfort.c. */
#include "outcome/law.h"

#include <math.h>

static struct percuta_outcome_range range_of(const struct percuta_parameter *parameter) {
  return (struct percuta_outcome_range){.value = parameter->value_si,
                                        .low = fmin(parameter->low, parameter->value),
                                        .high = fmax(parameter->high, parameter->value)};
}

static struct percuta_outcome_share share_of(const struct percuta_parameter *parameter) {
  return (struct percuta_outcome_share){parameter->value, parameter->low, parameter->high,
                                        parameter->population};
}

enum percuta_status percuta_outcome_law_read(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_outcome_law *out) {
  static const char *const ranged[] = {
      "outcome.pain_length_exponent", "outcome.pain_count_exponent", "outcome.pain_vas",
      "outcome.pigment_share",        "outcome.track_share",         "outcome.pain_site"};
  const struct percuta_parameters *set = scenario->parameters;
  struct percuta_outcome_law law = {0};
  double there = 0; /* read through the parameter itself, which knows its range */
  const struct percuta_parameter_slot slots[] = {
      {"outcome.pain_reference_length", &law.reference_length},
      {"outcome.pain_length_end", &law.length_end},
      {"outcome.pain_count_end", &law.count_end},
      {"outcome.clinical_length", &law.clinical_low},
      {"outcome.interval_low", &law.interval_low},
      {ranged[0], &there},
      {ranged[1], &there},
      {ranged[2], &there},
      {ranged[3], &there},
      {ranged[4], &there},
      {ranged[5], &there}};
  PERCUTA_TRY(percuta_base_parameters_fill(set, slots, sizeof slots / sizeof *slots, diag));
  PERCUTA_TRY(percuta_outcome_redness_read(scenario, diag, &law.redness));
  PERCUTA_TRY(percuta_outcome_surface_read(scenario, diag, &law.surface));
  PERCUTA_TRY(percuta_outcome_suction_read(scenario, diag, &law.suction));
  PERCUTA_TRY(percuta_outcome_thickness_read(scenario, diag, &law.thickness));
  PERCUTA_TRY(percuta_outcome_hair_read(scenario, diag, &law.hair));
  PERCUTA_TRY(percuta_outcome_injection_read(scenario, diag, &law.injection));
  PERCUTA_TRY(percuta_transport_nerves_read(scenario, diag, &law.nerves));
  law.length_exponent = range_of(percuta_base_parameters_find(set, ranged[0]));
  law.count_exponent = range_of(percuta_base_parameters_find(set, ranged[1]));
  law.vas = range_of(percuta_base_parameters_find(set, ranged[2]));
  law.site = range_of(percuta_base_parameters_find(set, ranged[5]));
  law.pigment = share_of(percuta_base_parameters_find(set, ranged[3]));
  law.tracks = share_of(percuta_base_parameters_find(set, ranged[4]));
  *out = law;
  return PERCUTA_OK;
}

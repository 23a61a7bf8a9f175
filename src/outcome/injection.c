/* Numb while onset <= wait <= duration; the largest dose is the less of a share of body mass and of
 * a mass. Wang 2021 Dermatol Pract Concept 11:e2021120; BJS Open 2023;7:zrad089.
 * Theory: docs/theory/numbing.md. Test: tests/unit/test_injection.c. */
#include "outcome/injection.h"

#include <math.h>

static struct percuta_outcome_range range_of(const struct percuta_parameters *set,
                                             const char *name) {
  const struct percuta_parameter *parameter = percuta_base_parameters_find(set, name);
  const double unit = parameter->value != 0 ? parameter->value_si / parameter->value : 1;
  return (struct percuta_outcome_range){parameter->value_si, unit * parameter->low,
                                        unit * parameter->high};
}

enum percuta_status percuta_outcome_injection_read(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_injection_law *out) {
  const struct percuta_parameters *set = scenario->parameters;
  struct percuta_injection_law law;
  double there = 0; /* read through the parameter itself, which knows its range */
  const struct percuta_parameter_slot slots[] = {{"injection.dose_plain", &law.per_mass[0]},
                                                 {"injection.dose_adrenaline", &law.per_mass[1]},
                                                 {"injection.most_plain", &law.most[0]},
                                                 {"injection.most_adrenaline", &law.most[1]},
                                                 {"numbing.body_mass", &law.body_mass},
                                                 {"injection.onset", &there},
                                                 {"injection.duration_plain", &there},
                                                 {"injection.duration_adrenaline", &there},
                                                 {"injection.onset_tumescent", &there},
                                                 {"injection.duration_tumescent", &there},
                                                 {"injection.dose_tumescent", &law.per_mass[2]},
                                                 {"injection.left", &there}};
  PERCUTA_TRY(percuta_base_parameters_fill(set, slots, sizeof slots / sizeof *slots, diag));
  law.onset[0] = law.onset[1] = range_of(set, "injection.onset");
  law.onset[2] = range_of(set, "injection.onset_tumescent");
  law.duration[0] = range_of(set, "injection.duration_plain");
  law.duration[1] = range_of(set, "injection.duration_adrenaline");
  law.duration[2] = range_of(set, "injection.duration_tumescent");
  law.most[2] = INFINITY;
  law.left = range_of(set, "injection.left");
  *out = law;
  return PERCUTA_OK;
}

/* What is left at `wait`, when skin is numb from `onset` to `end`. */
static double left_at(double wait, double onset, double end, double left) {
  return wait >= onset && wait <= end ? left : 1;
}

struct percuta_injection
percuta_outcome_injection_compute(const struct percuta_injection_law *law,
                                  const struct percuta_injection_plan *plan) {
  if (plan->solution == PERCUTA_INJECTION_NONE)
    return (struct percuta_injection){.used = false};
  const int which = (int)plan->solution - PERCUTA_INJECTION_PLAIN;
  const struct percuta_outcome_range *onset = &law->onset[which], *end = &law->duration[which];
  return (struct percuta_injection){
      .used = true,
      .adrenaline = plan->solution != PERCUTA_INJECTION_PLAIN,
      .tumescent = plan->solution == PERCUTA_INJECTION_TUMESCENT,
      .dose = plan->dose,
      .limit = fmin(law->per_mass[which] * law->body_mass, law->most[which]),
      .wait = plan->wait,
      .onset = *onset,
      .duration = *end,
      .left = {left_at(plan->wait, onset->value, end->value, law->left.value),
               left_at(plan->wait, onset->low, end->high, law->left.low),
               left_at(plan->wait, onset->high, end->low, law->left.high)}};
}

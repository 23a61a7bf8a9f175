#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue_fixture.h"
#include "validate/validate.h"

/* Two values of data/ are set by one published row each, and must give that row back:
 * delivery.cream_factor by TRAN-203, outcome.pain_vas by TRAN-213. And the other predictors. */

static double predict(const char *id, double *published) {
  struct percuta_diag *diag = NULL;
  struct percuta_evidence evidence;
  struct percuta_scenario *scenario = NULL;
  struct percuta_prediction found = {NAN, NAN, NAN};
  double value = NAN;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_validate_evidence_read(fixture_catalogue(), "numbing", diag, &evidence),
                   PERCUTA_OK);
  for (size_t i = 0; i < evidence.count; i++) {
    const struct percuta_evidence_row *row = &evidence.row[i];
    if (strcmp(row->id, id) != 0)
      continue;
    const struct percuta_predictor *predictor = percuta_validate_predictor_find(row->predictor);
    assert_non_null(predictor);
    assert_string_equal(row->use, "calibration");
    assert_int_equal(percuta_validate_row_conditions(fixture_catalogue(), row, diag, &scenario),
                     PERCUTA_OK);
    enum percuta_status status =
        percuta_validate_predictor_call(predictor, scenario, row->specimen, diag, &found);
    percuta_base_diag_print(diag, stderr);
    assert_int_equal(status, PERCUTA_OK);
    value = percuta_validate_row_in_unit(scenario->units, predictor, row->unit, found.value);
    *published = strtod(row->value, NULL);
    percuta_scenario_destroy(&scenario);
  }
  percuta_validate_evidence_clear(&evidence);
  percuta_base_diag_destroy(&diag);
  return value;
}

static void the_cream_numbs_as_deep_as_published(void **state) {
  (void)state;
  const double unmedicated = 1.9; /* mm, TRAN-202: what is left is the numb depth */
  double published = NAN;
  const double depth = predict("TRAN-203", &published);
  print_message("pain-free depth %.4f mm, published %.4g mm\n", depth, published);
  assert_true(fabs(depth - published) <= 0.02 * (published - unmedicated));
}

static void needles_hurt_as_much_as_published(void **state) {
  (void)state;
  double published = NAN;
  const double pain = predict("TRAN-213", &published);
  print_message("pain %.4f, published %.4g\n", pain, published);
  assert_true(fabs(pain - published) <= 0.02 * published);
}

/* What a predictor says in the scenario with a change. */
static enum percuta_status call(const char *name, const char *scenario_name, const char *set,
                                const char *specimen, double *out) {
  const struct percuta_evidence_row row = {
      .id = "test", .scenario = scenario_name, .set = set, .specimen = specimen};
  const struct percuta_predictor *predictor = percuta_validate_predictor_find(name);
  struct percuta_diag *diag = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_prediction found = {NAN, NAN, NAN};
  assert_non_null(predictor);
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_validate_row_conditions(fixture_catalogue(), &row, diag, &scenario),
                   PERCUTA_OK);
  enum percuta_status status =
      percuta_validate_predictor_call(predictor, scenario, specimen, diag, &found);
  assert_int_equal(percuta_base_diag_count(diag) > 0, status != PERCUTA_OK);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  *out = found.value;
  return status;
}

/* In five minutes no cream has come through intact skin, as the model has it. */
static void onset_is_the_creams_time_at_most(void **state) {
  (void)state;
  double seconds = NAN;
  assert_int_equal(
      call("numbing.onset", "numbing-forearm", "session.numbing.apply=5 min", "", &seconds),
      PERCUTA_OK);
  assert_true(fabs(seconds - 300) < 1e-9);
}

/* Needles of 0.5 mm first, then the cream: shorter needles after it hurt less than longer ones. */
static void needles_after_the_cream_are_named(void **state) {
  (void)state;
  static const char SCENARIO[] = "numbing-two-rollers";
  static const char SET[] = "device.preset=roller-192-0.5mm; session.numbing.order=needles-first; "
                            "session.numbing.apply=5 min";
  double shorter = NAN, longer = NAN, none = NAN;
  assert_int_equal(call("numbing.pain_again", SCENARIO, SET, "then=roller-192-1.0mm", &shorter),
                   PERCUTA_OK);
  assert_int_equal(call("numbing.pain_again", SCENARIO, SET, "then=roller-192-1.5mm", &longer),
                   PERCUTA_OK);
  assert_true(shorter > 0 && shorter < longer && longer <= 10);
  assert_int_equal(call("numbing.pain_again", SCENARIO, SET, "then=spoon", &none),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(call("numbing.pain_again", SCENARIO, SET, "", &none), PERCUTA_BAD_INPUT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_cream_numbs_as_deep_as_published),
      cmocka_unit_test(needles_hurt_as_much_as_published),
      cmocka_unit_test(onset_is_the_creams_time_at_most),
      cmocka_unit_test(needles_after_the_cream_are_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

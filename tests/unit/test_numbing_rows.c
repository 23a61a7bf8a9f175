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

/* Values of data/ are fitted to calibration rows (data/fit/numbing.yaml), which must come out about
 * as published. And the other predictors. */

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

/* Within what a fit of several rows at once leaves open. */
static void calibration_rows_come_out(void **state) {
  (void)state;
  static const char *const ids[] = {"TRAN-203", "NUMB-001", "MECH-105", "TRAN-213",
                                    "NUMB-002", "NUMB-003", "NUMB-004"};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    double published = NAN;
    const double value = predict(ids[i], &published);
    print_message("%s: %.4g, published %.4g\n", ids[i], value, published);
    assert_true(fabs(log(value / published)) <= log(1.35));
  }
}

/* What was asked for: deeper after two hours than after one. */
static void depth_grows_after_an_hour(void **state) {
  (void)state;
  double published = NAN;
  const double hour = predict("TRAN-203", &published), two = predict("NUMB-001", &published);
  assert_true(two > 1.2 * hour);
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
      cmocka_unit_test(calibration_rows_come_out),
      cmocka_unit_test(depth_grows_after_an_hour),
      cmocka_unit_test(onset_is_the_creams_time_at_most),
      cmocka_unit_test(needles_after_the_cream_are_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

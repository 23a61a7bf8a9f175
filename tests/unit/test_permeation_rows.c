#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "catalogue_fixture.h"
#include "validate/validate.h"

/* Flux through needled skin [kg/m^2/s] in the scenario of TRAN-141 with a change. */
static double flux(const char *set, const char *specimen) {
  const struct percuta_evidence_row row = {
      .id = "test", .scenario = "roller-pig", .set = set, .specimen = specimen};
  const struct percuta_predictor *predictor =
      percuta_validate_predictor_find("permeation.needled_flux");
  struct percuta_diag *diag = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_prediction found = {NAN, NAN, NAN};
  assert_non_null(predictor);
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_validate_row_conditions(fixture_catalogue(), &row, diag, &scenario),
                   PERCUTA_OK);
  enum percuta_status status =
      percuta_validate_predictor_call(predictor, scenario, specimen, diag, &found);
  percuta_base_diag_print(diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return found.value;
}

static const double INTACT = 1e-8; /* kg/m^2/s, 3.6 ug/cm^2/h */

static void needles_that_stay_out_change_nothing(void **state) {
  (void)state;
  const double ion = flux("device.preset=stamp-540-0.5mm; session.force=0.1 N",
                          "compound=magnesium; thickness=648 um; intact=3.6 ug/cm^2/h");
  assert_true(fabs(ion / INTACT - 1) < 5e-3);
}

/* An ion, which the stratum corneum keeps out, gains far more than a drug that passes it. */
static void needles_help_what_is_kept_out(void **state) {
  (void)state;
  const double ion = flux("", "compound=magnesium; thickness=648 um; intact=3.6 ug/cm^2/h");
  const double drug = flux("", "compound=carbamazepine; thickness=648 um; intact=3.6 ug/cm^2/h");
  assert_true(drug > INTACT && drug < 2 * INTACT);
  assert_true(ion > 5 * drug);
}

/* Of the same enhancement. */
static void flux_follows_that_of_intact_skin(void **state) {
  (void)state;
  const double once = flux("", "compound=magnesium; thickness=648 um; intact=3.6 ug/cm^2/h");
  const double twice = flux("", "compound=magnesium; thickness=648 um; intact=7.2 ug/cm^2/h");
  assert_true(fabs(twice / once - 2) < 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(needles_that_stay_out_change_nothing),
      cmocka_unit_test(needles_help_what_is_kept_out),
      cmocka_unit_test(flux_follows_that_of_intact_skin),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The draws that ship (data/fit/draws/) are those of their lists: at every sixteenth of them the
 * model, run again, has the likelihood stored beside it; and data/fit/draws.csv is what they are
 * put together to (tests/project/calibration.sh). */
#include "../unit/catalogue_fixture.h"
#include "model_fixture.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "study/fit_beside.h"
#include "study/posterior.h"

enum { CHECKED = 20 };

static double number_in(const struct percuta_csv *csv, size_t row, const char *column) {
  double value = NAN;
  assert_int_equal(PERCUTA_OK,
                   percuta_base_number_parse(percuta_base_csv_cell(csv, row, column), &value));
  return value;
}

/* Draw number `row` again. */
static void check_draw(const struct percuta_fit *fit, const struct percuta_csv *csv, size_t row) {
  double z[64], predicted[64];
  bool lost = true;
  assert_true(fit->parameters <= 64 && fit->rows <= 64);
  for (int p = 0; p < fit->parameters; ++p)
    z[p] = percuta_study_fit_place(&fit->parameter[p], number_in(csv, row, fit->parameter[p].name));
  assert_true(percuta_study_fit_beside_allows(fit, z));
  assert_int_equal(PERCUTA_OK, percuta_study_fit_predict(fit, 1, z, predicted, &lost));
  assert_false(lost);
  const double error[PERCUTA_POSTERIOR_ERRORS] = {number_in(csv, row, "error_study"),
                                                  number_in(csv, row, "error_stage")};
  const double again = percuta_study_posterior_likelihood(fit, predicted, error),
               stored = number_in(csv, row, "log_likelihood");
  print_message("draw %zu: %.6f, stored %.6f\n", row, again, stored);
  /* seven digits of each parameter are stored, and the stepper goes by its tolerance */
  assert_true(fabs(again - stored) < 0.02 + 1e-3 * fabs(stored));
}

static void check_list(const char *name) {
  char path[512];
  struct percuta_diag *diag = NULL;
  struct percuta_fit fit;
  struct percuta_csv csv;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  snprintf(path, sizeof path, "%s/fit/%s.yaml", getenv("PERCUTA_DATA"), name);
  assert_int_equal(PERCUTA_OK, percuta_study_fit_read(fixture_catalogue(), path, NULL, diag, &fit));
  snprintf(path, sizeof path, "%s/fit/draws/%s.csv", getenv("PERCUTA_DATA"), name);
  assert_int_equal(PERCUTA_OK, percuta_base_csv_read(path, diag, &csv));
  const size_t count = csv.rows;
  assert_true(count >= 2 * CHECKED);
  for (size_t i = 0; i < CHECKED; ++i)
    check_draw(&fit, &csv, i * count / CHECKED);
  percuta_base_csv_clear(&csv);
  percuta_study_fit_clear(&fit);
  percuta_base_diag_destroy(&diag);
}

static void repair(void **state) {
  (void)state;
  check_list("joint-koppenol");
}

static void barrier_closure_numbing(void **state) {
  (void)state;
  check_list("barrier");
  check_list("closure");
  check_list("numbing");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(repair),
                                     cmocka_unit_test(barrier_closure_numbing)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}

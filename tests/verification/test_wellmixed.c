/* The well-mixed core reproduces the published model's known course, and rest stays at rest. */
#include "model_fixture.h"

#include "healing/koppenol/koppenol.h"
#include "report_fixture.h"

/* One cell of dermis. */
static struct percuta_grid *one_cell(void) {
  const double face[] = {2e-4, 1.2e-3};
  struct percuta_grid *grid = NULL;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(1, 1, 1e-3, 1e-3, face, 1, &grid));
  return grid;
}

/* Starts from N = (1-f) Nbar, rho = (1-f) rho_bar, M = 0, c = f 1e-8 g/cm^3, without a trigger. */
static struct fixture_model start(double f, double tolerance, double regularisation) {
  struct percuta_cascade p = fixture_cascade(FIXTURE_CORE, NULL);
  struct percuta_koppenol core = *PERCUTA_PART(&p, koppenol);
  if (regularisation > 0)
    core.epsilon2 = regularisation * regularisation;
  PERCUTA_PART_KEEP(&p, koppenol, &core);
  struct fixture_model m = fixture_model(one_cell(), tolerance, &p);
  double *u;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  *fixture_field(&m, u, PERCUTA_FIELD_fibroblast) = 1 - f;
  *fixture_field(&m, u, PERCUTA_FIELD_collagen) *= 1 - f;
  *fixture_field(&m, u, PERCUTA_FIELD_signal) = f;
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  return m;
}

static double collagen_at(const struct fixture_model *m, double day) {
  fixture_advance(m->stepper, day * PERCUTA_DAY);
  return fixture_mean(m, PERCUTA_FIELD_collagen);
}

static void check_course(double f, double peak, double day180, double most_day365) {
  struct fixture_model m = start(f, 1e-6, 0);
  double before = collagen_at(&m, 17), at = collagen_at(&m, 19), after = collagen_at(&m, 21);
  double half_year = collagen_at(&m, 180), year = collagen_at(&m, 365);
  print_message("f %.2f: day 19 %.4f, day 180 %.4f, day 365 %.4f\n", f, at, half_year, year);
  assert_true(at > before && at > after); /* the peak is on day 19 */
  assert_true(fabs(at - peak) < 5e-4);
  assert_true(fabs(half_year - day180) < 5e-4);
  assert_true(year > 1 && year <= most_day365 + 5e-4);
  fixture_model_clear(&m);
}

static void published_course(void **state) {
  (void)state;
  check_course(0.02, 1.048, 1.006, 1.001);
  check_course(0.05, 1.111, 1.014, 1.002);
}

static void constants(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_CORE, NULL);
  struct percuta_koppenol k = *PERCUTA_PART(&p, koppenol);
  assert_true(fabs(k.resting_collagen / 1e3 - 0.112546) < 1e-6); /* g/cm^3 */
  assert_true(fabs(k.q + 0.41507) < 1e-5);
  assert_true(fabs(percuta_healing_koppenol_runaway_level(&k) - 0.69) <
              0.01); /* c* = 6.9e-9 g/cm^3 */
}

/* Above c* uniform tissue runs away: eightfold collagen around day 58. */
static void runaway(void **state) {
  (void)state;
  struct fixture_model m = start(0.0, 1e-6, 0);
  double *u;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  *fixture_field(&m, u, PERCUTA_FIELD_signal) = 1.0;
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  double reached = collagen_at(&m, 58);
  print_message("runaway: collagen %.2f at day 58\n", reached);
  assert_true(reached > 7 && reached < 9);
  fixture_model_clear(&m);
}

/* The regularisation of N^(1+q) is a device: ten times more or less of it changes nothing that is
 * reported. */
static void regularisation_is_harmless(void **state) {
  (void)state;
  double collagen[3];
  const double epsilon[3] = {1e-5, 1e-4, 1e-3};
  for (int i = 0; i < 3; ++i) {
    struct fixture_model m = start(0.05, 1e-6, epsilon[i]);
    collagen[i] = collagen_at(&m, 19);
    fixture_model_clear(&m);
  }
  print_message("collagen at day 19 for epsilon 1e-5, 1e-4, 1e-3: %.6f %.6f %.6f\n", collagen[0],
                collagen[1], collagen[2]);
  assert_true(fabs(collagen[0] - collagen[1]) < 1e-4);
  assert_true(fabs(collagen[2] - collagen[1]) < 1e-3);
}

static void rest_stays_at_rest(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(fixture_all(), NULL);
  struct fixture_model m = fixture_model(fixture_grid(6, 15, 1e-3, 1.5e-3, 0), 1e-4, &p);
  Vec first;
  double difference;
  CHECK(VecDuplicate(percuta_numerics_stepper_state(m.stepper), &first));
  CHECK(VecCopy(percuta_numerics_stepper_state(m.stepper), first));
  fixture_advance(m.stepper, PERCUTA_YEAR);
  CHECK(VecAXPY(first, -1.0, percuta_numerics_stepper_state(m.stepper)));
  CHECK(VecNorm(first, NORM_INFINITY, &difference));
  print_message("largest change in a year at rest: %.1e\n", difference);
  assert_true(difference < 1e-6);
  CHECK(VecDestroy(&first));
  fixture_model_clear(&m);
}

/* What is asked is what comes: tolerances a decade apart bring errors about as far apart. */
static void tolerance_is_met(void **state) {
  (void)state;
  struct fixture_model exact = start(0.05, 1e-9, 0);
  double reference = collagen_at(&exact, 60);
  fixture_model_clear(&exact);
  for (double tolerance = 1e-3; tolerance > 5e-6; tolerance /= 10) {
    struct fixture_model m = start(0.05, tolerance, 0);
    double error = fabs(collagen_at(&m, 60) - reference);
    char what[60];
    snprintf(what, sizeof what, "error of collagen at day 60, asked %.0e", tolerance);
    fixture_bound_check("core model, well mixed", "one cell", what, error, 3 * tolerance);
    fixture_model_clear(&m);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(constants),
      cmocka_unit_test(published_course),
      cmocka_unit_test(runaway),
      cmocka_unit_test(regularisation_is_harmless),
      cmocka_unit_test(rest_stays_at_rest),
      cmocka_unit_test(tolerance_is_met),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}

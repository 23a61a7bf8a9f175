/* The epidermis: gaps close exponentially and leave K + g alone, the alarm is the closed form of
 * two steps in a row, thickening passes at the turnover. */
#include "model_fixture.h"

#include "healing/parts/epidermis.h"

/* Column of skin whose epidermis and dermis are cut evenly. */
static struct fixture_model cut_column(double share) {
  struct percuta_cascade parts = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(epidermis), NULL);
  struct fixture_model m = fixture_model(fixture_grid(1, 48, 1e-3, 1.4e-3, 0.3), 1e-7, &parts);
  struct percuta_injury injury = {.grid = m.grid, .y_count = 1, .signal_rel = 1};
  double *u;
  injury.injured = calloc(m.mesh->local, sizeof(double));
  injury.clotted = calloc(m.mesh->local, sizeof(double));
  assert_non_null(injury.injured);
  assert_non_null(injury.clotted);
  for (size_t c = 0; c < m.mesh->local; ++c)
    injury.injured[c] = share;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injure(m.healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injury_clear(&injury);
  return m;
}

static void gaps_close_and_alarm_passes(void **state) {
  (void)state;
  const double share = 0.04, days[] = {0.5, 2, 8, 30};
  struct fixture_model m = cut_column(share);
  const struct percuta_epidermis e = *PERCUTA_PART(&m.healing->cascade, epidermis);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_keratinocyte) - (1 - share)) < 1e-14);
  for (int i = 0; i < 4; ++i) {
    double t = days[i] * PERCUTA_DAY;
    fixture_advance(m.stepper, t);
    double gap = share * exp(-e.closing * t);
    double alarm =
        share * e.closing / (e.calming - e.closing) * (exp(-e.closing * t) - exp(-e.calming * t));
    assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_epidermis_gap) - gap) < 1e-5 * share);
    assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_epidermis_alarm) - alarm) < 1e-4 * share);
  }
  fixture_model_clear(&m);
}

/* d(K+g)/dt = [1 + B h/(H+h) - (K+g)]/tau, integrated here by small steps of the closed-form h. */
static void thickening_is_that_of_the_alarm(void **state) {
  (void)state;
  const double share = 0.04, step = 600;
  struct fixture_model m = cut_column(share);
  const struct percuta_epidermis e = *PERCUTA_PART(&m.healing->cascade, epidermis);
  double whole = 1, most = 1;
  for (double t = 0; t < 60 * PERCUTA_DAY - 1; t += step) {
    double middle = t + step / 2;
    double h = share * e.closing / (e.calming - e.closing) *
               (exp(-e.closing * middle) - exp(-e.calming * middle));
    double aim = 1 + e.most * h / (e.half + h);
    whole = aim + (whole - aim) * exp(-e.turnover * step);
    most = fmax(most, whole);
  }
  fixture_advance(m.stepper, 60 * PERCUTA_DAY);
  double got =
      fixture_mean(&m, PERCUTA_FIELD_keratinocyte) + fixture_mean(&m, PERCUTA_FIELD_epidermis_gap);
  assert_true(fabs(got - whole) < 1e-5);
  assert_true(most > 1.02 && whole < most);
  fixture_model_clear(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gaps_close_and_alarm_passes),
      cmocka_unit_test(thickening_is_that_of_the_alarm),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}

/* The epidermis: gaps close in a straight line and leave K + g alone, the alarm is the closed form
 * of a source that ends, thickening passes at the turnover. */
#include "model_fixture.h"

#include "healing/parts/epidermis.h"

/* Skin whose gaps close in CLOSING. */
static const double CLOSING = 12 * PERCUTA_HOUR;

/* Share x of a gap that is left: x + (m/T) ln x = 1 - t/T, the integral of its equation. */
static double left_at(double meeting, double t) {
  double low = 0, high = 1;
  for (int i = 0; i < 100; ++i) {
    const double x = (low + high) / 2;
    *(x + meeting / CLOSING * log(x) < 1 - t / CLOSING ? &low : &high) = x;
  }
  return low;
}

/* Alarm of walls that move at one speed until they meet. */
static double alarm_at(double share, double calming, double t) {
  const double end = fmin(t, CLOSING);
  return share / CLOSING / calming * (exp(-calming * (t - end)) - exp(-calming * t));
}

/* Column of skin whose epidermis and dermis are cut evenly. */
static struct fixture_model cut_column(double share) {
  struct percuta_cascade parts = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(epidermis), NULL);
  struct fixture_model m = fixture_model(fixture_grid(1, 48, 1e-3, 1.4e-3, 0.3), 1e-7, &parts);
  struct percuta_injury injury = {
      .grid = m.grid, .y_count = 1, .signal_rel = 1, .closing_time = CLOSING};
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
  const double share = 0.04, days[] = {0.1, 0.3, 2, 8, 30};
  struct fixture_model m = cut_column(share);
  const struct percuta_epidermis e = *PERCUTA_PART(&m.healing->cascade, epidermis);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_keratinocyte) - (1 - share)) < 1e-14);
  for (int i = 0; i < 5; ++i) {
    double t = days[i] * PERCUTA_DAY;
    fixture_advance(m.stepper, t);
    double gap = share * left_at(e.meeting, t);
    double alarm = alarm_at(share, e.calming, t);
    assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_epidermis_gap) - gap) < 1e-4 * share);
    assert_true(fabs(gap / share - fmax(0, 1 - t / CLOSING)) < 0.1);
    assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_epidermis_alarm) - alarm) < 0.06 * share);
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
    double h = alarm_at(share, e.calming, middle);
    double aim = 1 + e.most * h / (e.half + h);
    whole = aim + (whole - aim) * exp(-e.turnover * step);
    most = fmax(most, whole);
  }
  fixture_advance(m.stepper, 60 * PERCUTA_DAY);
  double got =
      fixture_mean(&m, PERCUTA_FIELD_keratinocyte) + fixture_mean(&m, PERCUTA_FIELD_epidermis_gap);
  assert_true(fabs(got - whole) < 1e-4);
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

/* Stretch of fibroblasts: the law goes through what was measured, its gain is that of the rates,
 * and values with which no skin could rest are refused. */
#include "model_fixture.h"

#include "healing/parts/tension.h"

/* The rate of collagen in one cell of dermis that rests at `rest`, with all else at rest. */
static double collagen_rate(const struct percuta_cascade *cascade, double rest, double collagen) {
  double u[PERCUTA_FIELD_COUNT], rate[PERCUTA_FIELD_COUNT] = {0};
  struct percuta_piece piece = {.count = 1, .dermal = true, .rest = &rest};
  const struct percuta_tissue site = {.dermal = true, .rest = rest};
  percuta_healing_cascade_rest(cascade, &site, u);
  u[PERCUTA_FIELD_collagen] = collagen;
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    piece.u[f] = &u[f];
    piece.rate[f] = &rate[f];
  }
  percuta_healing_cascade_rate(cascade, &piece);
  return rate[PERCUTA_FIELD_collagen];
}

static void stretch_is_that_of_old_and_young(void **state) {
  (void)state;
  struct percuta_cascade c = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(tension), NULL);
  assert_true(fabs(percuta_healing_tension_stretch(PERCUTA_PART(&c, tension), 1) - 1) < 1e-14);
  assert_true(fabs(percuta_healing_tension_stretch(PERCUTA_PART(&c, tension), 0.553 / 0.7328) -
                   0.58 / 0.78) < 1e-12);
  assert_true(percuta_healing_tension_stretch(PERCUTA_PART(&c, tension), 0) ==
              PERCUTA_PART(&c, tension)->least);
  for (double r = 0; r < 2; r += 0.05)
    assert_true(percuta_healing_tension_stretch(PERCUTA_PART(&c, tension), r + 0.05) >
                percuta_healing_tension_stretch(PERCUTA_PART(&c, tension), r));
}

/* Above rest collagen comes back 1 - gain times as fast as below it, where stretch stays. */
static void gain_is_that_of_the_rates(void **state) {
  (void)state;
  const unsigned sets[] = {FIXTURE_CORE | FIXTURE_PART(tension),
                           FIXTURE_PART(pensalfini) | FIXTURE_PART(tension),
                           FIXTURE_CORE | FIXTURE_PART(tension) | FIXTURE_PART(trigger)};
  for (int i = 0; i < 3; ++i) {
    struct percuta_cascade c = fixture_cascade(sets[i], NULL);
    for (double rest = 0.4; rest < 1.3; rest += 0.2) {
      double step = 1e-5 * rest;
      double above = collagen_rate(&c, rest, rest + step);
      double twice = collagen_rate(&c, rest, rest + 2 * step);
      double slope = (4 * above - twice) / (2 * step); /* one side, second order */
      double below = collagen_rate(&c, rest, rest - step);
      double lower = (4 * below - collagen_rate(&c, rest, rest - 2 * step)) / (-2 * step);
      double gain = 1 - slope / lower;
      assert_true(fabs(gain - percuta_healing_tension_gain(&c, rest)) < 1e-6);
      assert_true(gain > 0.1 && gain < 1);
      if (percuta_healing_layout_on(&c.layout, PERCUTA_PART_koppenol))
        assert_true(fabs(lower / (-2 * percuta_healing_cascade_turnover(&c, rest)) - 1) < 1e-6);
    }
  }
}

/* A gain passes 1/(1 - gain) times as slowly as without. */
static void a_gain_lasts_longer(void **state) {
  (void)state;
  struct percuta_cascade with = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(tension), NULL);
  struct percuta_cascade without = fixture_cascade(FIXTURE_CORE, NULL);
  double left[2], rest = 0.755;
  for (int w = 0; w < 2; ++w) {
    double collagen = rest * 1.001, step = PERCUTA_DAY / 4;
    for (double t = 0; t < 50 * PERCUTA_DAY; t += step) { /* midpoint rule */
      double half = collagen + 0.5 * step * collagen_rate(w ? &with : &without, rest, collagen);
      collagen += step * collagen_rate(w ? &with : &without, rest, half);
    }
    left[w] = log(1e-3 / (collagen / rest - 1));
  }
  assert_true(fabs(left[1] / left[0] - (1 - percuta_healing_tension_gain(&with, rest))) < 2e-3);
}

static void what_cannot_rest_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *name;
    double value;
  } wrong[] = {{"tension.steepness", 1.5}, {"tension.cutting", 4}};
  for (int i = 0; i < 2; ++i) {
    const struct percuta_units *units = percuta_catalogue_units(fixture_catalogue());
    struct percuta_parameters *set = NULL;
    struct percuta_diag *diag = NULL;
    struct percuta_layout layout = percuta_healing_layout_of(FIXTURE_CORE | FIXTURE_PART(tension));
    struct percuta_cascade out;
    assert_int_equal(0, percuta_base_diag_create(&diag));
    assert_int_equal(PERCUTA_OK, percuta_base_parameters_overlay(
                                     percuta_catalogue_parameters(fixture_catalogue()), &set));
    assert_int_equal(PERCUTA_OK,
                     percuta_base_parameters_put(set, units, wrong[i].name, wrong[i].value));
    assert_int_equal(PERCUTA_BAD_INPUT,
                     percuta_healing_cascade_read(&layout, set, NULL, diag, &out));
    assert_int_equal(1, percuta_base_diag_count(diag));
    percuta_base_parameters_destroy(&set);
    percuta_base_diag_destroy(&diag);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stretch_is_that_of_old_and_young),
      cmocka_unit_test(gain_is_that_of_the_rates),
      cmocka_unit_test(a_gain_lasts_longer),
      cmocka_unit_test(what_cannot_rest_is_refused),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}

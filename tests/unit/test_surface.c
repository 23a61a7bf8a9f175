#include "record_fixture.h"

#include "outcome/outcomes.h"

static void near(double found, double expected, double relative) {
  if (!(fabs(found - expected) <= relative * fabs(expected)))
    fail_msg("%.12g is not %.12g", found, expected);
}

static struct percuta_relief cone(double growth) {
  const struct percuta_relief_form form = {.kind = PERCUTA_RELIEF_DISC,
                                           .profile = PERCUTA_SCAR_ICEPICK,
                                           .recess = 300e-6,
                                           .width = 1e-3};
  struct percuta_relief relief;
  percuta_skin_relief_lay(&form, 3e-3, &relief);
  relief.growth = growth;
  return relief;
}

/* A cone of depth d whose floor rose by g is the smaller cone of depth u d, u = 1 - g/d: mean depth
 * over the old area d u^3/3, the same slope, and as wide as it is deep. */
static void a_cone_that_fills_is_a_smaller_cone(void **state) {
  (void)state;
  for (int i = 0; i <= 3; i++) {
    const double u = 1 - i / 4.0;
    const struct percuta_relief relief = cone(300e-6 * (1 - u));
    near(percuta_skin_relief_mean(&relief), 300e-6 * u * u * u / 3, 1e-5);
    near(percuta_skin_relief_recess_max(&relief), 300e-6 * u, 1e-12);
    near(percuta_skin_relief_slope(&relief), 0.6, 1e-9);
    near(percuta_skin_relief_width(&relief, 30e-6), 1e-3 * (u - 0.1), 1e-9);
  }
  const struct percuta_relief full = cone(1e-3);
  assert_true(percuta_skin_relief_recess_max(&full) == 0);
  assert_true(percuta_skin_relief_width(&full, 30e-6) == 0);
}

/* Where less grows inside than around, a floor sinks; its edge stays, and no point more than
 * doubles. */
static void a_floor_that_lags_sinks(void **state) {
  (void)state;
  const struct percuta_relief before = cone(0), after = cone(-50e-6);
  near(percuta_skin_relief_recess_max(&after), 350e-6, 1e-12);
  for (int i = 0; i <= 100; i++) {
    const double x = 3e-3 * i / 100, h0 = percuta_skin_relief_height(&before, x, 1.5e-3);
    const double h = percuta_skin_relief_height(&after, x, 1.5e-3);
    assert_true(h <= h0 && h >= 2 * h0 && h >= h0 - 50.0001e-6);
  }
}

/* A scar that is raised rises or falls as a whole. */
static void a_raised_scar_keeps_its_sign(void **state) {
  (void)state;
  const struct percuta_relief_form form = {
      .kind = PERCUTA_RELIEF_STRIPE, .recess = -1e-3, .width = 2e-3};
  struct percuta_relief relief;
  percuta_skin_relief_lay(&form, 4e-3, &relief);
  near(percuta_skin_relief_mean(&relief), -0.5e-3, 1e-5);
  relief.growth = -0.1e-3;
  near(percuta_skin_relief_height(&relief, 2e-3, 0), 0.9e-3, 1e-12);
  near(percuta_skin_relief_recess(&relief, 0, 0), 0.9e-3, 1e-12);
  near(percuta_skin_relief_recess_max(&relief), 0.9e-3, 1e-12);
  assert_true(percuta_skin_relief_width(&relief, 1e-4) == 0);
}

/* As much gained inside as around, by mass, fills nothing: neither does the same share of less. */
static void only_a_difference_fills(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_scar(&f);
  for (size_t i = 0; i < f.record.timeline.count; i++) {
    f.record.timeline.row[i].collagen_around_rel = 1.06;
    f.record.timeline.row[i].collagen_inside_rel = 1.1;
  }
  assert_true(fabs(percuta_outcome_surface_growth(&f.record, 1, 90)) < 1e-15);
  for (size_t i = 0; i < f.record.timeline.count; i++)
    f.record.timeline.row[i].collagen_inside_rel = 1.3;
  near(percuta_outcome_surface_growth(&f.record, 0.5, 90), 0.5 * 0.5e-3 * (0.6 * 0.3 - 0.06),
       1e-12);
  f.record.treated_bottom = f.record.treated_top + 0.1e-3; /* needles that end above its bottom */
  near(percuta_outcome_surface_growth(&f.record, 0.5, 90), 0.5 * 0.1e-3 * (0.6 * 0.3 - 0.06),
       1e-12);
  f.skin.has_defect = false;
  assert_true(percuta_outcome_surface_growth(&f.record, 1, 90) == 0);
  fixture_destroy(&f);
}

/* Numbers worked by hand for 15 um of film: lambda 177, 241, 303, 382 um and onset 7.1, 3.8, 2.4,
 * 1.5 % at ratios of 20, 50, 100, 200; a ground stiffer by 1.28 wrinkles 18 % later. */
static void a_film_wrinkles_by_the_formulae(void **state) {
  (void)state;
  const struct percuta_surface_law law = {
      .film_modulus = 30e6, .expression = 0.15, .least_ratio = 10, .most_ratio = 100};
  const double ratio[] = {20, 50, 100, 200}, length[] = {177, 241, 303, 382},
               onset[] = {7.1, 3.8, 2.4, 1.5};
  for (int i = 0; i < 4; i++) {
    const struct percuta_expression found =
        percuta_outcome_surface_expression(&law, 15e-6, 30e6 / ratio[i]);
    near(found.wavelength, 1e-6 * length[i], 4e-3);
    near(found.onset, 0.01 * onset[i], 2e-2);
    assert_int_equal(found.outside, i == 3);
  }
  const struct percuta_expression soft = percuta_outcome_surface_expression(&law, 15e-6, 0.6e6);
  const struct percuta_expression stiff =
      percuta_outcome_surface_expression(&law, 15e-6, 1.28 * 0.6e6);
  near(stiff.onset / soft.onset, 1.18, 5e-3);
  near(stiff.wavelength / soft.wavelength, 0.92, 5e-3);
  const struct percuta_surface_law still = {.film_modulus = 30e6, .expression = 0.01};
  assert_true(percuta_outcome_surface_expression(&still, 15e-6, 0.6e6).height == 0);
}

/* A fifth, a half and all of it as volume: told beside each other, and as the ends of the recess.
 */
static void three_shares_are_told(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_scar(&f);
  for (size_t i = 0; i < f.record.timeline.count; i++) {
    f.record.timeline.row[i].collagen_around_rel = 1;
    f.record.timeline.row[i].collagen_inside_rel = 1.1;
  }
  const struct percuta_outcome_time time = percuta_outcome_outcomes_time[0];
  const struct percuta_outcome_value recess = percuta_outcome_outcomes_compute(
      &f.record, percuta_outcome_outcomes_at(PERCUTA_OUTCOME_recess_um), time);
  const enum percuta_outcome_id filled[] = {PERCUTA_OUTCOME_recess_filled_least_um,
                                            PERCUTA_OUTCOME_recess_filled_um,
                                            PERCUTA_OUTCOME_recess_filled_most_um};
  const double left[] = {recess.high, recess.value, recess.low}, share[] = {0.2, 0.5, 1};
  for (int i = 0; i < 3; i++) {
    const double by = percuta_outcome_outcomes_number_on(&f.record, filled[i], time);
    near(by, share[i] * 500 * 0.6 * 0.1, 1e-9);
    near(left[i], 300 - by, 1e-9);
  }
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cone_that_fills_is_a_smaller_cone),
      cmocka_unit_test(a_floor_that_lags_sinks),
      cmocka_unit_test(a_raised_scar_keeps_its_sign),
      cmocka_unit_test(only_a_difference_fills),
      cmocka_unit_test(a_film_wrinkles_by_the_formulae),
      cmocka_unit_test(three_shares_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

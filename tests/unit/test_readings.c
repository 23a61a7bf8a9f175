#include "record_fixture.h"

/* The peak is on a row, so it is exact; fixed days fall on rows or halfway between two. */
static void finds_peak_and_fixed_days(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  struct percuta_readings outcomes;
  percuta_outcome_readings_compute(&f.record, &outcomes);
  assert_true(outcomes.known);
  assert_true(fabs(outcomes.collagen.value - 1.05) < 1e-12);
  assert_true(outcomes.collagen.day == 20);
  assert_true(fabs(outcomes.inflammation.value - 0.01) < 1e-12);
  assert_true(outcomes.inflammation.day == 2.5);
  for (int i = 0; i < PERCUTA_READINGS_DAYS; ++i) {
    assert_true(outcomes.reached[i]);
    assert_true(fabs(outcomes.collagen_at[i] - fixture_collagen(percuta_outcome_readings_day[i])) <
                1e-12);
    assert_true(fabs(outcomes.third_at[i] - (0.2 + percuta_outcome_readings_day[i] / 10000)) <
                1e-12);
  }
  fixture_destroy(&f);
}

/* A linear column is interpolated exactly; outside, the nearest row holds. */
static void interpolates(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  const struct percuta_timeline *timeline = &f.record.timeline;
  assert_true(fabs(percuta_outcome_readings_row_at(timeline, 101.3).fibroblast_rel - 1.1013) <
              1e-12);
  assert_true(percuta_outcome_readings_row_at(timeline, -1).time_d == 0);
  assert_true(percuta_outcome_readings_row_at(timeline, 1000).time_d == 365);
  /* A jump: two rows at the same time, the later one counts from then on. */
  timeline->row[10].time_d = timeline->row[11].time_d;
  timeline->row[10].fibroblast_rel = 7;
  timeline->row[11].fibroblast_rel = 9;
  assert_true(percuta_outcome_readings_row_at(timeline, timeline->row[11].time_d).fibroblast_rel ==
              9);
  fixture_destroy(&f);
}

static void leaves_out_days_after_the_end(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  f.record.timeline.count = 41; /* until day 100 */
  struct percuta_readings outcomes;
  percuta_outcome_readings_compute(&f.record, &outcomes);
  assert_true(outcomes.reached[0] && outcomes.reached[1]);
  assert_false(outcomes.reached[2] || outcomes.reached[3]);
  f.record.timeline.count = 0;
  percuta_outcome_readings_compute(&f.record, &outcomes);
  assert_false(outcomes.known);
  fixture_destroy(&f);
}

/* 18 of 24 strikes opened something, alternately 1.0 and 1.2 mm deep: mean 1.1 mm, and the sample
 * spread is 0.1 mm times sqrt(18/17). */
static void averages_channels(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  struct percuta_session_readings means;
  percuta_outcome_readings_of_session(&f.session[0], f.record.width, &means);
  assert_int_equal(means.opened, 18);
  assert_int_equal(means.held, 3);
  assert_true(fabs(means.strikes_per_area * 1e-4 - 24 / 0.09) < 1e-9);
  assert_true(fabs(means.depth_mean - 1.1e-3) < 1e-12);
  assert_true(fabs(means.depth_sd - 1e-4 * sqrt(18.0 / 17)) < 1e-12);
  assert_true(fabs(means.residual_mean - 0.22e-3) < 1e-12);
  assert_true(fabs(means.deflection_mean - 300e-6) < 1e-12);
  assert_true(fabs(means.clot_fill_mean - 0.8) < 1e-12);
  assert_true(fabs(percuta_outcome_readings_days_to_healed(&f.session[1]) - 15) < 1e-12);
  f.session[1].healed_at = -1;
  assert_true(percuta_outcome_readings_days_to_healed(&f.session[1]) < 0);
  fixture_destroy(&f);
}

/* One needle, held: where nothing was opened, the held ones tell how far the skin gave way. */
static void one_needle_is_its_own_mean(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  struct percuta_session_readings means;
  struct percuta_channel only = {.penetrated = false, .deflection = 250e-6};
  struct percuta_session_record session = f.session[0];
  session.channels.item = &only;
  session.channels.count = 1;
  percuta_outcome_readings_of_session(&session, f.record.width, &means);
  assert_true(means.opened == 0 && means.held == 1);
  assert_true(fabs(means.deflection_mean - 250e-6) < 1e-12);
  only.penetrated = true; /* or the one that was opened */
  only.residual_radius_surface = 40e-6;
  percuta_outcome_readings_of_session(&session, f.record.width, &means);
  assert_true(means.opened == 1 && means.held == 0);
  assert_true(fabs(means.deflection_mean - 250e-6) < 1e-12);
  assert_true(fabs(means.opening_radius - 40e-6) < 1e-12);
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_peak_and_fixed_days),     cmocka_unit_test(interpolates),
      cmocka_unit_test(leaves_out_days_after_the_end), cmocka_unit_test(averages_channels),
      cmocka_unit_test(one_needle_is_its_own_mean),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

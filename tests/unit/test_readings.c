#include "record_fixture.h"

#include "outcome/timeline.h"

/* The highest row, and the top of the parabola through it and its neighbours, which for a parabola
 * is exact between rows. */
static void finds_peaks(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  const struct percuta_timeline *timeline = &f.record.timeline;
  const size_t collagen = offsetof(struct percuta_timeline_row, collagen_total_rel);
  const size_t clot = offsetof(struct percuta_timeline_row, clot_frac);
  struct percuta_peak peak = percuta_outcome_timeline_highest_row(timeline, collagen);
  assert_true(fabs(peak.value - 1.05) < 1e-12 && peak.day == 20);
  for (size_t i = 0; i < timeline->count; ++i)
    timeline->row[i].clot_frac = 1 - 1e-5 * pow(timeline->row[i].time_d - 101, 2);
  assert_true(percuta_outcome_timeline_highest_row(timeline, clot).day == 100);
  peak = percuta_outcome_timeline_peak(timeline, clot);
  assert_true(fabs(peak.day - 101) < 1e-9 && fabs(peak.value - (1 - 1e-5)) < 1e-12);
  f.record.timeline.count = 0;
  assert_true(percuta_outcome_timeline_peak(timeline, clot).day == 0);
  assert_true(percuta_outcome_timeline_highest_row(timeline, clot).value == 0);
  fixture_destroy(&f);
}

/* A linear column is interpolated exactly; outside, the nearest row holds. */
static void interpolates(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  const struct percuta_timeline *timeline = &f.record.timeline;
  assert_true(fabs(percuta_outcome_timeline_row_at(timeline, 101.3).fibroblast_rel - 1.1013) <
              1e-12);
  assert_true(percuta_outcome_timeline_row_at(timeline, -1).time_d == 0);
  assert_true(percuta_outcome_timeline_row_at(timeline, 1000).time_d == 365);
  /* A jump: two rows at the same time, the later one counts from then on. */
  timeline->row[10].time_d = timeline->row[11].time_d;
  timeline->row[10].fibroblast_rel = 7;
  timeline->row[11].fibroblast_rel = 9;
  assert_true(percuta_outcome_timeline_row_at(timeline, timeline->row[11].time_d).fibroblast_rel ==
              9);
  fixture_destroy(&f);
}

static void knows_where_it_ends(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  assert_true(percuta_outcome_timeline_reaches(&f.record.timeline, 365));
  assert_true(percuta_outcome_timeline_reaches(&f.record.timeline, 365 * (1 + 1e-12)));
  assert_false(percuta_outcome_timeline_reaches(&f.record.timeline, 365.1));
  assert_true(percuta_outcome_timeline_reaches(&f.record.timeline, 0));
  assert_false(percuta_outcome_timeline_reaches(&f.record.timeline, -1));
  assert_false(percuta_outcome_timeline_reaches(&f.record.timeline, NAN));
  f.record.timeline.count = 0;
  assert_false(percuta_outcome_timeline_reaches(&f.record.timeline, 0));
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
      cmocka_unit_test(finds_peaks),
      cmocka_unit_test(interpolates),
      cmocka_unit_test(knows_where_it_ends),
      cmocka_unit_test(averages_channels),
      cmocka_unit_test(one_needle_is_its_own_mean),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

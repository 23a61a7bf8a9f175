/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <math.h>

#include "base/units.h"
#include "course/calendar.h"
#include "scenario/calendar.h"

static void outputs_thin_out(void **state) {
  (void)state;
  double now = 0;
  int count = 0;
  while (now < PERCUTA_YEAR) {
    double next = percuta_course_calendar_next_output(now, 0, false);
    assert_true(next > now);
    assert_true(next - now <= 7 * PERCUTA_DAY);
    if (now < 21 * PERCUTA_DAY)
      assert_true(next - now <= PERCUTA_DAY);
    now = next;
    ++count;
  }
  assert_in_range(count, 60, 90);
}

static void waiting_looks_daily(void **state) {
  (void)state;
  double now = 100 * PERCUTA_DAY;
  assert_true(percuta_course_calendar_next_output(now, 0, true) == 101 * PERCUTA_DAY);
  assert_true(percuta_course_calendar_next_output(now, 0, false) == 105 * PERCUTA_DAY);
}

static void outputs_restart_with_a_session(void **state) {
  (void)state;
  double session = 42 * PERCUTA_DAY;
  assert_true(percuta_course_calendar_next_output(session, session, false) ==
              session + 0.25 * PERCUTA_DAY);
}

static void fields_are_kept_at_the_named_days(void **state) {
  (void)state;
  double times[PERCUTA_CALENDAR_SNAPSHOTS];
  assert_int_equal(7, percuta_course_calendar_snapshots(PERCUTA_YEAR, times));
  assert_true(times[0] == 0 && times[3] == 30 * PERCUTA_DAY && times[6] == PERCUTA_YEAR);
  assert_int_equal(4, percuta_course_calendar_snapshots(10 * PERCUTA_DAY, times));
  assert_true(times[3] == 10 * PERCUTA_DAY);
  assert_int_equal(8, percuta_course_calendar_snapshots(2 * PERCUTA_YEAR, times));
}

static void assert_plan(const struct percuta_course *course, int count, const double *days) {
  assert_int_equal(count, percuta_scenario_calendar_count(course));
  for (int i = 0; i < count; ++i)
    assert_true(fabs(percuta_scenario_calendar_planned(course, i) - days[i] * PERCUTA_DAY) < 1);
}

/* Evenly, on days of one's own, and again and again until before the end. */
static void sessions_are_planned_as_given(void **state) {
  (void)state;
  struct percuta_course course = {
      .sessions = 3, .interval = 30 * PERCUTA_DAY, .follow_up = 180 * PERCUTA_DAY};
  assert_plan(&course, 3, (const double[]){0, 30, 60});
  assert_true(percuta_scenario_calendar_shortest(&course) == 30 * PERCUTA_DAY);
  assert_true(percuta_scenario_calendar_rest(&course) == 120 * PERCUTA_DAY);
  course.then_every = 60 * PERCUTA_DAY;
  assert_plan(&course, 4, (const double[]){0, 30, 60, 120}); /* not on day 180, the end */
  course.then_every = 200 * PERCUTA_DAY;
  assert_plan(&course, 3, (const double[]){0, 30, 60});
  course.days =
      (struct percuta_times){.count = 3, .item = {0, 42 * PERCUTA_DAY, 150 * PERCUTA_DAY}};
  course.then_every = 14 * PERCUTA_DAY;
  assert_plan(&course, 5, (const double[]){0, 42, 150, 164, 178});
  assert_true(percuta_scenario_calendar_shortest(&course) == 14 * PERCUTA_DAY);
  course.then_every = 0;
  assert_true(percuta_scenario_calendar_shortest(&course) == 42 * PERCUTA_DAY);
  course = (struct percuta_course){.sessions = 1, .follow_up = PERCUTA_DAY};
  assert_true(isinf(percuta_scenario_calendar_shortest(&course)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sessions_are_planned_as_given),
      cmocka_unit_test(outputs_thin_out),
      cmocka_unit_test(waiting_looks_daily),
      cmocka_unit_test(outputs_restart_with_a_session),
      cmocka_unit_test(fields_are_kept_at_the_named_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

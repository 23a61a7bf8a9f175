/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "base/units.h"
#include "course/calendar.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(outputs_thin_out),
      cmocka_unit_test(waiting_looks_daily),
      cmocka_unit_test(outputs_restart_with_a_session),
      cmocka_unit_test(fields_are_kept_at_the_named_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

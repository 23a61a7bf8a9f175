#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "clot/curve.h"

/* y = 2 + 3 t - t^3, which peaks at t = 1 with 4. */
static double cubic(double t) {
  return 2 + 3 * t - t * t * t;
}

static double cubic_slope(double t) {
  return 3 - 3 * t * t;
}

static struct percuta_curve part(double start, double end) {
  return (struct percuta_curve){
      start, end, {cubic(start), cubic(end)}, {cubic_slope(start), cubic_slope(end)}};
}

static void follows_a_cubic(void **state) {
  (void)state;
  struct percuta_curve c = part(-0.5, 1.75);
  for (int i = 0; i <= 10; i++) {
    double t = -0.5 + 2.25 * i / 10;
    assert_true(fabs(percuta_clot_curve_value(&c, t) - cubic(t)) < 1e-13);
    assert_true(fabs(percuta_clot_curve_slope(&c, t) - cubic_slope(t)) < 1e-13);
  }
}

static void finds_level_and_peak(void **state) {
  (void)state;
  struct percuta_curve c = part(-0.5, 1.75);
  double t = -9;
  assert_true(percuta_clot_curve_reaches(&c, c.value[1], &t));
  struct percuta_curve rising = part(-0.5, 0.75);
  assert_true(percuta_clot_curve_reaches(&rising, 2, &t));
  assert_true(fabs(t) < 1e-14);
  assert_false(percuta_clot_curve_reaches(&rising, 3.99, &t));
  assert_false(percuta_clot_curve_reaches(&rising, rising.value[0], &t));
  assert_false(percuta_clot_curve_peaks(&rising, &t));
  assert_true(percuta_clot_curve_peaks(&c, &t));
  assert_true(fabs(t - 1) < 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(follows_a_cubic),
      cmocka_unit_test(finds_level_and_peak),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Powers of many numbers, against the C library's. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "base/power.h"

static void agrees_with_the_library(void **state) {
  (void)state;
  static const double exponents[] = {-0.2075, 0.585, 1, -1, 3, 0.5, 1e-3, -7.25};
  double worst = 0, in[1000], out[1000];
  for (size_t e = 0; e < sizeof exponents / sizeof exponents[0]; ++e) {
    for (int i = 0; i < 1000; ++i)
      in[i] = exp((i - 500) * 0.07) * (1 + 0.37 * (i % 3));
    percuta_base_power_many(1000, exponents[e], in, out);
    for (int i = 0; i < 1000; ++i) {
      double is = pow(in[i], exponents[e]);
      double scale = 1 + fabs(exponents[e] * log2(in[i]));
      worst = fmax(worst, fabs(out[i] / is - 1) / scale);
    }
  }
  print_message("  largest relative error over 1 + |log2 of the power|: %.1e\n", worst);
  assert_true(worst < 4e-16);
}

static void one_stays_one(void **state) {
  (void)state;
  double x[7] = {1, 1, 1, 1, 1, 1, 1};
  percuta_base_power_many(7, -0.41507, x, x);
  for (int i = 0; i < 7; ++i)
    assert_true(x[i] == 1.0);
}

/* Whatever the place in an array: wide and narrow registers must agree. */
static void place_does_not_matter(void **state) {
  (void)state;
  double in[19], all[19], single;
  for (int i = 0; i < 19; ++i)
    in[i] = 1e-8 + 0.31 * i;
  percuta_base_power_many(19, -0.2075, in, all);
  for (int i = 0; i < 19; ++i) {
    percuta_base_power_many(1, -0.2075, &in[i], &single);
    assert_true(single == all[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(agrees_with_the_library),
      cmocka_unit_test(one_stays_one),
      cmocka_unit_test(place_does_not_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

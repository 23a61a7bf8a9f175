#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "validate/band.h"

static struct percuta_band band(const char *value, const char *spread, const char *kind,
                                const char *scale) {
  struct percuta_band out = {0};
  assert_int_equal(percuta_validate_band_read(value, spread, kind, scale, &out), PERCUTA_OK);
  return out;
}

static void assert_band(struct percuta_band b, double low, double high) {
  if (isinf(low))
    assert_true(b.low == low);
  else
    assert_true(fabs(b.low - low) < 1e-12);
  if (isinf(high))
    assert_true(b.high == high);
  else
    assert_true(fabs(b.high - high) < 1e-12);
}

static void amounts_take_the_spread_but_never_less_than_a_share(void **state) {
  (void)state;
  assert_band(band("152.5", "30.6", "SD", "amount"), 121.9, 183.1);
  assert_band(band("152.5", "9.6", "SD", "amount"), 0.85 * 152.5, 1.15 * 152.5);
  assert_band(band("99.75", "83.25-116.25", "95% CI", "amount"), 83.25, 116.25);
  assert_band(band("100", "98-130", "95% CI", "amount"), 85, 130);
  assert_band(band("30", "", "", "amount"), 25.5, 34.5);
  assert_band(band("30", "0", "", "amount"), 25.5, 34.5);
}

static void bounds_and_intervals(void **state) {
  (void)state;
  assert_band(band("<0.5", "", "upper bound", "amount"), -INFINITY, 0.5);
  assert_band(band(">0.03", "", "", "amount"), 0.03, INFINITY);
  assert_band(band("2", "", "upper bound", "amount"), -INFINITY, 2);
  assert_band(band("400", "", "lower bound", "amount"), 400, INFINITY);
  assert_band(band("40-70", "", "range", "amount"), 40, 70);
  assert_band(band("4-4.4", "", "range", "amount"), 0.85 * 4.2, 1.15 * 4.2);
  assert_band(band("-40--10", "", "range", "change"), -40, -10);
  struct percuta_band b = band("<0.5", "", "", "amount");
  assert_true(percuta_validate_band_holds(&b, 0.5) && percuta_validate_band_holds(&b, -7));
  assert_false(percuta_validate_band_holds(&b, 0.501));
  assert_false(percuta_validate_band_holds(&b, NAN));
}

static void logarithms_and_changes(void **state) {
  (void)state;
  assert_band(band("-2", "0.2", "SD", "log"), -2.5, -1.5);
  assert_band(band("-2", "0.8", "SD", "log"), -2.5, -1.5);
  /* half to twice as large, of the same sign */
  assert_band(band("50", "", "", "change"), 25, 100);
  assert_band(band("-10", "", "", "change"), -20, -5);
  /* small ones: 5 points, but not nearer to nothing */
  assert_band(band("4", "", "", "change"), 2, 9);
  assert_band(band("-8", "", "", "change"), -13, -4);
  assert_band(band("0", "", "", "change"), -5, 5);
  /* or inside the published spread */
  assert_band(band("50", "60", "SD", "change"), 0, 110);
  /* but no effect at all is a hit only where none was published */
  static const char *const published[][2] = {
      {"50", "60"}, {"-8", "20"}, {"3", ""}, {"-40", "-90-10"}};
  for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
    struct percuta_band b = band(published[i][0], published[i][1], "SD", "change");
    assert_false(percuta_validate_band_holds(&b, 0));
  }
  assert_band(band("50", "40-60", "95% CI", "change"), 25, 100);
}

static void signs(void **state) {
  (void)state;
  struct percuta_band up = band("1", "", "qualitative", "sign");
  struct percuta_band down = band("-1", "", "qualitative", "sign");
  assert_true(percuta_validate_band_holds(&up, 1e-6) && !percuta_validate_band_holds(&up, 0));
  assert_true(percuta_validate_band_holds(&down, -50) && !percuta_validate_band_holds(&down, 1e-6));
}

static void what_is_no_number_is_refused(void **state) {
  (void)state;
  struct percuta_band out = {.low = 7};
  assert_int_equal(percuta_validate_band_read("ND", "", "", "amount", &out), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_validate_band_read("<x", "", "", "amount", &out), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_validate_band_read("3", "", "", "amonut", &out), PERCUTA_BAD_INPUT);
  assert_true(out.low == 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(amounts_take_the_spread_but_never_less_than_a_share),
      cmocka_unit_test(bounds_and_intervals),
      cmocka_unit_test(logarithms_and_changes),
      cmocka_unit_test(signs),
      cmocka_unit_test(what_is_no_number_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Numbers in text, read and written. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "base/random.h"

static void test_accepted(void **state) {
  (void)state;
  const struct {
    const char *text;
    double value;
  } cases[] = {{"0", 0},  {"1.5", 1.5}, {"-2.88e-3", -2.88e-3}, {"+7", 7}, {".5", 0.5},
               {"5.", 5}, {"1E6", 1e6}, {"1e+2", 100},          {"007", 7}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double value = NAN;
    assert_int_equal(percuta_base_number_parse(cases[i].text, &value), PERCUTA_OK);
    assert_true(value == cases[i].value);
  }
}

static void test_refused(void **state) {
  (void)state;
  const char *const texts[] = {"",   " ",   "nan",   "inf",   "-inf", "infinity", "0x10", "1e999",
                               "1 ", " 1",  "1.5mm", "1,5",   "--1",  "e5",       ".",    "-",
                               "1e", "1e+", "1.2.3", "1_000", "NaN",  "0x",       "1d3",  "+-1"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    double value = 42;
    assert_int_equal(percuta_base_number_parse(texts[i], &value), PERCUTA_BAD_INPUT);
    assert_true(value == 42);
  }
}

static void test_scan(void **state) {
  (void)state;
  double value = 0;
  assert_int_equal(percuta_base_number_scan("1.5 mm", &value), 3);
  assert_true(value == 1.5);
  assert_int_equal(percuta_base_number_scan("5em", &value), 1);
  assert_int_equal(percuta_base_number_scan("3e-2x", &value), 4);
  assert_int_equal(percuta_base_number_scan("mm", &value), 0);
  assert_int_equal(percuta_base_number_scan("1e999", &value), 5);
  assert_true(isinf(value));
}

static void assert_as_printf(double value) {
  char expected[64], written[PERCUTA_BASE_NUMBER_BYTES];
  snprintf(expected, sizeof expected, "%.9g", value);
  const size_t length = percuta_base_number_write(value, written);
  if (strcmp(expected, written) != 0)
    fail_msg("%a is %s, not %s", value, expected, written);
  assert_int_equal(strlen(expected), length);
}

/* What is easily got wrong: ends of ranges, rounding up to another power of ten, the middle between
 * two roundings, whether or not a double can hold it. */
static void test_written(void **state) {
  (void)state;
  const double cases[] = {0,
                          -0.0,
                          1,
                          -1,
                          10,
                          123456789,
                          1234567890,
                          999999999.5,
                          999999999.4,
                          99999999.95,
                          0.0001,
                          0.00001,
                          9.99999999e-5,
                          9.999999995e-5,
                          0.1,
                          100000000.5,
                          100000001.5,
                          12345678.25,
                          12345678.75,
                          1.000000005,
                          0.5,
                          1.0 / 3,
                          -2.0 / 3,
                          1e22,
                          1e23,
                          1e300,
                          -1.5e-300,
                          5e-324,
                          1.797e308,
                          INFINITY,
                          -INFINITY,
                          NAN,
                          -123456.7895,
                          1e-7,
                          99999.99999};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_as_printf(cases[i]);
    assert_as_printf(nextafter(cases[i], INFINITY));
    assert_as_printf(nextafter(cases[i], -INFINITY));
  }
}

static void test_any_number_is_written_as_printf_does(void **state) {
  (void)state;
  const struct percuta_random_key key = {.seed = 9};
  for (uint32_t i = 0; i < 100000; i++) {
    double uniform[4];
    percuta_base_random_uniform4(key, i, 0, uniform);
    assert_as_printf((uniform[0] - 0.5) * pow(10, floor(60 * uniform[1]) - 30));
    assert_as_printf(floor(1e6 * uniform[2]) / 1e3); /* few digits */
    assert_as_printf((floor(1e9 * uniform[3]) + 0.5) * pow(10, floor(16 * uniform[1]) - 8));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_accepted),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_scan),
      cmocka_unit_test(test_written),
      cmocka_unit_test(test_any_number_is_written_as_printf_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

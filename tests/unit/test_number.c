/* Numbers in text. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/number.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_accepted),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_scan),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Words and closed forms of a device's sheet; the sheet as a whole: tests/cli/device.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "sheet/strikes.h"
#include "sheet/words.h"

/* Poisson tables: P(X <= 4 | 10) = 0.029, P(X <= 5) = 0.067; P(X <= 14) = 0.917, P(X <= 15) =
 * 0.951. */
static void quantiles_of_poisson(void **state) {
  (void)state;
  assert_true(percuta_sheet_strikes_quantile(10, 0.05) == 5);
  assert_true(percuta_sheet_strikes_quantile(10, 0.95) == 15);
  assert_true(percuta_sheet_strikes_quantile(0.01, 0.95) == 0);
  /* on both sides of the change to the normal distribution */
  const double exact = percuta_sheet_strikes_quantile(9999, 0.95);
  const double normal = percuta_sheet_strikes_quantile(10001, 0.95);
  assert_true(normal >= exact && normal - exact < 5);
}

static void assert_number(double value, double low, double high, int decimals, const char *said) {
  char text[64];
  percuta_sheet_words_number(&(struct percuta_sheet_number){value, low, high}, 1, decimals, text,
                             sizeof text);
  assert_string_equal(text, said);
}

static void numbers_in_words(void **state) {
  (void)state;
  assert_number(1301.2, 1123.6, 1399.4, 0, "1301 (1124 to 1399)");
  assert_number(0, 0, 0, 0, "0");
  assert_number(0.96, 0.0052, 21234, -1, "0.96 (0.0052 to 21000)");
  assert_number(96, 0.0004, 128, -1, "96 (<0.001 to 130)");
  assert_int_equal(percuta_sheet_words_decimals(15.3), 1);
  assert_int_equal(percuta_sheet_words_decimals(126), 0);
  assert_int_equal(percuta_sheet_words_decimals(0.04), 4);
}

static void shares_in_words(void **state) {
  (void)state;
  char text[16];
  percuta_sheet_words_share(1, text, sizeof text);
  assert_string_equal(text, "100 %");
  percuta_sheet_words_share(0.9975, text, sizeof text);
  assert_string_equal(text, ">99 %");
  percuta_sheet_words_share(0.001, text, sizeof text);
  assert_string_equal(text, "<1 %");
  percuta_sheet_words_share(0, text, sizeof text);
  assert_string_equal(text, "0 %");
}

static void every_topic_rests_on_something(void **state) {
  (void)state;
  for (int t = 0; t < PERCUTA_SHEET_TOPICS; t++) {
    const enum percuta_sheet_topic topic = (enum percuta_sheet_topic)t;
    assert_true(strlen(percuta_sheet_words_topic(topic)) > 0);
    assert_true(strlen(percuta_sheet_words_rests(topic)) > 40);
    for (int k = 0; k < t; k++)
      assert_string_not_equal(percuta_sheet_words_key(topic),
                              percuta_sheet_words_key((enum percuta_sheet_topic)k));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_of_poisson), cmocka_unit_test(numbers_in_words),
      cmocka_unit_test(shares_in_words), cmocka_unit_test(every_topic_rests_on_something)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

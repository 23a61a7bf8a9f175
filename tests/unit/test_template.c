#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/template.h"

static void expect(const char **rest, bool hole, const char *text, const char *format) {
  struct percuta_template_piece piece;
  assert_true(percuta_base_template_next(rest, &piece));
  assert_int_equal(piece.hole, hole);
  assert_int_equal(piece.length, strlen(text));
  assert_memory_equal(piece.text, text, strlen(text));
  if (hole) {
    assert_int_equal(piece.format_length, strlen(format));
    assert_memory_equal(piece.format, format, strlen(format));
  }
}

static void cuts_at_braces(void **state) {
  (void)state;
  const char *rest = "{who} took {force_mN:.3g}{unit}, often";
  struct percuta_template_piece piece;
  expect(&rest, true, "who", "");
  expect(&rest, false, " took ", "");
  expect(&rest, true, "force_mN", ".3g");
  expect(&rest, true, "unit", "");
  expect(&rest, false, ", often", "");
  assert_false(percuta_base_template_next(&rest, &piece));
}

static void takes_what_is_no_hole_as_it_stands(void **state) {
  (void)state;
  const char *rest = "a: b} {c";
  struct percuta_template_piece piece;
  expect(&rest, false, "a: b} ", "");
  expect(&rest, false, "{c", "");
  assert_false(percuta_base_template_next(&rest, &piece));
  rest = "";
  assert_false(percuta_base_template_next(&rest, &piece));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cuts_at_braces),
      cmocka_unit_test(takes_what_is_no_hole_as_it_stands),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

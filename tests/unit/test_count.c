/* One minute, two minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/count.h"

static void test_units(void **state) {
  (void)state;
  assert_string_equal(percuta_base_count_unit("2", "week"), "weeks");
  assert_string_equal(percuta_base_count_unit("3.52", "week"), "weeks");
  assert_string_equal(percuta_base_count_unit("0", "day"), "days");
  assert_string_equal(percuta_base_count_unit("1", "weeks"), "week");
  assert_string_equal(percuta_base_count_unit("1", "month"), "month");
  assert_string_equal(percuta_base_count_unit("2", "min"), "min");
  assert_string_equal(percuta_base_count_unit("2", "1/day"), "1/day");
}

static void test_one(void **state) {
  (void)state;
  const struct {
    const char *after;
    size_t at;
  } cases[] = {{" minutes", 7}, {"~days later", 4}, {" hours,", 5},  {" minute", 0},
               {" times", 0},   {"minutes", 0},     {" dayside", 0}, {" daysx", 0},
               {"", 0},         {" mm", 0},         {" yearsand", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(percuta_base_count_one(cases[i].after, strlen(cases[i].after)), cases[i].at);
  assert_int_equal(percuta_base_count_one(" minutes", 4), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_units), cmocka_unit_test(test_one)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

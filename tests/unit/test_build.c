/* The name of the build, beside what readelf reads from the same file. */
#define _GNU_SOURCE
/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "base/build.h"
#include "base/version.h"

static void the_name_is_the_linkers(void **state) {
  (void)state;
  char name[PERCUTA_BASE_BUILD_SIZE], command[4200], digits[64] = "", expected[128];
  Dl_info info;
  percuta_base_build_name(name);
  assert_int_equal(strncmp(name, PERCUTA_VERSION, strlen(PERCUTA_VERSION)), 0);
  assert_true(dladdr((void *)(uintptr_t)percuta_base_build_name, &info) != 0);
  snprintf(command, sizeof command, "readelf -n '%s' 2>/dev/null | sed -n 's/.*Build ID: //p'",
           info.dli_fname);
  FILE *stream = popen(command, "r");
  assert_non_null(stream);
  const int read = fscanf(stream, "%12s", digits);
  pclose(stream);
  if (read != 1) { /* linked without one, or no readelf here */
    skip();
  }
  snprintf(expected, sizeof expected, "%s (build %s)", PERCUTA_VERSION, digits);
  assert_string_equal(name, expected);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_name_is_the_linkers)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

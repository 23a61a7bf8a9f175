/* What PETSc has been told, and what of it is of no use. */
/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

#include "engine/start.h"
#include "numerics/options.h"
#include "numerics/petsc_compat.h"

static void expect_text(enum percuta_status (*get)(char **), const char *text) {
  char *found = NULL;
  assert_int_equal(PERCUTA_OK, get(&found));
  assert_string_equal(text, found);
  free(found);
}

/* The one that keeps PETSc from reading files is not the user's. */
static void at_first_there_are_none(void **state) {
  (void)state;
  unsetenv("PETSC_OPTIONS");
  assert_int_equal(PERCUTA_OK, percuta_engine_start(0, NULL, NULL));
  expect_text(percuta_numerics_options_all, "");
  expect_text(percuta_numerics_options_unread, "");
}

static void what_is_given_is_told_until_it_is_read(void **state) {
  (void)state;
  char name[] = "-percuta_number", value[] = "3", flag[] = "-percuta_flag";
  char *option[] = {name, value, flag};
  PetscReal number = 0;
  PetscBool found = PETSC_FALSE;
  assert_int_equal(PERCUTA_OK, percuta_engine_start(3, option, NULL));
  expect_text(percuta_numerics_options_all, "-percuta_flag -percuta_number 3");
  expect_text(percuta_numerics_options_unread, "-percuta_flag -percuta_number 3");
  assert_int_equal(0, PetscOptionsGetReal(NULL, NULL, name, &number, &found));
  assert_true(found && number == 3);
  expect_text(percuta_numerics_options_unread, "-percuta_flag");
  expect_text(percuta_numerics_options_all, "-percuta_flag -percuta_number 3");
}

/* PETSc reads these when it ends. */
static void what_is_read_late_is_no_slip(void **state) {
  (void)state;
  char name[] = "-options_left", value[] = "no", *option[] = {name, value};
  assert_int_equal(PERCUTA_OK, percuta_engine_start(2, option, NULL));
  expect_text(percuta_numerics_options_unread, "-percuta_flag");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(at_first_there_are_none),
                                     cmocka_unit_test(what_is_given_is_told_until_it_is_read),
                                     cmocka_unit_test(what_is_read_late_is_no_slip)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

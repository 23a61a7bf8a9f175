/* Tables of parameters: reading, everything a strict reader refuses, overrides, filling structs. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/table.h"

#define HEAD "table: t\ndescription: one sentence\nparameters:\n"
#define GOOD                                                                                       \
  HEAD "  d:\n    value: 2.88e-3\n    unit: cm^2/day\n    range: [1e-3, 1e-2]\n"                   \
       "    status: cited\n    source: \"A 2017\"\n    population: \"wound\"\n"                    \
       "    meaning: \"diffusivity\"\n"                                                            \
       "  share:\n    value: 0.5\n    unit: \"1\"\n    range: [0, 1]\n    status: assumed\n"       \
       "    source: \"\"\n    meaning: \"share\"\n"

struct fixture {
  char folder[64];
  char file[96];
  struct percuta_units *units;
  struct percuta_parameters *set;
  struct percuta_diag *diag;
};

static int set_up(void **state) {
  static struct fixture fixture;
  strcpy(fixture.folder, "percuta-parameters-XXXXXX");
  if (mkdtemp(fixture.folder) == NULL)
    return -1;
  snprintf(fixture.file, sizeof fixture.file, "%s/t.yaml", fixture.folder);
  *state = &fixture;
  const bool good = percuta_base_units_create(&fixture.units) == PERCUTA_OK &&
                    percuta_base_parameters_create(&fixture.set) == PERCUTA_OK &&
                    percuta_base_diag_create(&fixture.diag) == 0;
  return good ? 0 : -1;
}

static int tear_down(void **state) {
  struct fixture *fixture = *state;
  percuta_base_diag_destroy(&fixture->diag);
  percuta_base_parameters_destroy(&fixture->set);
  percuta_base_parameters_destroy(&fixture->set);
  percuta_base_units_destroy(&fixture->units);
  (void)unlink(fixture->file);
  return rmdir(fixture->folder);
}

static void write_text(const char *path, const char *text) {
  FILE *stream = fopen(path, "w");
  assert_non_null(stream);
  fputs(text, stream);
  assert_int_equal(fclose(stream), 0);
}

static enum percuta_status load(struct fixture *fixture, const char *text) {
  write_text(fixture->file, text);
  return percuta_base_table_load(fixture->set, fixture->units, fixture->file, fixture->diag);
}

/* What is printed about the mistakes so far; freed by the caller. */
static char *printed(const struct fixture *fixture) {
  char *shown = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&shown, &size);
  assert_non_null(stream);
  percuta_base_diag_print(fixture->diag, stream);
  fclose(stream);
  return shown;
}

/* Loading `text` must fail with a message that has `part`, and add nothing. */
static void expect_refused(struct fixture *fixture, const char *text, const char *part) {
  const size_t before = percuta_base_parameters_count(fixture->set);
  percuta_base_diag_destroy(&fixture->diag);
  assert_int_equal(percuta_base_diag_create(&fixture->diag), 0);
  assert_int_equal(load(fixture, text), PERCUTA_BAD_INPUT);
  char *shown = printed(fixture);
  if (strstr(shown, part) == NULL)
    fail_msg("expected %s\nin %s", part, shown);
  free(shown);
  assert_int_equal(percuta_base_parameters_count(fixture->set), before);
}

static void test_load(void **state) {
  struct fixture *fixture = *state;
  char origin[128];
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  assert_int_equal(percuta_base_diag_count(fixture->diag), 0);
  assert_int_equal(percuta_base_parameters_count(fixture->set), 2);
  const struct percuta_parameter *d = percuta_base_parameters_find(fixture->set, "t.d");
  assert_ptr_equal(d, percuta_base_parameters_at(fixture->set, 0));
  assert_string_equal(d->name, "t.d");
  assert_true(d->value == 2.88e-3);
  assert_true(fabs(d->value_si / (2.88e-7 / 86400) - 1) < 1e-14);
  assert_string_equal(d->unit, "cm^2/day");
  assert_true(d->low == 1e-3 && d->high == 1e-2);
  assert_int_equal(d->status, PERCUTA_PARAMETER_CITED);
  assert_string_equal(d->source, "A 2017");
  assert_string_equal(d->population, "wound");
  assert_string_equal(d->meaning, "diffusivity");
  assert_false(d->overridden);
  snprintf(origin, sizeof origin, "%s:4", fixture->file);
  assert_string_equal(d->origin, origin);
  const struct percuta_parameter *share = percuta_base_parameters_at(fixture->set, 1);
  assert_int_equal(share->status, PERCUTA_PARAMETER_ASSUMED);
  assert_string_equal(share->source, "");
  assert_string_equal(share->population, "");
  assert_null(percuta_base_parameters_find(fixture->set, "t.x"));
}

static void test_refused_heads(void **state) {
  struct fixture *fixture = *state;
  expect_refused(fixture, "[1]\n", "table: the table has no name");
  expect_refused(fixture, "table: t\nparameters: {}\n", "description: is missing");
  expect_refused(fixture, "table: t\ndescription: x\n", "parameters: is no map of parameters");
  expect_refused(fixture, HEAD "  x: 1\nmore: 1\n", "5:7: more: does not belong in a table");
  expect_refused(fixture, HEAD "  x: 1\n", "4:6: t.x: is no map of fields");
  expect_refused(fixture, HEAD "  x: [\n", "a value is missing here");
}

/* An entry whose fields are as given. */
static void expect_entry_refused(struct fixture *fixture, const char *value, const char *unit,
                                 const char *range, const char *rest, const char *part) {
  char text[600];
  snprintf(text, sizeof text, HEAD "  x: {value: %s, unit: %s, range: %s, meaning: m, %s}\n", value,
           unit, range, rest);
  expect_refused(fixture, text, part);
}

static void test_refused_entries(void **state) {
  struct fixture *fixture = *state;
  const char *const assumed = "status: assumed";
  expect_entry_refused(fixture, "nan", "mm", "[0, 1]", assumed, "t.x: `nan` is no finite number");
  expect_entry_refused(fixture, "1 mm", "mm", "[0, 1]", assumed, "`1 mm` is no finite number");
  expect_entry_refused(fixture, "[1]", "mm", "[0, 1]", assumed, "`value` is of the wrong kind");
  expect_entry_refused(fixture, "''", "mm", "[0, 1]", assumed, "`value` is missing");
  expect_entry_refused(fixture, "1", "''", "[0, 1]", assumed, "the field `unit` is missing");
  expect_entry_refused(fixture, "1", "nix", "[0, 1]", assumed, "`nix` is no known unit");
  expect_entry_refused(fixture, "1", "mm", "3", assumed, "`range` is of the wrong kind");
  expect_entry_refused(fixture, "1", "mm", "[1]", assumed, "the range does not have two numbers");
  expect_entry_refused(fixture, "1", "mm", "[0, 1, 2]", assumed, "does not have two numbers");
  expect_entry_refused(fixture, "1", "mm", "[a, 2]", assumed, "`a` is no finite number");
  expect_entry_refused(fixture, "1", "mm", "[2, 0]", assumed, "ends below its beginning");
  expect_entry_refused(fixture, "3", "mm", "[0, 1]", assumed, "3 is outside its range 0 to 1");
  expect_entry_refused(fixture, "1", "mm", "[0, 1]", "status: sure", "there is no status `sure`");
  expect_entry_refused(fixture, "1", "mm", "[0, 1]", "source: A", "the field `status` is missing");
  expect_entry_refused(fixture, "1", "mm", "[0, 1]", "status: cited",
                       "is cited but names no source");
  expect_entry_refused(fixture, "1", "mm", "[0, 1]", "status: derived, source: ''",
                       "is derived but names no source");
  expect_entry_refused(fixture, "1", "mm", "[0, 1]", "status: assumed, note: x",
                       "there is no field `note`");
  expect_refused(fixture, HEAD "  x: {value: 1, unit: mm, range: [0, 1], status: assumed}\n",
                 "the field `meaning` is missing");
}

static void test_all_mistakes_are_told(void **state) {
  struct fixture *fixture = *state;
  expect_refused(fixture, HEAD "  x: 1\n  y: {}\n", "6 mistakes");
}

static void test_refused_twice(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  expect_refused(fixture, GOOD, "t.share: there is one already, from ");
}

static void test_missing_file(void **state) {
  struct fixture *fixture = *state;
  assert_int_equal(
      percuta_base_table_load(fixture->set, fixture->units, fixture->file, fixture->diag),
      PERCUTA_IO);
  assert_int_equal(percuta_base_diag_count(fixture->diag), 1);
}

static void test_override(void **state) {
  struct fixture *fixture = *state;
  struct percuta_units_mistake why;
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  assert_int_equal(percuta_base_parameters_override(fixture->set, fixture->units, "t.d",
                                                    "3e-8 m^2/day", "s.yaml:9", &why),
                   PERCUTA_OK);
  const struct percuta_parameter *d = percuta_base_parameters_find(fixture->set, "t.d");
  assert_true(fabs(d->value / 3e-4 - 1) <
              1e-14); /* in its own unit; outside the range is allowed */
  assert_true(fabs(d->value_si / (3e-8 / 86400) - 1) < 1e-14);
  assert_true(d->overridden);
  assert_string_equal(d->origin, "s.yaml:9");
  assert_string_equal(d->unit, "cm^2/day");
}

static void test_override_refused(void **state) {
  struct fixture *fixture = *state;
  const struct {
    const char *name, *text, *code, *why;
  } cases[] = {
      {"t.d", "3", "no-unit", "`3` has no unit; give a unit, such as cm^2/day"},
      {"t.d", "3 mm", "wrong-dimension",
       "`3 mm` is a length, not a diffusivity; give a unit such as cm^2/day"},
      {"t.share", "3 mm", "wrong-dimension",
       "`3 mm` is a length, not a plain number; leave out the unit"},
      {"t.shaer", "0.3", "unknown-name", "there is no such parameter; did you mean `t.share`?"},
      {"koppenol.chemotaxis", "0.3", "unknown-name", "there is no such parameter"},
  };
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct percuta_units_mistake why = {PERCUTA_CODE_NONE, ""};
    assert_int_equal(percuta_base_parameters_override(fixture->set, fixture->units, cases[i].name,
                                                      cases[i].text, "s.yaml:9", &why),
                     PERCUTA_BAD_INPUT);
    assert_string_equal(why.what, cases[i].why);
    assert_string_equal(percuta_base_codes_name(why.code), cases[i].code);
  }
  assert_true(percuta_base_parameters_find(fixture->set, "t.d")->value == 2.88e-3);
  assert_false(percuta_base_parameters_find(fixture->set, "t.d")->overridden);
}

static void test_fill(void **state) {
  struct fixture *fixture = *state;
  double d = 0, share = 0, none = 42, other = 42;
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  const struct percuta_parameter_slot slots[] = {{"t.share", &share}, {"t.d", &d}};
  assert_int_equal(percuta_base_parameters_fill(fixture->set, slots, 2, fixture->diag), PERCUTA_OK);
  assert_true(share == 0.5);
  assert_true(d == percuta_base_parameters_find(fixture->set, "t.d")->value_si);
  const struct percuta_parameter_slot lacking[] = {
      {"t.share", &none}, {"t.none", &none}, {"u.other", &other}};
  assert_int_equal(percuta_base_parameters_fill(fixture->set, lacking, 3, fixture->diag),
                   PERCUTA_BAD_INPUT);
  assert_true(none == 42 && other == 42);
  char *shown = printed(fixture);
  assert_non_null(strstr(shown, "t.none: the model needs this parameter"));
  assert_non_null(strstr(shown, "u.other: the model needs this parameter"));
  free(shown);
}

/* What an overlay changes is seen there only; all else is the base's. */
static void test_overlay(void **state) {
  struct fixture *fixture = *state;
  struct percuta_parameters *overlay = NULL, *other = NULL;
  struct percuta_units_mistake why;
  assert_int_equal(load(fixture, GOOD), PERCUTA_OK);
  const size_t count = percuta_base_parameters_count(fixture->set);
  const struct percuta_parameter *base = percuta_base_parameters_find(fixture->set, "t.d");
  assert_int_equal(percuta_base_parameters_overlay(fixture->set, &overlay), PERCUTA_OK);
  assert_int_equal(percuta_base_parameters_overlay(fixture->set, &other), PERCUTA_OK);
  assert_int_equal(percuta_base_parameters_count(overlay), count);
  assert_ptr_equal(percuta_base_parameters_find(overlay, "t.d"), base);
  const double before = base->value_si;
  assert_int_equal(percuta_base_parameters_put(overlay, fixture->units, "t.d", 2 * base->value),
                   PERCUTA_OK);
  const struct percuta_parameter *changed = percuta_base_parameters_find(overlay, "t.d");
  assert_true(fabs(changed->value_si - 2 * before) <= 1e-12 * before && !changed->overridden);
  assert_string_equal(changed->origin, base->origin);
  assert_int_equal(percuta_base_parameters_override(overlay, fixture->units, "t.d", "3 m^2/s",
                                                    "mine.yaml:3", &why),
                   PERCUTA_OK);
  assert_true(changed->overridden && changed->value_si == 3);
  assert_string_equal(changed->origin, "mine.yaml:3");
  assert_true(base->value_si == before && !base->overridden);
  assert_ptr_equal(percuta_base_parameters_find(other, "t.d"), base);
  for (size_t i = 0; i < count; i++)
    assert_string_equal(percuta_base_parameters_at(overlay, i)->name,
                        percuta_base_parameters_at(fixture->set, i)->name);
  assert_int_equal(percuta_base_parameters_append(overlay, base), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_parameters_put(overlay, fixture->units, "t.no", 1),
                   PERCUTA_BAD_INPUT);
  percuta_base_parameters_destroy(&overlay);
  percuta_base_parameters_destroy(&other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_load, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_refused_heads, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_refused_entries, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_all_mistakes_are_told, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_refused_twice, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_missing_file, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_override, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_override_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_fill, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_overlay, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

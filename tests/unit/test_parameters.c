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

#include "base/parameters.h"

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
  return percuta_base_parameters_load(fixture->set, fixture->units, fixture->file, fixture->diag);
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
      percuta_base_parameters_load(fixture->set, fixture->units, fixture->file, fixture->diag),
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

/* Files are taken in sorted order from all folders; those without a table are left alone. */
static void test_load_all(void **state) {
  struct fixture *fixture = *state;
  const char *const names[] = {"b",          "b/c",         "b/2.yaml", "b/10.yaml",
                               "b/c/1.yaml", "b/list.yaml", "b/x.csv"};
  const char *const tables[] = {NULL, NULL, "two", "ten", "deep", NULL, "csv"};
  char path[7][128], text[400];
  for (int i = 0; i < 7; i++) {
    snprintf(path[i], sizeof path[i], "%s/%s", fixture->folder, names[i]);
    snprintf(text, sizeof text,
             "# first\ntable: %s\ndescription: x\nparameters:\n  p: {value: 1, unit: mm, "
             "range: [0, 2], status: assumed, meaning: m}\n",
             tables[i] ? tables[i] : "");
    if (i < 2)
      assert_int_equal(mkdir(path[i], 0777), 0);
    else
      write_text(path[i], tables[i] ? text : "sites: [1]\n");
  }
  char *before = getenv("PERCUTA_DATA") ? strdup(getenv("PERCUTA_DATA")) : NULL;
  setenv("PERCUTA_DATA", fixture->folder, 1);
  const enum percuta_status status =
      percuta_base_parameters_load_all(fixture->set, fixture->units, fixture->diag);
  if (before != NULL)
    setenv("PERCUTA_DATA", before, 1);
  else
    unsetenv("PERCUTA_DATA");
  free(before);
  for (int i = 6; i >= 0; i--)
    assert_int_equal(remove(path[i]), 0);
  assert_int_equal(status, PERCUTA_OK);
  assert_int_equal(percuta_base_parameters_count(fixture->set), 3);
  assert_string_equal(percuta_base_parameters_at(fixture->set, 0)->name, "ten.p");
  assert_string_equal(percuta_base_parameters_at(fixture->set, 1)->name, "two.p");
  assert_string_equal(percuta_base_parameters_at(fixture->set, 2)->name, "deep.p");
  snprintf(text, sizeof text, "%s:5", path[3]);
  assert_string_equal(percuta_base_parameters_at(fixture->set, 0)->origin, text);
}

/* The data that Percuta ships is read without a mistake and says of each number what it must. */
static void test_shipped_data(void **state) {
  struct fixture *fixture = *state;
  if (getenv("PERCUTA_DATA") == NULL)
    skip();
  const enum percuta_status status =
      percuta_base_parameters_load_all(fixture->set, fixture->units, fixture->diag);
  percuta_base_diag_print(fixture->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  assert_true(percuta_base_parameters_count(fixture->set) > 10);
  const struct percuta_parameter *signal =
      percuta_base_parameters_find(fixture->set, "koppenol.signal_diffusivity");
  assert_non_null(signal);
  assert_true(signal->value_si > 0);
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
      cmocka_unit_test_setup_teardown(test_load_all, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_shipped_data, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

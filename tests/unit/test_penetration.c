#include "record_fixture.h"

#include "result/penetration_columns.h"

/* Writes the file and gives its text; NULL when there is none. */
static char *write_file(const struct fixture *f, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", f->folder, name);
  assert_int_equal((strcmp(name, "numbing.csv") == 0
                        ? percuta_result_numbing_write
                        : percuta_result_penetration_write)(&f->record, path),
                   PERCUTA_OK);
  return access(path, F_OK) == 0 ? fixture_read(f, name) : NULL;
}

/* The cell of column `name` in line `line` (0 is the header), in `out`. */
static void cell(const char *text, int line, const char *name, char out[64]) {
  int column = 0;
  const char *at = text;
  for (;; ++column) {
    const size_t length = strcspn(at, ",\n");
    if (length == strlen(name) && strncmp(at, name, length) == 0) {
      break;
    }
    assert_int_equal(at[length], ',');
    at += length + 1;
  }
  for (at = text; line > 0; --line) {
    at = strchr(at, '\n') + 1;
  }
  for (; column > 0; --column) {
    at = strchr(at, ',') + 1;
  }
  snprintf(out, 64, "%.*s", (int)strcspn(at, ",\n"), at);
}

static double number(const char *text, int line, const char *name) {
  char out[64];
  cell(text, line, name, out);
  return strtod(out, NULL);
}

static int count_lines(const char *text) {
  int lines = 0;
  for (; *text != '\0'; ++text) {
    lines += *text == '\n';
  }
  return lines;
}

/* Two compounds in two places, and two on intact skin alone; in every row the amounts sum to what
 * was applied. */
static void says_where_everything_is(void **state) {
  (void)state;
  static const char *const part[] = {"vehicle_ug_per_cm2",         "washed_ug_per_cm2",
                                     "stratum_corneum_ug_per_cm2", "viable_epidermis_ug_per_cm2",
                                     "dermis_ug_per_cm2",          "subcutis_ug_per_cm2",
                                     "blood_ug_per_cm2",           "receptor_ug_per_cm2"};
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  char *text = write_file(&f, "penetration.csv"), out[64];
  assert_non_null(text);
  assert_int_equal(count_lines(text), 1 + 6 * FIXTURE_TIMES);
  for (int line = 1; line <= 6 * FIXTURE_TIMES; ++line) {
    double sum = 0;
    for (size_t k = 0; k < sizeof part / sizeof *part; ++k) {
      sum += number(text, line, part[k]);
    }
    assert_true(fabs(sum / number(text, line, "applied_ug_per_cm2") - 1) < 1e-8);
  }
  const int line = 1 + 2 * FIXTURE_TIMES + 12; /* needled, first serum, 6 h */
  cell(text, line, "product", out);
  assert_string_equal(out, "tranexamic-acid-5%");
  cell(text, line, "place", out);
  assert_string_equal(out, "needled");
  assert_true(number(text, line, "number") == 2);
  assert_true(number(text, line, "time_h") == 6);
  assert_true(fabs(number(text, line, "blood_ug_per_cm2") - 0.3 * 4 * (1 - exp(-1.0))) < 1e-7);
  cell(text, line + FIXTURE_TIMES, "place", out);
  assert_string_equal(out, "intact");
  free(text);
  f.penetration[0].met = PERCUTA_PENETRATION_CLOSED;
  text = write_file(&f, "penetration.csv");
  assert_int_equal(count_lines(text), 1 + 5 * FIXTURE_TIMES); /* no puncture, no needled skin */
  free(text);
  fixture_destroy(&f);
}

static void says_how_numb(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  char *text = write_file(&f, "numbing.csv");
  assert_non_null(text);
  assert_int_equal(count_lines(text), 1 + FIXTURE_TIMES);
  assert_true(number(text, 5, "time_min") == 120);
  assert_true(fabs(number(text, 5, "numb_depth_mm") - 1.6) < 1e-7);
  assert_true(fabs(number(text, 9, "plasma_lidocaine_ug_per_ml") - 0.06) < 1e-9);
  assert_true(fabs(number(text, 9, "plasma_prilocaine_ug_per_ml") - 0.03) < 1e-9);
  free(text);
  fixture_destroy(&f);
}

/* Without products there is no file, and one that was there is gone. */
static void writes_nothing_about_nothing(void **state) {
  (void)state;
  static const char *const name[] = {"penetration.csv", "numbing.csv"};
  struct fixture f;
  fixture_create(&f, 1);
  for (size_t i = 0; i < 2; ++i) {
    char path[512];
    assert_null(write_file(&f, name[i]));
    snprintf(path, sizeof path, "%s/%s", f.folder, name[i]);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fclose(stream);
    assert_null(write_file(&f, name[i]));
  }
  fixture_destroy(&f);
}

static void tells_when_it_cannot_write(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  char path[512];
  snprintf(path, sizeof path, "%s/missing/file.csv", f.folder);
  assert_int_equal(percuta_result_penetration_write(&f.record, path), PERCUTA_IO);
  assert_int_equal(percuta_result_numbing_write(&f.record, path), PERCUTA_IO);
  fixture_destroy(&f);
}

/* docs/results.md has one table row with the unit for every column. */
static void documentation_has_every_column(void **state) {
  (void)state;
  char path[512], *text = NULL, row[240];
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
#define LOOK_UP(name, unit, format, value, description)                                            \
  snprintf(row, sizeof row, "| `%s` | %s | %s |", #name, unit, description);                       \
  if (strstr(text, row) == NULL) {                                                                 \
    fail_msg("docs/results.md lacks: %s", row);                                                    \
  }
  PERCUTA_PENETRATION_COLUMN_LIST(LOOK_UP)
  PERCUTA_NUMBING_COLUMN_LIST(LOOK_UP)
#undef LOOK_UP
  snprintf(row, sizeof row, "| `" PERCUTA_NUMBING_PLASMA "` | ug/ml | %s |", "<compound>",
           PERCUTA_NUMBING_PLASMA_TEXT);
  assert_non_null(strstr(text, row));
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_where_everything_is),
      cmocka_unit_test(says_how_numb),
      cmocka_unit_test(writes_nothing_about_nothing),
      cmocka_unit_test(tells_when_it_cannot_write),
      cmocka_unit_test(documentation_has_every_column),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

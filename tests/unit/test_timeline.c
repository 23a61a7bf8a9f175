#include "record_fixture.h"

/* The header is the registry; numbers survive to nine digits; no temporary file stays. */
static void writes_every_column(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  char path[512];
  snprintf(path, sizeof path, "%s/timeline.csv", f.folder);
  assert_int_equal(percuta_result_timeline_write(&f.record, path), PERCUTA_OK);
  char *text = fixture_read(&f, "timeline.csv");
  const char *head = "";
  char expected[1024] = "";
#define APPEND(name, part, unit, description)                                                      \
  snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s%s", head, #name);  \
  head = ",";
  PERCUTA_COLUMN_LIST(APPEND)
#undef APPEND
  const size_t length = strcspn(text, "\n");
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(text, expected, length);
  const char *line = text + length + 1;
  for (size_t i = 0; i < f.record.timeline.count; ++i) {
    double day, session, collagen;
    assert_int_equal(sscanf(line, "%lf,%lf,%lf", &day, &session, &collagen), 3);
    assert_true(day == 2.5 * (double)i);
    assert_true(fabs(collagen - fixture_collagen(day)) < 1e-8);
    line = strchr(line, '\n') + 1;
  }
  assert_int_equal(*line, '\0');
  free(text);
  snprintf(path, sizeof path, "%s/.timeline.csv.tmp", f.folder);
  assert_int_not_equal(access(path, F_OK), 0);
  fixture_destroy(&f);
}

static void tells_when_it_cannot_write(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  char path[512];
  snprintf(path, sizeof path, "%s/missing/timeline.csv", f.folder);
  assert_int_equal(percuta_result_timeline_write(&f.record, path), PERCUTA_IO);
  fixture_destroy(&f);
}

/* docs/results.md has one table row with the unit for every column. */
static void documentation_has_every_column(void **state) {
  (void)state;
  char path[512], *text = NULL, row[160];
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
#define LOOK_UP(name, part, unit, description)                                                     \
  snprintf(row, sizeof row, "| `%s` | %s | %s |", #name, unit, description);                       \
  if (strstr(text, row) == NULL) {                                                                 \
    fail_msg("docs/results.md lacks: %s", row);                                                    \
  }
  PERCUTA_COLUMN_LIST(LOOK_UP)
#undef LOOK_UP
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_every_column),
      cmocka_unit_test(tells_when_it_cannot_write),
      cmocka_unit_test(documentation_has_every_column),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "record_fixture.h"

#include "result/channel_columns.h"

static int count_lines(const char *text) {
  int lines = 0;
  for (; *text != '\0'; ++text) {
    lines += *text == '\n';
  }
  return lines;
}

/* The number in column `name` of line `line` (0 is the header). */
static double cell(const char *text, int line, const char *name) {
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
  at = text;
  for (int i = 0; i < line; ++i) {
    at = strchr(at, '\n') + 1;
  }
  for (int i = 0; i < column; ++i) {
    at = strchr(at, ',') + 1;
  }
  return strtod(at, NULL);
}

static void writes_every_strike(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  char path[512];
  snprintf(path, sizeof path, "%s/channels.csv", f.folder);
  assert_int_equal(percuta_result_channels_write(&f.record, path), PERCUTA_OK);
  char *text = fixture_read(&f, "channels.csv");
  assert_int_equal(count_lines(text), 1 + 2 * FIXTURE_STRIKES);
  const struct percuta_channel *c = &f.session[0].channels.item[5];
  assert_true(cell(text, 6, "session") == 1);
  assert_true(cell(text, 6, "strike") == 6);
  assert_true(cell(text, 6, "pass") == c->pass + 1);
  assert_true(fabs(cell(text, 6, "x_um") - 1e6 * c->x) < 1e-4);
  assert_true(fabs(cell(text, 6, "depth_um") - 1e6 * c->depth) < 1e-4);
  assert_true(fabs(cell(text, 6, "direction_deg") - 0.7 * 57.29577951308232) < 1e-5);
  assert_true(fabs(cell(text, 6, "force_mN") - 400) < 1e-6);
  assert_true(fabs(cell(text, 6, "shed_nl") - 2) < 1e-9);
  assert_true(cell(text, 8, "penetrated") == 0);
  assert_true(cell(text, 8, "depth_um") == 0);
  assert_true(cell(text, 4, "reentered") == 1);
  assert_true(cell(text, 1 + FIXTURE_STRIKES, "session") == 2);
  free(text);
  fixture_destroy(&f);
}

/* A session that was not given has no rows, though its struct may hold something. */
static void leaves_out_sessions_not_given(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  f.session[1].given = false;
  char path[512];
  snprintf(path, sizeof path, "%s/channels.csv", f.folder);
  assert_int_equal(percuta_result_channels_write(&f.record, path), PERCUTA_OK);
  char *text = fixture_read(&f, "channels.csv");
  assert_int_equal(count_lines(text), 1 + FIXTURE_STRIKES);
  free(text);
  fixture_destroy(&f);
}

static void documentation_has_every_column(void **state) {
  (void)state;
  char path[512], *text = NULL, row[200];
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
#define LOOK_UP(name, unit, value, description)                                                    \
  snprintf(row, sizeof row, "| `%s` | %s | %s |", #name, unit, description);                       \
  if (strstr(text, row) == NULL) {                                                                 \
    fail_msg("docs/results.md lacks: %s", row);                                                    \
  }
  PERCUTA_CHANNEL_COLUMN_LIST(LOOK_UP)
#undef LOOK_UP
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_every_strike),
      cmocka_unit_test(leaves_out_sessions_not_given),
      cmocka_unit_test(documentation_has_every_column),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Finding Percuta's folders, and files that are written whole or not at all. */
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"

struct place {
  char folder[64];
  char file[96];
  char draft[96];
  char *data; /* PERCUTA_DATA as it was, or NULL */
};

static int set_up(void **state) {
  static struct place place;
  strcpy(place.folder, "percuta-path-XXXXXX");
  if (mkdtemp(place.folder) == NULL)
    return -1;
  snprintf(place.file, sizeof place.file, "%s/file", place.folder);
  snprintf(place.draft, sizeof place.draft, "%s/.file.tmp", place.folder);
  const char *data = getenv("PERCUTA_DATA");
  place.data = data ? strdup(data) : NULL;
  *state = &place;
  return 0;
}

static int tear_down(void **state) {
  struct place *place = *state;
  (void)unlink(place->file);
  (void)unlink(place->draft);
  if (place->data != NULL)
    setenv("PERCUTA_DATA", place->data, 1);
  else
    unsetenv("PERCUTA_DATA");
  free(place->data);
  unsetenv("PERCUTA_WEB");
  return rmdir(place->folder);
}

static void expect_content(const char *path, const char *content) {
  char *text = NULL;
  size_t length = 0;
  assert_int_equal(percuta_base_path_read(path, 1000, &text, &length), PERCUTA_OK);
  assert_string_equal(text, content);
  assert_int_equal(length, strlen(content));
  free(text);
}

static void write_file(const char *path, const char *content) {
  FILE *stream = NULL;
  assert_int_equal(percuta_base_path_open(path, &stream), PERCUTA_OK);
  fputs(content, stream);
  assert_int_equal(percuta_base_path_commit(path, &stream), PERCUTA_OK);
  assert_null(stream);
}

static void test_commit(void **state) {
  const struct place *place = *state;
  FILE *stream = NULL;
  write_file(place->file, "first");
  assert_int_equal(percuta_base_path_open(place->file, &stream), PERCUTA_OK);
  fputs("second", stream);
  fflush(stream);
  expect_content(place->file, "first"); /* a reader sees the whole old file until the commit */
  assert_int_equal(percuta_base_path_commit(place->file, &stream), PERCUTA_OK);
  expect_content(place->file, "second");
  assert_int_equal(access(place->draft, F_OK), -1);
}

static void test_abandon(void **state) {
  const struct place *place = *state;
  FILE *stream = NULL;
  write_file(place->file, "first");
  assert_int_equal(percuta_base_path_open(place->file, &stream), PERCUTA_OK);
  fputs("second", stream);
  percuta_base_path_abandon(place->file, &stream);
  assert_null(stream);
  expect_content(place->file, "first");
  assert_int_equal(access(place->draft, F_OK), -1);
  percuta_base_path_abandon(place->file, &stream);
}

static void test_full_disk(void **state) {
  const struct place *place = *state;
  FILE *stream = NULL;
  struct rlimit limit, none;
  write_file(place->file, "first");
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  none = limit;
  none.rlim_cur = 0; /* a file that cannot grow stands for a full disk */
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
  assert_int_equal(percuta_base_path_open(place->file, &stream), PERCUTA_OK);
  fputs("second", stream);
  const enum percuta_status status = percuta_base_path_commit(place->file, &stream);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  assert_int_equal(status, PERCUTA_IO);
  assert_null(stream);
  expect_content(place->file, "first");
  assert_int_equal(access(place->draft, F_OK), -1);
}

/* A link or a pipe under the name of a draft is taken away, under that of the file replaced; what a
 * link leads to stays. */
static void test_links_are_not_followed(void **state) {
  const struct place *place = *state;
  char mine[128];
  snprintf(mine, sizeof mine, "%s/mine", place->folder);
  write_file(mine, "mine");
  assert_int_equal(symlink("mine", place->draft), 0);
  assert_int_equal(symlink("mine", place->file), 0);
  assert_int_equal(percuta_base_path_kind(place->file), PERCUTA_PATH_LINK);
  assert_int_equal(percuta_base_path_reopen(place->file, O_RDONLY), -1);
  write_file(place->file, "first");
  expect_content(place->file, "first");
  assert_int_equal(percuta_base_path_kind(place->file), PERCUTA_PATH_FILE);
  assert_int_equal(mkfifo(place->draft, 0600), 0);
  assert_int_equal(percuta_base_path_kind(place->draft), PERCUTA_PATH_OTHER);
  assert_int_equal(percuta_base_path_reopen(place->draft, O_RDONLY), -1);
  write_file(place->file, "second");
  expect_content(place->file, "second");
  assert_int_equal(percuta_base_path_kind(place->draft), PERCUTA_PATH_NOTHING);
  expect_content(mine, "mine");
  assert_int_equal(unlink(mine), 0);
}

/* The file has its name, whole so far, while more is written. */
static void test_publish(void **state) {
  const struct place *place = *state;
  FILE *stream = NULL;
  assert_int_equal(percuta_base_path_open(place->file, &stream), PERCUTA_OK);
  fputs("head", stream);
  assert_int_equal(percuta_base_path_publish(place->file, stream), PERCUTA_OK);
  expect_content(place->file, "head");
  fputs(" and more", stream);
  assert_int_equal(fclose(stream), 0);
  expect_content(place->file, "head and more");
}

static void test_open_fails(void **state) {
  (void)state;
  FILE *stream = NULL;
  assert_int_equal(percuta_base_path_open("no/such/folder/file", &stream), PERCUTA_IO);
  assert_null(stream);
}

static void test_make_folder(void **state) {
  const struct place *place = *state;
  char deep[PATH_MAX], below[PATH_MAX];
  snprintf(deep, sizeof deep, "%s/a/b//c/", place->folder);
  assert_int_equal(percuta_base_path_make_folder(deep), PERCUTA_OK);
  assert_int_equal(percuta_base_path_make_folder(deep), PERCUTA_OK);
  struct stat info;
  assert_int_equal(stat(deep, &info), 0);
  assert_true(S_ISDIR(info.st_mode));
  write_file(place->file, "x");
  assert_int_equal(percuta_base_path_make_folder(place->file), PERCUTA_IO);
  snprintf(below, sizeof below, "%s/below", place->file);
  assert_int_equal(percuta_base_path_make_folder(below), PERCUTA_IO);
  assert_int_equal(percuta_base_path_make_folder(""), PERCUTA_IO);
  const char *const made[] = {"a/b/c", "a/b", "a"};
  for (int i = 0; i < 3; i++) {
    snprintf(deep, sizeof deep, "%s/%s", place->folder, made[i]);
    assert_int_equal(rmdir(deep), 0);
  }
}

static void test_read_limits(void **state) {
  const struct place *place = *state;
  char *text = NULL;
  size_t length = 42;
  write_file(place->file, "12345");
  assert_int_equal(percuta_base_path_read(place->file, 4, &text, &length), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_path_read(place->folder, 100, &text, &length), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_path_read("/dev/zero", 100, &text, &length), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_path_read(place->draft, 100, &text, &length), PERCUTA_IO);
  assert_null(text);
  assert_int_equal(length, 42);
  assert_int_equal(percuta_base_path_read(place->file, 5, &text, &length), PERCUTA_OK);
  assert_int_equal(length, 5);
  free(text);
  write_file(place->file, "");
  expect_content(place->file, "");
}

static void test_data(void **state) {
  const struct place *place = *state;
  char out[PATH_MAX] = "untouched", slashed[PATH_MAX];
  snprintf(slashed, sizeof slashed, "%s//", place->folder);
  setenv("PERCUTA_DATA", slashed, 1);
  assert_int_equal(percuta_base_path_data(NULL, out, 3), PERCUTA_IO);
  assert_string_equal(out, "untouched");
  assert_int_equal(percuta_base_path_data(NULL, out, sizeof out), PERCUTA_OK);
  assert_string_equal(out, place->folder);
  setenv("PERCUTA_DATA", place->draft, 1);
  assert_int_equal(percuta_base_path_data(NULL, out, sizeof out), PERCUTA_IO);
  /* what is given counts before the variable, and nothing else is tried */
  assert_int_equal(percuta_base_path_data(slashed, out, sizeof out), PERCUTA_OK);
  assert_string_equal(out, place->folder);
  setenv("PERCUTA_DATA", place->folder, 1);
  assert_int_equal(percuta_base_path_data(place->draft, out, sizeof out), PERCUTA_IO);
}

/* Without the variable, data is looked for beside this very program. */
static void test_data_beside_program(void **state) {
  (void)state;
  char program[PATH_MAX], beside[PATH_MAX + 16], out[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  assert_true(length > 0);
  program[length] = '\0';
  *strrchr(program, '/') = '\0';
  snprintf(beside, sizeof beside, "%s/../data", program);
  unsetenv("PERCUTA_DATA");
  const int made = mkdir(beside, 0777);
  const enum percuta_status status = percuta_base_path_data(NULL, out, sizeof out);
  if (made == 0)
    assert_int_equal(rmdir(beside), 0);
  assert_int_equal(status, PERCUTA_OK);
  assert_string_equal(out, beside);
}

static void test_web(void **state) {
  const struct place *place = *state;
  char out[PATH_MAX] = "untouched";
  setenv("PERCUTA_WEB", place->folder, 1);
  assert_int_equal(percuta_base_path_web("file", out, sizeof out), PERCUTA_IO);
  assert_string_equal(out, "untouched");
  write_file(place->file, "x");
  assert_int_equal(percuta_base_path_web("file", out, sizeof out), PERCUTA_OK);
  assert_string_equal(out, place->file);
}

static void test_quote(void **state) {
  (void)state;
  static const char *const cases[][2] = {{"out/a-1.yaml", "out/a-1.yaml"},
                                         {"my folder", "'my folder'"},
                                         {"$x;`y`", "'$x;`y`'"},
                                         {"it's", "'it'\\''s'"},
                                         {"", "''"}};
  char out[32];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    percuta_base_path_quote(cases[i][0], out, sizeof out);
    assert_string_equal(out, cases[i][1]);
  }
  memset(out, '!', sizeof out);
  percuta_base_path_quote("a b'c d e f", out, 8);
  assert_true(strlen(out) < 8 && out[8] == '!');
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_commit, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_abandon, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_full_disk, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_links_are_not_followed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_publish, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_open_fails, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_make_folder, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_read_limits, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_data, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_data_beside_program, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_web, set_up, tear_down),
      cmocka_unit_test(test_quote),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The list of mistakes: order, form, escaping, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/status.h"

/* What percuta_base_diag_print writes; freed by the caller. */
static char *printed(const struct percuta_diag *diag) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  assert_non_null(stream);
  percuta_base_diag_print(diag, stream);
  assert_int_equal(fclose(stream), 0);
  return text;
}

static struct percuta_diag *create(void) {
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  return diag;
}

static void expect(struct percuta_diag *diag, const char *text) {
  char *shown = printed(diag);
  assert_string_equal(shown, text);
  free(shown);
  percuta_base_diag_destroy(&diag);
  assert_null(diag);
}

static void test_empty(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  assert_int_equal(percuta_base_diag_count(diag), 0);
  expect(diag, "");
  percuta_base_diag_destroy(NULL);
}

static void test_one(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_OUT_OF_RANGE,
                                                        .place = {"a.yaml", 3, 7},
                                                        .key = "session.force",
                                                        .what = "`5 mm` is too small",
                                                        .given = "5 mm",
                                                        .allowed = "0.1 to 100 N",
                                                        .hint = "did you mean?"});
  expect(diag, "a.yaml:3:7: session.force: `5 mm` is too small; 0.1 to 100 N; did you mean?\n");
}

static void test_parts_left_out(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  const struct percuta_mistake mistakes[] = {
      {.place = {"a", 0, 0}, .key = "", .what = "is empty"},
      {.place = {"b", 2, 0}, .key = "key", .what = "is wrong", .hint = "hint"},
      {.what = "nowhere", .allowed = "", .hint = ""}};
  for (size_t i = 0; i < 3; i++)
    percuta_base_diag_add(diag, &mistakes[i]);
  expect(diag, "nowhere\na: is empty\nb:2: key: is wrong; hint\n3 mistakes\n");
}

static void test_sorted(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  const struct percuta_place places[] = {
      {"b", 1, 1}, {"a", 10, 1}, {"a", 9, 5}, {"a", 9, 2}, {"a", 9, 2}};
  const char *const texts[] = {"sixth", "fifth", "fourth", "second", "third"};
  for (size_t i = 0; i < 5; i++)
    percuta_base_diag_add(diag, &(struct percuta_mistake){.place = places[i], .what = texts[i]});
  expect(diag, "a:9:2: second\na:9:2: third\na:9:5: fourth\na:10:1: fifth\nb:1:1: sixth\n"
               "5 mistakes\n");
}

static void test_escaped(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  percuta_base_diag_add(diag,
                        &(struct percuta_mistake){.place = {"a\x1b[2J", 1, 1},
                                                  .key = "k\ney",
                                                  .what = "\xC2\x9B \xE2\x80\xAE \xFF µ\t\x7f"});
  expect(diag, "a\\x1B[2J:1:1: k\\ney: \\u009B \\u202E \\xFF µ\\t\\x7F\n");
}

static void test_long_text_is_cut(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  char *text = malloc(100001);
  assert_non_null(text);
  memset(text, 'x', 100000);
  text[100000] = '\0';
  percuta_base_diag_add(diag, &(struct percuta_mistake){.place = {"a", 1, 1}, .what = text});
  free(text);
  char *shown = printed(diag);
  assert_in_range(strlen(shown), 600, 700);
  assert_non_null(strstr(shown, "x…\n"));
  free(shown);
  percuta_base_diag_destroy(&diag);
}

static void test_texts_are_copied(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  char text[] = "before";
  percuta_base_diag_add(diag, &(struct percuta_mistake){.place = {text, 1, 1},
                                                        .key = text,
                                                        .what = text,
                                                        .given = text,
                                                        .allowed = text,
                                                        .hint = text});
  memset(text, '!', strlen(text));
  expect(diag, "before:1:1: before: before; before; before\n");
}

static void test_many_are_counted(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  for (int i = 0; i < PERCUTA_DIAG_MAX + 7; i++)
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.place = {"a", i + 1, 1}, .what = "wrong"});
  assert_int_equal(percuta_base_diag_count(diag), PERCUTA_DIAG_MAX + 7);
  char *shown = printed(diag);
  assert_non_null(strstr(shown, "a:50:1: wrong\n… and 7 more not shown\n57 mistakes\n"));
  assert_null(strstr(shown, "a:51:"));
  free(shown);
  percuta_base_diag_destroy(&diag);
}

static void test_status(void **state) {
  (void)state;
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_OK), 0);
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_BAD_INPUT), 2);
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_NUMERICS), 3);
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_IO), 4);
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_INTERRUPTED), 130);
  assert_int_equal(percuta_base_status_exit_code(PERCUTA_TERMINATED), 143);
  assert_string_equal(percuta_base_status_text(PERCUTA_MEMORY), "out of memory");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),
      cmocka_unit_test(test_one),
      cmocka_unit_test(test_parts_left_out),
      cmocka_unit_test(test_sorted),
      cmocka_unit_test(test_escaped),
      cmocka_unit_test(test_long_text_is_cut),
      cmocka_unit_test(test_texts_are_copied),
      cmocka_unit_test(test_many_are_counted),
      cmocka_unit_test(test_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The list of mistakes: order, form, escaping, limits, the same as JSON, and the codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/diag_json.h"
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

static void test_entries_can_be_looked_at(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_MISSING,
                                                        .place = {"b", 2, 3},
                                                        .what = "is missing"});
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NO_UNIT,
                                                        .place = {"a", 5, 1},
                                                        .key = "session.force",
                                                        .what = "`5` has no unit",
                                                        .given = "5",
                                                        .allowed = "0.1 to 100 N",
                                                        .hint = "write the unit"});
  assert_int_equal(percuta_base_diag_kept(diag), 2);
  const struct percuta_mistake *first = percuta_base_diag_at(diag, 0);
  assert_int_equal(first->code, PERCUTA_CODE_NO_UNIT);
  assert_string_equal(first->place.file, "a");
  assert_int_equal(first->place.line, 5);
  assert_int_equal(first->place.column, 1);
  assert_string_equal(first->key, "session.force");
  assert_string_equal(first->what, "`5` has no unit");
  assert_string_equal(first->given, "5");
  assert_string_equal(first->allowed, "0.1 to 100 N");
  assert_string_equal(first->hint, "write the unit");
  const struct percuta_mistake *second = percuta_base_diag_at(diag, 1);
  assert_int_equal(second->code, PERCUTA_CODE_MISSING);
  assert_null(second->key);
  assert_null(second->given);
  percuta_base_diag_destroy(&diag);
}

/* The list as JSON text and back; deleted by the caller. */
static cJSON *read_back(struct percuta_diag *diag) {
  cJSON *list = percuta_base_diag_json_list(diag);
  char *text = cJSON_PrintUnformatted(list);
  assert_non_null(text);
  for (const char *c = text; *c != '\0'; c++)
    assert_true((unsigned char)*c >= 0x20); /* also within its strings */
  cJSON *read = cJSON_Parse(text);
  assert_non_null(read);
  cJSON_Delete(list);
  cJSON_free(text);
  percuta_base_diag_destroy(&diag);
  return read;
}

static const char *text_at(const cJSON *list, int index, const char *name) {
  const cJSON *member = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(list, index), name);
  assert_non_null(member); /* is there, be it null */
  return cJSON_IsNull(member) ? NULL : cJSON_GetStringValue(member);
}

static void test_json(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_KEY,
                                                        .place = {"b.yaml", 3, 0},
                                                        .key = "a\"b\\c",
                                                        .what = "\x1b\n\"",
                                                        .given = "µ\xFF\xE2\x80\xAE/",
                                                        .hint = ""});
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = PERCUTA_CODE_EMPTY, .what = "is empty", .given = ""});
  cJSON *list = read_back(diag);
  assert_int_equal(cJSON_GetArraySize(list), 2);
  assert_string_equal(text_at(list, 0, "code"), "empty"); /* without a place: first */
  assert_null(text_at(list, 0, "file"));
  assert_null(text_at(list, 0, "line"));
  assert_null(text_at(list, 0, "column"));
  assert_null(text_at(list, 0, "key"));
  assert_string_equal(text_at(list, 0, "given"), ""); /* nothing was given, but that was */
  assert_null(text_at(list, 0, "allowed"));
  assert_string_equal(text_at(list, 0, "what"), "is empty");
  assert_string_equal(text_at(list, 1, "code"), "unknown-key");
  assert_string_equal(text_at(list, 1, "file"), "b.yaml");
  const cJSON *line = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(list, 1), "line");
  assert_true(cJSON_IsNumber(line) && line->valueint == 3);
  assert_null(text_at(list, 1, "column"));
  assert_string_equal(text_at(list, 1, "key"), "a\"b\\c");
  assert_string_equal(text_at(list, 1, "what"), "\\x1B\\n\"");
  assert_string_equal(text_at(list, 1, "given"), "µ\\xFF\\u202E/");
  assert_null(text_at(list, 1, "hint"));
  cJSON_Delete(list);
}

static void test_json_of_many(void **state) {
  (void)state;
  struct percuta_diag *diag = create();
  for (int i = 0; i < PERCUTA_DIAG_MAX + 7; i++)
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.place = {"a", 100 - i, 1}, .what = "wrong"});
  cJSON *object = cJSON_CreateObject();
  assert_int_equal(percuta_base_diag_json_add(object, PERCUTA_BAD_INPUT, diag), 0);
  assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(object, "ok")));
  assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "status")),
                      "bad input or usage");
  assert_int_equal(cJSON_GetObjectItemCaseSensitive(object, "count")->valueint,
                   PERCUTA_DIAG_MAX + 7);
  cJSON_Delete(object);
  cJSON *list = read_back(diag);
  assert_int_equal(cJSON_GetArraySize(list), PERCUTA_DIAG_MAX);
  for (int i = 0; i < PERCUTA_DIAG_MAX; i++) {
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(list, i), "line");
    assert_int_equal(line->valueint, 51 + i);
  }
  cJSON_Delete(list);
}

static void test_json_of_none(void **state) {
  (void)state;
  cJSON *object = cJSON_CreateObject();
  assert_int_equal(percuta_base_diag_json_add_text(object, "file", "a\xFF\"b"), 0);
  assert_int_equal(percuta_base_diag_json_add(object, PERCUTA_OK, NULL), 0);
  char *text = cJSON_PrintUnformatted(object);
  assert_string_equal(text, "{\"file\":\"a\\\\xFF\\\"b\",\"ok\":true,\"status\":\"done\","
                            "\"count\":0,\"mistakes\":[]}");
  cJSON_free(text);
  cJSON_Delete(object);
}

static void test_codes(void **state) {
  (void)state;
  assert_string_equal(percuta_base_codes_name(PERCUTA_CODE_WRONG_DIMENSION), "wrong-dimension");
  assert_string_equal(percuta_base_codes_meaning(PERCUTA_CODE_DOUBLE_KEY), "a key is given twice");
  assert_string_equal(percuta_base_codes_name(PERCUTA_CODE_NONE), "");
  assert_string_equal(percuta_base_codes_name(PERCUTA_CODE_END), "");
  assert_string_equal(percuta_base_codes_meaning((enum percuta_code)1000000), "");
  for (int i = 1; i < PERCUTA_CODE_END; i++) {
    const char *name = percuta_base_codes_name((enum percuta_code)i);
    assert_true(*name != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz-")] == '\0');
    assert_true(strlen(percuta_base_codes_meaning((enum percuta_code)i)) > 10);
    for (int k = 1; k < i; k++)
      assert_string_not_equal(name, percuta_base_codes_name((enum percuta_code)k));
  }
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
      cmocka_unit_test(test_entries_can_be_looked_at),
      cmocka_unit_test(test_json),
      cmocka_unit_test(test_json_of_many),
      cmocka_unit_test(test_json_of_none),
      cmocka_unit_test(test_codes),
      cmocka_unit_test(test_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

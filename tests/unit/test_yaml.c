/* The YAML reader: the tree with its places, and everything that it must refuse. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/yaml.h"

/* Parses `text` of `length` bytes, which must fail, and returns what is then printed. */
static char *refused_bytes(const char *text, size_t length, struct percuta_yaml_limits limits) {
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  char *shown = NULL;
  size_t size = 0;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_base_yaml_parse(text, length, "f", limits, diag, &root),
                   PERCUTA_BAD_INPUT);
  assert_null(root);
  assert_true(percuta_base_diag_count(diag) > 0);
  FILE *stream = open_memstream(&shown, &size);
  assert_non_null(stream);
  percuta_base_diag_print(diag, stream);
  fclose(stream);
  percuta_base_diag_destroy(&diag);
  return shown;
}

static void expect_refused(const char *text, const char *message) {
  char *shown = refused_bytes(text, strlen(text), PERCUTA_BASE_YAML_LIMITS_SCENARIO);
  if (strncmp(shown, message, strlen(message)) != 0)
    fail_msg("for %s\nexpected %s\ngot      %s", text, message, shown);
  free(shown);
}

static struct percuta_yaml_node *parse(const char *text) {
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  const enum percuta_status status = percuta_base_yaml_parse(
      text, strlen(text), "f", PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root);
  percuta_base_diag_print(diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  percuta_base_diag_destroy(&diag);
  return root;
}

static void test_tree(void **state) {
  (void)state;
  struct percuta_yaml_node *root = parse("# a comment\n"
                                         "title: First µ session\n"
                                         "person: {age: 45 years, sex: female}\n"
                                         "passes:\n"
                                         "  - direction: 0 deg\n"
                                         "  - direction: \"90 deg\"\n"
                                         "empty:\n");
  assert_int_equal(root->kind, PERCUTA_YAML_MAP);
  assert_int_equal(root->line, 2);
  assert_string_equal(percuta_base_yaml_text(root, "title", "?"), "First µ session");
  const struct percuta_yaml_node *person = percuta_base_yaml_get(root, "person");
  assert_int_equal(person->kind, PERCUTA_YAML_MAP);
  assert_int_equal(person->key_line, 3);
  assert_int_equal(person->key_column, 1);
  assert_int_equal(person->column, 9);
  const struct percuta_yaml_node *sex = percuta_base_yaml_get(person, "sex");
  assert_string_equal(sex->text, "female");
  assert_int_equal(sex->key_column, 25);
  assert_int_equal(sex->column, 30);
  const struct percuta_yaml_node *passes = percuta_base_yaml_get(root, "passes");
  assert_int_equal(passes->kind, PERCUTA_YAML_LIST);
  assert_string_equal(percuta_base_yaml_text(passes->child, "direction", "?"), "0 deg");
  assert_string_equal(percuta_base_yaml_text(passes->child->next, "direction", "?"), "90 deg");
  assert_int_equal(passes->child->next->line, 6);
  assert_null(passes->child->next->next);
  assert_string_equal(percuta_base_yaml_text(root, "empty", "?"), "");
  percuta_base_yaml_destroy(&root);
  assert_null(root);
}

static void test_absent(void **state) {
  (void)state;
  struct percuta_yaml_node *root = parse("{a: [1], b: {c: 2}}");
  assert_null(percuta_base_yaml_get(NULL, "a"));
  assert_null(percuta_base_yaml_get(root, "c"));
  assert_null(percuta_base_yaml_get(percuta_base_yaml_get(root, "a"), "a"));
  assert_string_equal(percuta_base_yaml_text(root, "a", "otherwise"), "otherwise");
  assert_string_equal(percuta_base_yaml_text(root, "z", "otherwise"), "otherwise");
  percuta_base_yaml_destroy(&root);
  percuta_base_yaml_destroy(NULL);
}

static void test_accepted_forms(void **state) {
  (void)state;
  struct percuta_yaml_node *root = parse("\xEF\xBB\xBF---\r\na: |\r\n  one\r\n  two\r\n...\r\n");
  assert_string_equal(percuta_base_yaml_text(root, "a", "?"), "one\ntwo\n");
  assert_int_equal(root->line, 2);
  percuta_base_yaml_destroy(&root);
  root = parse("5 N");
  assert_int_equal(root->kind, PERCUTA_YAML_SCALAR);
  assert_string_equal(root->text, "5 N");
  percuta_base_yaml_destroy(&root);
  root = parse("'*not an alias, !no tag, &no anchor'");
  percuta_base_yaml_destroy(&root);
}

static void test_bytes_refused(void **state) {
  (void)state;
  char *shown = refused_bytes("a: 1\nb\0: 2\n", 11, PERCUTA_BASE_YAML_LIMITS_SCENARIO);
  assert_string_equal(shown, "f:2:2: a NUL byte: this is not a text file\n");
  free(shown);
  expect_refused("a: 1\nµb: \x1b[2J\n", "f:2:5: the control character U+001B is not allowed");
  expect_refused("a: \xC2\x85", "f:1:4: the control character U+0085");
  expect_refused("a: \x7f", "f:1:4: the control character U+007F");
  expect_refused("a: \xFF\xFE", "f:1:4: the byte 0xFF is not UTF-8 text");
  expect_refused("a: \xC0\x80", "f:1:4: the byte 0xC0 is not UTF-8 text");
  expect_refused("a: \xED\xA0\x80", "f:1:4: the byte 0xED is not UTF-8 text");
  expect_refused("a: \xE2\x82", "f:1:4: the byte 0xE2 is not UTF-8 text");
  expect_refused("\x7f"
                 "ELF\x02",
                 "f:1:1: the control character U+007F");
  expect_refused("a: \"\\0\"", "f:1:4: a: an escape stands for a control character");
  expect_refused("a: \"x\\e[2J\"", "f:1:4: a: an escape stands for a control character");
  expect_refused("\"a\\nb\": 1", "f:1:1: a key holds a control character");
}

static void test_features_refused(void **state) {
  (void)state;
  expect_refused("a: &x 1\n", "f:1:4: a: anchors (`&`) are not allowed");
  expect_refused("a: &x [1]\n", "f:1:4: a: anchors (`&`) are not allowed");
  expect_refused("b: {a: *x}\n", "f:1:8: b.a: aliases (`*`) are not allowed");
  expect_refused("a: [1, *x]\n", "f:1:8: a[1]: aliases (`*`) are not allowed");
  expect_refused("a: !!str 1\n", "f:1:4: a: tags (`!`) are not allowed");
  expect_refused("a: ! 1\n", "f:1:4: a: tags (`!`) are not allowed");
  expect_refused("!x {a: 1}\n", "f:1:1: tags (`!`) are not allowed");
  expect_refused("a: !x!y 1\n", "f:1:4: tags (`!`) are not allowed");
  expect_refused("&x a: 1\n", "f:1:1: anchors (`&`) are not allowed");
  expect_refused("a: & 1\n", "f:1:4: anchors (`&`) are not allowed");
  expect_refused("*x : 1\n", "f:1:1: aliases (`*`) are not allowed");
  expect_refused("%YAML 1.1\n---\na: 1\n", "f:1:1: directives (`%`) are not allowed");
  expect_refused("%FOO\n---\na: 1\n", "f:1:1: directives (`%`) are not allowed");
  expect_refused("a: 1\n---\nb: 2\n", "f:2:1: a second document begins; one is allowed");
  expect_refused("[a, b]: 1\n", "f:1:1: a list or map is used as a key");
  expect_refused("? {a: 1}\n: 2\n", "f:1:3: a list or map is used as a key");
  expect_refused("\"\": 2\n", "f:1:1: a key is empty");
}

static void test_empty_refused(void **state) {
  (void)state;
  expect_refused("", "f:1:1: there is nothing in it");
  expect_refused("# only this\n", "f:1:1: there is nothing in it");
  expect_refused("---\n", "f:2:1: there is nothing in it");
}

static void test_doubles_refused(void **state) {
  (void)state;
  expect_refused("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n",
                 "f:2:17: b.c: the key stands twice, first on line 2; a key stands once\n"
                 "f:3:1: a: the key stands twice, first on line 1; a key stands once\n"
                 "2 mistakes\n");
  struct percuta_yaml_node *root = parse("{a: {x: 1}, b: {x: 1}}");
  percuta_base_yaml_destroy(&root);
}

static void test_syntax_messages(void **state) {
  (void)state;
  expect_refused("title First\nb: 1\n",
                 "f:2:2: `:` stands where no key can be; check this line and the one above");
  expect_refused("a: 1\ntitle First\n", "f:2:1: a key is not followed by `:`; write `key: value`");
  expect_refused("a: b: c\n", "f:1:5: `:` stands where no key can be");
  expect_refused("a:\n  b: 1\n c: 2\n", "f:3:2: the indentation does not fit the lines above");
  expect_refused("a: [1, 2\nb: 3\n", "f:2:2: the list opened with `[` on line 1 lacks");
  expect_refused("a: {b: 1\nc: 3\n", "f:2:2: the map opened with `{` on line 1 lacks");
  expect_refused("a: \"b\n", "f:1:4: the text opened with a quote on line 1 is not closed");
  expect_refused("a:\n\tb: 1\n", "f:2:1: a tab is used for indentation; use spaces");
  expect_refused("a: @b\n", "f:1:4: no value can begin with `@`");
  expect_refused("a: \"\\q\"\n", "f:1:5: `\\` is followed by no known escape");
  expect_refused("a: - b\n", "f:1:4: `-` stands where no list can begin");
  expect_refused("a: ]\n", "f:1:4: a value is missing here");
  expect_refused("a: |x\n  b\n", "f:1:5: `|` or `>` is followed by");
  expect_refused("- a\n b\n- c\nd: 1\n", "f:4:1: the indentation does not fit the list above");
}

/* `count` times `part`, then NUL; freed by the caller. */
static char *repeated(const char *part, size_t count) {
  const size_t length = strlen(part);
  char *text = malloc(length * count + 1);
  assert_non_null(text);
  for (size_t i = 0; i < count; i++)
    memcpy(text + i * length, part, length);
  text[length * count] = '\0';
  return text;
}

static void expect_refused_quickly(const char *part, size_t count, const char *message) {
  char *text = repeated(part, count);
  const clock_t start = clock(); /* of the processor: a busy machine must not decide */
  char *shown = refused_bytes(text, strlen(text), PERCUTA_BASE_YAML_LIMITS_SCENARIO);
  const double taken = (double)(clock() - start) / CLOCKS_PER_SEC;
  assert_non_null(strstr(shown, message));
  assert_true(taken < 10);
  free(shown);
  free(text);
}

static void test_hostile(void **state) {
  (void)state;
  expect_refused_quickly("[", 1000000, "nested deeper than is allowed; at most 16 levels are");
  expect_refused_quickly("{a: ", 200000, "nested deeper than is allowed");
  expect_refused_quickly("- ", 500000, "nested deeper than is allowed");
  expect_refused_quickly("- 1\n", 250000, "more values than are allowed; at most 20000 are");
  expect_refused_quickly("a: 1\n", 15000, "and 14949 more not shown\n14999 mistakes");
  expect_refused_quickly("a: &a [*a, *a]\n", 5000, "anchors (`&`) are not allowed");
  expect_refused_quickly("x", 2 << 20, "the text is too long");
}

static void test_depth_limit_is_exact(void **state) {
  (void)state;
  const struct percuta_yaml_limits limits = {.bytes = 100, .depth = 2, .nodes = 3};
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_base_yaml_parse("[[1]]", 5, "f", limits, diag, &root), PERCUTA_OK);
  percuta_base_yaml_destroy(&root);
  percuta_base_diag_destroy(&diag);
  char *shown = refused_bytes("[[[]]]", 6, limits);
  assert_non_null(strstr(shown, "f:1:3: lists and maps are nested deeper"));
  free(shown);
  shown = refused_bytes("[1,2,3]", 7, limits);
  assert_non_null(strstr(shown, "f:1:6: [2]: more values"));
  free(shown);
}

/* Reads `path`, which must fail with `status` and a message that has `part`. */
static void expect_unread(const char *path, enum percuta_status status, const char *part) {
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  char *shown = NULL;
  size_t size = 0;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(
      percuta_base_yaml_read(path, "shown", PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root),
      status);
  assert_null(root);
  FILE *stream = open_memstream(&shown, &size);
  assert_non_null(stream);
  percuta_base_diag_print(diag, stream);
  fclose(stream);
  assert_non_null(strstr(shown, part));
  free(shown);
  percuta_base_diag_destroy(&diag);
}

static void test_files(void **state) {
  (void)state;
  char folder[] = "percuta-yaml-XXXXXX", path[64];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/file", folder);
  expect_unread(path, PERCUTA_IO, "shown: cannot be read: No such file");
  expect_unread(folder, PERCUTA_BAD_INPUT, "shown: is not a file");
  assert_int_equal(mkfifo(path, 0600), 0);
  expect_unread(path, PERCUTA_BAD_INPUT, "shown: is not a file"); /* and does not wait */
  assert_int_equal(unlink(path), 0);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs("a: 1\n", file);
  assert_int_equal(fclose(file), 0);
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  char *text = NULL;
  size_t length = 0;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(
      percuta_base_yaml_read(path, "shown", PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root),
      PERCUTA_OK);
  assert_int_equal(percuta_base_yaml_load(path, "shown", 5, diag, &text, &length), PERCUTA_OK);
  assert_string_equal(text, "a: 1\n");
  assert_int_equal(length, 5);
  assert_string_equal(percuta_base_yaml_text(root, "a", "?"), "1");
  free(text);
  percuta_base_yaml_destroy(&root);
  percuta_base_diag_destroy(&diag);
  assert_int_equal(truncate(path, (off_t)100 << 20), 0);
  expect_unread(path, PERCUTA_BAD_INPUT, "the file has 104857600 bytes; at most 1048576");
  assert_int_equal(unlink(path), 0);
  assert_int_equal(rmdir(folder), 0);
}

static void test_distance(void **state) {
  (void)state;
  assert_int_equal(percuta_base_yaml_distance("", ""), 0);
  assert_int_equal(percuta_base_yaml_distance("cheek", "cheek"), 0);
  assert_int_equal(percuta_base_yaml_distance("cheek", "chek"), 1);
  assert_int_equal(percuta_base_yaml_distance("force", "froce"), 1);
  assert_int_equal(percuta_base_yaml_distance("kitten", "sitting"), 3);
  assert_int_equal(percuta_base_yaml_distance("", "abc"), 3);
  assert_int_equal(percuta_base_yaml_distance("abc", ""), 3);
  assert_int_equal(percuta_base_yaml_distance("ab", "ba"), 1);
  char *text = repeated("x", 5000);
  assert_int_equal(percuta_base_yaml_distance(text, "x"), 5000);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tree),
      cmocka_unit_test(test_absent),
      cmocka_unit_test(test_accepted_forms),
      cmocka_unit_test(test_bytes_refused),
      cmocka_unit_test(test_features_refused),
      cmocka_unit_test(test_empty_refused),
      cmocka_unit_test(test_doubles_refused),
      cmocka_unit_test(test_syntax_messages),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_depth_limit_is_exact),
      cmocka_unit_test(test_files),
      cmocka_unit_test(test_distance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Characters that are not seen, named where a mistake is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hidden.h"

#define TEXT                                                                                       \
  "title: a\u200Dfamily\n"                                                                         \
  "# \u200B\n"                                                                                     \
  "session: {fo\u200Bce: 5 N, speed: 5 \u180Ecm/s}\r\n"                                            \
  "ski\u2028n: {site: cheek}\n"                                                                    \
  "last: \uFEFFx"

/* The hint of a mistake there, whose hint was `hint`, after looking at TEXT. */
static void check(enum percuta_code code, int line, int column, const char *hint,
                  const char *expected) {
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  const struct percuta_place place = {"a.yaml", line, column}, other = {"b.yaml", line, column};
  percuta_base_diag_add(diag,
                        &(struct percuta_mistake){.code = code, .place = place, .hint = hint});
  percuta_base_diag_add(diag,
                        &(struct percuta_mistake){.code = code, .place = other, .hint = hint});
  percuta_base_hidden_tell(diag, "a.yaml", TEXT, 1);
  const char *said = percuta_base_diag_at(diag, 0)->hint;
  if (expected == NULL)
    expected = hint;
  if (said != expected && (said == NULL || expected == NULL || strcmp(said, expected) != 0))
    fail_msg("%d:%d: %s", line, column, said ? said : "nothing");
  said = percuta_base_diag_at(diag, 1)->hint;
  assert_true((said == NULL) == (hint == NULL));
  assert_true(said == NULL || strcmp(said, hint) == 0);
  percuta_base_diag_destroy(&diag);
}

static void test_told_where_they_stand(void **state) {
  (void)state;
  const enum percuta_code key = PERCUTA_CODE_UNKNOWN_KEY, yaml = PERCUTA_CODE_BAD_YAML;
  check(key, 3, 11, "did you mean?",
        "it contains a zero-width space (U+200B) in column 13, not to be seen; did you mean?");
  check(key, 3, 18, NULL, NULL);
  check(key, 3, 30, NULL,
        "it contains a Mongolian vowel separator (U+180E) in column 32, not to be seen");
  check(key, 1, 8, NULL, "it contains a zero-width joiner (U+200D) in column 9, not to be seen");
  /* libyaml's fifth line begins behind the separator */
  check(yaml, 4, 1, NULL, "it contains a line separator (U+2028) in column 4, not to be seen");
  check(yaml, 5, 2, NULL, "it contains a line separator (U+2028) in column 4, not to be seen");
  check(key, 6, 7, NULL, "it contains a byte order mark (U+FEFF) in column 7, not to be seen");
  check(key, 9, 1, NULL, NULL);
  check(
      key, 3, 0, NULL,
      "it contains a zero-width space (U+200B) in column 13, a Mongolian vowel separator (U+180E) "
      "in column 32, not to be seen");
}

static void test_names(void **state) {
  (void)state;
  static const uint32_t hidden[] = {0xAD,   0x180E, 0x200B, 0x200C, 0x200D, 0x2028,
                                    0x2029, 0x2060, 0xFEFF, 0x200E, 0x202E, 0x2066};
  static const uint32_t seen[] = {'a', ' ', '\n', 0xA0, 0xB5, 0x2009, 0x2212};
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
    assert_non_null(percuta_base_hidden_name(hidden[i]));
  for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
    assert_null(percuta_base_hidden_name(seen[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_told_where_they_stand),
                                     cmocka_unit_test(test_names)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

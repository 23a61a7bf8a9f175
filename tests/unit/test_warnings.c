#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/path.h"
#include "outcome/warnings.h"

static char sentence[PERCUTA_WARNING_LENGTH];

static const char *say(enum percuta_warning_code code, const struct percuta_warning_value *value) {
  struct percuta_warnings list = {.count = 0};
  assert_int_equal(percuta_outcome_warnings_add(&list, code, value), PERCUTA_OK);
  const size_t length = percuta_outcome_warnings_say(&list.item[0], sentence, sizeof sentence);
  assert_int_equal(length, strlen(sentence));
  percuta_outcome_warnings_clear(&list);
  return sentence;
}

static bool known_format(const struct percuta_template_piece *hole) {
  return hole->format_length == 0 ||
         (hole->format_length == 3 && hole->format[0] == '.' &&
          isdigit((unsigned char)hole->format[1]) && strchr("fgp", hole->format[2]));
}

/* Every code has words; every hole is filled; a number's name ends in its unit, a text's does not
 * come twice. */
static void every_code_has_words_and_every_hole_is_filled(void **state) {
  (void)state;
  static const struct percuta_warning_value value[PERCUTA_WARNING_VALUES] = {
      {41, "first"}, {42, "second"}, {43, "third"}, {44, "fourth"}, {45, "fifth"}};
  for (int code = 0; code < PERCUTA_WARNING_COUNT; ++code) {
    const enum percuta_warning_code which = (enum percuta_warning_code)code;
    struct percuta_template_piece hole[PERCUTA_WARNING_VALUES], piece;
    const char *rest = percuta_outcome_warnings_words(which);
    const size_t end = strlen(rest);
    const int count = percuta_outcome_warnings_holes(which, hole);
    int all = 0;
    assert_true(end > 10 && isupper((unsigned char)rest[0]));
    while (percuta_base_template_next(&rest, &piece))
      all += piece.hole;
    assert_int_equal(count, all); /* not more than can be given */
    const char *said = say(which, value);
    assert_null(strpbrk(said, "{}[]"));
    for (int i = 0; i < count; ++i) {
      char number[8];
      snprintf(number, sizeof number, "%d", 41 + i);
      assert_true(known_format(&hole[i]));
      assert_non_null(strstr(said, hole[i].format_length > 0 ? number : value[i].text));
      for (int k = 0; k < i; ++k)
        assert_false(hole[k].length == hole[i].length &&
                     memcmp(hole[k].text, hole[i].text, (size_t)hole[i].length) == 0);
    }
    for (int other = 0; other < code; ++other)
      assert_string_not_equal(percuta_outcome_warnings_code((enum percuta_warning_code)other),
                              percuta_outcome_warnings_code(which));
  }
}

/* Sentences with their values, whole. */
static void says_whole_sentences(void **state) {
  (void)state;
  assert_string_equal(
      say(PERCUTA_WARNING_no_puncture,
          (const struct percuta_warning_value[]){{.number = 7.1234}, {.number = 1234.56}}),
      "No needle broke the skin: the most that a needle can get of the hand's force, 7.12 mN, is "
      "below the 1235 mN at which the skin opens under it.");
  assert_string_equal(
      say(PERCUTA_WARNING_session_late,
          (const struct percuta_warning_value[]){
              {.number = 2}, {.number = 0.0713}, {.text = "punctures to close, clot to go"}}),
      "Session 2 was given 0.071 days later than planned, when the skin had healed; it had waited "
      "for punctures to close, clot to go.");
  assert_string_equal(
      say(PERCUTA_WARNING_session_late,
          (const struct percuta_warning_value[]){{.number = 3}, {.number = 12}, {.text = ""}}),
      "Session 3 was given 12 days later than planned, when the skin had healed.");
  assert_string_equal(
      say(PERCUTA_WARNING_cream_toxic,
          (const struct percuta_warning_value[]){{.number = 9.6}, {.number = 3.25}, {.number = 5}}),
      "Numbing cream: the blood of a person may carry up to 10 % of the level at which "
      "anaesthetics become toxic, "
      "3.2 hours after the cream was applied; first signs appear at 5 % of that level.");
  assert_string_equal(
      say(PERCUTA_WARNING_dark_marks,
          (const struct percuta_warning_value[]){
              {.number = 6.67}, {.number = 0.8}, {.number = 22}, {.text = "face, 30 patients"}}),
      "Darker skin is at risk of dark marks, which were reported in 6.7 % of patients (range 0.8 "
      "to "
      "22 %; face, 30 patients).");
  assert_string_equal(say(PERCUTA_WARNING_products_not_made,
                          (const struct percuta_warning_value[]){{.text = "A; B"}, {.text = ""}}),
                      "Not made for needled skin: A; B.");
  assert_string_equal(
      say(PERCUTA_WARNING_products_not_made,
          (const struct percuta_warning_value[]){{.text = "A; B"}, {.text = "Not sterile."}}),
      "Not made for needled skin: A; B. Not sterile.");
  assert_string_equal(
      say(PERCUTA_WARNING_runaway, (const struct percuta_warning_value[]){{.number = 0.000123}}),
      "In up to 0.00012 % of the dermis the signal exceeded the level above which uniform tissue "
      "would scar without limit in this model.");
}

static void one_day_is_no_days(void **state) {
  (void)state;
  const struct percuta_warning_value values[] = {{.number = 1}, {.number = 2}};
  const char *said = say(PERCUTA_WARNING_sessions_too_close, values);
  assert_non_null(strstr(said, "Sessions are 1 day apart"));
  assert_non_null(strstr(said, "at least 2 days."));
}

static void a_sentence_that_does_not_fit_is_cut_off(void **state) {
  (void)state;
  struct percuta_warnings list = {.count = 0};
  char little[8];
  assert_int_equal(percuta_outcome_warnings_add(&list, PERCUTA_WARNING_no_injury, NULL),
                   PERCUTA_OK);
  assert_int_equal(percuta_outcome_warnings_say(&list.item[0], little, sizeof little), 7);
  assert_string_equal(little, "No punc");
  percuta_outcome_warnings_clear(&list);
  assert_int_equal(list.count, 0);
}

/* docs/results.md has a row for every code, with its values. */
static void documentation_has_every_warning(void **state) {
  (void)state;
  char path[512], row[256], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
  for (int code = 0; code < PERCUTA_WARNING_COUNT; ++code) {
    struct percuta_template_piece hole[PERCUTA_WARNING_VALUES];
    const int count = percuta_outcome_warnings_holes((enum percuta_warning_code)code, hole);
    size_t used = (size_t)snprintf(row, sizeof row, "| `%s` | %s",
                                   percuta_outcome_warnings_code((enum percuta_warning_code)code),
                                   count == 0 ? "-" : "");
    for (int i = 0; i < count; ++i)
      used += (size_t)snprintf(row + used, sizeof row - used, "%s`%.*s`", i > 0 ? ", " : "",
                               hole[i].length, hole[i].text);
    snprintf(row + used, sizeof row - used, " | ");
    if (strstr(text, row) == NULL)
      fail_msg("docs/results.md lacks: %s", row);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_code_has_words_and_every_hole_is_filled),
      cmocka_unit_test(says_whole_sentences),
      cmocka_unit_test(documentation_has_every_warning),
      cmocka_unit_test(one_day_is_no_days),
      cmocka_unit_test(a_sentence_that_does_not_fit_is_cut_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/say.h"

/* The paragraph as HTML; owned by the caller. Clears it. */
static char *html(struct percuta_paragraph *paragraph) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  assert_non_null(stream);
  percuta_report_sentence_html(stream, paragraph, "b", " ");
  fclose(stream);
  percuta_report_sentence_clear(paragraph);
  assert_int_equal(paragraph->count, 0);
  return text;
}

static void must_be(struct percuta_paragraph *paragraph, const char *expected) {
  char *text = html(paragraph);
  assert_string_equal(text, expected);
  free(text);
}

static void writes_every_format(void **state) {
  (void)state;
  struct percuta_paragraph p = {.count = 0};
  SAY(&p, "{a:3} {b:2 µm} {c:change} {d:day} {e:span} {f:months} {g:count} {h:spelt} {i:spelt}.",
      N(1.2345), N(0.0678), N(1.048), N(9.96), N(7200), N(31557600), N(12345678), N(4), N(12));
  must_be(&p, "1.23 0.068&nbsp;µm +4.8&nbsp;% 10 2 hours 12 months 12345678 four 12.");
  SAY(&p, "{a:text}, {b:name}, {c:inner}", T("As is"), T("cream"), T("Cheek"));
  must_be(&p, "As is, Cream, cheek");
}

static void one_day_is_no_days(void **state) {
  (void)state;
  struct percuta_paragraph p = {.count = 0};
  SAY(&p, "Within {a:3} minutes, *{b:day} days* later, {c:count} hours, {d:spelt} weeks", N(1),
      N(1), N(1), N(1));
  must_be(&p, "Within 1 minute, <b>1 day</b> later, 1 hour, one week");
  SAY(&p, "{a:3} minutes, {b:day} days, {c:2 mm} days, {d:text} days", N(1.5), N(2), N(1), T("1"));
  must_be(&p, "1.5 minutes, 2 days, 1&nbsp;mm days, 1 days");
}

static void weights_and_escapes(void **state) {
  (void)state;
  struct percuta_paragraph p = {.count = 0};
  SAY(&p, "*{a:2}~±~{b:2 µm}* deep & <wide>, _a doubt_: {c:text}", N(1), N(2), T("<i>~*_"));
  must_be(&p, "<b>1&nbsp;±&nbsp;2&nbsp;µm</b> deep &amp; &lt;wide&gt;, <em>a doubt</em>: "
              "&lt;i&gt;~*_");
}

static void sentences_stand_apart(void **state) {
  (void)state;
  struct percuta_paragraph p = {.count = 0};
  SAY_ONLY(&p, "One");
  GO_ON(&p, ", {a:count}.", N(2));
  SAY_ONLY(&p, "Next.");
  assert_int_equal(p.count, 2);
  must_be(&p, "One, 2. Next.");
}

/* Numbers keep value, precision, unit and source; a hole without a value is a dash. */
static void parts_are_data(void **state) {
  (void)state;
  struct percuta_paragraph p = {.count = 0};
  SAY(&p, "at {sessions.depth_mean_um:3 µm}{:text}{:2}", N(1234.5));
  assert_int_equal(p.sentence[0].count, 4);
  const struct percuta_sentence_part *part = p.sentence[0].part;
  assert_int_equal(part[0].kind, PERCUTA_SENTENCE_WORDS);
  assert_int_equal(part[1].kind, PERCUTA_SENTENCE_NUMBER);
  assert_true(part[1].number == 1234.5);
  assert_int_equal(part[1].digits, 3);
  assert_memory_equal(part[1].source, "sessions.depth_mean_um", (size_t)part[1].source_length);
  assert_int_equal(part[1].source_length, 22);
  assert_memory_equal(part[1].unit, "µm", (size_t)part[1].unit_length);
  assert_true(isnan(part[3].number));
  assert_false(p.failed);
  must_be(&p, "at 1234&nbsp;µm——");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_every_format), cmocka_unit_test(one_day_is_no_days),
      cmocka_unit_test(weights_and_escapes), cmocka_unit_test(sentences_stand_apart),
      cmocka_unit_test(parts_are_data),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Short words for the files that make sentences. Internal to report/. */
#ifndef PERCUTA_REPORT_SAY_H
#define PERCUTA_REPORT_SAY_H

#include "outcome/outcomes.h"
#include "report/sentence.h"

/* Behind a day of the page at hand, which counts from the first session: where there were more, a
 * reader may think of the last. */
#define OF_COURSE T(page->given > 1 ? " of the course" : "")

/* An outcome of the record of the page at hand. */
#define OUTCOME(name) percuta_outcome_outcomes_number(page->record, PERCUTA_OUTCOME_##name)

#define N(value)                                                                                   \
  { .number = (value) }
#define T(value)                                                                                   \
  { .text = (value) }

/* A score from 0 to 10, to a tenth: whole numbers would hide an interval near the ends. */
#define SCORE(value) N(round(10 * (value)) / 10)

#define SAID(...)                                                                                  \
  ((const struct percuta_sentence_value[]){__VA_ARGS__}),                                          \
      (int)(sizeof((const struct percuta_sentence_value[]){__VA_ARGS__}) /                         \
            sizeof(struct percuta_sentence_value))

/* A sentence with values, one without, and their continuations. */
#define SAY(paragraph, form, ...) percuta_report_sentence_say(paragraph, form, SAID(__VA_ARGS__))
#define SAY_ONLY(paragraph, form) percuta_report_sentence_say(paragraph, form, NULL, 0)
#define GO_ON(paragraph, form, ...)                                                                \
  percuta_report_sentence_go_on(paragraph, form, SAID(__VA_ARGS__))
#define GO_ON_ONLY(paragraph, form) percuta_report_sentence_go_on(paragraph, form, NULL, 0)

#endif

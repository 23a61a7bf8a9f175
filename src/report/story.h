/* The report in words: what was simulated, and why the numbers came out as they did. */
#ifndef PERCUTA_REPORT_STORY_H
#define PERCUTA_REPORT_STORY_H

#include "report/page.h"
#include "report/sentence.h"

struct percuta_step {
  const char *title; /* static */
  bool lines;
  struct percuta_paragraph text;   /* of the report */
  struct percuta_paragraph detail; /* of the page of sources: what the text rests on */
};

/* The steps from strike to the end of the follow-up, as data. */
struct percuta_story {
  struct percuta_step *step; /* owned */
  int count;
  struct percuta_paragraph lost; /* takes what there is no memory for */
};

/* The text of a new step, to be filled before the next one begins; `lines`: every sentence on a
 * line of its own. */
struct percuta_paragraph *percuta_report_story_begin(struct percuta_story *story, const char *title,
                                                     bool lines);
/* The detail of the step that was begun last. */
struct percuta_paragraph *percuta_report_story_detail(struct percuta_story *story);

void percuta_report_story_tell(struct percuta_story *story, const struct percuta_page *page);
void percuta_report_story_clear(struct percuta_story *story);

/* One sentence on who, where, with what and for how long. */
void percuta_report_story_lead(FILE *stream, const struct percuta_page *page);

/* The steps as items of an ordered list. */
void percuta_report_story_steps(FILE *stream, const struct percuta_page *page);
/* The details of the steps that have any, each under the title of its step. */
void percuta_report_story_details(FILE *stream, const struct percuta_page *page);

#endif

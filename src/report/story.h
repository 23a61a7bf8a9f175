/* The report in words: what was simulated, and why the numbers came out as they did. */
#ifndef PERCUTA_REPORT_STORY_H
#define PERCUTA_REPORT_STORY_H

#include "report/page.h"

/* One sentence on who, where, with what and for how long. */
void percuta_report_story_lead(FILE *stream, const struct percuta_page *page);

/* The steps from strike to the end of the follow-up, as items of an ordered list. */
void percuta_report_story_steps(FILE *stream, const struct percuta_page *page);

/* "30 days" or "12 months": a span of time in seconds as people say it. */
void percuta_report_story_span(FILE *stream, double span);

#endif

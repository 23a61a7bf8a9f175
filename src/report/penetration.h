/* What was put on needled skin and what of it gets in, as the report says it. */
#ifndef PERCUTA_REPORT_PENETRATION_H
#define PERCUTA_REPORT_PENETRATION_H

#include "report/page.h"
#include "report/story.h"

/* The section "What gets in"; nothing without products. */
void percuta_report_penetration_write(FILE *stream, const struct percuta_page *page);

/* One step of the story: the products; nothing without any. */
void percuta_report_penetration_step(struct percuta_story *story, const struct percuta_page *page);

/* Goes on with how a product was put on, without its name: "2 mg/cm² under a cover, for 60
 * minutes". */
void percuta_report_penetration_plan(struct percuta_paragraph *text,
                                     const struct percuta_penetration_plan *plan);

/* Where a compound is at the end, in needled and in intact skin. */
void percuta_report_penetration_table(FILE *stream, const struct percuta_penetration *penetration,
                                      const struct percuta_penetration_active *active);

/* One table of all products and their compounds, for the first screen; nothing without any. */
void percuta_report_penetration_verdicts(FILE *stream, const struct percuta_page *page);

#endif

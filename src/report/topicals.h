/* What was put on needled skin and what of it gets in, as the report says it. */
#ifndef PERCUTA_REPORT_TOPICALS_H
#define PERCUTA_REPORT_TOPICALS_H

#include "report/page.h"

/* The section "What gets in"; nothing without topicals. */
void percuta_topicals_write(FILE *stream, const struct percuta_page *page);

/* One step of the story: the topicals; nothing without any. */
void percuta_topicals_step(FILE *stream, const struct percuta_page *page);

/* How a product was put on, without its name: "2 mg/cm² under a cover, for 60 minutes". */
void percuta_topicals_plan(FILE *stream, const struct percuta_delivery_plan *plan);

/* Where a compound is at the end, in needled and in intact skin. */
void percuta_topicals_table(FILE *stream, const struct percuta_delivery *delivery,
                            const struct percuta_delivery_active *active);

#endif

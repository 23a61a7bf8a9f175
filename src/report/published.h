/* What trials report of the condition, beside what the mechanism explains. */
#ifndef PERCUTA_REPORT_PUBLISHED_H
#define PERCUTA_REPORT_PUBLISHED_H

#include "report/page.h"

/* A table: the published rate with its interval and quality, the simulated outcome nearest to it,
 * and what lies between them in words. */
void percuta_report_published_write(FILE *stream, const struct percuta_page *page);

#endif

/* The first screen: what was asked, answered in sentences. */
#ifndef PERCUTA_REPORT_ANSWER_H
#define PERCUTA_REPORT_ANSWER_H

#include "report/page.h"

/* A sentence or two for each thing that the scenario asks (asks.h). */
void percuta_report_answer_write(FILE *stream, const struct percuta_page *page);

#endif

/* This run beside published studies of healing. */
#ifndef PERCUTA_REPORT_STUDIES_H
#define PERCUTA_REPORT_STUDIES_H

#include "report/page.h"

/* The nearest rows of data/evidence/healing.csv that this run's timeline answers: published, and
 * what this run says. Nearness goes by sessions, interval and needle of the scenario that stands
 * for the study, and by species. */
void percuta_report_studies_write(FILE *stream, const struct percuta_page *page);

#endif

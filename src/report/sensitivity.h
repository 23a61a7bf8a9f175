/* Which parameters the model's result depends on most, from a study that was run beforehand. */
#ifndef PERCUTA_REPORT_SENSITIVITY_H
#define PERCUTA_REPORT_SENSITIVITY_H

#include "report/page.h"

/* The ten strongest of data/fit/sensitivity.csv, or a sentence that the file cannot be read. */
void percuta_report_sensitivity_write(FILE *stream, const struct percuta_page *page);

#endif

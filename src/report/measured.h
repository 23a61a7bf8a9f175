/* The user's own points beside the curves. */
#ifndef PERCUTA_REPORT_MEASURED_H
#define PERCUTA_REPORT_MEASURED_H

#include <stdio.h>

#include "outcome/record.h"

/* Fit and residuals of product `index` (of those after the needles); nothing without points. */
void percuta_report_measured_write(FILE *stream, const struct percuta_record *record, int index);

#endif

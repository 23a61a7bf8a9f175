/* What the numbing cream's label and the blood allow, beside what was done. */
#ifndef PERCUTA_REPORT_LIMITS_H
#define PERCUTA_REPORT_LIMITS_H

#include <stdio.h>

#include "report/page.h"

/* Anaesthetics of which a toxic level is known. */
int percuta_report_limits_known(const struct percuta_numbing *numbing);

void percuta_report_limits_write(FILE *stream, const struct percuta_page *page);

#endif

/* Where the values of the skin, its condition and the device come from. */
#ifndef PERCUTA_REPORT_ORIGIN_H
#define PERCUTA_REPORT_ORIGIN_H

#include <stdio.h>

#include "scenario/scenario.h"

/* A table with every value that the catalogue has for the site (and sex), the condition, the
 * device's preset and the products, each with its spread or range, its status and its source. */
void percuta_report_origin_write(FILE *stream, const struct percuta_scenario *scenario);

#endif

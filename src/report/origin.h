/* Where the values of the skin, its condition and the device come from. */
#ifndef PERCUTA_REPORT_ORIGIN_H
#define PERCUTA_REPORT_ORIGIN_H

#include <stdio.h>

#include "scenario/scenario.h"

/* A table with every value that data/skin/atlas.yaml has for the site (and sex), that
 * data/skin/conditions.yaml has for the condition and that the device's preset has, each with its
 * spread or range, its status and its source. */
enum percuta_status percuta_report_origin_write(FILE *stream,
                                                const struct percuta_scenario *scenario);

#endif

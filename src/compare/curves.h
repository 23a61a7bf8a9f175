/* The timelines of all runs as JSON in the page. Internal to compare/. */
#ifndef PERCUTA_COMPARE_CURVES_H
#define PERCUTA_COMPARE_CURVES_H

#include "compare/compare.h"

enum percuta_status percuta_compare_curves_write(FILE *stream,
                                                 const struct percuta_comparison *comparison);

#endif

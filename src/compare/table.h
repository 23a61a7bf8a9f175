/* A comparison as a table for a terminal. */
#ifndef PERCUTA_COMPARE_TABLE_H
#define PERCUTA_COMPARE_TABLE_H

#include "compare/compare.h"

/* What differs and the outcomes that matter first, at most 80 columns wide. */
enum percuta_status percuta_compare_table_print(const struct percuta_comparison *comparison,
                                                FILE *stream);

#endif

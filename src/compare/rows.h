/* Outcomes of all runs, row by row, with their differences. Internal to compare/. */
#ifndef PERCUTA_COMPARE_ROWS_H
#define PERCUTA_COMPARE_ROWS_H

#include "compare/compare.h"

/* Fills run->scenario of all runs. */
void percuta_compare_rows_group(struct percuta_comparison *comparison);
/* Fills the rows. */
enum percuta_status percuta_compare_rows_fill(struct percuta_comparison *comparison);
/* The run's reading of this outcome at this time; NULL: it has none. */
const struct percuta_compare_reading *
percuta_compare_rows_find(const struct percuta_comparison *comparison, int run,
                          const struct percuta_compare_reading *like);

#endif

/* Outcomes of all runs, row by row, with their differences. Internal to compare/. */
#ifndef PERCUTA_COMPARE_ROWS_H
#define PERCUTA_COMPARE_ROWS_H

#include "compare/compare.h"

/* Fills run->scenario of all runs. */
void percuta_compare_rows_group(struct percuta_comparison *comparison);
/* Fills the rows. */
enum percuta_status percuta_compare_rows_fill(struct percuta_comparison *comparison);
/* Whether a difference is larger than what numerics and, where it is known, the seed can make. */
bool percuta_compare_rows_resolved(const struct percuta_compare_row *row,
                                   const struct percuta_compare_cell *cell);

#endif

/* A comparison as a page for a reader. */
#ifndef PERCUTA_COMPARE_PAGE_H
#define PERCUTA_COMPARE_PAGE_H

#include "compare/compare.h"

/* Writes compare.html and compare.csv into `folder`, which is made where it is not there. All texts
 * of the runs are escaped; the page loads nothing. */
enum percuta_status percuta_compare_page_write(const struct percuta_comparison *comparison,
                                               const char *folder);

#endif

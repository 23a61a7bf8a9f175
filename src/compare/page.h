/* A comparison as a page for a reader. */
#ifndef PERCUTA_COMPARE_PAGE_H
#define PERCUTA_COMPARE_PAGE_H

#include "compare/compare.h"

/* Writes compare.html and compare.csv into `folder`, which is made where it is not there. All texts
 * of the runs are escaped; the page loads nothing. PERCUTA_BAD_INPUT, with a mistake, when the
 * folder is one that is compared or lies in one; PERCUTA_IO with errno set. */
enum percuta_status percuta_compare_page_write(const struct percuta_comparison *comparison,
                                               const char *folder, struct percuta_diag *diag);

#endif

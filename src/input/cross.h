/* What single keys cannot tell: values that are legal alone and impossible together. */
#ifndef PERCUTA_INPUT_CROSS_H
#define PERCUTA_INPUT_CROSS_H

#include "input/resolve.h"

#define PERCUTA_CROSS_MIN_CELLS 4     /* along a side of the patch */
#define PERCUTA_CROSS_MAX_COLUMNS 2e6 /* columns of cells in a patch: 2e8 cells at 100 in depth */
#define PERCUTA_CROSS_MAX_STRIKES 5e6 /* strikes of a session in the patch */

/* Checks the resolved scenario; only values that are valid alone are compared. Mistakes go to its
 * diag; PERCUTA_BAD_INPUT only when the data are wrong. */
enum percuta_status percuta_input_cross_check(const struct percuta_resolve *resolve);

#endif

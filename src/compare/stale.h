/* Whether the present program with its present data would give another run. Internal to compare/.
 */
#ifndef PERCUTA_COMPARE_STALE_H
#define PERCUTA_COMPARE_STALE_H

#include "compare/compare.h"

/* Sets run->stale, from the text of its used_parameters.yaml. */
enum percuta_status percuta_compare_stale_check(const struct percuta_catalogue *catalogue,
                                                const char *text, size_t length,
                                                struct percuta_compare_run *run);

#endif

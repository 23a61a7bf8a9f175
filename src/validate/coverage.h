/* How good the intervals of predictions are: how often they hold what was published, and how wide
 * they are. */
#ifndef PERCUTA_VALIDATE_COVERAGE_H
#define PERCUTA_VALIDATE_COVERAGE_H

#include <stdio.h>

#include "validate/validate.h"

enum { PERCUTA_COVERAGE_BINS = 5 };

/* Of validation rows that were published as a value and have an interval. */
struct percuta_coverage {
  size_t rows, covered;
  double width; /* median, of the width of the interval over that of the published band */
  size_t bin[PERCUTA_COVERAGE_BINS]; /* where published values lie among the predicted ones */
  double score;                      /* mean logarithm of the probability of what was published */
};

/* PERCUTA_MEMORY, or PERCUTA_OK. */
enum percuta_status percuta_validate_coverage_read(const struct percuta_validation *stage,
                                                   size_t count, struct percuta_coverage *out);

/* The table of all stages, and all together, as Markdown. */
enum percuta_status percuta_validate_coverage_write(const struct percuta_validation *stage,
                                                    size_t count, FILE *stream);

#endif

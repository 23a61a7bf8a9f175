/* The whole comparison: every stage asked for, as table, CSV and the page docs/validation.md. */
#ifndef PERCUTA_ENGINE_COMPARE_H
#define PERCUTA_ENGINE_COMPARE_H

#include "validate/validate.h"

struct percuta_compare_request {
  const struct percuta_catalogue *catalogue;
  const char *stages;   /* names with commas between; NULL = all */
  const char *csv;      /* file to write, or NULL */
  const char *markdown; /* file to write, or NULL */
  bool quiet;           /* no progress */
};

/* Prints the table on standard output, its last line `N of M within`, and writes the files.
 * Mistakes and what could not be written are said on stderr. PERCUTA_BAD_INPUT for a stage that
 * there is not. Collective over MPI's world, whose ranks share the predictions; rank 0 prints and
 * writes, and all return the same. */
enum percuta_status percuta_engine_compare_run(const struct percuta_compare_request *request);

#endif

/* The status that fallible functions return, and the process exit codes they map to. One list makes
 * exit codes and sentences. Only functions of numerics/ and healing/ that fail in nothing but
 * PETSc return its error codes instead (numerics/try.h). */
#ifndef PERCUTA_BASE_STATUS_H
#define PERCUTA_BASE_STATUS_H

#include "percuta/percuta.h" /* enum percuta_status */

/* X(name, exit code, sentence), in the order of the enum */
#define PERCUTA_STATUS_LIST(X)                                                                     \
  X(OK, 0, "done")                                                                                 \
  X(BAD_INPUT, 2, "bad input or usage")                                                            \
  X(NUMERICS, 3, "numerical failure")                                                              \
  X(IO, 4, "input or output failed")                                                               \
  X(MEMORY, 4, "out of memory")                                                                    \
  X(INTERRUPTED, 130, "interrupted")                                                               \
  X(TERMINATED, 143, "terminated by a signal")                                                     \
  X(TAKEN, 5, "the folder is in use or holds another result")

/* Returns from the calling function what is not PERCUTA_OK. */
#define PERCUTA_TRY(expression)                                                                    \
  do {                                                                                             \
    const enum percuta_status percuta_tried = (expression);                                        \
    if (percuta_tried != PERCUTA_OK)                                                               \
      return percuta_tried;                                                                        \
  } while (0)

/* The process exit code of a status: 0, 2, 3, 4, 5, 130 or 143. */
int percuta_base_status_exit_code(enum percuta_status status);

/* One English sentence for a status; static storage, never NULL. */
const char *percuta_base_status_text(enum percuta_status status);

#endif

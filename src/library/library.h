/* What the files behind include/percuta/percuta.h share. */
#ifndef PERCUTA_LIBRARY_LIBRARY_H
#define PERCUTA_LIBRARY_LIBRARY_H

#include "base/diag.h"
#include "base/status.h"

/* A list of mistakes as the library hands it out. */
struct percuta_mistakes {
  struct percuta_diag *diag; /* owned */
};

/* Gives `diag`, which is used up, to the caller's `mistakes` (may be NULL), when the status is one
 * that it explains; returns the status. */
enum percuta_status percuta_library_tell(enum percuta_status status, struct percuta_diag **diag,
                                         struct percuta_mistakes **mistakes);

#endif

/* The study inside a page that was made of one. */
#ifndef PERCUTA_COHORT_INSIDE_H
#define PERCUTA_COHORT_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"

struct percuta_cohort_inside {
  char *study, *scenario; /* owned; texts of the two files */
  char version[32];       /* of Percuta, that made the page */
  uint64_t hash;          /* of the study, then */
};

/* Whether `path` is called as a page is. */
bool percuta_cohort_inside_is(const char *path);

/* Takes the study out of the page; PERCUTA_BAD_INPUT or PERCUTA_IO, with a mistake, when there is
 * none. The texts are the caller's. */
enum percuta_status percuta_cohort_inside_read(const char *path, struct percuta_diag *diag,
                                               struct percuta_cohort_inside *out);

#endif

/* A course that leaves no trace but its result in memory, on this process alone: for comparisons
 * with published rows, fits and sensitivities. PETSc must have been started. */
#ifndef PERCUTA_COURSE_TRIAL_H
#define PERCUTA_COURSE_TRIAL_H

#include "course/course.h"

struct percuta_trial {
  struct percuta_course_run run; /* its result is what is wanted; owned */
};

/* Mistakes go to `diag`; PERCUTA_NUMERICS when no step leads on. On success release with
 * percuta_trial_clear, which accepts one that failed or zeros. `scenario` is borrowed until then.
 */
enum percuta_status percuta_trial_run(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct percuta_trial *out);
void percuta_trial_clear(struct percuta_trial *trial);

#endif

/* Whether a scenario can be run, before anything of a run is made. Needs neither MPI nor PETSc. */
#ifndef PERCUTA_COURSE_READY_H
#define PERCUTA_COURSE_READY_H

#include "scenario/scenario.h"

/* Reads what all stages of a run read before it begins (plan.h), so that whatever a run would
 * refuse is refused here: parameters that contradict each other, molecules that cannot be followed.
 * Of a scenario without mistakes; those found go to `diag`, with PERCUTA_BAD_INPUT. */
enum percuta_status percuta_course_ready_check(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag);

#endif

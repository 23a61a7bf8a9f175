/* Saving a course in progress and going on from there. Internal to course/. */
#ifndef PERCUTA_COURSE_RESTART_H
#define PERCUTA_COURSE_RESTART_H

#include "course/run.h"

/* Writes a checkpoint of the present state. Collective. */
PetscErrorCode percuta_course_restart_save(struct percuta_course_run *run,
                                           enum percuta_status *status);

/* Puts the run into the state of the newest whole checkpoint. Collective. PERCUTA_IO or
 * PERCUTA_BAD_INPUT, with a message on stderr, when there is none that fits. */
PetscErrorCode percuta_course_restart_load(struct percuta_course_run *run,
                                           enum percuta_status *status);

#endif

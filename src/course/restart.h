/* Saving a run on its way and going on from there, bit by bit. */
#ifndef PERCUTA_COURSE_RESTART_H
#define PERCUTA_COURSE_RESTART_H

#include "course/run.h"

/* Writes a checkpoint of the present state into the run's folder; PERCUTA_BAD_INPUT if it has none,
 * PERCUTA_IO, with words in run->failure, when that cannot be done. Collective. */
enum percuta_status percuta_course_restart_save(struct percuta_run *run);

/* Puts a run that has not been advanced into the state of the newest whole checkpoint in its
 * folder. PERCUTA_IO or PERCUTA_BAD_INPUT, with words in run->failure, when there is none that
 * fits: the run is of no further use then. Collective. */
enum percuta_status percuta_course_restart_load(struct percuta_run *run);

#endif

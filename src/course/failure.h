/* Saying what went wrong in a run, once, in words a user can act on. Internal to course/. */
#ifndef PERCUTA_COURSE_FAILURE_H
#define PERCUTA_COURSE_FAILURE_H

#include "course/run.h"

/* Notes that `file`, of the result folder, could not be written, for the errno `reason`. The first
 * one noted is kept. */
void percuta_course_failure_note(struct percuta_course_run *run, const char *file, int reason);

/* On stderr: which file could not be written, why, and what is left. Rank 0. */
void percuta_course_failure_print_io(const struct percuta_course_run *run);

/* On stderr and in the log: from when on no step was found, what was tried, which field did what in
 * which layer and cell, and what is left. Rank 0. */
void percuta_course_failure_print_step(const struct percuta_course_run *run, const char *why);

/* From now on an error inside PETSc leaves its trace in the run's log, not on stderr. Pop with
 * PetscPopErrorHandler. */
PetscErrorCode percuta_course_failure_catch_petsc(struct percuta_course_run *run);

/* On stderr: that PETSc failed and how; ends all ranks when there are several, as the others may be
 * waiting for this one. */
void percuta_course_failure_print_petsc(const struct percuta_course_run *run, PetscErrorCode code);

#endif

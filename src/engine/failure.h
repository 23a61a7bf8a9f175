/* Saying what went wrong in a run, once, in words a user can act on. Internal to engine/. */
#ifndef PERCUTA_ENGINE_FAILURE_H
#define PERCUTA_ENGINE_FAILURE_H

#include "engine/job.h"

/* From now on an error inside PETSc leaves its trace in the job's log and its first sentence in the
 * job, not on stderr. Pop with PetscPopErrorHandler. */
PetscErrorCode percuta_engine_failure_catch_petsc(struct percuta_job *job);

/* On stderr, and of the stepper in the log as well: why the job ended with `status`, and what is
 * left of it. On every rank; ends all of them when PETSc failed on this one of several, as the
 * others may be waiting for it. */
void percuta_engine_failure_show(struct percuta_job *job, enum percuta_status status);

#endif

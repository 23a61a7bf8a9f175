/* One run as the program does it: the run object with its folder, log, progress and checkpoints.
 * Internal to engine/. */
#ifndef PERCUTA_ENGINE_JOB_H
#define PERCUTA_ENGINE_JOB_H

#include <stdio.h>

#include "course/run.h"
#include "engine/engine.h"
#include "engine/progress.h"

struct percuta_job {
  const struct percuta_scenario *scenario;      /* borrowed */
  const struct percuta_engine_options *options; /* borrowed */
  int rank;                                     /* in MPI's world */
  struct percuta_run *run;                      /* owned; NULL on ranks that are left over */
  struct percuta_diag *diag;                    /* owned; mistakes in the data */
  struct percuta_progress *progress;            /* owned; rank 0 only */
  FILE *log;                                    /* owned; rank 0 only */
  bool under_way;                               /* the run stands at a state of its own */
  double last_checkpoint;                       /* [s] of base/clock.h */
  long last_checkpoint_step;
  bool petsc_failed;
  char petsc_said[512]; /* of the first error inside PETSc; or empty */
};

#endif

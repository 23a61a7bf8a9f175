/* One run as the program does it: the run object with its folder, log, progress and checkpoints.
 * Internal to engine/. */
#ifndef PERCUTA_ENGINE_JOB_H
#define PERCUTA_ENGINE_JOB_H

#include <stdio.h>

#include "course/run.h"
#include "engine/engine.h"
#include "engine/lock.h"
#include "engine/progress.h"

/* What is to be done with the folder as it was found. */
enum percuta_way { PERCUTA_WAY_START, PERCUTA_WAY_RESUME, PERCUTA_WAY_DONE };

struct percuta_job {
  const struct percuta_scenario *scenario;      /* borrowed */
  const struct percuta_engine_options *options; /* borrowed */
  int rank;                                     /* in MPI's world */
  struct percuta_run *run;                      /* owned; NULL on ranks that are left over */
  struct percuta_diag *diag;                    /* owned; mistakes in the data */
  struct percuta_progress *progress;            /* owned; rank 0 only */
  struct percuta_lock lock;                     /* rank 0 only, as all that follows to `log` */
  bool made_folder;                             /* the folder was not there before */
  char words[1024];                             /* why it cannot be used, or what was found */
  FILE *log;                                    /* owned */
  enum percuta_way way;
  bool under_way;         /* the run stands at a state of its own */
  double begin;           /* [s] of base/clock.h, when the run began; moved back by a resume */
  double last_checkpoint; /* [s] of the last one, or of the begin */
  double last_look;       /* [s] when last asked whether one is due */
  double checkpoint_cost; /* [s] that the last one took */
  long last_checkpoint_step;
  bool petsc_failed;
  char petsc_said[512];          /* of the first error inside PETSc; or empty */
  struct percuta_spread *spread; /* owned; bands of the run's record (outcome/spread.h) */
};

#endif

/* A course in progress: everything the loop in course.c works on. Internal to course/. */
#ifndef PERCUTA_COURSE_RUN_H
#define PERCUTA_COURSE_RUN_H

#include "course/calendar.h"
#include "engine/engine.h"
#include "healing/healing.h"
#include "numerics/stepper.h"
#include "result/checkpoint.h"
#include "result/result.h"
#include "transport/numbing.h"

/* When skin counts as healed, and how a column samples the skin; table `course`. */
struct percuta_course_parameters {
  double healed_barrier;      /* water loss above the intact skin's, as a share of it */
  double healed_inflammation; /* macrophages per resting fibroblast */
  double healed_clot;         /* share of the treated dermis */
  double healed_signal;       /* of the runaway level */
  double healed_cytokine;     /* above rest, relative to it */
  double column_window;       /* [m] */
};

/* Products that the scenario names. */
struct percuta_course_products {
  struct percuta_numbing_model model; /* not read where there is no product */
  bool has_cream;
  struct percuta_product cream;
  struct percuta_product *product; /* owned; as many as session.products */
};

struct percuta_course_run {
  const struct percuta_scenario *scenario;   /* borrowed */
  const struct percuta_run_options *options; /* borrowed */
  struct percuta_course_parameters parameters;
  struct percuta_skin skin;
  struct percuta_insertion_model insertion;
  struct percuta_bed bed;
  struct percuta_reseal reseal;            /* how this person's channels close */
  struct percuta_course_products products; /* owned parts */
  struct percuta_clot clot;                /* of this person's blood */
  struct percuta_grid *grid;               /* owned */
  struct percuta_mesh *mesh;               /* owned */
  struct percuta_healing *healing;         /* owned */
  struct percuta_stepper *stepper;         /* owned */
  struct percuta_record record;            /* owned parts */
  struct percuta_healing_means reference;  /* at rest, over the treated dermis */
  int sessions_done;                       /* given, or given up */
  double last_session;                     /* [s] start of the last one given */
  unsigned unmet;                          /* criteria of healing that the newest row fails */
  unsigned waited_for;                     /* those that have held the next session up so far */
  int rank;
  double wall_start, wall_before; /* [s] wall clock at the start; spent before a resume */
  double last_checkpoint;         /* [s] wall clock */
  long last_checkpoint_step;
  struct percuta_progress *progress; /* owned */
  FILE *log;                         /* owned; rank 0 only */
  char trouble_file[64];             /* of the folder, that could not be written; or empty */
  int trouble_reason;                /* errno */
  char petsc_said[512];              /* of the first error inside PETSc; or empty */
  struct percuta_diag *mistakes; /* borrowed; take those met on the way. NULL: they are printed */
  /* Called with every row of the timeline, when not NULL. */
  enum percuta_status (*watch)(const struct percuta_course_run *run, const double *u, void *what);
  void *watched; /* borrowed; handed to it as `what` */
};

/* What every rank computes for itself: parameters, skin and grid. Mistakes go to `diag`. */
enum percuta_status percuta_course_run_prepare(struct percuta_course_run *run,
                                               struct percuta_diag *diag);
/* Where mistakes met on the way are noted, NULL without memory; and what is done with them then. */
struct percuta_diag *percuta_course_run_open_mistakes(const struct percuta_course_run *run);
void percuta_course_run_close_mistakes(const struct percuta_course_run *run,
                                       struct percuta_diag **mistakes);
/* Computes the course on `comm` from rest or from a checkpoint. Without a folder in the options it
 * leaves no trace but run->record. */
PetscErrorCode percuta_course_run_follow(MPI_Comm comm, struct percuta_course_run *run,
                                         enum percuta_status *status);
/* Runs the course on `comm` from rest or from a checkpoint and writes the result folder. */
PetscErrorCode percuta_course_run_execute(MPI_Comm comm, struct percuta_course_run *run,
                                          enum percuta_status *status);
/* Releases what percuta_course_run_execute and the caller's set-up own. */
PetscErrorCode percuta_course_run_clear(struct percuta_course_run *run);

#endif

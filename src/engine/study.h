/* The door to studies: many courses at once. */
#ifndef PERCUTA_ENGINE_STUDY_H
#define PERCUTA_ENGINE_STUDY_H

#include <stdbool.h>

#include "scenario/scenario.h"

struct percuta_study_request {
  const struct percuta_catalogue *catalogue;
  const char *fit;                         /* list of parameters and rows to fit, or NULL */
  const struct percuta_scenario *scenario; /* whose sensitivities are asked for, or NULL */
  int draws;          /* for the questions, which are answered when there is neither; of the
                         posterior of a fit, 0: none */
  int trajectories;   /* of the walk */
  double span;        /* share of a parameter's range that is walked */
  const char *folder; /* results go there */
  bool quiet;         /* no progress */
};

/* Name of the entry point in the engine's file, and its type. PETSc is started inside. */
#define PERCUTA_ENGINE_STUDY_SYMBOL "percuta_engine_study"
typedef enum percuta_status percuta_engine_study_fn(const struct percuta_study_request *request);
percuta_engine_study_fn percuta_engine_study;

/* The same with PETSc started. Results go to the folder and, in short, to standard output.
 * Collective over MPI's world, whose ranks share the runs; rank 0 prints and writes, and all return
 * the same. */
enum percuta_status percuta_engine_study_run(const struct percuta_study_request *request);

#endif

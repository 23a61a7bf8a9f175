/* The one door into the solver: `percuta run` opens the engine object and calls this. */
#ifndef PERCUTA_COURSE_ENGINE_H
#define PERCUTA_COURSE_ENGINE_H

#include <stdbool.h>

#include "scenario/scenario.h"

enum percuta_progress_style {
  PERCUTA_PROGRESS_LINE, /* one line that rewrites itself; nothing when stderr is not a terminal */
  PERCUTA_PROGRESS_QUIET,
  PERCUTA_PROGRESS_JSON /* one JSON object per line on stdout */
};

struct percuta_run_options {
  const char *folder;        /* result folder; created when missing */
  bool resume;               /* go on from the last checkpoint in the folder */
  long checkpoint_steps;     /* a checkpoint after so many steps; 0 = not for their number */
  double checkpoint_minutes; /* and after so long a time; 0 = not for the time */
  enum percuta_progress_style progress;
  int petsc_argc; /* PETSc's own options, from after `--`; no program name */
  char **petsc_argv;
};

/* Name of the engine's file, beside the program or in ../lib/percuta, and of its entry point. */
#define PERCUTA_ENGINE_FILE "percuta_engine.so"
#define PERCUTA_ENGINE_SYMBOL "percuta_engine_run"

/* Runs the whole course and writes the result folder; collective over MPI's world. Messages go to
 * stderr. Returns the status whose exit code the program ends with. */
typedef enum percuta_status percuta_engine_run_fn(const struct percuta_scenario *scenario,
                                                  const struct percuta_run_options *options);
percuta_engine_run_fn percuta_engine_run;

/* The same, for code that is linked with the engine (tests, benchmarks). */
percuta_engine_run_fn percuta_engine_execute;

#endif

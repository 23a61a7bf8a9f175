/* The doors into the solver: `percuta run` and `percuta validate` open the engine object and call
 * these. */
#ifndef PERCUTA_ENGINE_ENGINE_H
#define PERCUTA_ENGINE_ENGINE_H

#include <stdbool.h>

#include "scenario/scenario.h"

enum percuta_progress_style {
  PERCUTA_PROGRESS_LINE, /* one line that rewrites itself; nothing when stderr is not a terminal */
  PERCUTA_PROGRESS_QUIET,
  PERCUTA_PROGRESS_JSON /* one JSON object per line on stdout */
};

struct percuta_engine_options {
  const char *folder;        /* result folder; created when missing */
  const char *data;          /* folder of the data, as it was named; NULL: it was found */
  bool resume;               /* from the last checkpoint in the folder, if there is one */
  bool force;                /* replace what another run has left in the folder */
  long checkpoint_steps;     /* a checkpoint after so many steps; 0 = not for their number */
  double checkpoint_minutes; /* and after so long a time; 0 = not for the time; negative: so often
                                that no kill costs more than 10 s or a tenth of the run */
  enum percuta_progress_style progress;
  int petsc_argc; /* PETSc's own options, from after `--`; no program name */
  char **petsc_argv;
};

/* Name of the library's file, beside the program or in the folder of libraries, and of what the
 * program calls in it; other programs use percuta/percuta.h. */
#define PERCUTA_ENGINE_FILE "libpercuta.so.0"
#define PERCUTA_ENGINE_SYMBOL "percuta_engine_run"
#define PERCUTA_ENGINE_VALIDATE_SYMBOL "percuta_engine_validate"

/* Runs the whole course and writes the result folder; collective over MPI's world. Messages go to
 * stderr. Returns the status whose exit code the program ends with. May be called again. */
typedef enum percuta_status percuta_engine_run_fn(const struct percuta_scenario *scenario,
                                                  const struct percuta_engine_options *options);
percuta_engine_run_fn percuta_engine_run;

/* Compares predictions with published rows (engine/compare.h); collective over MPI's world.
 * `request` is a struct percuta_compare_request. */
struct percuta_compare_request;
typedef enum percuta_status
percuta_engine_validate_fn(const struct percuta_compare_request *request);
percuta_engine_validate_fn percuta_engine_validate;

/* The first of them, for code that is linked with the engine (tests, benchmarks). */
percuta_engine_run_fn percuta_engine_execute;

#endif

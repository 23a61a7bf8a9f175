/* MPI can be started once in a process, so what is started here stays until the program ends, and
 * who has started it himself ends it himself. PETSc reads no file of options unless it is told one.
 * Tests: tests/unit/test_engine.c, tests/cli/petsc.sh. */
#include "engine/start.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/alone.h"
#include "numerics/options.h"
#include "numerics/petsc_compat.h"

enum { MOST_OPTIONS = 256 }; /* of PETSc's own on a command line */

/* Mutable statics, as what they tell of is the process's. PETSc keeps the list. */
static bool own_mpi = false, own_petsc = false;
static char *list[MOST_OPTIONS + 4];

static enum percuta_status start_mpi(const char **missing) {
  int running = 0, over = 0, provided;
  MPI_Initialized(&running);
  MPI_Finalized(&over);
  *missing = over ? "MPI, which has been ended," : "MPI";
  if (over)
    return PERCUTA_NUMERICS;
  if (running)
    return PERCUTA_OK;
  const unsigned added = percuta_engine_alone_prepare();
  const bool started = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) == MPI_SUCCESS;
  percuta_engine_alone_withdraw(added);
  if (!started)
    return PERCUTA_NUMERICS;
  own_mpi = true;
  return atexit(percuta_engine_start_stop) == 0 ? PERCUTA_OK : PERCUTA_MEMORY;
}

static enum percuta_status start_petsc(int argc, char **argv) {
  PetscBool running = PETSC_FALSE;
  if (PetscInitialized(&running))
    return PERCUTA_NUMERICS;
  if (running)
    return PetscOptionsInsertArgs(NULL, argc - 1, argv + 1) ? PERCUTA_NUMERICS : PERCUTA_OK;
  if (PetscInitialize(&argc, &argv, NULL, NULL))
    return PERCUTA_NUMERICS;
  own_petsc = true;
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_start(int count, char **option, struct percuta_diag *diag) {
  static char name[] = "percuta", no_files[] = PERCUTA_NUMERICS_OPTIONS_NO_FILES,
              no_signals[] = PERCUTA_NUMERICS_OPTIONS_NO_SIGNALS;
  const char *missing = NULL;
  char what[64];
  int argc = 3;
  list[0] = name;
  list[1] = no_files;
  list[2] = no_signals;
  for (int i = 0; i < count && argc <= MOST_OPTIONS + 2; ++i)
    list[argc++] = option[i];
  list[argc] = NULL;
  enum percuta_status status = start_mpi(&missing);
  if (status == PERCUTA_OK) {
    missing = "PETSc";
    status = start_petsc(argc, list);
  }
  if (status == PERCUTA_NUMERICS && diag) {
    snprintf(what, sizeof what, "%s does not start", missing);
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NOT_STARTED, .what = what});
  }
  return status;
}

/* Options that nobody gave to this command must not go unnoticed. */
static void tell_environment(void) {
  static const char *const names[] = {"PETSC_OPTIONS", "PETSC_OPTIONS_YAML"};
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    const char *value = getenv(names[i]);
    if (rank == 0 && value != NULL && *value != '\0')
      fprintf(stderr, "percuta: in force by the environment's %s: %s\n", names[i], value);
  }
}

enum percuta_status percuta_engine_start_aloud(int count, char **option) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status = percuta_engine_start(count, option, diag);
  if (percuta_base_diag_count(diag) > 0)
    percuta_base_diag_print(diag, stderr);
  if (status == PERCUTA_OK)
    tell_environment();
  percuta_base_diag_destroy(&diag);
  return status;
}

void percuta_engine_start_stop(void) {
  int over = 0;
  MPI_Finalized(&over);
  if (own_petsc && !over)
    (void)PetscFinalize();
  own_petsc = false;
  if (own_mpi && !over)
    MPI_Finalize();
  own_mpi = false;
}

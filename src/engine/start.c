/* MPI can be started once in a process, so what is started here stays until the program ends, and
 * who has started it himself ends it himself. Test: tests/unit/test_engine.c. */
#include "engine/start.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/alone.h"
#include "numerics/petsc_compat.h"

enum { MOST_OPTIONS = 256 }; /* of PETSc's own on a command line */

/* Mutable statics, as what they tell of is the process's. PETSc keeps the list. */
static bool own_mpi = false, own_petsc = false;
static char *list[MOST_OPTIONS + 2];

static enum percuta_status complain(const char *what) {
  fprintf(stderr, "percuta: %s does not start\n", what);
  return PERCUTA_NUMERICS;
}

static enum percuta_status start_mpi(void) {
  int running = 0, over = 0, provided;
  MPI_Initialized(&running);
  MPI_Finalized(&over);
  if (over)
    return complain("MPI, which has been ended,");
  if (running)
    return PERCUTA_OK;
  const unsigned added = percuta_engine_alone_prepare();
  const bool started = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) == MPI_SUCCESS;
  percuta_engine_alone_withdraw(added);
  if (!started)
    return complain("MPI");
  own_mpi = true;
  return atexit(percuta_engine_start_stop) == 0 ? PERCUTA_OK : PERCUTA_MEMORY;
}

enum percuta_status percuta_engine_start(int count, char **option) {
  static char name[] = "percuta";
  PetscBool running = PETSC_FALSE;
  int argc = 1;
  char **argv = list;
  list[0] = name;
  for (int i = 0; i < count && argc <= MOST_OPTIONS; ++i)
    list[argc++] = option[i];
  list[argc] = NULL;
  PERCUTA_TRY(start_mpi());
  if (PetscInitialized(&running))
    return complain("PETSc");
  if (running)
    return PetscOptionsInsert(NULL, &argc, &argv, NULL) ? complain("PETSc") : PERCUTA_OK;
  if (PetscInitialize(&argc, &argv, NULL, NULL))
    return complain("PETSc");
  own_petsc = true;
  /* signals are the program's business */
  return PetscPopSignalHandler() ? complain("PETSc") : PERCUTA_OK;
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

/* The symbols that the engine's shared object shows. */
#include "course/engine.h"
#include "validate/compare.h"

#include <petscsys.h>
#include <stdio.h>

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_run(const struct percuta_scenario *scenario,
                   const struct percuta_run_options *options) {
  return percuta_engine_execute(scenario, options);
}

/* PETSc runs for those predictors that solve something. */
__attribute__((visibility("default"))) enum percuta_status
percuta_engine_validate(const struct percuta_compare_request *request) {
  int rank = 0;
  if (PetscInitializeNoArguments() != 0) {
    fprintf(stderr, "percuta validate: PETSc does not start\n");
    return PERCUTA_NUMERICS;
  }
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  enum percuta_status status = rank == 0 ? percuta_compare_run(request) : PERCUTA_OK;
  return PetscFinalize() == 0 || status != PERCUTA_OK ? status : PERCUTA_NUMERICS;
}

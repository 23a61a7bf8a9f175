/* The symbols that the engine's shared object shows. */
#include "engine/engine.h"
#include "study/study.h"
#include "validate/compare.h"

#include <petscsys.h>
#include <stdio.h>

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_run(const struct percuta_scenario *scenario,
                   const struct percuta_run_options *options) {
  return percuta_engine_execute(scenario, options);
}

/* Starts PETSc, lets the first rank do its work, and ends it. */
static enum percuta_status
with_petsc(const char *command, enum percuta_status (*work)(const void *), const void *request) {
  int rank = 0;
  if (PetscInitializeNoArguments() != 0) {
    fprintf(stderr, "percuta %s: PETSc does not start\n", command);
    return PERCUTA_NUMERICS;
  }
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  enum percuta_status status = rank == 0 ? work(request) : PERCUTA_OK;
  return PetscFinalize() == 0 || status != PERCUTA_OK ? status : PERCUTA_NUMERICS;
}

static enum percuta_status compare(const void *request) {
  return percuta_validate_compare_run(request);
}

static enum percuta_status study(const void *request) {
  return percuta_study_run(request);
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_validate(const struct percuta_compare_request *request) {
  return with_petsc("validate", compare, request);
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_study(const struct percuta_study_request *request) {
  return with_petsc(request->fit        ? "fit"
                    : request->scenario ? "sensitivity"
                                        : "ask",
                    study, request);
}

/* The symbols that `percuta` looks for in the library when it opens it.
 * Test: tests/project/linkage.sh. */
#include "engine/compare.h"
#include "engine/engine.h"
#include "engine/start.h"
#include "engine/study.h"

#include <petscsys.h>

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_run(const struct percuta_scenario *scenario,
                   const struct percuta_engine_options *options) {
  return percuta_engine_execute(scenario, options);
}

/* Whether this is the rank that does the work. */
static bool is_first(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank == 0;
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_validate(const struct percuta_compare_request *request) {
  PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
  return is_first() ? percuta_engine_compare_run(request) : PERCUTA_OK;
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_study(const struct percuta_study_request *request) {
  PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
  return is_first() ? percuta_engine_study_run(request) : PERCUTA_OK;
}

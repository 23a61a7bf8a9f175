/* The symbols that `percuta` looks for in the library when it opens it.
 * Test: tests/project/linkage.sh. */
#include "engine/cohort.h"
#include "engine/compare.h"
#include "engine/engine.h"
#include "engine/start.h"
#include "engine/study.h"

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_run(const struct percuta_scenario *scenario,
                   const struct percuta_engine_options *options) {
  return percuta_engine_execute(scenario, options);
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_validate(const struct percuta_compare_request *request) {
  PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
  return percuta_engine_compare_run(request);
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_study(const struct percuta_study_request *request) {
  PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
  return percuta_engine_study_run(request);
}

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_cohort(const struct percuta_cohort_request *request) {
  return percuta_engine_cohort_run(request);
}

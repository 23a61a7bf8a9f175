/* The one symbol that the engine's shared object shows. */
#include "course/engine.h"

__attribute__((visibility("default"))) enum percuta_status
percuta_engine_run(const struct percuta_scenario *scenario,
                   const struct percuta_run_options *options) {
  return percuta_engine_execute(scenario, options);
}

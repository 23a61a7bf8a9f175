/* validate: what Percuta predicts against what was measured. The comparing is the engine's.
 * Test: tests/cli/validate.sh. */
#include "cli/commands.h"
#include "cli/solver.h"
#include "engine/compare.h"
#include "engine/engine.h"

enum percuta_status percuta_cli_validate_command(const struct percuta_commands_line *line) {
  const struct percuta_compare_request request = {.catalogue = line->catalogue,
                                                  .stages = line->stage,
                                                  .csv = line->csv,
                                                  .markdown = line->markdown,
                                                  .quiet = line->quiet};
  percuta_engine_validate_fn *validate = NULL;
  *(void **)&validate = percuta_cli_solver_open("validate", PERCUTA_ENGINE_VALIDATE_SYMBOL);
  return validate != NULL ? validate(&request) : PERCUTA_IO;
}

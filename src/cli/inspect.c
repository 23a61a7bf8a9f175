/* check, explain and schema: commands that look at a scenario and compute nothing. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/commands.h"
#include "scenario/explain.h"
#include "scenario/schema.h"

enum percuta_status percuta_inspect_check(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  const enum percuta_status status = percuta_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    printf("%s: no mistakes; scenario hash %016" PRIx64 "\n", line->argument[0], scenario->hash);
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_status percuta_inspect_explain(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  enum percuta_status status = percuta_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_explain_print(scenario, line->json, stdout);
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_status percuta_inspect_schema(const struct percuta_commands_line *line) {
  const enum percuta_status status =
      line->reference ? percuta_schema_print_reference(stdout) : percuta_schema_print(stdout);
  if (status != PERCUTA_OK)
    fprintf(stderr, "percuta schema: Percuta's data could not be read: %s\n",
            percuta_status_text(status));
  return status;
}

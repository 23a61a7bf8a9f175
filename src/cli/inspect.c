/* check, explain and schema: commands that look at a scenario and compute nothing. Tested by
 * tests/cli/scenario.sh and json.sh. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/diag_json.h"
#include "cli/commands.h"
#include "cli/size.h"
#include "input/explain.h"
#include "input/input.h"
#include "input/schema.h"

static void print_check(const struct percuta_scenario *scenario, const struct percuta_size *size) {
  printf("%s: no mistakes; scenario hash %016" PRIx64 "\n", scenario->path, scenario->hash);
  percuta_cli_size_print(scenario, size, stdout);
}

/* The same for programs; null what is not known because of mistakes. */
static void add_check(const struct percuta_scenario *scenario, const struct percuta_size *size,
                      cJSON *root) {
  char hash[32];
  if (scenario == NULL || size == NULL) {
    cJSON_AddNullToObject(root, "hash");
  } else {
    snprintf(hash, sizeof hash, "%016" PRIx64, scenario->hash);
    cJSON_AddStringToObject(root, "hash", hash);
  }
  percuta_cli_size_add(size, root);
}

enum percuta_status percuta_cli_inspect_check(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_size size;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_cli_commands_read(line, diag, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_cli_size_predict(scenario, diag, &size);
  if (line->json) {
    cJSON *root = cJSON_CreateObject();
    (void)percuta_base_diag_json_add_text(root, "scenario", line->argument[0]);
    add_check(scenario, status == PERCUTA_OK ? &size : NULL, root);
    status = percuta_cli_commands_print_json(root, status, diag);
  } else if (status == PERCUTA_OK) {
    print_check(scenario, &size);
  } else {
    percuta_cli_commands_report(line, status, diag);
  }
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_cli_inspect_explain(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_cli_commands_read(line, diag, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_input_explain_print(scenario, line->json, stdout);
  else
    percuta_cli_commands_report(line, status, diag);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_cli_inspect_schema(const struct percuta_commands_line *line) {
  enum percuta_status status = PERCUTA_OK;
  if (line->errors)
    percuta_base_codes_print_page(stdout);
  else
    status = line->reference ? percuta_input_schema_print_reference(stdout)
                             : percuta_input_schema_print(line->catalogue, stdout);
  return status;
}

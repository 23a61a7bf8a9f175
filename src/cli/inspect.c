/* check, explain and schema: commands that look at a scenario and compute nothing. Tested by
 * tests/cli/scenario.sh and json.sh. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/diag_json.h"
#include "cli/commands.h"
#include "course/space.h"
#include "input/explain.h"
#include "input/input.h"
#include "input/schema.h"

/* The grid that a run of this scenario would compute on. */
static enum percuta_status make_grid(const struct percuta_scenario *scenario,
                                     struct percuta_diag *diag, struct percuta_grid **out) {
  const struct percuta_parameter *window =
      percuta_base_parameters_find(scenario->parameters, "course.column_window");
  struct percuta_skin skin = {0};
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    status = percuta_course_space_grid(scenario, &skin, window ? window->value_si : NAN, out);
  return status;
}

/* What a run on a grid holds, in bytes. */
struct memory {
  size_t cells, per_cell;
  double alone, more; /* of one process, and with each further one */
};

static struct memory memory_of(const struct percuta_scenario *scenario,
                               const struct percuta_grid *grid) {
  const double alone = percuta_course_space_bytes(scenario, grid, 1);
  return (struct memory){.cells = percuta_numerics_grid_cell_count(grid),
                         .per_cell = percuta_course_space_bytes_per_cell(scenario),
                         .alone = alone,
                         .more = percuta_course_space_bytes(scenario, grid, 2) - alone};
}

static void print_check(const struct percuta_scenario *scenario, const struct percuta_grid *grid) {
  const struct memory memory = memory_of(scenario, grid);
  printf("%s: no mistakes; scenario hash %016" PRIx64 "\n", scenario->path, scenario->hash);
  printf("memory: %zu cells of %zu bytes, about %.0f MB; with each further process %.0f MB more\n",
         memory.cells, memory.per_cell, 1e-6 * memory.alone, 1e-6 * memory.more);
}

/* The same for programs; null what is not known because of mistakes. */
static void add_check(const struct percuta_scenario *scenario, const struct percuta_grid *grid,
                      cJSON *root) {
  char hash[32];
  if (scenario == NULL || grid == NULL) {
    cJSON_AddNullToObject(root, "hash");
    cJSON_AddNullToObject(root, "memory");
    return;
  }
  snprintf(hash, sizeof hash, "%016" PRIx64, scenario->hash);
  cJSON_AddStringToObject(root, "hash", hash);
  const struct memory memory = memory_of(scenario, grid);
  cJSON *object = cJSON_AddObjectToObject(root, "memory");
  cJSON_AddNumberToObject(object, "cells", (double)memory.cells);
  cJSON_AddNumberToObject(object, "bytes_per_cell", (double)memory.per_cell);
  cJSON_AddNumberToObject(object, "bytes", memory.alone);
  cJSON_AddNumberToObject(object, "bytes_more_per_process", memory.more);
}

enum percuta_status percuta_cli_inspect_check(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_grid *grid = NULL;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_input_read(line->catalogue, line->argument[0], line->sets,
                                                  line->set_count, diag, &scenario);
  if (status == PERCUTA_OK)
    status = make_grid(scenario, diag, &grid);
  if (line->json) {
    cJSON *root = cJSON_CreateObject();
    (void)percuta_base_diag_json_add_text(root, "scenario", line->argument[0]);
    add_check(scenario, grid, root);
    status = percuta_cli_commands_print_json(root, status, diag);
  } else if (status == PERCUTA_OK) {
    print_check(scenario, grid);
  } else {
    percuta_cli_commands_report(line, status, diag);
  }
  percuta_numerics_grid_destroy(&grid);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_cli_inspect_explain(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_input_read(line->catalogue, line->argument[0], line->sets,
                                                  line->set_count, diag, &scenario);
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

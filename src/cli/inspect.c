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
#include "input/schema.h"

/* The grid that a run of this scenario would compute on. */
static enum percuta_status make_grid(const struct percuta_commands_line *line,
                                     const struct percuta_scenario *scenario,
                                     struct percuta_grid **out) {
  const struct percuta_parameter *window =
      percuta_base_parameters_find(scenario->parameters, "course.column_window");
  struct percuta_skin skin = {0};
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_skin_build(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    status = percuta_course_space_grid(scenario, &skin, window ? window->value_si : NAN, out);
  if (status != PERCUTA_OK)
    percuta_cli_commands_fail(line, status, diag);
  percuta_base_diag_destroy(&diag);
  return status;
}

/* What a run on a grid holds. */
struct memory {
  size_t cells, per_cell; /* per_cell [bytes] */
  double alone, more;     /* [bytes] of one process, and with each further one */
};

static struct memory memory_of(const struct percuta_scenario *scenario,
                               const struct percuta_grid *grid) {
  const double alone = percuta_course_space_bytes(scenario, grid, 1);
  return (struct memory){.cells = percuta_numerics_grid_cell_count(grid),
                         .per_cell = percuta_course_space_bytes_per_cell(scenario),
                         .alone = alone,
                         .more = percuta_course_space_bytes(scenario, grid, 2) - alone};
}

static void print_check(const char *path, uint64_t hash, const struct memory *memory) {
  printf("%s: no mistakes; scenario hash %016" PRIx64 "\n", path, hash);
  printf("memory: %zu cells of %zu bytes, about %.0f MB; with each further process %.0f MB more\n",
         memory->cells, memory->per_cell, 1e-6 * memory->alone, 1e-6 * memory->more);
}

/* The same for programs. */
static enum percuta_status print_check_json(const char *path, uint64_t hash,
                                            const struct memory *memory) {
  char digits[32];
  cJSON *root = cJSON_CreateObject();
  snprintf(digits, sizeof digits, "%016" PRIx64, hash);
  bool good = percuta_base_diag_json_add_text(root, "scenario", path) == 0 &&
              cJSON_AddStringToObject(root, "hash", digits) != NULL;
  cJSON *object = cJSON_AddObjectToObject(root, "memory");
  good = good && cJSON_AddNumberToObject(object, "cells", (double)memory->cells) != NULL &&
         cJSON_AddNumberToObject(object, "bytes_per_cell", (double)memory->per_cell) != NULL &&
         cJSON_AddNumberToObject(object, "bytes", memory->alone) != NULL &&
         cJSON_AddNumberToObject(object, "bytes_more_per_process", memory->more) != NULL &&
         percuta_base_diag_json_add(root, PERCUTA_OK, NULL) == 0;
  char *text = good ? cJSON_Print(root) : NULL;
  cJSON_Delete(root);
  if (text == NULL)
    return PERCUTA_MEMORY;
  printf("%s\n", text);
  cJSON_free(text);
  return PERCUTA_OK;
}

enum percuta_status percuta_cli_inspect_check(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_grid *grid = NULL;
  enum percuta_status status = percuta_cli_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    status = make_grid(line, scenario, &grid);
  if (status == PERCUTA_OK) {
    const struct memory memory = memory_of(scenario, grid);
    if (line->json)
      status = print_check_json(line->argument[0], scenario->hash, &memory);
    else
      print_check(line->argument[0], scenario->hash, &memory);
  }
  percuta_numerics_grid_destroy(&grid);
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_status percuta_cli_inspect_explain(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  enum percuta_status status = percuta_cli_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_input_explain_print(scenario, line->json, stdout);
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_status percuta_cli_inspect_schema(const struct percuta_commands_line *line) {
  enum percuta_status status = PERCUTA_OK;
  if (line->errors)
    percuta_base_codes_print_page(stdout);
  else
    status = line->reference ? percuta_input_schema_print_reference(stdout)
                             : percuta_input_schema_print(stdout);
  if (status != PERCUTA_OK)
    fprintf(stderr, "percuta schema: Percuta's data could not be read: %s\n",
            percuta_base_status_text(status));
  return status;
}

/* check, explain and schema: commands that look at a scenario and compute nothing. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "cli/commands.h"
#include "course/space.h"
#include "input/explain.h"
#include "input/schema.h"

/* The grid that a run of this scenario would compute on. */
static enum percuta_status make_grid(const struct percuta_scenario *scenario,
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
  percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  return status;
}

static void print_memory(const struct percuta_scenario *scenario, const struct percuta_grid *grid) {
  double alone = percuta_course_space_bytes(scenario, grid, 1);
  printf("memory: %zu cells of %zu bytes, about %.0f MB; with each further process %.0f MB more\n",
         percuta_numerics_grid_cell_count(grid), percuta_course_space_bytes_per_cell(scenario),
         1e-6 * alone, 1e-6 * (percuta_course_space_bytes(scenario, grid, 2) - alone));
}

enum percuta_status percuta_cli_inspect_check(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_grid *grid = NULL;
  enum percuta_status status = percuta_cli_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    status = make_grid(scenario, &grid);
  if (status == PERCUTA_OK) {
    printf("%s: no mistakes; scenario hash %016" PRIx64 "\n", line->argument[0], scenario->hash);
    print_memory(scenario, grid);
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
  const enum percuta_status status = line->reference
                                         ? percuta_input_schema_print_reference(stdout)
                                         : percuta_input_schema_print(line->catalogue, stdout);
  return status;
}

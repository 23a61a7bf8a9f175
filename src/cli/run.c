/* run: reads the scenario, then opens the solver.
 * Test: tests/cli/run.sh. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "cli/commands.h"
#include "cli/size.h"
#include "cli/solver.h"
#include "engine/engine.h"

/* Reads how often to write a checkpoint; what is not given stays as it is. */
static enum percuta_status read_intervals(const struct percuta_commands_line *line,
                                          struct percuta_engine_options *options) {
  double steps = (double)options->checkpoint_steps;
  if (line->checkpoint_steps != NULL &&
      (percuta_base_number_parse(line->checkpoint_steps, &steps) != PERCUTA_OK || steps < 0 ||
       steps > 1e9 || steps != floor(steps))) {
    fprintf(stderr,
            "percuta run: --checkpoint-steps: `%.40s` is not a whole number from 0 to 1e9\n",
            line->checkpoint_steps);
    return PERCUTA_BAD_INPUT;
  }
  if (line->checkpoint_minutes != NULL &&
      (percuta_base_number_parse(line->checkpoint_minutes, &options->checkpoint_minutes) !=
           PERCUTA_OK ||
       options->checkpoint_minutes < 0)) {
    fprintf(stderr, "percuta run: --checkpoint-minutes: `%.40s` is not a number from 0 up\n",
            line->checkpoint_minutes);
    return PERCUTA_BAD_INPUT;
  }
  options->checkpoint_steps = (long)steps;
  return PERCUTA_OK;
}

/* Refuses before anything starts what this machine has no memory or room for. */
static enum percuta_status check_size(const struct percuta_commands_line *line,
                                      const struct percuta_scenario *scenario, const char *folder) {
  struct percuta_size size;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_cli_size_predict(scenario, diag, &size);
  if (status == PERCUTA_OK)
    status = percuta_cli_size_check(scenario, &size, folder, diag);
  if (status != PERCUTA_OK)
    percuta_cli_commands_report(line, status, diag);
  percuta_base_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_cli_run_command(const struct percuta_commands_line *line) {
  if (line->quiet && line->json_progress) {
    fprintf(stderr, "percuta run: --quiet and --json-progress exclude each other\n");
    return PERCUTA_BAD_INPUT;
  }
  if (line->resume && line->force) {
    fprintf(stderr,
            "percuta run: --resume and --force exclude each other: resume, or start anew\n");
    return PERCUTA_BAD_INPUT;
  }
  char folder[PATH_MAX];
  percuta_cli_commands_default_folder(line->argument[0], folder, sizeof folder);
  struct percuta_engine_options options = {
      .folder = line->output ? line->output : folder,
      .data = line->data,
      .resume = line->resume,
      .force = line->force,
      .checkpoint_minutes = -1,
      .progress = line->quiet           ? PERCUTA_PROGRESS_QUIET
                  : line->json_progress ? PERCUTA_PROGRESS_JSON
                                        : PERCUTA_PROGRESS_LINE,
      .petsc_argc = line->petsc_argc,
      .petsc_argv = line->petsc_argv,
  };
  enum percuta_status status = read_intervals(line, &options);
  struct percuta_scenario *scenario = NULL;
  if (status == PERCUTA_OK)
    status = percuta_cli_commands_scenario(line, &scenario);
  if (status == PERCUTA_OK)
    status = check_size(line, scenario, options.folder);
  if (status != PERCUTA_OK) {
    percuta_scenario_destroy(&scenario);
    return status;
  }
  percuta_engine_run_fn *run = NULL;
  *(void **)&run = percuta_cli_solver_open("run", PERCUTA_ENGINE_SYMBOL);
  status = run != NULL ? run(scenario, &options) : PERCUTA_IO;
  percuta_scenario_destroy(&scenario);
  return status;
}

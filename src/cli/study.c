/* fit, sensitivity, ask: many courses at once. The computing is the engine's.
 * Test: tests/cli/usage.sh. */
#include "engine/study.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/number.h"
#include "cli/commands.h"
#include "cli/solver.h"

static enum percuta_status hand_over(const char *command,
                                     const struct percuta_study_request *request) {
  percuta_engine_study_fn *study = NULL;
  *(void **)&study = percuta_cli_solver_open(command, PERCUTA_ENGINE_STUDY_SYMBOL);
  return study != NULL ? study(request) : PERCUTA_IO;
}

/* A whole number of at least `least`, for an option of a command; said when it is none. */
static bool read_count(const char *option, const char *text, int least, int *out) {
  double value = *out;
  if (text == NULL || (percuta_base_number_parse(text, &value) == PERCUTA_OK && value >= least &&
                       value <= 1000 && value == floor(value))) {
    *out = (int)value;
    return true;
  }
  if (percuta_cli_commands_speaks())
    fprintf(stderr, "percuta %s: `%.40s` is not a whole number from %d to 1000\n", option, text,
            least);
  return false;
}

enum percuta_status percuta_cli_study_fit(const struct percuta_commands_line *line) {
  char folder[PATH_MAX];
  percuta_cli_commands_default_folder(line->argument[0], folder, sizeof folder);
  struct percuta_study_request request = {.catalogue = line->catalogue,
                                          .fit = line->argument[0],
                                          .folder = line->output ? line->output : folder,
                                          .quiet = line->quiet};
  return read_count("fit: --draws", line->draws, 0, &request.draws) ? hand_over("fit", &request)
                                                                    : PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_cli_study_ask(const struct percuta_commands_line *line) {
  struct percuta_study_request request = {.catalogue = line->catalogue,
                                          .draws = 40,
                                          .folder = line->output ? line->output : "out/questions",
                                          .quiet = line->quiet};
  return read_count("ask: --draws", line->draws, 0, &request.draws) ? hand_over("ask", &request)
                                                                    : PERCUTA_BAD_INPUT;
}

static bool read_span(const char *text, double *out) {
  if (text == NULL || (percuta_base_number_parse(text, out) == PERCUTA_OK && *out > 0 && *out <= 1))
    return true;
  if (percuta_cli_commands_speaks())
    fprintf(stderr, "percuta sensitivity: --span: `%.40s` is not a number above 0, at most 1\n",
            text);
  return false;
}

enum percuta_status percuta_cli_study_sensitivity(const struct percuta_commands_line *line) {
  int trajectories = 8;
  double span = 0.1;
  char folder[PATH_MAX];
  struct percuta_scenario *scenario = NULL;
  if (!read_count("sensitivity: --trajectories", line->trajectories, 2, &trajectories) ||
      !read_span(line->span, &span))
    return PERCUTA_BAD_INPUT;
  enum percuta_status status = percuta_cli_commands_scenario(line, &scenario);
  if (status != PERCUTA_OK)
    return status;
  percuta_cli_commands_default_folder(line->argument[0], folder, sizeof folder);
  const struct percuta_study_request request = {.catalogue = line->catalogue,
                                                .scenario = scenario,
                                                .trajectories = trajectories,
                                                .span = span,
                                                .folder = line->output ? line->output : folder,
                                                .quiet = line->quiet};
  status = hand_over("sensitivity", &request);
  percuta_scenario_destroy(&scenario);
  return status;
}

/* run: reads the scenario, then opens the solver, which is a file of its own so that nothing else
 * has to load PETSc and MPI. */
#include <dlfcn.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "cli/commands.h"
#include "course/engine.h"

/* out/<name of the scenario file without folder and ending>. */
static void default_folder(const char *scenario, char *out, size_t size) {
  const char *slash = strrchr(scenario, '/');
  const char *name = slash ? slash + 1 : scenario;
  const char *dot = strrchr(name, '.');
  const int length = dot != NULL && dot > name ? (int)(dot - name) : (int)strlen(name);
  snprintf(out, size, "out/%.*s", length, name);
}

/* Where the engine lies: $PERCUTA_ENGINE, beside the program, or in ../lib/percuta. */
static bool find_engine(char *out, size_t size) {
  const char *chosen = getenv("PERCUTA_ENGINE");
  if (chosen != NULL) {
    snprintf(out, size, "%s", chosen);
    return true;
  }
  char program[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (length < 0)
    return false;
  program[length] = '\0';
  char *slash = strrchr(program, '/');
  *(slash ? slash : program) = '\0';
  snprintf(out, size, "%s/" PERCUTA_ENGINE_FILE, program);
  if (access(out, R_OK) == 0)
    return true;
  snprintf(out, size, "%s/../lib/percuta/" PERCUTA_ENGINE_FILE, program);
  return access(out, R_OK) == 0;
}

/* Keeps MPI from complaining of what a container does not show it: the machine's topology and
 * shared memory. Read by MPI_Init, so set before the engine is opened; a user's own choice stands.
 */
static void quieten_mpi(void) {
  (void)setenv("HWLOC_HIDE_ERRORS", "2", 0);
  (void)setenv("PMIX_MCA_gds", "hash", 0);
}

/* Opens the engine; on failure says why and returns NULL. It stays open until the program ends. */
static percuta_engine_run_fn *open_engine(void) {
  char path[PATH_MAX + 64] = "";
  if (!find_engine(path, sizeof path)) {
    fprintf(stderr,
            "percuta run: the solver %s is neither beside the program nor in ../lib/percuta\n",
            PERCUTA_ENGINE_FILE);
    return NULL;
  }
  void *engine = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  percuta_engine_run_fn *run = NULL;
  if (engine != NULL)
    *(void **)&run = dlsym(engine, PERCUTA_ENGINE_SYMBOL);
  if (run == NULL)
    fprintf(stderr, "percuta run: the solver could not be opened: %s\n", dlerror());
  return run;
}

/* Reads how often to write a checkpoint; what is not given stays as it is. */
static enum percuta_status read_intervals(const struct percuta_commands_line *line,
                                          struct percuta_run_options *options) {
  double steps = (double)options->checkpoint_steps;
  if (line->checkpoint_steps != NULL &&
      (percuta_number_parse(line->checkpoint_steps, &steps) != PERCUTA_OK || steps < 0 ||
       steps > 1e9 || steps != floor(steps))) {
    fprintf(stderr,
            "percuta run: --checkpoint-steps: `%.40s` is not a whole number from 0 to 1e9\n",
            line->checkpoint_steps);
    return PERCUTA_BAD_INPUT;
  }
  if (line->checkpoint_minutes != NULL &&
      (percuta_number_parse(line->checkpoint_minutes, &options->checkpoint_minutes) != PERCUTA_OK ||
       options->checkpoint_minutes < 0)) {
    fprintf(stderr, "percuta run: --checkpoint-minutes: `%.40s` is not a number from 0 up\n",
            line->checkpoint_minutes);
    return PERCUTA_BAD_INPUT;
  }
  options->checkpoint_steps = (long)steps;
  return PERCUTA_OK;
}

enum percuta_status percuta_run_command(const struct percuta_commands_line *line) {
  if (line->quiet && line->json_progress) {
    fprintf(stderr, "percuta run: --quiet and --json-progress exclude each other\n");
    return PERCUTA_BAD_INPUT;
  }
  char folder[PATH_MAX];
  default_folder(line->argument[0], folder, sizeof folder);
  struct percuta_run_options options = {
      .folder = line->output ? line->output : folder,
      .resume = line->resume,
      .checkpoint_steps = 200,
      .checkpoint_minutes = 1,
      .progress = line->quiet           ? PERCUTA_PROGRESS_QUIET
                  : line->json_progress ? PERCUTA_PROGRESS_JSON
                                        : PERCUTA_PROGRESS_LINE,
      .petsc_argc = line->petsc_argc,
      .petsc_argv = line->petsc_argv,
  };
  quieten_mpi();
  enum percuta_status status = read_intervals(line, &options);
  struct percuta_scenario *scenario = NULL;
  if (status == PERCUTA_OK)
    status = percuta_commands_scenario(line, &scenario);
  if (status != PERCUTA_OK)
    return status;
  percuta_engine_run_fn *run = open_engine();
  status = run != NULL ? run(scenario, &options) : PERCUTA_IO;
  percuta_scenario_destroy(&scenario);
  return status;
}

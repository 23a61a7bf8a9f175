/* Finds libpercuta.so and opens it.
 * Tests: tests/cli/run.sh, light.sh; installed: tests/project/install.sh. */
#include "cli/solver.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/engine.h"

/* Where the library lies: $PERCUTA_ENGINE, beside the program, or in the folder of libraries. */
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
  snprintf(out, size, "%s/../" PERCUTA_LIBDIR "/" PERCUTA_ENGINE_FILE, program);
  return access(out, R_OK) == 0;
}

void *percuta_cli_solver_open(const char *command, const char *symbol) {
  char path[PATH_MAX + 64] = "";
  if (!find_engine(path, sizeof path)) {
    fprintf(stderr, "percuta %s: the library %s is neither beside the program nor in ../%s\n",
            command, PERCUTA_ENGINE_FILE, PERCUTA_LIBDIR);
    return NULL;
  }
  /* threads that wait for each other give the core to others meanwhile */
  setenv("OMP_WAIT_POLICY", "passive", 0);
  /* lazily: the libraries behind it bring a hundred thousand functions of which few are called */
  void *engine = dlopen(path, RTLD_LAZY | RTLD_GLOBAL);
  void *address = engine != NULL ? dlsym(engine, symbol) : NULL;
  if (address == NULL)
    fprintf(stderr, "percuta %s: the solver could not be opened: %s\n", command, dlerror());
  return address;
}

/* Times what comes before and beside the solving of one course on a column: starting MPI and PETSc,
 * opening the catalogue, reading the scenario, making the run. One line of JSON, in milliseconds,
 * each the least of all courses.
 *   percuta_courses <scenario> <courses> [key=value]... */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "catalogue/catalogue.h"
#include "course/run.h"
#include "engine/start.h"
#include "input/input.h"

struct times {
  double read;   /* the scenario */
  double create; /* the run, without the clot */
  double clot;
  double solvers; /* the steps of healing, and products */
  double rest;    /* of all; the making of the run is part of it */
  double all;     /* from create to destroy */
};

static double least(double a, double b) {
  return b < a ? b : a;
}

static struct times least_of(struct times a, struct times b) {
  return (struct times){.read = least(a.read, b.read),
                        .create = least(a.create, b.create),
                        .clot = least(a.clot, b.clot),
                        .solvers = least(a.solvers, b.solvers),
                        .rest = least(a.rest, b.rest),
                        .all = least(a.all, b.all)};
}

static enum percuta_status follow(const struct percuta_catalogue *catalogue, char **words,
                                  size_t sets, struct percuta_diag *diag, struct times *out,
                                  size_t *strikes) {
  const struct percuta_run_options options = {.folder = NULL};
  struct percuta_scenario *scenario = NULL;
  struct percuta_run *run = NULL;
  const double begin = percuta_base_clock();
  PERCUTA_TRY(percuta_input_read(catalogue, words[1], (const char *const *)words + 3, sets, diag,
                                 &scenario));
  const double read = percuta_base_clock();
  enum percuta_status status =
      percuta_course_run_create(scenario, PETSC_COMM_SELF, &options, NULL, diag, &run);
  const double created = percuta_base_clock();
  if (status == PERCUTA_OK)
    status = percuta_course_run_advance(run, INFINITY);
  const double clot = run ? run->plan->clot_s : 0, solve = run ? run->state.solve_s : 0;
  *strikes = run ? run->record.session[0].channels.count : 0;
  percuta_course_run_destroy(&run);
  const double end = percuta_base_clock();
  percuta_scenario_destroy(&scenario);
  *out = (struct times){.read = read - begin,
                        .create = created - read - clot,
                        .clot = clot,
                        .solvers = solve - clot,
                        .rest = end - read - solve,
                        .all = end - read};
  return status;
}

int main(int argc, char **argv) {
  struct percuta_catalogue *catalogue = NULL;
  struct percuta_diag *diag = NULL;
  struct times best = {INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY};
  size_t strikes = 0;
  if (argc < 3 || percuta_base_diag_create(&diag) != 0)
    return 2;
  const double begin = percuta_base_clock();
  enum percuta_status status = percuta_engine_start(0, NULL, NULL);
  const double started = percuta_base_clock();
  if (status == PERCUTA_OK)
    status = percuta_catalogue_open(NULL, diag, &catalogue);
  const double opened = percuta_base_clock();
  for (int i = 0; i < atoi(argv[2]) && status == PERCUTA_OK; i++) {
    struct times times = {0};
    status = follow(catalogue, argv, (size_t)argc - 3, diag, &times, &strikes);
    best = least_of(best, times);
  }
  percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  percuta_catalogue_close(&catalogue);
  if (status != PERCUTA_OK)
    return percuta_base_status_exit_code(status);
  printf("{\"start\": %.2f, \"catalogue\": %.2f, \"read\": %.2f, \"create\": %.2f, \"clot\": %.2f, "
         "\"solvers\": %.2f, \"rest\": %.2f, \"all\": %.2f, \"strikes\": %zu}\n",
         1e3 * (started - begin), 1e3 * (opened - started), 1e3 * best.read, 1e3 * best.create,
         1e3 * best.clot, 1e3 * best.solvers, 1e3 * best.rest, 1e3 * best.all, strikes);
  return 0;
}

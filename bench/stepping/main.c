/* Follows the healing after a scenario's first session by one of several steppers and prints what
 * it took as one line of JSON, with the error beside a reference (root mean square over what is
 * allowed at tolerance one), which the first call writes. percuta_stepping <scenario>
 * own|rosw|arkimex|arkode <tolerance> <days> <reference> [key=value]…
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "catalogue/catalogue.h"
#include "course/run.h"
#include "engine/start.h"
#include "input/input.h"
#include "stepping.h"

typedef PetscErrorCode method(struct stepping *job);

static const struct {
  const char *name;
  method *follow;
} METHOD[] = {{"own", stepping_own},
              {"rosw", stepping_rosw},
              {"arkimex", stepping_arkimex},
#ifdef PERCUTA_BENCH_ARKODE
              {"arkode", stepping_arkode}
#endif
};

PetscErrorCode stepping_factor(struct stepping *job, double time, double shift, const double *u) {
  const struct percuta_mesh *mesh = job->mesh;
  PetscFunctionBeginUser;
  PetscCall(percuta_numerics_splitting_factor(job->splitting, shift, u));
  for (int k = 0; k < mesh->nz; ++k) {
    for (int p = 0; p < percuta_numerics_reaction_pieces(mesh, 1); ++p) {
      const struct percuta_cells piece = percuta_numerics_reaction_piece(mesh, k, 1, p);
      percuta_numerics_splitting_factor_piece(job->splitting, time, &piece, u);
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void stepping_absolute(const struct stepping *job, double *out) {
  for (int f = 0; f < job->problem->fields; ++f) {
    for (size_t i = 0; i < job->mesh->local; ++i)
      out[(size_t)f * job->mesh->local + i] = job->tolerance * job->scale[f];
  }
}

PetscErrorCode stepping_own(struct stepping *job) {
  const struct percuta_stepper_options options = {.tolerance = job->tolerance,
                                                  .scale = job->scale,
                                                  .first_step = 1.0,
                                                  .longest_step = job->end};
  struct percuta_stepper *stepper;
  PetscBool ok = PETSC_TRUE;
  const char *why = "";
  PetscFunctionBeginUser;
  PetscCall(percuta_numerics_stepper_create(job->mesh, job->problem, options, &stepper));
  PetscCall(VecCopy(job->state, percuta_numerics_stepper_state(stepper)));
  while (ok && percuta_numerics_stepper_clock(stepper)->time < job->end)
    PetscCall(percuta_numerics_stepper_step(stepper, job->end, &ok, &why));
  PetscCheck(ok, PETSC_COMM_SELF, PETSC_ERR_CONV_FAILED, "%s", why);
  job->steps = percuta_numerics_stepper_clock(stepper)->totals.steps;
  job->rejected = percuta_numerics_stepper_clock(stepper)->totals.rejected;
  PetscCall(VecCopy(percuta_numerics_stepper_state(stepper), job->state));
  PetscCall(percuta_numerics_stepper_destroy(&stepper));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The distance of the state from that in the file; NaN, and the state written, if there is none. */
static double distance(const struct stepping *job, const double *u, const char *path) {
  const size_t local = job->mesh->local, n = local * (size_t)job->problem->fields;
  FILE *file = fopen(path, "rb");
  double *exact = malloc(n * sizeof *exact), sum = 0;
  if (!file) {
    file = fopen(path, "wb");
    if (file)
      fwrite(u, sizeof *u, n, file);
    sum = NAN;
  } else if (!exact || fread(exact, sizeof *exact, n, file) != n) {
    sum = NAN;
  }
  for (size_t i = 0; i < n && exact && !isnan(sum); ++i) {
    const double wrong = (u[i] - exact[i]) / (job->scale[i / local] + fabs(exact[i]));
    sum += wrong * wrong;
  }
  if (file)
    fclose(file);
  free(exact);
  return sqrt(sum / (double)n);
}

/* The run stands just after its first session. */
static PetscErrorCode follow(const struct percuta_run *run, method *how, char **words) {
  struct stepping job = {.mesh = run->state.mesh,
                         .problem = &run->state.healing->problem,
                         .scale = run->state.healing->scale,
                         .tolerance = atof(words[3]),
                         .end = atof(words[4]) * PERCUTA_DAY};
  const PetscScalar *u;
  PetscFunctionBeginUser;
  PetscCall(VecDuplicate(percuta_numerics_stepper_state(run->state.stepper), &job.state));
  PetscCall(VecCopy(percuta_numerics_stepper_state(run->state.stepper), job.state));
  PetscCall(percuta_numerics_motion_create(job.mesh, job.problem, &job.motion));
  PetscCall(percuta_numerics_splitting_create(job.mesh, job.problem, &job.splitting));
  const double wall = percuta_base_clock();
  const clock_t begin = clock();
  PetscCall(how(&job));
  const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  const double passed = percuta_base_clock() - wall;
  PetscCall(VecGetArrayRead(job.state, &u));
  const double error = distance(&job, u, words[5]);
  PetscCall(VecRestoreArrayRead(job.state, &u));
  printf("{\"program\": \"percuta_stepping\", \"method\": \"%s\", \"tolerance\": %g, \"days\": %s, "
         "\"cells\": %zu, \"fields\": %d, \"steps\": %ld, \"rejected\": %ld, "
         "\"processor_seconds\": %.3f, \"seconds\": %.3f, \"error\": ",
         words[2], job.tolerance, words[4], job.mesh->local, job.problem->fields, job.steps,
         job.rejected, seconds, passed);
  printf(isnan(error) ? "null}\n" : "%.3e}\n", error);
  PetscCall(percuta_numerics_splitting_destroy(&job.splitting));
  PetscCall(percuta_numerics_motion_destroy(&job.motion));
  PetscCall(VecDestroy(&job.state));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv) {
  const struct percuta_run_options options = {.folder = NULL};
  struct percuta_catalogue *catalogue = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_diag *diag = NULL;
  struct percuta_run *run = NULL;
  size_t m = 0;
  if (argc < 6)
    return 2;
  while (m < sizeof METHOD / sizeof *METHOD && strcmp(METHOD[m].name, argv[2]) != 0)
    ++m;
  if (m == sizeof METHOD / sizeof *METHOD)
    return 2;
  int failed = percuta_engine_start(0, NULL, NULL) != PERCUTA_OK ||
               percuta_base_diag_create(&diag) != PERCUTA_OK ||
               percuta_catalogue_open(NULL, diag, &catalogue) != PERCUTA_OK ||
               percuta_input_read(catalogue, argv[1], (const char *const *)argv + 6,
                                  (size_t)argc - 6, diag, &scenario) != PERCUTA_OK ||
               percuta_course_run_create(scenario, PETSC_COMM_SELF, &options, NULL, diag, &run) !=
                   PERCUTA_OK ||
               percuta_course_run_advance(run, 0.0) != PERCUTA_OK ||
               follow(run, METHOD[m].follow, argv);
  percuta_base_diag_print(diag, stderr);
  percuta_course_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
  return failed;
}

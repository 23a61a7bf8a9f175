/* The reference problems by the stepper of numerics/stepper.h. */
#include <string.h>

#include "methods.h"
#include "numerics/stepper.h"

static const struct bench_problem *problem_of(const void *context) {
  return context;
}

static void reaction(const void *context, double time, const struct percuta_cells *row,
                     const double *const *u, double *const *rate) {
  const struct bench_problem *problem = problem_of(context);
  (void)time;
  if (problem->fields == 3) {
    bench_r2_rates((size_t)row->count, u[0], u[1], u[2], rate[0], rate[1], rate[2]);
  } else {
    for (int i = 0; i < row->count; ++i)
      rate[0][i] -= problem->loss * u[0][i];
  }
}

/* Each field's own loss guides the implicit solve. */
static void slope(const void *context, double time, const struct percuta_cells *row,
                  const double *const *u, double *const *out) {
  const struct bench_problem *problem = problem_of(context);
  (void)time;
  for (int i = 0; i < row->count; ++i) {
    out[0][i] = -problem->loss;
    if (problem->fields == 3) {
      double gain = 0.5 * (1 - 2 * u[1][i]) * (1 + u[0][i] / (0.2 + u[0][i])) - 0.1 * u[2][i];
      out[1][i] = gain < 0 ? gain : 0;
      out[2][i] = -0.3 * u[1][i] - 0.01;
    }
  }
}

static PetscErrorCode copy(const struct bench_problem *problem, struct percuta_mesh *mesh,
                           Vec state, bool in) {
  PetscFunctionBeginUser;
  for (int f = 0; f < problem->fields; ++f) {
    if (in) {
      PetscCall(percuta_numerics_mesh_scatter(mesh, problem->u[f], f, state));
    } else {
      PetscCall(percuta_numerics_mesh_gather(mesh, state, f, problem->u[f]));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode methods_rosw(struct bench_problem *problem, const struct methods_options *options,
                            struct methods_run *run) {
  static const double scale[] = {1, 1, 1};
  const struct percuta_problem what = {
      .fields = problem->fields,
      .moving = problem->fields == 3 ? 2 : 1,
      .motion = {{.constant = problem->by_row},
                 {.constant = problem->fields == 3 ? problem->by_row + problem->grid->nz : NULL}},
      .reaction = reaction,
      .slope = slope,
      .context = problem,
  };
  const struct percuta_stepper_options how = {.tolerance = options->tolerance,
                                              .scale = scale,
                                              .first_step = 1e-4 * problem->end,
                                              .longest_step = problem->end};
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  double start = bench_now();
  PetscFunctionBeginUser;
  PetscCheck(problem->by_row, PETSC_COMM_SELF, PETSC_ERR_SUP, "diffusivities by row only");
  PetscCall(percuta_numerics_mesh_create(PETSC_COMM_SELF, problem->grid, problem->fields, &mesh));
  PetscCall(percuta_numerics_stepper_create(mesh, &what, how, &stepper));
  PetscCall(copy(problem, mesh, percuta_numerics_stepper_state(stepper), true));
  run->setup_seconds = bench_now() - start;
  while (percuta_numerics_stepper_clock(stepper)->time < problem->end) {
    PetscBool ok;
    const char *why;
    PetscCall(percuta_numerics_stepper_step(stepper, problem->end, &ok, &why));
    PetscCheck(ok, PETSC_COMM_SELF, PETSC_ERR_CONV_FAILED, "%s", why);
  }
  run->seconds = bench_now() - start - run->setup_seconds;
  run->steps = percuta_numerics_stepper_clock(stepper)->totals.steps;
  PetscCall(copy(problem, mesh, percuta_numerics_stepper_state(stepper), false));
  PetscCall(percuta_numerics_stepper_destroy(&stepper));
  PetscCall(percuta_numerics_mesh_destroy(&mesh));
  PetscFunctionReturn(PETSC_SUCCESS);
}

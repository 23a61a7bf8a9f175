/* The reference problems by Crank-Nicolson or two-stage steps, each solved by conjugate gradients
 * without preconditioner or with GAMG or hypre multigrid. */
#include <math.h>
#include <string.h>

#include "methods.h"

/* Everything one field's steps need. */
struct system {
  Mat matrix;
  KSP solver;
  Vec right, answer;
  double decay;
  double *first; /* of two stages; NULL with Crank-Nicolson */
};

static double conductance(const struct bench_problem *problem, size_t a, size_t b, int row_a,
                          int row_b, double half_a, double half_b, int field) {
  const double *row = problem->by_row ? problem->by_row + field * problem->grid->nz : NULL;
  double da = row ? row[row_a] : problem->by_cell[a], db = row ? row[row_b] : problem->by_cell[b];
  return da * db / (half_a * db + half_b * da);
}

/* Adds s times the exchange between two cells, `area` across per volume of each. */
static PetscErrorCode couple(Mat matrix, size_t a, size_t b, double in_a, double in_b) {
  PetscInt rows[2] = {(PetscInt)a, (PetscInt)b};
  PetscScalar values[4] = {in_a, -in_a, -in_b, in_b};
  PetscFunctionBeginUser;
  PetscCall(MatSetValues(matrix, 2, rows, 2, rows, values, ADD_VALUES));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* 1 - s A, A the seven-point operator. The rows are scaled by the cell's height, which makes the
 * matrix symmetric on a graded grid. */
static PetscErrorCode assemble(const struct bench_problem *problem, int field, double s,
                               Mat matrix) {
  const struct percuta_grid *grid = problem->grid;
  size_t nx = (size_t)grid->nx, ny = (size_t)grid->ny;
  PetscFunctionBeginUser;
  for (int k = 0; k < grid->nz; ++k) {
    double height = grid->z_face[k + 1] - grid->z_face[k];
    for (int j = 0; j < grid->ny; ++j) {
      for (int i = 0; i < grid->nx; ++i) {
        size_t at = ((size_t)k * ny + (size_t)j) * nx + (size_t)i;
        PetscCall(MatSetValue(matrix, (PetscInt)at, (PetscInt)at, height, ADD_VALUES));
        if (i + 1 < grid->nx || !problem->walls) {
          size_t east = i + 1 < grid->nx ? at + 1 : at + 1 - nx;
          double g = s * height / grid->dx *
                     conductance(problem, at, east, k, k, 0.5 * grid->dx, 0.5 * grid->dx, field);
          PetscCall(couple(matrix, at, east, g, g));
        }
        if (j + 1 < grid->ny || !problem->walls) {
          size_t north = j + 1 < grid->ny ? at + nx : at + nx - nx * ny;
          double g = s * height / grid->dy *
                     conductance(problem, at, north, k, k, 0.5 * grid->dy, 0.5 * grid->dy, field);
          PetscCall(couple(matrix, at, north, g, g));
        }
        if (k + 1 < grid->nz) {
          double below = grid->z_face[k + 2] - grid->z_face[k + 1];
          double g = s * conductance(problem, at, at + nx * ny, k, k + 1, 0.5 * height, 0.5 * below,
                                     field);
          PetscCall(couple(matrix, at, at + nx * ny, g, g));
        }
      }
    }
  }
  PetscCall(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode create(const struct bench_problem *problem, int field, double step,
                             const struct methods_options *options, struct system *system) {
  PetscInt cells = (PetscInt)problem->cells;
  PC pc;
  PetscFunctionBeginUser;
  system->decay = field == 0 ? exp(-problem->loss * step) : 1.0;
  PetscCall(MatCreateSeqAIJ(PETSC_COMM_SELF, cells, cells, 7, NULL, &system->matrix));
  double part = options->two_stage ? 1 - sqrt(0.5) : 0.5; /* as in lod/lod.h */
  PetscCall(assemble(problem, field, part * step, system->matrix));
  if (options->two_stage)
    PetscCall(PetscMalloc1(problem->cells, &system->first));
  PetscCall(MatSetOption(system->matrix, MAT_SPD, PETSC_TRUE));
  PetscCall(MatCreateVecs(system->matrix, &system->answer, &system->right));
  PetscCall(KSPCreate(PETSC_COMM_SELF, &system->solver));
  PetscCall(KSPSetType(system->solver, KSPCG));
  PetscCall(KSPSetOperators(system->solver, system->matrix, system->matrix));
  PetscCall(KSPSetTolerances(system->solver, options->tolerance, 0, PETSC_DEFAULT, 1000));
  PetscCall(KSPSetInitialGuessNonzero(system->solver, PETSC_TRUE));
  PetscCall(KSPGetPC(system->solver, &pc));
  PetscCall(PCSetType(pc, options->pc));
  PetscCall(KSPSetFromOptions(system->solver));
  PetscCall(KSPSetUp(system->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode destroy(struct system *system) {
  PetscFunctionBeginUser;
  PetscCall(PetscFree(system->first));
  PetscCall(KSPDestroy(&system->solver));
  PetscCall(MatDestroy(&system->matrix));
  PetscCall(VecDestroy(&system->right));
  PetscCall(VecDestroy(&system->answer));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* system->answer <- (1 - s A)^-1 u */
static PetscErrorCode solve(const struct percuta_grid *grid, struct system *system, const double *u,
                            long *iterations) {
  size_t plane = (size_t)grid->nx * (size_t)grid->ny;
  PetscScalar *right, *answer;
  PetscInt count;
  PetscFunctionBeginUser;
  PetscCall(VecGetArray(system->right, &right));
  PetscCall(VecGetArray(system->answer, &answer));
  for (int k = 0; k < grid->nz; ++k) {
    double height = grid->z_face[k + 1] - grid->z_face[k];
    for (size_t at = (size_t)k * plane; at < ((size_t)k + 1) * plane; ++at) {
      right[at] = height * u[at];
      answer[at] = u[at];
    }
  }
  PetscCall(VecRestoreArray(system->right, &right));
  PetscCall(VecRestoreArray(system->answer, &answer));
  PetscCall(KSPSolve(system->solver, system->right, system->answer));
  PetscCall(KSPGetIterationNumber(system->solver, &count));
  *iterations += count;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One step, as lod/lod.h has it for a direction. */
static PetscErrorCode take_step(const struct percuta_grid *grid, struct system *system, double *u,
                                long *iterations) {
  size_t cells = percuta_numerics_grid_cell_count(grid);
  const PetscScalar *answer;
  double *v = system->first;
  PetscFunctionBeginUser;
  PetscCall(solve(grid, system, u, iterations));
  if (v) {
    PetscCall(VecGetArrayRead(system->answer, &answer));
    memcpy(v, answer, cells * sizeof *v);
    PetscCall(VecRestoreArrayRead(system->answer, &answer));
    PetscCall(solve(grid, system, v, iterations));
  }
  PetscCall(VecGetArrayRead(system->answer, &answer));
  for (size_t at = 0; at < cells; ++at) {
    double x = answer[at];
    u[at] = system->decay * (v ? sqrt(2.0) * (x - v[at]) + x : 2 * x - u[at]);
  }
  PetscCall(VecRestoreArrayRead(system->answer, &answer));
  PetscFunctionReturn(PETSC_SUCCESS);
}

struct context {
  const struct bench_problem *problem;
  struct system system[2];
  long iterations;
  PetscErrorCode failed;
};

static void diffuse(void *data, int field, double *u, enum bench_part part) {
  struct context *context = data;
  for (int times = part == BENCH_WHOLE ? 2 : 1; times > 0 && !context->failed; --times) {
    context->failed =
        take_step(context->problem->grid, &context->system[field], u, &context->iterations);
  }
}

PetscErrorCode methods_krylov(struct bench_problem *problem, const struct methods_options *options,
                              struct methods_run *run) {
  int systems = strcmp(problem->name, "r2") == 0 ? 2 : 1;
  struct context context = {.problem = problem};
  double start = bench_now(), step = 0.5 * problem->end / (double)options->pairs;
  PetscFunctionBeginUser;
  for (int field = 0; field < systems; ++field)
    PetscCall(create(problem, field, step, options, &context.system[field]));
  run->setup_seconds = bench_now() - start;
  if (systems == 2) {
    bench_r2_run(problem, options->pairs, diffuse, &context);
  } else {
    for (long pair = 0; pair < options->pairs; ++pair)
      diffuse(&context, 0, problem->u[0], BENCH_WHOLE);
  }
  PetscCall(context.failed);
  run->seconds = bench_now() - start - run->setup_seconds;
  run->steps = 2 * options->pairs;
  run->iterations = context.iterations;
  for (int field = 0; field < systems; ++field)
    PetscCall(destroy(&context.system[field]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Fast diagonalisation: the one-dimensional operators of a box have few eigenvectors, so that
 * exp(t A) is three dense products (Lynch, Rice & Thomas 1964, Numer Math 6). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "methods.h"

#include <petscblaslapack.h>

/* exp(t A) of one direction, dense, column by column. */
static PetscErrorCode exponential(const double *out, const double *in, int n, bool periodic,
                                  const double *size, double time, double **result) {
  double *a, *value, *work, *left;
  PetscBLASInt bn = n, lwork = 8 * n, info;
  size_t room = (size_t)n, square = room * room;
  PetscFunctionBeginUser;
  PetscCall(PetscCalloc4(square, &a, room, &value, 8 * room, &work, square, &left));
  PetscCall(PetscCalloc1(square, result));
  /* symmetric in the weights of the cells' sizes */
  for (int i = 0; i + (periodic ? 0 : 1) < n; ++i) {
    int j = (i + 1) % n;
    double both = sqrt(out[i] * in[i]);
    a[i * n + i] -= out[i];
    a[j * n + j] -= in[i];
    a[i * n + j] += both;
    a[j * n + i] += both;
  }
  PetscCallBLAS("LAPACKsyev", LAPACKsyev_("V", "U", &bn, a, &bn, value, work, &lwork, &info));
  PetscCheck(info == 0, PETSC_COMM_SELF, PETSC_ERR_LIB, "no eigenvectors: %d", (int)info);
  for (int m = 0; m < n; ++m) {
    for (int i = 0; i < n; ++i)
      left[m * n + i] = a[m * n + i] * exp(value[m] * time);
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = 0;
      for (int m = 0; m < n; ++m)
        sum += left[m * n + i] * a[m * n + j];
      (*result)[j * n + i] = sum * sqrt(size[j] / size[i]);
    }
  }
  PetscCall(PetscFree4(a, value, work, left));
  PetscFunctionReturn(PETSC_SUCCESS);
}

struct field {
  double *x, *y, *z; /* owned; exponentials */
  double decay;
};

static PetscErrorCode direction(const struct bench_problem *problem, const double *row, int which,
                                double time, double **result) {
  const struct percuta_grid *grid = problem->grid;
  int n = which == 0 ? grid->nx : which == 1 ? grid->ny : grid->nz;
  double *out, *in, *size;
  PetscFunctionBeginUser;
  PetscCall(PetscMalloc3((size_t)n, &out, (size_t)n, &in, (size_t)n, &size));
  for (int i = 0; i < n; ++i) {
    double width = which == 0   ? grid->dx
                   : which == 1 ? grid->dy
                                : grid->z_face[i + 1] - grid->z_face[i];
    double next = which < 2 || i + 1 == n ? width : grid->z_face[i + 2] - grid->z_face[i + 1];
    double g = row[0] / (0.5 * (width + next));
    size[i] = width;
    out[i] = g / width;
    in[i] = g / next;
  }
  PetscCall(exponential(out, in, n, which < 2 && !problem->walls, size, time, result));
  PetscCall(PetscFree3(out, in, size));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* u <- decay Z Y X u */
static PetscErrorCode apply(const struct percuta_grid *grid, const struct field *field, double *u,
                            double *work) {
  PetscBLASInt nx = grid->nx, ny = grid->ny, nz = grid->nz, rows = ny * nz, plane = nx * ny;
  PetscScalar one = 1, zero = 0, decay = field->decay;
  PetscFunctionBeginUser;
  PetscCallBLAS("BLASgemm", BLASgemm_("N", "N", &nx, &rows, &nx, &one, field->x, &nx, u, &nx, &zero,
                                      work, &nx));
  for (int k = 0; k < nz; ++k) {
    PetscCallBLAS("BLASgemm",
                  BLASgemm_("N", "T", &nx, &ny, &ny, &one, work + (size_t)k * (size_t)plane, &nx,
                            field->y, &ny, &zero, u + (size_t)k * (size_t)plane, &nx));
  }
  PetscCallBLAS("BLASgemm", BLASgemm_("N", "T", &plane, &nz, &nz, &decay, u, &plane, field->z, &nz,
                                      &zero, work, &plane));
  memcpy(u, work, (size_t)plane * (size_t)nz * sizeof *u);
  PetscFunctionReturn(PETSC_SUCCESS);
}

struct context {
  const struct bench_problem *problem;
  struct field half[2];
  double *work;
  PetscErrorCode failed;
};

static void diffuse(void *data, int field, double *u, enum bench_part part) {
  struct context *context = data;
  for (int times = part == BENCH_WHOLE ? 2 : 1; times > 0 && !context->failed; --times)
    context->failed = apply(context->problem->grid, &context->half[field], u, context->work);
}

PetscErrorCode methods_fastdiag(struct bench_problem *problem,
                                const struct methods_options *options, struct methods_run *run) {
  bool r2 = strcmp(problem->name, "r2") == 0;
  struct context context = {.problem = problem};
  double start = bench_now(),
         time = r2 ? 0.5 * problem->end / (double)options->pairs : problem->end;
  PetscFunctionBeginUser;
  PetscCheck(problem->by_row, PETSC_COMM_SELF, PETSC_ERR_SUP, "one diffusivity only");
  PetscCall(PetscMalloc1(problem->cells, &context.work));
  for (int f = 0; f < (r2 ? 2 : 1); ++f) {
    struct field *half = &context.half[f];
    const double *row = problem->by_row + f * problem->grid->nz;
    half->decay = f == 0 ? exp(-problem->loss * time) : 1;
    PetscCall(direction(problem, row, 0, time, &half->x));
    PetscCall(direction(problem, row, 1, time, &half->y));
    PetscCall(direction(problem, row, 2, time, &half->z));
  }
  run->setup_seconds = bench_now() - start;
  if (r2) {
    bench_r2_run(problem, options->pairs, diffuse, &context);
  } else {
    diffuse(&context, 0, problem->u[0], BENCH_DOWN);
  }
  PetscCall(context.failed);
  run->seconds = bench_now() - start - run->setup_seconds;
  run->steps = r2 ? 2 * options->pairs : 1;
  for (int f = 0; f < 2; ++f) {
    PetscCall(PetscFree(context.half[f].x));
    PetscCall(PetscFree(context.half[f].y));
    PetscCall(PetscFree(context.half[f].z));
  }
  PetscCall(PetscFree(context.work));
  PetscFunctionReturn(PETSC_SUCCESS);
}

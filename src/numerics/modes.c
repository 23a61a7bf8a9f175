/* Periodic rows by FFTW: wave (i, j) is damped by (2 sin(pi i / nx) / dx)^2 + (2 sin(pi j / ny) /
 * dy)^2. Rings by the vectors of their operator, made symmetric by the root of the cells' areas:
 * LAPACK's steqr. Verified: tests/verification/test_follow.c */
#include "numerics/modes.h"

#include <fftw3.h>
#include <math.h>
#include <petscblaslapack.h>

#include "base/vector.h"

struct percuta_modes {
  const struct percuta_mesh *mesh; /* borrowed */
  size_t count;
  double *damping;      /* owned, count */
  fftw_plan into, back; /* owned; NULL for rings */
  double *to, *from; /* owned; of rings, nx by nx: row r of `to` gives mode r, row i of `from` the
                        value of ring i; else NULL */
};

static double wave(int i, int n, double size) {
  const double root = 2.0 * sin(M_PI * i / n) / size;
  return root * root;
}

/* A real row of nx has nx / 2 + 1 waves along x, of two numbers each. */
static PetscErrorCode set_waves(struct percuta_modes *modes) {
  const struct percuta_mesh *mesh = modes->mesh;
  const int nx = mesh->nx, ny = mesh->ny, half = nx / 2 + 1;
  double *plane;
  fftw_complex *room;

  PetscFunctionBeginUser;
  modes->count = 2 * (size_t)half * (size_t)ny;
  PetscCall(PetscMalloc1(modes->count, &modes->damping));
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < half; ++i) {
      double *here = modes->damping + 2 * ((size_t)j * (size_t)half + (size_t)i);
      here[0] = here[1] = wave(i, nx, mesh->grid->dx) + wave(j, ny, mesh->grid->dy);
    }
  }
  PetscCall(PetscMalloc1((size_t)nx * (size_t)ny, &plane));
  PetscCall(PetscMalloc1((size_t)half * (size_t)ny, &room));
  /* plans that are measured differ from run to run, and with them the last digits */
  const unsigned how = FFTW_ESTIMATE | FFTW_UNALIGNED;
  modes->into = fftw_plan_dft_r2c_2d(ny, nx, plane, room, how);
  modes->back = fftw_plan_dft_c2r_2d(ny, nx, room, plane, how);
  PetscCall(PetscFree(room));
  PetscCall(PetscFree(plane));
  PetscCheck(modes->into && modes->back, PETSC_COMM_SELF, PETSC_ERR_LIB, "FFTW has no plan");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* With w the cells' areas, the operator of rings is -E^T F E / w; sqrt(w) makes it symmetric. */
static PetscErrorCode set_rings(struct percuta_modes *modes) {
  const struct percuta_mesh *mesh = modes->mesh;
  const size_t n = (size_t)mesh->nx, rows = (size_t)mesh->ny;
  double *diagonal, *beside, *vector, *work;
  PetscBLASInt size, info;

  PetscFunctionBeginUser;
  modes->count = n * rows;
  PetscCall(PetscBLASIntCast(mesh->nx, &size));
  PetscCall(PetscMalloc3(n * rows, &modes->damping, n * n, &modes->to, n * n, &modes->from));
  PetscCall(PetscMalloc4(n, &diagonal, n, &beside, n * n, &vector, 2 * n, &work));
  for (size_t i = 0; i < n; ++i) {
    diagonal[i] = mesh->east[i] + mesh->west[i];
    beside[i] = i + 1 < n ? -mesh->east[i] * sqrt(mesh->weight[i] / mesh->weight[i + 1]) : 0.0;
  }
  PetscCallBLAS("LAPACKsteqr",
                LAPACKsteqr_("I", &size, diagonal, beside, vector, &size, work, &info));
  PetscCheck(info == 0, PETSC_COMM_SELF, PETSC_ERR_LIB, "LAPACK's steqr failed: %d", (int)info);
  for (size_t r = 0; r < n; ++r) {
    for (size_t j = 0; j < rows; ++j)
      modes->damping[j * n + r] = diagonal[r];
    for (size_t i = 0; i < n; ++i) {
      const double root = sqrt(mesh->weight[i]);
      modes->to[r * n + i] = vector[r * n + i] * root;
      modes->from[i * n + r] = vector[r * n + i] / root;
    }
  }
  PetscCall(PetscFree4(diagonal, beside, vector, work));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_modes_create(const struct percuta_mesh *mesh,
                                             struct percuta_modes **out) {
  struct percuta_modes *modes;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&modes));
  modes->mesh = mesh;
  if (mesh->grid->metric == PERCUTA_CYLINDRICAL)
    PetscCall(set_rings(modes));
  else
    PetscCall(set_waves(modes));
  *out = modes;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_modes_destroy(struct percuta_modes **modes) {
  struct percuta_modes *m = *modes;

  PetscFunctionBeginUser;
  if (!m)
    PetscFunctionReturn(PETSC_SUCCESS);
  if (m->into)
    fftw_destroy_plan(m->into);
  if (m->back)
    fftw_destroy_plan(m->back);
  if (m->to)
    PetscCall(PetscFree3(m->damping, m->to, m->from));
  else
    PetscCall(PetscFree(m->damping));
  PetscCall(PetscFree(*modes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

size_t percuta_numerics_modes_count(const struct percuta_modes *modes) {
  return modes->count;
}

const double *percuta_numerics_modes_damping(const struct percuta_modes *modes) {
  return modes->damping;
}

/* Of each row in y by itself: nothing passes from one to another. */
static void multiply(const struct percuta_mesh *mesh, const double *matrix, const double *x,
                     double *out) {
  const size_t n = (size_t)mesh->nx;
  for (size_t at = 0; at < n * (size_t)mesh->ny; ++at) {
    const double *row = x + at / n * n, *from = matrix + at % n * n;
    double sum = 0.0;
    for (size_t i = 0; i < n; ++i)
      sum += from[i] * row[i];
    out[at] = sum;
  }
}

void percuta_numerics_modes_of(const struct percuta_modes *modes, const double *plane,
                               double *out) {
  if (modes->to)
    multiply(modes->mesh, modes->to, plane, out);
  else /* FFTW leaves what it reads as it is, its type cannot say so */
    fftw_execute_dft_r2c(modes->into, (double *)(uintptr_t)plane, (fftw_complex *)out);
}

PERCUTA_VECTOR_CLONES
static void scale(size_t n, double factor, double *x) {
  for (size_t i = 0; i < n; ++i)
    x[i] *= factor;
}

void percuta_numerics_modes_back(const struct percuta_modes *modes, double *mode, double *plane) {
  const size_t cells = (size_t)modes->mesh->nx * (size_t)modes->mesh->ny;
  if (modes->from) {
    multiply(modes->mesh, modes->from, mode, plane);
    return;
  }
  fftw_execute_dft_c2r(modes->back, (fftw_complex *)mode, plane);
  scale(cells, 1.0 / (double)cells, plane);
}

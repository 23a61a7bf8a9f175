/* Periodic in x and y; what other ranks hold comes by one PETSc scatter for all fields and depths.
 * Verified: tests/verification/test_motion.c, test_ranks.c (several_ranks.sh). */
#include "numerics/window.h"

enum { ROWS = 3, MOST = 32 };

struct percuta_window {
  const struct percuta_mesh *mesh; /* borrowed */
  int count, field[MOST];
  size_t stride, size;
  double *row;        /* owned; ROWS of each field, size each */
  Vec rim;            /* owned; each field, depth and side (before, behind): nx; NULL on one rank */
  Vec state;          /* owned; a shell whose array is borrowed during the scatter */
  VecScatter scatter; /* owned */
  const double *rims; /* of `rim`, while its rows are loaded */
};

/* Global index in a state of the first cell of lateral row j (of the whole grid) of a field and
 * depth; ranks own the rows from start[r] to start[r + 1]. */
static PetscInt first_cell(const struct percuta_mesh *mesh, const PetscInt *start, int size,
                           int field, int k, PetscInt j) {
  int owner = 0;
  while (owner < size - 1 && start[owner + 1] <= j)
    ++owner;
  const PetscInt rows = start[owner + 1] - start[owner];
  const PetscInt cells = rows * mesh->nx * mesh->nz;
  return start[owner] * mesh->nx * mesh->nz * mesh->fields + field * cells +
         (k * rows + j - start[owner]) * mesh->nx;
}

/* The scatter of the lateral rows before and behind this rank's. */
static PetscErrorCode create_scatter(struct percuta_window *w) {
  const struct percuta_mesh *mesh = w->mesh;
  PetscMPIInt size;
  PetscInt *start, *from, n = 0, first, mine = mesh->y_start;
  IS is_from, is_to;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(mesh->comm, &size));
  if (size == 1)
    PetscFunctionReturn(PETSC_SUCCESS);
  const PetscInt local = (PetscInt)w->count * mesh->nz * 2 * mesh->nx;
  PetscCall(VecCreateMPI(mesh->comm, local, PETSC_DETERMINE, &w->rim));
  PetscCall(VecCreateMPIWithArray(mesh->comm, 1, (PetscInt)(mesh->local * (size_t)mesh->fields),
                                  PETSC_DETERMINE, NULL, &w->state));
  PetscCall(PetscMalloc1(size + 1, &start));
  PetscCallMPI(MPI_Allgather(&mine, 1, MPIU_INT, start, 1, MPIU_INT, mesh->comm));
  start[size] = mesh->ny;
  PetscCall(PetscMalloc1(local, &from));
  for (int f = 0; f < w->count; ++f) {
    for (int k = 0; k < mesh->nz; ++k) {
      const PetscInt beside[2] = {(mesh->y_start + mesh->ny - 1) % mesh->ny,
                                  (mesh->y_start + mesh->y_count) % mesh->ny};
      for (int side = 0; side < 2; ++side) {
        const PetscInt at = first_cell(mesh, start, size, w->field[f], k, beside[side]);
        for (int i = 0; i < mesh->nx; ++i)
          from[n++] = at + i;
      }
    }
  }
  PetscCall(VecGetOwnershipRange(w->rim, &first, NULL));
  PetscCall(ISCreateGeneral(mesh->comm, n, from, PETSC_OWN_POINTER, &is_from));
  PetscCall(ISCreateStride(mesh->comm, n, first, 1, &is_to));
  PetscCall(VecScatterCreate(w->state, is_from, w->rim, is_to, &w->scatter));
  PetscCall(ISDestroy(&is_from));
  PetscCall(ISDestroy(&is_to));
  PetscCall(PetscFree(start));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_window_create(const struct percuta_mesh *mesh, int count,
                                              const int *field, struct percuta_window **out) {
  struct percuta_window *w;

  PetscFunctionBeginUser;
  PetscCheck(count <= MOST, PETSC_COMM_SELF, PETSC_ERR_ARG_OUTOFRANGE, "too many fields");
  PetscCall(PetscNew(&w));
  w->mesh = mesh;
  w->count = count;
  PetscCall(PetscArraycpy(w->field, field, count));
  w->stride = (size_t)mesh->nx + 2;
  w->size = w->stride * ((size_t)mesh->y_count + 2);
  PetscCall(PetscCalloc1((size_t)(count * ROWS) * w->size, &w->row));
  PetscCall(create_scatter(w));
  *out = w;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_window_destroy(struct percuta_window **window) {
  struct percuta_window *w = *window;

  PetscFunctionBeginUser;
  if (!w)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree(w->row));
  PetscCall(VecScatterDestroy(&w->scatter));
  PetscCall(VecDestroy(&w->rim));
  PetscCall(VecDestroy(&w->state));
  PetscCall(PetscFree(*window));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_window_begin(struct percuta_window *w, const double *u) {
  const PetscScalar *rims;

  PetscFunctionBeginUser;
  if (!w->scatter)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(VecPlaceArray(w->state, u));
  PetscCall(VecScatterBegin(w->scatter, w->state, w->rim, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecScatterEnd(w->scatter, w->state, w->rim, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecResetArray(w->state));
  PetscCall(VecGetArrayRead(w->rim, &rims));
  w->rims = rims; /* stays where it is */
  PetscCall(VecRestoreArrayRead(w->rim, &rims));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One row along x between its two neighbours. */
static void copy_row(const double *from, int nx, double *to) {
  to[0] = from[nx - 1];
  for (int i = 0; i < nx; ++i)
    to[i + 1] = from[i];
  to[nx + 1] = from[0];
}

void percuta_numerics_window_load(struct percuta_window *w, int k, int j, const double *u) {
  const struct percuta_mesh *mesh = w->mesh;
  const size_t nx = (size_t)mesh->nx, plane = nx * (size_t)mesh->y_count;
  const int inside = j < 0 ? mesh->y_count - 1 : j < mesh->y_count ? j : 0;
  for (int f = 0; f < w->count; ++f) {
    const double *from = u + (size_t)w->field[f] * mesh->local + (size_t)k * plane;
    const double *row = from + (size_t)inside * nx;
    if (w->scatter && inside != j)
      row = w->rims + ((size_t)(f * mesh->nz + k) * 2 + (j < 0 ? 0 : 1)) * nx;
    copy_row(row, mesh->nx, percuta_numerics_window_row(w, f, k) + (size_t)(j + 1) * w->stride);
  }
}

size_t percuta_numerics_window_stride(const struct percuta_window *window) {
  return window->stride;
}

double *percuta_numerics_window_row(const struct percuta_window *window, int index, int k) {
  return window->row + (size_t)(index * ROWS + k % ROWS) * window->size;
}

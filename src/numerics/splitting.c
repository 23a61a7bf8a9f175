/* Approximate matrix factorisation (van der Houwen & Sommeijer 2001, J Comput Appl Math 128:447)
 *
 *   shift I - J  ~  shift (I - R/shift) (I - X/shift) (I - Y/shift) (I - Z/shift)
 *
 * with R the reaction's slopes and X, Y, Z diffusion along each direction, with the coefficients of
 * each depth row taken at their largest. A W-method keeps its order whatever stands in for J, so
 * this choice costs accuracy constants, never consistency; taking the largest coefficient keeps
 * stiff modes damped.
 *
 * Fields that follow others have an exact inverse of their own instead (follow.c).
 *
 * Lines in x and y are periodic (circulant); lines in depth end without flux. Lines in y cross
 * ranks: the moving fields are handed over from slabs in y to slabs in depth and back by a PETSc
 * scatter, so that every line is solved whole by one rank and the result does not depend on how
 * many there are.
 * Verified: tests/verification/test_stepper.c (order in time), several_ranks.sh (ranks agree). */
#include "numerics/splitting.h"

#include <math.h>

#include "base/threads.h"
#include "base/vector.h"
#include "numerics/follow.h"
#include "numerics/line.h"
#include "numerics/motion.h"
#include "numerics/reaction.h"

struct percuta_splitting {
  const struct percuta_mesh *mesh;       /* borrowed */
  const struct percuta_problem *problem; /* borrowed */
  double shift;                          /* [1/s] */
  double *slope;    /* owned; 1 / (shift - R) of this rank's fields; of those that follow, R */
  bool factored;    /* those that follow are ready for this shift */
  double *crowding; /* owned, nz */
  double *guidance; /* owned, nz; NULL where no field is guided */
  double *lateral_x, *lateral_y; /* owned, moving * nz: D / (shift size^2) of each row */
  struct percuta_line *depth;    /* owned, one line factor for each moving field */
  struct percuta_line *radial;   /* owned; of rings, moving * nz line factors; else NULL */
  double *carry;                 /* owned; a row of cells */
  struct percuta_follow *follow; /* owned; fields that follow others */
  int z_start, z_count;          /* depth slab in which this rank solves lines in y */
  Vec turned;                    /* owned; moving fields as depth slabs; NULL on one rank */
  VecScatter turn;               /* owned; state to turned */
  Vec state;                     /* owned; shell whose array is borrowed during a solve */
};

/* Whether field f has its share of the factors in depth row k. */
static bool splits(const struct percuta_splitting *s, int f, int k) {
  return percuta_numerics_reaction_lives(s->problem, f, k) &&
         !percuta_numerics_follow_does(s->problem, f);
}

/* First depth row of a rank's slab. */
static int slab_start(int nz, int size, int rank) {
  return (int)((long)nz * rank / size);
}

/* The scatter from slabs in y to slabs in depth, for all moving fields at once. */
static PetscErrorCode create_turn(struct percuta_splitting *s) {
  const struct percuta_mesh *mesh = s->mesh;
  PetscMPIInt size, rank;
  PetscInt *from, *range, n = 0;
  IS is_from, is_to;
  PetscInt first;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_size(mesh->comm, &size));
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  s->z_start = slab_start(mesh->nz, size, rank);
  s->z_count = slab_start(mesh->nz, size, rank + 1) - s->z_start;
  if (size == 1)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscInt local = s->problem->moving * s->z_count * mesh->ny * mesh->nx;
  PetscCall(VecCreateMPI(mesh->comm, local, PETSC_DETERMINE, &s->turned));
  PetscCall(VecCreateMPIWithArray(mesh->comm, 1, (PetscInt)(mesh->local * (size_t)mesh->fields),
                                  PETSC_DETERMINE, NULL, &s->state));
  /* y_range[r]: first lateral row of rank r */
  PetscCall(PetscMalloc1(size + 1, &range));
  PetscInt start = mesh->y_start;
  PetscCallMPI(MPI_Allgather(&start, 1, MPIU_INT, range, 1, MPIU_INT, mesh->comm));
  range[size] = mesh->ny;
  PetscCall(PetscMalloc1(local, &from));
  for (int f = 0; f < s->problem->moving; ++f) {
    for (int k = 0; k < s->z_count; ++k) {
      for (int owner = 0; owner < size; ++owner) {
        PetscInt rows = range[owner + 1] - range[owner];
        PetscInt cells = rows * mesh->nx * mesh->nz;
        PetscInt base = range[owner] * mesh->nx * mesh->nz * mesh->fields + f * cells +
                        (s->z_start + k) * rows * mesh->nx;
        for (PetscInt i = 0; i < rows * mesh->nx; ++i)
          from[n++] = base + i;
      }
    }
  }
  PetscCall(VecGetOwnershipRange(s->turned, &first, NULL));
  PetscCall(ISCreateGeneral(mesh->comm, n, from, PETSC_OWN_POINTER, &is_from));
  PetscCall(ISCreateStride(mesh->comm, n, first, 1, &is_to));
  PetscCall(VecScatterCreate(s->state, is_from, s->turned, is_to, &s->turn));
  PetscCall(ISDestroy(&is_from));
  PetscCall(ISDestroy(&is_to));
  PetscCall(PetscFree(range));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_splitting_create(const struct percuta_mesh *mesh,
                                                 const struct percuta_problem *problem,
                                                 struct percuta_splitting **out) {
  struct percuta_splitting *s;
  size_t rows = (size_t)problem->moving * (size_t)mesh->nz;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  s->mesh = mesh;
  s->problem = problem;
  PetscCall(PetscMalloc1(mesh->local * (size_t)problem->fields, &s->slope));
  PetscCall(PetscCalloc1(mesh->nz, &s->crowding));
  for (int f = 0; f < problem->moving; ++f) {
    if (problem->motion[f].guided && !s->guidance)
      PetscCall(PetscCalloc1(mesh->nz, &s->guidance));
  }
  PetscCall(PetscMalloc2(rows, &s->lateral_x, rows, &s->lateral_y));
  PetscCall(PetscCalloc1(problem->moving, &s->depth));
  for (int f = 0; f < problem->moving; ++f) {
    PetscCall(percuta_numerics_line_create(mesh->nz, &s->depth[f]));
  }
  PetscCall(PetscMalloc1((size_t)problem->moving * (size_t)mesh->nx, &s->carry));
  if (mesh->grid->metric == PERCUTA_CYLINDRICAL) {
    PetscCall(PetscCalloc1(rows, &s->radial));
    for (size_t r = 0; r < rows; ++r)
      PetscCall(percuta_numerics_line_create(mesh->nx, &s->radial[r]));
  }
  PetscCall(create_turn(s));
  PetscCall(percuta_numerics_follow_create(mesh, problem, &s->follow));
  *out = s;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_splitting_destroy(struct percuta_splitting **splitting) {
  struct percuta_splitting *s = *splitting;

  PetscFunctionBeginUser;
  if (!s)
    PetscFunctionReturn(PETSC_SUCCESS);
  for (int f = 0; f < s->problem->moving; ++f)
    PetscCall(percuta_numerics_line_clear(&s->depth[f]));
  for (int r = 0; s->radial && r < s->problem->moving * s->mesh->nz; ++r)
    PetscCall(percuta_numerics_line_clear(&s->radial[r]));
  PetscCall(PetscFree(s->radial));
  PetscCall(PetscFree(s->depth));
  PetscCall(PetscFree(s->slope));
  PetscCall(PetscFree(s->crowding));
  PetscCall(PetscFree(s->guidance));
  PetscCall(PetscFree2(s->lateral_x, s->lateral_y));
  PetscCall(PetscFree(s->carry));
  PetscCall(percuta_numerics_follow_destroy(&s->follow));
  PetscCall(VecScatterDestroy(&s->turn));
  PetscCall(VecDestroy(&s->turned));
  PetscCall(VecDestroy(&s->state));
  PetscCall(PetscFree(*splitting));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The diffusivity of field f in depth row k, at the row's largest crowding and guidance. */
static double row_diffusivity(const struct percuta_splitting *s, int f, int k) {
  const struct percuta_motion *motion = &s->problem->motion[f];
  double constant = motion->constant ? motion->constant[k] : 0.0;
  double crowding = motion->crowding ? motion->crowding[k] * s->crowding[k] : 0.0;
  double guided = motion->guided ? motion->guided[k] * s->guidance[k] : 0.0;
  return constant + crowding + guided;
}

/* Radial lines of all depth rows; a closed row's diffusivity of zero leaves the identity. */
static PetscErrorCode factor_radial(struct percuta_splitting *s) {
  const struct percuta_mesh *mesh = s->mesh;
  double *inward, *outward;

  PetscFunctionBeginUser;
  if (!s->radial)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc2(mesh->nx, &inward, mesh->nx, &outward));
  for (int r = 0; r < s->problem->moving * mesh->nz; ++r) {
    double d = row_diffusivity(s, r / mesh->nz, r % mesh->nz) / s->shift;
    for (int i = 0; i < mesh->nx; ++i) {
      inward[i] = d * mesh->west[i];
      outward[i] = d * mesh->east[i];
    }
    percuta_numerics_line_factor(&s->radial[r], inward, outward);
  }
  PetscCall(PetscFree2(inward, outward));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode factor_movement(struct percuta_splitting *s) {
  const struct percuta_grid *grid = s->mesh->grid;
  int nz = grid->nz;
  double *above, *below;

  PetscFunctionBeginUser;
  PetscCall(PetscCalloc2(nz, &above, nz, &below));
  for (int f = 0; f < s->problem->moving; ++f) {
    for (int k = 0; k < nz; ++k) {
      double height = grid->z_face[k + 1] - grid->z_face[k];
      double d = row_diffusivity(s, f, k);
      s->lateral_x[f * nz + k] = d / (s->shift * grid->dx * grid->dx);
      s->lateral_y[f * nz + k] = d / (s->shift * grid->dy * grid->dy);
      if (k == 0)
        continue;
      double face = percuta_numerics_motion_face(row_diffusivity(s, f, k - 1),
                                                 grid->z_face[k] - grid->z_face[k - 1], d, height) /
                    s->shift;
      above[k] = face / height;
      below[k - 1] = face / (grid->z_face[k] - grid->z_face[k - 1]);
    }
    below[nz - 1] = 0.0;
    percuta_numerics_line_factor(&s->depth[f], above, below);
  }
  PetscCall(PetscFree2(above, below));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PERCUTA_VECTOR_CLONES
static void invert(size_t n, double inverse_shift, double *restrict slope) {
  for (size_t i = 0; i < n; ++i) {
    double falls = slope[i] < 0.0 ? slope[i] : 0.0;
    slope[i] = inverse_shift / (1.0 - falls * inverse_shift);
  }
}

void percuta_numerics_splitting_factor_piece(struct percuta_splitting *s, double time,
                                             const struct percuta_cells *piece, const double *u) {
  const size_t count = (size_t)piece->count;
  for (int f = 0; f < s->problem->fields; ++f)
    PetscArrayzero(s->slope + (size_t)f * s->mesh->local + piece->offset, count);
  percuta_numerics_reaction_slope(s->mesh, s->problem, time, piece, u, s->slope);
  for (int f = 0; f < s->problem->fields; ++f) {
    if (splits(s, f, piece->k))
      invert(count, 1.0 / s->shift, s->slope + (size_t)f * s->mesh->local + piece->offset);
  }
}

PetscErrorCode percuta_numerics_splitting_factor(struct percuta_splitting *splitting, double shift,
                                                 const double *u) {
  PetscFunctionBeginUser;
  splitting->shift = shift;
  if (splitting->problem->moving > 1) {
    PetscCall(percuta_numerics_motion_crowding(splitting->mesh, u, splitting->crowding));
  }
  if (splitting->guidance)
    PetscCall(percuta_numerics_motion_guidance(splitting->mesh, splitting->problem, u,
                                               splitting->guidance));
  PetscCall(factor_movement(splitting));
  PetscCall(factor_radial(splitting));
  splitting->factored = false;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Lines in x of a moving field in depth row k, and its share of the lines in depth. */
static void solve_row(const struct percuta_splitting *s, int f, int k, double *x) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  double *field = x + (size_t)f * mesh->local;
  if (s->radial) {
    for (int j = 0; j < mesh->y_count; ++j)
      percuta_numerics_line_solve_planes(&s->radial[f * mesh->nz + k], 1,
                                         field + (size_t)k * plane + (size_t)(j * mesh->nx));
  } else {
    percuta_numerics_line_solve_periodic_rows(s->lateral_x[f * mesh->nz + k], mesh->nx,
                                              mesh->y_count, field + (size_t)k * plane);
  }
  percuta_numerics_line_down(&s->depth[f], k, plane, field);
}

/* Lines in y of the depth rows that this rank has got; `x` has whole planes, field by field. */
static void solve_y(const struct percuta_splitting *s, double *x) {
  const struct percuta_mesh *mesh = s->mesh;
  size_t plane = (size_t)mesh->nx * (size_t)mesh->ny;
  PERCUTA_THREADS_LOOP(mesh->threads)
  for (int f = 0; f < s->problem->moving; ++f) {
    for (int k = 0; k < s->z_count && !percuta_numerics_follow_does(s->problem, f); ++k) {
      percuta_numerics_line_solve_periodic_columns(
          s->lateral_y[f * mesh->nz + s->z_start + k], mesh->ny, mesh->nx,
          x + (size_t)(f * s->z_count + k) * plane, s->carry + f * mesh->nx);
    }
  }
}

static PetscErrorCode solve_turned(struct percuta_splitting *s, double *x) {
  PetscScalar *array;

  PetscFunctionBeginUser;
  PetscCall(VecPlaceArray(s->state, x));
  PetscCall(VecScatterBegin(s->turn, s->state, s->turned, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecScatterEnd(s->turn, s->state, s->turned, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecGetArray(s->turned, &array));
  solve_y(s, array);
  PetscCall(VecRestoreArray(s->turned, &array));
  PetscCall(VecScatterBegin(s->turn, s->turned, s->state, INSERT_VALUES, SCATTER_REVERSE));
  PetscCall(VecScatterEnd(s->turn, s->turned, s->state, INSERT_VALUES, SCATTER_REVERSE));
  PetscCall(VecResetArray(s->state));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PERCUTA_VECTOR_CLONES
static void multiply(size_t n, const double *restrict factor, double *restrict x) {
  for (size_t i = 0; i < n; ++i)
    x[i] *= factor[i];
}

void percuta_numerics_splitting_piece(const struct percuta_splitting *s,
                                      const struct percuta_cells *piece, double *x) {
  for (int f = 0; f < s->problem->fields; ++f) {
    const size_t at = (size_t)f * s->mesh->local + piece->offset;
    if (splits(s, f, piece->k))
      multiply((size_t)piece->count, s->slope + at, x + at);
  }
}

void percuta_numerics_splitting_down(struct percuta_splitting *s, int k, int rows, double *x) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  if (s->turned)
    return;
  PERCUTA_THREADS_LOOP(mesh->threads)
  for (int f = 0; f < s->problem->moving; ++f) {
    for (int row = k; row < k + rows && splits(s, f, k); ++row) {
      percuta_numerics_line_solve_periodic_columns(
          s->lateral_y[f * mesh->nz + row], mesh->ny, mesh->nx,
          x + (size_t)f * mesh->local + (size_t)row * plane, s->carry + f * mesh->nx);
      solve_row(s, f, row, x);
    }
  }
}

PetscErrorCode percuta_numerics_splitting_across(struct percuta_splitting *s, double *x) {
  PetscFunctionBeginUser;
  if (!s->turned)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(solve_turned(s, x));
  PERCUTA_THREADS_LOOP(s->mesh->threads)
  for (int f = 0; f < s->problem->moving; ++f) {
    for (int k = 0; k < s->mesh->nz && !percuta_numerics_follow_does(s->problem, f); ++k)
      solve_row(s, f, k, x);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_numerics_splitting_up(const struct percuta_splitting *s, int f, int k, double *x) {
  const struct percuta_mesh *mesh = s->mesh;
  if (f < s->problem->moving && !percuta_numerics_follow_does(s->problem, f))
    percuta_numerics_line_up(&s->depth[f], k, (size_t)mesh->nx * (size_t)mesh->y_count,
                             x + (size_t)f * mesh->local);
}

PetscErrorCode percuta_numerics_splitting_follow(struct percuta_splitting *s, double *x) {
  PetscFunctionBeginUser;
  if (!s->factored)
    PetscCall(percuta_numerics_follow_factor(s->follow, s->shift, s->slope));
  s->factored = true;
  PetscCall(percuta_numerics_follow_solve(s->follow, x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_splitting_solve(struct percuta_splitting *splitting,
                                                const double *b, double *x) {
  const struct percuta_mesh *mesh = splitting->mesh;
  int rows;

  PetscFunctionBeginUser;
  PetscCall(PetscArraycpy(x, b, mesh->local * (size_t)splitting->problem->fields));
  for (int k = 0; k < mesh->nz; k += rows) {
    rows = percuta_numerics_reaction_rows(mesh, splitting->problem, k);
    for (int p = 0; p < percuta_numerics_reaction_pieces(mesh, rows); ++p) {
      const struct percuta_cells piece = percuta_numerics_reaction_piece(mesh, k, rows, p);
      percuta_numerics_splitting_piece(splitting, &piece, x);
    }
    percuta_numerics_splitting_down(splitting, k, rows, x);
  }
  PetscCall(percuta_numerics_splitting_across(splitting, x));
  for (int f = 0; f < splitting->problem->moving; ++f) {
    for (int k = mesh->nz - 1; k >= 0; --k)
      percuta_numerics_splitting_up(splitting, f, k, x);
  }
  PetscCall(percuta_numerics_splitting_follow(splitting, x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

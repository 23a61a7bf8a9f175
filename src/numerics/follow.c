/* In sideways modes (modes.h) of damping m the operator
 *   shift + loss - D d^2/dz^2 + D m
 * is a line in depth for each mode: Gauss elimination, all modes at once. The loss of a depth row
 * is the largest in it, so that what is not uniform stays damped. What a field's drivers make of it
 * is added first: J is triangular in these fields. Several ranks own rows in y of the state, whole
 * depth rows while these are turned into modes, and a share of the modes while lines are solved;
 * PETSc scatters lead from one to the next. Theory: docs/theory/numerics.md. Verified:
 * tests/verification/test_follow.c, several_ranks.sh. */
#include "numerics/follow.h"

#include <string.h>

#include "base/threads.h"
#include "base/vector.h"
#include "numerics/modes.h"
#include "numerics/motion.h"
#include "numerics/reaction.h"

struct percuta_follow {
  const struct percuta_mesh *mesh;              /* borrowed */
  const struct percuta_problem *problem;        /* borrowed */
  int count, order[PERCUTA_PROBLEM_MAX_FIELDS]; /* fields that follow, each after its drivers */
  struct percuta_modes *modes;                  /* owned; NULL where nothing follows */
  int z_start, z_count;                         /* depth rows that this rank turns into modes */
  size_t m_count, m_start;                      /* modes whose lines it solves */
  double *inverse;        /* owned; of each follower, nz * m_count: one over the pivots */
  double *loss;           /* owned; of each follower, nz [1/s] */
  double *line;           /* owned, nz * m_count */
  Vec slab;               /* owned; shell over one field of the state; this and the next four NULL
                             on one rank */
  Vec plane, mode, lines; /* owned; whole depth rows, their modes, lines (shell over `line`) */
  VecScatter turn, deal;  /* owned; slab to plane, mode to lines */
};

bool percuta_numerics_follow_does(const struct percuta_problem *problem, int f) {
  return f < problem->moving && problem->motion[f].follows;
}

/* Whether a driver of field f is not among the `count` that come before it, although it follows. */
static bool waits(const struct percuta_problem *problem, int f, int count, const int *before) {
  const struct percuta_motion *motion = &problem->motion[f];
  for (int d = 0; d < motion->drivers; ++d) {
    bool ready = !percuta_numerics_follow_does(problem, motion->driver[d].field);
    for (int i = 0; i < count; ++i)
      ready = ready || before[i] == motion->driver[d].field;
    if (!ready)
      return true;
  }
  return false;
}

/* All that follow, every one after its drivers; how many. */
static int order_followers(const struct percuta_problem *problem, int *order) {
  bool taken[PERCUTA_PROBLEM_MAX_FIELDS] = {false};
  int count = 0, before;
  do {
    before = count;
    for (int f = 0; f < problem->moving; ++f) {
      if (taken[f] || !percuta_numerics_follow_does(problem, f) || waits(problem, f, count, order))
        continue;
      taken[f] = true;
      order[count++] = f;
    }
  } while (count > before);
  return count;
}

/* Indices of this rank's depth rows in a field that lies in slabs of rows in y. */
static PetscErrorCode turn_indices(const struct percuta_follow *w, PetscMPIInt size, IS *out) {
  const struct percuta_mesh *mesh = w->mesh;
  PetscInt *start, *from, n = 0, mine = mesh->y_start;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(size + 1, &start));
  PetscCallMPI(MPI_Allgather(&mine, 1, MPIU_INT, start, 1, MPIU_INT, mesh->comm));
  start[size] = mesh->ny;
  PetscCall(PetscMalloc1((size_t)w->z_count * (size_t)mesh->ny * (size_t)mesh->nx, &from));
  for (int k = w->z_start; k < w->z_start + w->z_count; ++k) {
    for (int owner = 0; owner < size; ++owner) {
      const PetscInt rows = start[owner + 1] - start[owner];
      const PetscInt first = start[owner] * mesh->nx * mesh->nz + k * rows * mesh->nx;
      for (PetscInt i = 0; i < rows * mesh->nx; ++i)
        from[n++] = first + i;
    }
  }
  PetscCall(ISCreateGeneral(mesh->comm, n, from, PETSC_OWN_POINTER, out));
  PetscCall(PetscFree(start));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Indices of this rank's modes in depth rows of all modes. */
static PetscErrorCode deal_indices(const struct percuta_follow *w, IS *out) {
  const size_t count = percuta_numerics_modes_count(w->modes);
  PetscInt *from, n = 0;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1((size_t)w->mesh->nz * w->m_count, &from));
  for (int k = 0; k < w->mesh->nz; ++k) {
    for (size_t m = 0; m < w->m_count; ++m)
      from[n++] = (PetscInt)((size_t)k * count + w->m_start + m);
  }
  PetscCall(ISCreateGeneral(w->mesh->comm, n, from, PETSC_OWN_POINTER, out));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode create_scatter(Vec from, IS *is_from, Vec to, VecScatter *out) {
  PetscInt first, last;
  IS is_to;

  PetscFunctionBeginUser;
  PetscCall(VecGetOwnershipRange(to, &first, &last));
  PetscCall(ISCreateStride(PetscObjectComm((PetscObject)to), last - first, first, 1, &is_to));
  PetscCall(VecScatterCreate(from, *is_from, to, is_to, out));
  PetscCall(ISDestroy(&is_to));
  PetscCall(ISDestroy(is_from));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What several ranks need beside. */
static PetscErrorCode create_ways(struct percuta_follow *w, PetscMPIInt size) {
  const struct percuta_mesh *mesh = w->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->ny;
  const size_t count = percuta_numerics_modes_count(w->modes), rows = (size_t)w->z_count;
  IS is_from;

  PetscFunctionBeginUser;
  PetscCall(
      VecCreateMPIWithArray(mesh->comm, 1, (PetscInt)mesh->local, PETSC_DETERMINE, NULL, &w->slab));
  PetscCall(VecCreateMPI(mesh->comm, (PetscInt)(rows * plane), PETSC_DETERMINE, &w->plane));
  PetscCall(VecCreateMPI(mesh->comm, (PetscInt)(rows * count), PETSC_DETERMINE, &w->mode));
  PetscCall(VecCreateMPIWithArray(mesh->comm, 1, (PetscInt)((size_t)mesh->nz * w->m_count),
                                  PETSC_DETERMINE, w->line, &w->lines));
  PetscCall(turn_indices(w, size, &is_from));
  PetscCall(create_scatter(w->slab, &is_from, w->plane, &w->turn));
  PetscCall(deal_indices(w, &is_from));
  PetscCall(create_scatter(w->mode, &is_from, w->lines, &w->deal));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_follow_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_follow **out) {
  const size_t nz = (size_t)mesh->nz;
  struct percuta_follow *w;
  PetscMPIInt size, rank;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&w));
  w->mesh = mesh;
  w->problem = problem;
  *out = w;
  w->count = order_followers(problem, w->order);
  if (w->count == 0)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(percuta_numerics_modes_create(mesh, &w->modes));
  const size_t count = percuta_numerics_modes_count(w->modes);
  PetscCallMPI(MPI_Comm_size(mesh->comm, &size));
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  w->z_start = (int)((long)mesh->nz * rank / size);
  w->z_count = (int)((long)mesh->nz * (rank + 1) / size) - w->z_start;
  w->m_start = count * (size_t)rank / (size_t)size;
  w->m_count = count * (size_t)(rank + 1) / (size_t)size - w->m_start;
  const size_t rows = (size_t)w->count * nz;
  PetscCall(
      PetscMalloc3(rows * w->m_count, &w->inverse, rows, &w->loss, nz * w->m_count, &w->line));
  if (size > 1)
    PetscCall(create_ways(w, size));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_follow_destroy(struct percuta_follow **follow) {
  struct percuta_follow *w = *follow;

  PetscFunctionBeginUser;
  if (!w)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(VecScatterDestroy(&w->turn));
  PetscCall(VecScatterDestroy(&w->deal));
  PetscCall(VecDestroy(&w->slab));
  PetscCall(VecDestroy(&w->plane));
  PetscCall(VecDestroy(&w->mode));
  PetscCall(VecDestroy(&w->lines));
  if (w->modes)
    PetscCall(PetscFree3(w->inverse, w->loss, w->line));
  PetscCall(percuta_numerics_modes_destroy(&w->modes));
  PetscCall(PetscFree(*follow));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What diffusion takes to the row above and below each of a follower's rows [1/s]. */
static void set_exchange(const struct percuta_grid *grid, const double *diffusivity, int k,
                         double *above, double *below) {
  const double *face = grid->z_face;
  const double height = face[k + 1] - face[k];
  *above = *below = 0.0;
  if (k > 0)
    *above = percuta_numerics_motion_face(diffusivity[k - 1], face[k] - face[k - 1], diffusivity[k],
                                          height) /
             height;
  if (k + 1 < grid->nz)
    *below = percuta_numerics_motion_face(diffusivity[k], height, diffusivity[k + 1],
                                          face[k + 2] - face[k + 1]) /
             height;
}

enum { SHARE = 512 }; /* modes whose lines are solved together: they stay in the cache */

static size_t share_of(const struct percuta_follow *w, size_t from) {
  return w->m_count - from < SHARE ? w->m_count - from : SHARE;
}

/* Pivots of one row; `before` are the inverses of those of the row above, from which it takes the
 * share above * passed. */
PERCUTA_VECTOR_CLONES
static void factor_row(size_t n, double own, double diffusivity, const double *damping,
                       double taken, const double *before, double *inverse) {
  PERCUTA_VECTOR_LOOP
  for (size_t m = 0; m < n; ++m)
    inverse[m] = 1.0 / (own + diffusivity * damping[m] - taken * before[m]);
}

/* What each follower loses in a depth row: the most that it does anywhere there. */
static PetscErrorCode set_losses(struct percuta_follow *w, const double *slope) {
  const size_t plane = (size_t)w->mesh->nx * (size_t)w->mesh->y_count;

  PetscFunctionBeginUser;
  for (int n = 0; n < w->count; ++n) {
    for (int k = 0; k < w->mesh->nz; ++k) {
      const double *row = slope + (size_t)w->order[n] * w->mesh->local + (size_t)k * plane;
      double most = 0.0;
      if (percuta_numerics_reaction_lives(w->problem, w->order[n], k)) {
        for (size_t i = 0; i < plane; ++i)
          most = most > -row[i] ? most : -row[i];
      }
      w->loss[n * w->mesh->nz + k] = most;
    }
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, w->loss, w->count * w->mesh->nz, MPI_DOUBLE, MPI_MAX,
                             w->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Factors of follower n's lines in a share of the modes. */
static void factor_share(const struct percuta_follow *w, double shift, int n, size_t from,
                         size_t count) {
  const double *diffusivity = w->problem->motion[w->order[n]].constant;
  const double *damping = percuta_numerics_modes_damping(w->modes) + w->m_start + from;
  double passed = 0.0; /* what the row above loses to this one */
  for (int k = 0; k < w->mesh->nz; ++k) {
    const size_t row = (size_t)(n * w->mesh->nz + k);
    double *inverse = w->inverse + row * w->m_count + from, above, below;
    set_exchange(w->mesh->grid, diffusivity, k, &above, &below);
    factor_row(count, shift + w->loss[row] + above + below, diffusivity[k], damping, above * passed,
               k > 0 ? inverse - w->m_count : damping, inverse);
    passed = below;
  }
}

PetscErrorCode percuta_numerics_follow_factor(struct percuta_follow *w, double shift,
                                              const double *slope) {
  PetscFunctionBeginUser;
  if (w->count == 0)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(set_losses(w, slope));
  for (int n = 0; n < w->count; ++n) {
    PERCUTA_THREADS_LOOP(w->mesh->threads)
    for (size_t from = 0; from < w->m_count; from += SHARE)
      factor_share(w, shift, n, from, share_of(w, from));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PERCUTA_VECTOR_CLONES
static void add_scaled(size_t n, double factor, const double *x, double *out) {
  PERCUTA_VECTOR_LOOP
  for (size_t i = 0; i < n; ++i)
    out[i] += factor * x[i];
}

/* What the increments of its drivers make of a follower, where it lives. */
static void add_drivers(const struct percuta_follow *w, int f, double *x) {
  const struct percuta_motion *motion = &w->problem->motion[f];
  const size_t plane = (size_t)w->mesh->nx * (size_t)w->mesh->y_count;
  PERCUTA_THREADS_LOOP(w->mesh->threads)
  for (int k = 0; k < w->mesh->nz; ++k) {
    if (!percuta_numerics_reaction_lives(w->problem, f, k))
      continue;
    for (int d = 0; d < motion->drivers; ++d) {
      const double *driver = x + (size_t)motion->driver[d].field * w->mesh->local;
      add_scaled(plane, motion->driver[d].rate, driver + (size_t)k * plane,
                 x + (size_t)f * w->mesh->local + (size_t)k * plane);
    }
  }
}

PERCUTA_VECTOR_CLONES
static void eliminate(size_t n, double above, const double *inverse, const double *before,
                      double *here) {
  PERCUTA_VECTOR_LOOP
  for (size_t m = 0; m < n; ++m)
    here[m] = (here[m] + above * before[m]) * inverse[m];
}

PERCUTA_VECTOR_CLONES
static void substitute(size_t n, double below, const double *inverse, const double *behind,
                       double *here) {
  PERCUTA_VECTOR_LOOP
  for (size_t m = 0; m < n; ++m)
    here[m] += below * inverse[m] * behind[m];
}

/* Lines of follower n in a share of the modes. */
static void solve_share(const struct percuta_follow *w, int n, size_t from, size_t count) {
  const struct percuta_grid *grid = w->mesh->grid;
  const double *diffusivity = w->problem->motion[w->order[n]].constant;
  const size_t first = (size_t)(n * grid->nz) * w->m_count + from;
  for (int k = 0; k < grid->nz; ++k) {
    const size_t row = (size_t)k * w->m_count;
    double *here = w->line + row + from, above, below;
    set_exchange(grid, diffusivity, k, &above, &below);
    eliminate(count, above, w->inverse + first + row, k > 0 ? here - w->m_count : here, here);
  }
  for (int k = grid->nz - 2; k >= 0; --k) {
    const size_t row = (size_t)k * w->m_count;
    double *here = w->line + row + from, above, below;
    set_exchange(grid, diffusivity, k, &above, &below);
    substitute(count, below, w->inverse + first + row, here + w->m_count, here);
  }
}

static void solve_lines(const struct percuta_follow *w, int n) {
  PERCUTA_THREADS_LOOP(w->mesh->threads)
  for (size_t from = 0; from < w->m_count; from += SHARE)
    solve_share(w, n, from, share_of(w, from));
}

/* Depth rows of follower n into modes, or back; where it does not live there is nothing. */
static void transform(const struct percuta_follow *w, int n, bool back, double *plane,
                      double *mode) {
  const size_t cells = (size_t)w->mesh->nx * (size_t)w->mesh->ny;
  const size_t count = percuta_numerics_modes_count(w->modes);
  PERCUTA_THREADS_LOOP(w->mesh->threads)
  for (int row = 0; row < w->z_count; ++row) {
    double *in_modes = mode + (size_t)row * count, *in_cells = plane + (size_t)row * cells;
    if (!percuta_numerics_reaction_lives(w->problem, w->order[n], w->z_start + row))
      memset(in_modes, 0, count * sizeof *in_modes);
    else if (back)
      percuta_numerics_modes_back(w->modes, in_modes, in_cells);
    else
      percuta_numerics_modes_of(w->modes, in_cells, in_modes);
  }
}

static PetscErrorCode go(VecScatter way, Vec from, Vec to, ScatterMode mode) {
  PetscFunctionBeginUser;
  PetscCall(VecScatterBegin(way, from, to, INSERT_VALUES, mode));
  PetscCall(VecScatterEnd(way, from, to, INSERT_VALUES, mode));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Follower n's depth rows as modes, wherever these are, or back. */
static PetscErrorCode turn(struct percuta_follow *w, int n, bool back, double *field) {
  PetscScalar *plane, *mode;

  PetscFunctionBeginUser;
  if (!w->slab) {
    transform(w, n, back, field, w->line);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(VecPlaceArray(w->slab, field));
  if (back)
    PetscCall(go(w->deal, w->lines, w->mode, SCATTER_REVERSE));
  else
    PetscCall(go(w->turn, w->slab, w->plane, SCATTER_FORWARD));
  PetscCall(VecGetArray(w->plane, &plane));
  PetscCall(VecGetArray(w->mode, &mode));
  transform(w, n, back, plane, mode);
  PetscCall(VecRestoreArray(w->mode, &mode));
  PetscCall(VecRestoreArray(w->plane, &plane));
  if (back)
    PetscCall(go(w->turn, w->plane, w->slab, SCATTER_REVERSE));
  else
    PetscCall(go(w->deal, w->mode, w->lines, SCATTER_FORWARD));
  PetscCall(VecResetArray(w->slab));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_follow_solve(struct percuta_follow *w, double *x) {
  PetscFunctionBeginUser;
  for (int n = 0; n < w->count; ++n) {
    double *field = x + (size_t)w->order[n] * w->mesh->local;
    add_drivers(w, w->order[n], x);
    PetscCall(turn(w, n, false, field));
    solve_lines(w, n);
    PetscCall(turn(w, n, true, field));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

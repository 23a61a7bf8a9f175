/* Equation   du/dt = div(D grad u) - div(chi u grad s)
 *            D = constant + crowding (u_0 + u_1) + guided g(u_guide)
 * Scheme     cell-centred finite volumes on a rectilinear grid, second order where the grid is
 *            smooth; a flux leaves one cell and enters its neighbour, so totals are kept to
 *            round-off. Faces in depth take the harmonic mean of layered coefficients (exact for
 *            one-dimensional layers); crowding and guidance are averaged
 *            arithmetically.
 * Chemotaxis central in u, and where a face's pull outweighs its diffusion (cell Peclet number
 *            above 2) diffusion is raised to what keeps a field from being driven below zero; this
 *            vanishes with the cells, so that the order stays two (docs/theory/numerics.md).
 * Edges      periodic in x and y (rings: nothing passes axis and outer wall), nothing passes the
 *            top and bottom.
 * Verified   tests/verification/test_motion.c, test_manufactured.c, test_exact.c
 */
#include "numerics/motion.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/threads.h"
#include "base/vector.h"
#include "numerics/reaction.h"
#include "numerics/window.h"

struct percuta_motion_work {
  const struct percuta_mesh *mesh;       /* borrowed */
  const struct percuta_problem *problem; /* borrowed */
  struct percuta_window *window; /* owned; moving fields and, where one is guided, the guide */
  int guide;                     /* its number in the window; -1 where no field is guided */
  double *constant_face[PERCUTA_PROBLEM_MAX_FIELDS]; /* owned, nz + 1 [m/s]; zero at the ends */
  double *crowding_face[PERCUTA_PROBLEM_MAX_FIELDS];
  double *chemotaxis_face[PERCUTA_PROBLEM_MAX_FIELDS];
  double *guided_face[PERCUTA_PROBLEM_MAX_FIELDS];
};

double percuta_numerics_motion_face(double coefficient_a, double a, double coefficient_b,
                                    double b) {
  if (coefficient_a <= 0 || coefficient_b <= 0)
    return 0.0;
  return 2.0 / (a / coefficient_a + b / coefficient_b);
}

static PetscErrorCode create_faces(const struct percuta_grid *grid, const double *coefficient,
                                   double **out) {
  double *face;

  PetscFunctionBeginUser;
  *out = NULL;
  if (!coefficient)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc1(grid->nz + 1, &face));
  for (int k = 1; k < grid->nz; ++k) {
    face[k] =
        percuta_numerics_motion_face(coefficient[k - 1], grid->z_face[k] - grid->z_face[k - 1],
                                     coefficient[k], grid->z_face[k + 1] - grid->z_face[k]);
  }
  *out = face;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode create_window(struct percuta_motion_work *work) {
  const struct percuta_problem *problem = work->problem;
  int field[PERCUTA_PROBLEM_MAX_FIELDS + 1], count = problem->moving;

  PetscFunctionBeginUser;
  work->guide = -1;
  for (int f = 0; f < problem->moving; ++f) {
    field[f] = f;
    if (problem->motion[f].guided)
      work->guide = problem->moving;
  }
  if (work->guide >= 0)
    field[count++] = problem->guide;
  if (count > 0)
    PetscCall(percuta_numerics_window_create(work->mesh, count, field, &work->window));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_motion_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_motion_work **out) {
  struct percuta_motion_work *work;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&work));
  work->mesh = mesh;
  work->problem = problem;
  PetscCall(create_window(work));
  for (int f = 0; f < problem->moving; ++f) {
    const struct percuta_motion *motion = &problem->motion[f];
    PetscCall(create_faces(mesh->grid, motion->constant, &work->constant_face[f]));
    PetscCall(create_faces(mesh->grid, motion->crowding, &work->crowding_face[f]));
    PetscCall(create_faces(mesh->grid, motion->chemotaxis, &work->chemotaxis_face[f]));
    PetscCall(create_faces(mesh->grid, motion->guided, &work->guided_face[f]));
  }
  *out = work;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_motion_destroy(struct percuta_motion_work **work) {
  PetscFunctionBeginUser;
  if (*work) {
    for (int f = 0; f < (*work)->problem->moving; ++f) {
      PetscCall(PetscFree((*work)->constant_face[f]));
      PetscCall(PetscFree((*work)->crowding_face[f]));
      PetscCall(PetscFree((*work)->chemotaxis_face[f]));
      PetscCall(PetscFree((*work)->guided_face[f]));
    }
    PetscCall(percuta_numerics_window_destroy(&(*work)->window));
    PetscCall(PetscFree(*work));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Pointers to one lateral row of a field and the rows around it. At the top and bottom the row
 * itself stands in for the missing one: the conductance of that face is zero. */
struct rows {
  const double *here, *north, *south, *above, *below;
};

static struct rows rows_at(const struct percuta_motion_work *work, int index, int j, int k) {
  const struct percuta_window *window = work->window;
  const size_t stride = percuta_numerics_window_stride(window);
  const size_t at = (size_t)(j + 1) * stride + 1;
  const int last = work->mesh->nz - 1;
  const double *here = percuta_numerics_window_row(window, index, k) + at;
  return (struct rows){
      .here = here,
      .north = here + stride,
      .south = here - stride,
      .above = k > 0 ? percuta_numerics_window_row(window, index, k - 1) + at : here,
      .below = k < last ? percuta_numerics_window_row(window, index, k + 1) + at : here};
}

/* A row's coefficient, to be taken with the mesh's conductances in x; the same with that in y; and
 * the depth conductances over the row's height. */
struct weights {
  const double *east, *west; /* of the mesh */
  double x, y, above, below;
};

static struct weights weights_at(const struct percuta_mesh *mesh, const double *coefficient,
                                 const double *face, int k) {
  const struct percuta_grid *grid = mesh->grid;
  double height = grid->z_face[k + 1] - grid->z_face[k];
  return (struct weights){.east = mesh->east,
                          .west = mesh->west,
                          .x = coefficient[k],
                          .y = coefficient[k] / (grid->dy * grid->dy),
                          .above = face[k] / height,
                          .below = face[k + 1] / height};
}

PERCUTA_VECTOR_CLONES
static void add_constant(struct rows u, struct weights w, int n, double *restrict rate) {
  const double *restrict here = u.here;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < n; ++i) {
    double centre = here[i];
    rate[i] += w.x * (w.east[i] * (here[i + 1] - centre) + w.west[i] * (here[i - 1] - centre)) +
               w.y * ((u.north[i] - centre) + (u.south[i] - centre)) +
               w.above * (u.above[i] - centre) + w.below * (u.below[i] - centre);
  }
}

PERCUTA_VECTOR_CLONES
static void add_crowding(struct rows u, struct rows a, struct rows b, struct weights w, int n,
                         double *restrict rate) {
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < n; ++i) {
    double centre = u.here[i];
    double crowd = a.here[i] + b.here[i];
    rate[i] +=
        0.5 *
        (w.x * (w.east[i] * (crowd + a.here[i + 1] + b.here[i + 1]) * (u.here[i + 1] - centre) +
                w.west[i] * (crowd + a.here[i - 1] + b.here[i - 1]) * (u.here[i - 1] - centre)) +
         w.y * ((crowd + a.north[i] + b.north[i]) * (u.north[i] - centre) +
                (crowd + a.south[i] + b.south[i]) * (u.south[i] - centre)) +
         w.above * (crowd + a.above[i] + b.above[i]) * (u.above[i] - centre) +
         w.below * (crowd + a.below[i] + b.below[i]) * (u.below[i] - centre));
  }
}

PERCUTA_VECTOR_CLONES
static void add_guided(struct rows u, struct rows g, struct weights w, int n,
                       double *restrict rate) {
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < n; ++i) {
    double centre = u.here[i], share = g.here[i];
    rate[i] += 0.5 * (w.x * (w.east[i] * (share + g.here[i + 1]) * (u.here[i + 1] - centre) +
                             w.west[i] * (share + g.here[i - 1]) * (u.here[i - 1] - centre)) +
                      w.y * ((share + g.north[i]) * (u.north[i] - centre) +
                             (share + g.south[i]) * (u.south[i] - centre)) +
                      w.above * (share + g.above[i]) * (u.above[i] - centre) +
                      w.below * (share + g.below[i]) * (u.below[i] - centre));
  }
}

/* What comes in through a face: `spread` and `drive` are its diffusive conductance and that of the
 * signal, `rise` the signal there over that here. */
PERCUTA_VECTOR_INLINE
double through(double spread, double drive, double rise, double here, double there) {
  double pull = 0.5 * drive * rise;
  double most = fabs(pull);
  double strength = spread > most ? spread : most;
  return strength * (there - here) - pull * (there + here);
}

/* All movement of a field that follows the signal s: constant diffusion, crowding (of a and b) and
 * chemotaxis, whose faces belong together. */
PERCUTA_VECTOR_CLONES
static void add_steered(struct rows u, struct rows s, struct rows a, struct rows b,
                        struct weights even, struct weights crowd, struct weights drive, int n,
                        double *restrict rate) {
  const double *restrict west = even.west;
  const double *restrict east = even.east;
  crowd.x *= 0.5, crowd.y *= 0.5, crowd.above *= 0.5, crowd.below *= 0.5;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < n; ++i) {
    double here = u.here[i], signal = s.here[i], c = a.here[i] + b.here[i];
    rate[i] += east[i] * through(even.x + crowd.x * (c + a.here[i + 1] + b.here[i + 1]), drive.x,
                                 s.here[i + 1] - signal, here, u.here[i + 1]) +
               west[i] * through(even.x + crowd.x * (c + a.here[i - 1] + b.here[i - 1]), drive.x,
                                 s.here[i - 1] - signal, here, u.here[i - 1]) +
               through(even.y + crowd.y * (c + a.north[i] + b.north[i]), drive.y,
                       s.north[i] - signal, here, u.north[i]) +
               through(even.y + crowd.y * (c + a.south[i] + b.south[i]), drive.y,
                       s.south[i] - signal, here, u.south[i]) +
               through(even.above + crowd.above * (c + a.above[i] + b.above[i]), drive.above,
                       s.above[i] - signal, here, u.above[i]) +
               through(even.below + crowd.below * (c + a.below[i] + b.below[i]), drive.below,
                       s.below[i] - signal, here, u.below[i]);
  }
}

/* Adds the movement of field f in row (j, k) of this rank. */
static void add_row(const struct percuta_motion_work *work, int f, int j, int k, double *rate) {
  const struct percuta_mesh *mesh = work->mesh;
  const struct percuta_motion *motion = &work->problem->motion[f];
  struct rows u = rows_at(work, f, j, k);
  bool crowds = motion->crowding && motion->crowding[k] > 0;
  struct weights even = {.east = mesh->east, .west = mesh->west}, crowd = even;
  struct rows first = u, second = u; /* that crowd; with weights of zero if nothing does */
  if (motion->constant)
    even = weights_at(mesh, motion->constant, work->constant_face[f], k);
  if (crowds) {
    crowd = weights_at(mesh, motion->crowding, work->crowding_face[f], k);
    first = rows_at(work, 0, j, k);
    second = rows_at(work, 1, j, k);
  }
  if (motion->guided && motion->guided[k] > 0) {
    add_guided(u, rows_at(work, work->guide, j, k),
               weights_at(mesh, motion->guided, work->guided_face[f], k), mesh->nx, rate);
  }
  if (motion->chemotaxis && motion->chemotaxis[k] > 0) {
    add_steered(u, rows_at(work, work->problem->signal, j, k), first, second, even, crowd,
                weights_at(mesh, motion->chemotaxis, work->chemotaxis_face[f], k), mesh->nx, rate);
    return;
  }
  if (motion->constant)
    add_constant(u, even, mesh->nx, rate);
  if (crowds)
    add_crowding(u, first, second, crowd, mesh->nx, rate);
}

PetscErrorCode percuta_numerics_motion_begin(struct percuta_motion_work *work, const double *u) {
  PetscFunctionBeginUser;
  if (work->window)
    PetscCall(percuta_numerics_window_begin(work->window, u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Row j of depth row k into the window. */
static void load_row(const struct percuta_motion_work *work, int k, int j, const double *u) {
  const struct percuta_problem *problem = work->problem;
  const size_t stride = percuta_numerics_window_stride(work->window);
  percuta_numerics_window_load(work->window, k, j, u);
  if (work->guide >= 0) {
    double *guide = percuta_numerics_window_row(work->window, work->guide, k);
    guide += (size_t)(j + 1) * stride;
    problem->guidance(problem->context, stride, guide, guide);
  }
}

static void load(const struct percuta_motion_work *work, int k, const double *u) {
  PERCUTA_THREADS_LOOP(work->mesh->threads)
  for (int j = -1; j <= work->mesh->y_count; ++j)
    load_row(work, k, j, u);
}

void percuta_numerics_motion_row(struct percuta_motion_work *work, int k, const double *u,
                                 double *rate) {
  const struct percuta_mesh *mesh = work->mesh;
  const size_t nx = (size_t)mesh->nx;
  if (!work->window)
    return;
  if (k == 0)
    load(work, 0, u);
  if (k + 1 < mesh->nz)
    load(work, k + 1, u);
  PERCUTA_THREADS_LOOP(mesh->threads)
  for (int j = 0; j < mesh->y_count; ++j) {
    for (int f = 0; f < work->problem->moving; ++f) {
      const size_t row = (size_t)k * (size_t)mesh->y_count + (size_t)j;
      double *own = rate + (size_t)f * mesh->local + row * nx;
      if (!percuta_numerics_reaction_lives(work->problem, f, k))
        continue;
      memset(own, 0, nx * sizeof *own);
      add_row(work, f, j, k, own);
    }
  }
}

PetscErrorCode percuta_numerics_motion_rate(struct percuta_motion_work *work, double time,
                                            const double *u, double *rate) {
  const struct percuta_mesh *mesh = work->mesh;

  PetscFunctionBeginUser;
  PetscCall(percuta_numerics_motion_begin(work, u));
  PetscCall(PetscArrayzero(rate, mesh->local * (size_t)work->problem->fields));
  for (int k = 0; k < mesh->nz; ++k) {
    percuta_numerics_motion_row(work, k, u, rate);
    for (int p = 0; p < percuta_numerics_reaction_pieces(mesh, 1); ++p) {
      const struct percuta_cells piece = percuta_numerics_reaction_piece(mesh, k, 1, p);
      percuta_numerics_reaction_add(mesh, work->problem, time, &piece, u, rate);
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_motion_crowding(const struct percuta_mesh *mesh, const double *u,
                                                double *most) {
  size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;

  PetscFunctionBeginUser;
  for (int k = 0; k < mesh->nz; ++k) {
    const double *a = u + (size_t)k * plane;
    const double *b = a + mesh->local;
    double highest = 0.0;
    for (size_t i = 0; i < plane; ++i)
      highest = fmax(highest, a[i] + b[i]);
    most[k] = highest;
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, mesh->nz, MPI_DOUBLE, MPI_MAX, mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_motion_guidance(const struct percuta_mesh *mesh,
                                                const struct percuta_problem *problem,
                                                const double *u, double *most) {
  size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const double *guide = u + (size_t)problem->guide * mesh->local;
  double *share;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(plane, &share));
  for (int k = 0; k < mesh->nz; ++k) {
    problem->guidance(problem->context, plane, guide + (size_t)k * plane, share);
    most[k] = 0.0;
    for (size_t i = 0; i < plane; ++i)
      most[k] = fmax(most[k], share[i]);
  }
  PetscCall(PetscFree(share));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, mesh->nz, MPI_DOUBLE, MPI_MAX, mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

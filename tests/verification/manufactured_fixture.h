/* Problems whose solution is prescribed: u_f = offset_f + swing_f exp(-decay t) shape_f(x), in all
 * three fidelities. The source that makes it exact is worked out from the problem's own
 * coefficients and reaction, and added to the latter. Shapes let nothing pass the edges. */
#ifndef PERCUTA_TESTS_MANUFACTURED_FIXTURE_H
#define PERCUTA_TESTS_MANUFACTURED_FIXTURE_H

#include "problem_fixture.h"
#include "report_fixture.h"

enum fixture_fidelity { FIXTURE_COLUMN, FIXTURE_CHANNEL, FIXTURE_PATCH };
enum { FIXTURE_SHAPES = 2 };

static const double FIXTURE_SIZE = 2e-3, FIXTURE_DEPTH = 1e-3, FIXTURE_BORDER = 4e-4;

/* A shape at a point: value, gradient and Laplacian. */
struct fixture_jet {
  double value, gradient[3], laplacian;
};

struct fixture_manufactured {
  struct percuta_problem problem;      /* for the stepper; its context is this struct */
  const struct percuta_problem *inner; /* whose exact solution is prescribed */
  double offset[PERCUTA_PROBLEM_MAX_FIELDS], swing[PERCUTA_PROBLEM_MAX_FIELDS];
  int shape[PERCUTA_PROBLEM_MAX_FIELDS];
  double decay;                            /* [1/s] */
  struct fixture_jet *jet[FIXTURE_SHAPES]; /* owned, one for each cell of this rank */
};

/* The grid of a fidelity, n cells along each direction across and nz down. Depth is graded, cells
 * at the bottom 2.4 times as high as at the top; with `border` a face lies at FIXTURE_BORDER, the
 * cells are equal above it and graded below. */
static inline struct percuta_grid *fixture_fidelity_grid(enum fixture_fidelity fidelity, int n,
                                                         int nz, bool border) {
  double *face = malloc(((size_t)nz + 1) * sizeof *face);
  struct percuta_grid *grid = NULL;
  assert_non_null(face);
  int upper = border ? nz / 2 : 0;
  double top = border ? FIXTURE_BORDER : 0.0;
  for (int k = 0; k <= nz; ++k) {
    double s = (double)(k - upper) / (nz - upper);
    face[k] = k < upper ? top * k / upper : top + (FIXTURE_DEPTH - top) * s * (1 + 0.7 * s) / 1.7;
  }
  if (fidelity == FIXTURE_CHANNEL) {
    assert_int_equal(PERCUTA_OK,
                     percuta_numerics_grid_create_rings(n, 0.5 * FIXTURE_SIZE, face, nz, &grid));
  } else {
    int across = fidelity == FIXTURE_COLUMN ? 1 : n;
    double cell = FIXTURE_SIZE / across;
    assert_int_equal(PERCUTA_OK,
                     percuta_numerics_grid_create(across, across, cell, cell, face, nz, &grid));
  }
  free(face);
  return grid;
}

/* The part of a shape that varies across: waves in a patch, Bessel functions in rings. */
static inline struct fixture_jet fixture_lateral(const struct percuta_grid *g, int shape, int i,
                                                 int j) {
  if (g->nx == 1)
    return (struct fixture_jet){.value = 1};
  if (g->metric == PERCUTA_CYLINDRICAL) {
    const double zero[FIXTURE_SHAPES] = {3.8317059702075123, 7.0155866698156188}; /* of J1 */
    double k = zero[shape] / (g->nx * g->dx), r = (i + 0.5) * g->dx;
    return (struct fixture_jet){
        .value = j0(k * r), .gradient = {-k * j1(k * r)}, .laplacian = -k * k * j0(k * r)};
  }
  double k = 2 * M_PI / (g->nx * g->dx);
  double x = k * (i + 0.5) * g->dx + 0.9 * shape, y = k * (j + 0.5) * g->dy - 0.4 * shape;
  return (struct fixture_jet){.value = cos(x) * cos(y),
                              .gradient = {-k * sin(x) * cos(y), -k * cos(x) * sin(y)},
                              .laplacian = -2 * k * k * cos(x) * cos(y)};
}

/* A shape that is `depth` (value, slope and curvature) down and `lateral` across. */
static inline struct fixture_jet fixture_product(struct fixture_jet lateral, const double *depth) {
  return (struct fixture_jet){.value = lateral.value * depth[0],
                              .gradient = {lateral.gradient[0] * depth[0],
                                           lateral.gradient[1] * depth[0],
                                           lateral.value * depth[1]},
                              .laplacian = lateral.laplacian * depth[0] + lateral.value * depth[2]};
}

/* A shape's value, slope and curvature at depth z. */
typedef void fixture_depth_fn(int shape, double z, double *out);

/* One or two half waves. */
static inline void fixture_cosine(int shape, double z, double *out) {
  double q = (shape + 1) * M_PI / FIXTURE_DEPTH;
  out[0] = cos(q * z);
  out[1] = -q * sin(q * z);
  out[2] = -q * q * cos(q * z);
}

/* Fills the shapes of all cells, which go down as `depth` says. */
static inline void fixture_manufactured_create(const struct percuta_mesh *mesh,
                                               fixture_depth_fn *depth,
                                               struct fixture_manufactured *m) {
  const struct percuta_grid *g = mesh->grid;
  for (int s = 0; s < FIXTURE_SHAPES; ++s) {
    m->jet[s] = calloc(mesh->local, sizeof *m->jet[s]);
    assert_non_null(m->jet[s]);
    struct fixture_jet *to = m->jet[s];
    for (int k = 0; k < mesh->nz; ++k) {
      double down[3];
      depth(s, 0.5 * (g->z_face[k] + g->z_face[k + 1]), down);
      for (int j = 0; j < mesh->y_count; ++j) {
        for (int i = 0; i < mesh->nx; ++i)
          *to++ = fixture_product(fixture_lateral(g, s, i, mesh->y_start + j), down);
      }
    }
  }
}

static inline void fixture_manufactured_clear(struct fixture_manufactured *m) {
  for (int s = 0; s < FIXTURE_SHAPES; ++s)
    free(m->jet[s]);
}

static inline double fixture_exact(const struct fixture_manufactured *m, int field, double time,
                                   size_t cell) {
  return m->offset[field] +
         m->swing[field] * exp(-m->decay * time) * m->jet[m->shape[field]][cell].value;
}

static inline double fixture_dot(const double *a, const double *b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* div((constant + crowding (u_0 + u_1)) grad u - chemotaxis u grad u_signal) of what is prescribed,
 * for coefficients that jump only between rows. `fade` is exp(-decay t). */
static inline double fixture_movement(const struct fixture_manufactured *m, int f, int k,
                                      double fade, size_t cell) {
  const struct percuta_motion *motion = &m->inner->motion[f];
  double laplacian = 0, value = 0, gradient[3] = {0}, total = 0;
  double crowd = 0, crowd_gradient[3] = {0};
  const int of[] = {f, 0, 1, m->inner->signal};
  double amplitude[4];
  const struct fixture_jet *jet[4];
  for (int t = 0; t < 4; ++t) {
    amplitude[t] = fade * m->swing[of[t]];
    jet[t] = &m->jet[m->shape[of[t]]][cell];
  }
  value = m->offset[f] + amplitude[0] * jet[0]->value;
  laplacian = amplitude[0] * jet[0]->laplacian;
  crowd = m->offset[0] + m->offset[1] + amplitude[1] * jet[1]->value + amplitude[2] * jet[2]->value;
  for (int d = 0; d < 3; ++d) {
    gradient[d] = amplitude[0] * jet[0]->gradient[d];
    crowd_gradient[d] = amplitude[1] * jet[1]->gradient[d] + amplitude[2] * jet[2]->gradient[d];
  }
  if (motion->constant)
    total += motion->constant[k] * laplacian;
  if (motion->crowding)
    total += motion->crowding[k] * (fixture_dot(gradient, crowd_gradient) + crowd * laplacian);
  if (motion->chemotaxis) {
    total -= motion->chemotaxis[k] * amplitude[3] *
             (fixture_dot(gradient, jet[3]->gradient) + value * jet[3]->laplacian);
  }
  return total;
}

/* The inner reaction at u, plus the source: the prescribed change, less the movement and reaction
 * of what is prescribed. */
static inline void fixture_manufactured_rate(const void *context, double time,
                                             const struct percuta_cells *row,
                                             const double *const *u, double *const *rate) {
  const struct fixture_manufactured *m = context;
  int fields = m->inner->fields, count = row->count;
  double fade = exp(-m->decay * time);
  double *scratch = calloc(2 * (size_t)fields * (size_t)count, sizeof *scratch);
  const double *exact[PERCUTA_PROBLEM_MAX_FIELDS];
  double *reaction[PERCUTA_PROBLEM_MAX_FIELDS];
  assert_non_null(scratch);
  for (int f = 0; f < fields; ++f) {
    double *values = scratch + (size_t)f * (size_t)count;
    for (int i = 0; i < count; ++i)
      values[i] = fixture_exact(m, f, time, row->offset + (size_t)i);
    exact[f] = values;
    reaction[f] = scratch + (size_t)(fields + f) * (size_t)count;
  }
  if (m->inner->reaction) {
    m->inner->reaction(m->inner->context, time, row, u, rate);
    m->inner->reaction(m->inner->context, time, row, exact, reaction);
  }
  for (int f = 0; f < fields; ++f) {
    for (int i = 0; i < count; ++i) {
      size_t cell = row->offset + (size_t)i;
      rate[f][i] -= m->decay * (exact[f][i] - m->offset[f]) + reaction[f][i];
      if (f < m->inner->moving)
        rate[f][i] -= fixture_movement(m, f, row->k, fade, cell);
    }
  }
  free(scratch);
}

static inline void fixture_manufactured_slope(const void *context, double time,
                                              const struct percuta_cells *row,
                                              const double *const *u, double *const *slope) {
  const struct fixture_manufactured *m = context;
  if (m->inner->slope)
    m->inner->slope(m->inner->context, time, row, u, slope);
}

/* Sets the problem to be stepped from the inner one. */
static inline void fixture_manufactured_wrap(struct fixture_manufactured *m,
                                             const struct percuta_problem *inner) {
  m->inner = inner;
  m->problem = *inner;
  m->problem.reaction = fixture_manufactured_rate;
  m->problem.slope = fixture_manufactured_slope;
  m->problem.context = m;
  m->problem.kind = NULL; /* what is prescribed changes everywhere */
}

/* Writes what is prescribed at `time` into the state. */
static inline void fixture_manufactured_set(const struct fixture_manufactured *m,
                                            const struct percuta_mesh *mesh, double time,
                                            double *u) {
  for (int f = 0; f < m->inner->fields; ++f) {
    for (size_t c = 0; c < mesh->local; ++c)
      u[(size_t)f * mesh->local + c] = fixture_exact(m, f, time, c);
  }
}

/* The largest over all fields of the L2 error relative to the swing that is left. */
static inline double fixture_manufactured_error(const struct fixture_manufactured *m,
                                                const struct percuta_mesh *mesh, double time,
                                                const double *u) {
  size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  double worst = 0;
  for (int f = 0; f < m->inner->fields; ++f) {
    double sum = 0, norm = 0;
    for (size_t c = 0; c < mesh->local; ++c) {
      double volume = percuta_numerics_grid_cell_volume(mesh->grid, (int)(c % (size_t)mesh->nx),
                                                        (int)(c / plane));
      double exact = fixture_exact(m, f, time, c);
      sum += volume * pow(u[(size_t)f * mesh->local + c] - exact, 2);
      norm += volume * pow(exact - m->offset[f], 2);
    }
    worst = fmax(worst, sqrt(sum / norm));
  }
  return worst;
}

#endif

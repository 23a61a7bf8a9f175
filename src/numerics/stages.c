/* Passes of a stage over the state:
 *   down    rates and history, the reaction's slopes, lines in y and x, elimination in depth
 *   up      substitution in depth, and at once the value of the next stage
 * Fields are worked on only in the depth rows where they live (reaction.h).
 * Method: numerics/scheme.c. Verified: tests/verification/test_stepper.c. */
#include "numerics/stages.h"

#include <math.h>

#include "base/vector.h"
#include "numerics/motion.h"
#include "numerics/reaction.h"
#include "numerics/scheme.h"
#include "numerics/splitting.h"

enum { STAGES = PERCUTA_SCHEME_STAGES, LANES = 4 };

struct percuta_stages {
  const struct percuta_mesh *mesh;       /* borrowed */
  const struct percuta_problem *problem; /* borrowed */
  struct percuta_scheme scheme;
  struct percuta_motion_work *motion;  /* owned */
  struct percuta_splitting *splitting; /* owned */
  double *y[STAGES]; /* owned; the stages' unknowns, zero where a field never is */
};

PetscErrorCode percuta_numerics_stages_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_stages **out) {
  struct percuta_stages *stages;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&stages));
  stages->mesh = mesh;
  stages->problem = problem;
  percuta_numerics_scheme_set(&stages->scheme);
  PetscCall(percuta_numerics_motion_create(mesh, problem, &stages->motion));
  PetscCall(percuta_numerics_splitting_create(mesh, problem, &stages->splitting));
  for (int i = 0; i < STAGES; ++i)
    PetscCall(PetscCalloc1(mesh->local * (size_t)problem->fields, &stages->y[i]));
  *out = stages;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stages_destroy(struct percuta_stages **stages) {
  struct percuta_stages *s = *stages;

  PetscFunctionBeginUser;
  if (!s)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(percuta_numerics_splitting_destroy(&s->splitting));
  PetscCall(percuta_numerics_motion_destroy(&s->motion));
  for (int i = 0; i < STAGES; ++i)
    PetscCall(PetscFree(s->y[i]));
  PetscCall(PetscFree(*stages));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* out = base + sum of the first `count` factor[j] y[j], base NULL standing for zero. */
PERCUTA_VECTOR_CLONES
static void combine(size_t n, const double *base, int count, const double *factor,
                    const double *const *y, double *restrict out) {
  const double *restrict a = count > 0 ? y[0] : NULL, *restrict b = count > 1 ? y[1] : NULL;
  const double *restrict c = count > 2 ? y[2] : NULL, *restrict d = count > 3 ? y[3] : NULL;
  const double fa = factor[0], fb = factor[1], fc = factor[2], fd = factor[3];
  if (count == 0 && base) {
    for (size_t i = 0; i < n; ++i)
      out[i] = base[i];
  } else if (count == 0) {
    for (size_t i = 0; i < n; ++i)
      out[i] = 0.0;
  } else if (count == 1 && base) {
    for (size_t i = 0; i < n; ++i)
      out[i] = base[i] + fa * a[i];
  } else if (count == 1) {
    for (size_t i = 0; i < n; ++i)
      out[i] = fa * a[i];
  } else if (count == 2 && base) {
    for (size_t i = 0; i < n; ++i)
      out[i] = base[i] + (fa * a[i] + fb * b[i]);
  } else if (count == 2) {
    for (size_t i = 0; i < n; ++i)
      out[i] = fa * a[i] + fb * b[i];
  } else if (count == 3 && base) {
    for (size_t i = 0; i < n; ++i)
      out[i] = base[i] + (fa * a[i] + fb * b[i] + fc * c[i]);
  } else if (count == 3) {
    for (size_t i = 0; i < n; ++i)
      out[i] = fa * a[i] + fb * b[i] + fc * c[i];
  } else {
    for (size_t i = 0; i < n; ++i)
      out[i] = base[i] + (fa * a[i] + fb * b[i] + fc * c[i] + fd * d[i]);
  }
}

PERCUTA_VECTOR_CLONES
static int is_absurd(size_t n, const double *restrict value) {
  double most = 0.0; /* of the sum, as a comparison would lose what is no number */
  for (size_t i = 0; i < n; ++i)
    most += fabs(value[i]);
  return !(most <= PERCUTA_STAGES_LARGEST);
}

/* The same of a field in some depth rows. */
static void combine_rows(const struct percuta_stages *s, size_t at, size_t n, const double *base,
                         int count, const double *factor, double *out) {
  const double *y[STAGES];
  for (int j = 0; j < STAGES; ++j)
    y[j] = s->y[j] + at;
  combine(n, base ? base + at : NULL, count, factor, y, out + at);
}

/* Down through the skin: the right-hand side of stage i from its value, and all of its solve that
 * leads downwards. */
static PetscErrorCode go_down(struct percuta_stages *s, int i, double time, double step,
                              const double *value) {
  const struct percuta_mesh *mesh = s->mesh;
  const struct percuta_problem *problem = s->problem;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  double history[STAGES];
  int rows;

  PetscFunctionBeginUser;
  for (int j = 0; j < STAGES; ++j)
    history[j] = s->scheme.history[i][j] / step;
  PetscCall(percuta_numerics_motion_begin(s->motion, value));
  for (int k = 0; k < mesh->nz; k += rows) {
    rows = percuta_numerics_reaction_rows(mesh, problem, k);
    for (int f = 0; f < problem->fields; ++f) {
      if (percuta_numerics_reaction_lives(problem, f, k))
        combine_rows(s, (size_t)f * mesh->local + (size_t)k * plane, (size_t)rows * plane, NULL, i,
                     history, s->y[i]);
    }
    for (int row = k; row < k + rows; ++row)
      percuta_numerics_motion_add(s->motion, row, value, s->y[i]);
    percuta_numerics_reaction_add(mesh, problem, time, k, rows, value, s->y[i]);
    percuta_numerics_splitting_down(s->splitting, k, rows, s->y[i]);
  }
  PetscCall(percuta_numerics_splitting_across(s->splitting, s->y[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Up again: the rest of the solve, and the value `z` of the next stage. */
static int go_up(struct percuta_stages *s, int i, const double *u, double *z) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const bool last = i + 1 == STAGES;
  int absurd = 0;
  for (int k = mesh->nz - 1; k >= 0; --k) {
    percuta_numerics_splitting_up(s->splitting, k, s->y[i]);
    for (int f = 0; f < s->problem->fields && !last; ++f) {
      const size_t at = (size_t)f * mesh->local + (size_t)k * plane;
      const bool lives = percuta_numerics_reaction_lives(s->problem, f, k);
      if (lives || i == 0)
        combine_rows(s, at, plane, u, lives ? i + 1 : 0, s->scheme.state[i + 1], z);
      if (lives)
        absurd |= is_absurd(plane, z + at);
    }
  }
  return absurd;
}

PetscErrorCode percuta_numerics_stages_compute(struct percuta_stages *s, double time, double step,
                                               const double *u, double *z, bool *finite) {
  PetscFunctionBeginUser;
  *finite = true;
  PetscCall(
      percuta_numerics_splitting_factor(s->splitting, time, 1.0 / (s->scheme.gamma * step), u));
  for (int i = 0; i < STAGES && *finite; ++i) {
    PetscCall(go_down(s, i, time + s->scheme.when[i] * step, step, i == 0 ? u : z));
    int absurd = go_up(s, i, u, z);
    PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &absurd, 1, MPI_INT, MPI_MAX, s->mesh->comm));
    *finite = !absurd;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What finish adds up: squared errors, amounts lifted, totals. */
struct sums {
  double error[LANES], lifted[LANES], total[LANES];
};

/* Up to LANES cells from `i` on. */
PERCUTA_VECTOR_INLINE
void finish_cells(size_t i, int count, const double *weight, const double *error,
                  const double *const *y, double absolute, double relative, double *z,
                  struct sums *sums) {
  for (int l = 0; l < count; ++l) {
    const size_t c = i + (size_t)l;
    const double now = z[c] + y[3][c];
    const double wrong =
        error[0] * y[0][c] + error[1] * y[1][c] + error[2] * y[2][c] + error[3] * y[3][c];
    const double size = fabs(now), other = fabs(now - wrong);
    const double share = wrong / (absolute + relative * (size > other ? size : other));
    const double above = now > 0.0 ? now : 0.0, below = above - now;
    const double w = weight ? weight[c] : 1.0;
    sums->error[l] += share * share;
    sums->lifted[l] += w * below;
    sums->total[l] += w * above;
    z[c] = above;
  }
}

PERCUTA_VECTOR_CLONES
static void finish_row(size_t n, const double *weight, const double *error, const double *const *y,
                       double absolute, double relative, double *z, struct sums *sums) {
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    finish_cells(i, LANES, weight, error, y, absolute, relative, z, sums);
  if (i < n)
    finish_cells(i, (int)(n - i), weight, error, y, absolute, relative, z, sums);
}

static double add_up(const double *lane) {
  double sum = 0.0;
  for (int l = 0; l < LANES; ++l)
    sum += lane[l];
  return sum;
}

PetscErrorCode percuta_numerics_stages_finish(struct percuta_stages *s, const double *absolute,
                                              double relative, double *z,
                                              struct percuta_stages_end *out) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const double *face = mesh->grid->z_face, *y[STAGES];
  const bool rings = mesh->grid->metric == PERCUTA_CYLINDRICAL;
  const int fields = s->problem->fields;
  double all[2 * PERCUTA_PROBLEM_MAX_FIELDS + 1] = {0};

  PetscFunctionBeginUser;
  for (int f = 0; f < fields; ++f) {
    for (int k = 0; k < mesh->nz; ++k) {
      struct sums sums = {.error = {0}};
      const size_t at = (size_t)f * mesh->local + (size_t)k * plane;
      for (int j = 0; j < STAGES; ++j)
        y[j] = s->y[j] + at;
      finish_row(plane, rings ? mesh->weight : NULL, s->scheme.error, y, absolute[f], relative,
                 z + at, &sums);
      all[2 * fields] += add_up(sums.error);
      all[f] += (face[k + 1] - face[k]) * add_up(sums.lifted);
      all[fields + f] += (face[k + 1] - face[k]) * add_up(sums.total);
    }
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, all, 2 * fields + 1, MPI_DOUBLE, MPI_SUM, mesh->comm));
  const double values = (double)percuta_numerics_grid_cell_count(mesh->grid) * fields;
  out->error = sqrt(all[2 * fields] / values);
  for (int f = 0; f < fields; ++f) {
    out->lifted[f] = all[f];
    out->total[f] = all[fields + f];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

const double *percuta_numerics_stages_between(struct percuta_stages *s, double theta,
                                              const double *u) {
  const size_t values = s->mesh->local * (size_t)s->problem->fields;
  double factor[STAGES], *out = percuta_numerics_splitting_idle(s->splitting);
  for (int i = 0; i < STAGES; ++i)
    factor[i] = theta * (s->scheme.between[i][0] + theta * s->scheme.between[i][1]);
  combine_rows(s, 0, values, u, STAGES, factor, out);
  for (size_t i = 0; i < values; ++i)
    out[i] = out[i] > 0.0 ? out[i] : 0.0;
  return out;
}

/* Passes of a stage over the state:
 *   down    rates and history over the reaction's slopes, lines in y and x, elimination in depth
 *   up      substitution in depth, and at once the value of the next stage, or the new state
 * Fields are worked on only in the depth rows where they live (reaction.h).
 * Method: numerics/scheme.c. Verified: tests/verification/test_stepper.c. */
#include "numerics/stages.h"

#include <math.h>
#include <stdint.h>

#include "base/threads.h"
#include "base/vector.h"
#include "numerics/follow.h"
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

/* out = base + sum of the first `count` factor[j] y[j], base NULL standing for zero; `base` may be
 * `out`. Not zero if a value is no number or absurd. */
PERCUTA_VECTOR_INLINE
uint64_t combine_of(size_t n, const double *base, int count, const double *factor,
                    const double *const *y, double *out) {
  const double *a = y[0], *b = y[1], *c = y[2], *d = y[3];
  const double fa = factor[0], fb = factor[1], fc = factor[2], fd = factor[3];
  uint64_t absurd = 0;
  PERCUTA_VECTOR_LOOP
  for (size_t i = 0; i < n; ++i) {
    double sum = base ? base[i] : 0.0;
    if (count > 0)
      sum += fa * a[i];
    if (count > 1)
      sum += fb * b[i];
    if (count > 2)
      sum += fc * c[i];
    if (count > 3)
      sum += fd * d[i];
    out[i] = sum;
    absurd |= fabs(sum) <= PERCUTA_STAGES_LARGEST ? UINT64_C(0) : UINT64_C(1);
  }
  return absurd;
}

PERCUTA_VECTOR_CLONES
static uint64_t combine(size_t n, const double *base, int count, const double *factor,
                        const double *const *y, double *out) {
  switch (base ? count : -count) {
  case 0:
    return combine_of(n, base, 0, factor, y, out);
  case 1:
    return combine_of(n, base, 1, factor, y, out);
  case 2:
    return combine_of(n, base, 2, factor, y, out);
  case 3:
    return combine_of(n, base, 3, factor, y, out);
  case 4:
    return combine_of(n, base, 4, factor, y, out);
  case -1:
    return combine_of(n, NULL, 1, factor, y, out);
  case -2:
    return combine_of(n, NULL, 2, factor, y, out);
  default:
    return combine_of(n, NULL, 3, factor, y, out);
  }
}

/* The same of n cells of this rank's fields from number `at` on. */
static uint64_t combine_at(const struct percuta_stages *s, size_t at, size_t n, const double *base,
                           int count, const double *factor, double *out) {
  const double *y[STAGES];
  for (int j = 0; j < STAGES; ++j)
    y[j] = s->y[j] + at;
  return combine(n, base ? base + at : NULL, count, factor, y, out + at);
}

/* What a stage needs to know. */
struct stage {
  int i;
  double time;            /* [s] */
  const double *value;    /* where it looks */
  double history[STAGES]; /* [1/s] */
};

/* All of the right-hand side of a piece that is of its cells alone, on that which movement has left
 * in it; over the reaction's slopes. */
static void take_piece(struct percuta_stages *s, const struct stage *stage,
                       const struct percuta_cells *piece) {
  double *y = s->y[stage->i];
  for (int f = 0; f < s->problem->fields; ++f) {
    const size_t at = (size_t)f * s->mesh->local + piece->offset;
    if (!percuta_numerics_reaction_lives(s->problem, f, piece->k))
      continue;
    if (f >= s->problem->moving && stage->i == 0)
      PetscArrayzero(y + at, (size_t)piece->count);
    else if (stage->i > 0)
      combine_at(s, at, (size_t)piece->count, f < s->problem->moving ? y : NULL, stage->i,
                 stage->history, y);
  }
  percuta_numerics_reaction_add(s->mesh, s->problem, stage->time, piece, stage->value, y);
  if (stage->i == 0)
    percuta_numerics_splitting_factor_piece(s->splitting, stage->time, piece, stage->value);
  percuta_numerics_splitting_piece(s->splitting, piece, y);
}

/* Down through the skin: the right-hand side of a stage, and all of its solve that leads downwards.
 */
static PetscErrorCode go_down(struct percuta_stages *s, const struct stage *stage) {
  const struct percuta_mesh *mesh = s->mesh;
  double *y = s->y[stage->i];
  int rows;

  PetscFunctionBeginUser;
  PetscCall(percuta_numerics_motion_begin(s->motion, stage->value));
  for (int k = 0; k < mesh->nz; k += rows) {
    rows = percuta_numerics_reaction_rows(mesh, s->problem, k);
    for (int row = k; row < k + rows; ++row)
      percuta_numerics_motion_row(s->motion, row, stage->value, y);
    const int pieces = percuta_numerics_reaction_pieces(mesh, rows);
    PERCUTA_THREADS_LOOP(mesh->threads)
    for (int p = 0; p < pieces; ++p) {
      const struct percuta_cells piece = percuta_numerics_reaction_piece(mesh, k, rows, p);
      take_piece(s, stage, &piece);
    }
    percuta_numerics_splitting_down(s->splitting, k, rows, y);
  }
  PetscCall(percuta_numerics_splitting_across(s->splitting, y));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The value `z` of the stage after number i, in depth row k of field f. */
static uint64_t look_ahead(const struct percuta_stages *s, int i, int f, int k, const double *u,
                           double *z) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const size_t at = (size_t)f * mesh->local + (size_t)k * plane;
  const bool lives = percuta_numerics_reaction_lives(s->problem, f, k);
  if (!lives && i > 0)
    return 0;
  return combine_at(s, at, plane, u, lives ? i + 1 : 0, s->scheme.state[i + 1], z);
}

/* Up again: the rest of the solve, and the value `z` of the next stage; last the fields that follow
 * the others. */
static PetscErrorCode go_up(struct percuta_stages *s, int i, const double *u, double *z,
                            int *absurd) {
  const struct percuta_problem *problem = s->problem;
  uint64_t bad[PERCUTA_PROBLEM_MAX_FIELDS] = {0};

  PetscFunctionBeginUser;
  PERCUTA_THREADS_LOOP(s->mesh->threads)
  for (int f = 0; f < problem->fields; ++f) {
    for (int k = s->mesh->nz - 1; k >= 0 && !percuta_numerics_follow_does(problem, f); --k) {
      percuta_numerics_splitting_up(s->splitting, f, k, s->y[i]);
      bad[f] |= look_ahead(s, i, f, k, u, z);
    }
  }
  PetscCall(percuta_numerics_splitting_follow(s->splitting, s->y[i]));
  PERCUTA_THREADS_LOOP(s->mesh->threads)
  for (int f = 0; f < problem->moving; ++f) {
    for (int k = 0; k < s->mesh->nz && percuta_numerics_follow_does(problem, f); ++k)
      bad[f] |= look_ahead(s, i, f, k, u, z);
  }
  *absurd = 0;
  for (int f = 0; f < problem->fields; ++f)
    *absurd = *absurd || bad[f];
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, absurd, 1, MPI_INT, MPI_MAX, s->mesh->comm));
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
    const double above = now < 0.0 ? 0.0 : now, below = above - now; /* no number stays none */
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

/* What finish sums of one field. */
struct field_sums {
  double error, lifted, total;
};

/* The new state in depth row k of field f, and its share of the sums. */
static void finish_row_of(struct percuta_stages *s, const struct percuta_stages_allowed *allowed,
                          int f, int k, double *z, struct field_sums *all) {
  const struct percuta_mesh *mesh = s->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const size_t at = (size_t)f * mesh->local + (size_t)k * plane;
  const double *face = mesh->grid->z_face, *y[STAGES];
  const bool rings = mesh->grid->metric == PERCUTA_CYLINDRICAL;
  struct sums sums = {.error = {0}};
  if (!percuta_numerics_reaction_lives(s->problem, f, k))
    return;
  for (int j = 0; j < STAGES; ++j)
    y[j] = s->y[j] + at;
  finish_row(plane, rings ? mesh->weight : NULL, s->scheme.error, y, allowed->absolute[f],
             allowed->relative, z + at, &sums);
  all->error += add_up(sums.error);
  all->lifted += (face[k + 1] - face[k]) * add_up(sums.lifted);
  all->total += (face[k + 1] - face[k]) * add_up(sums.total);
}

/* Up for the last time: the rest of the last solve, and of `z` the new state. What is summed over
 * all cells of this rank goes to `all`: amounts lifted, totals, squared errors. */
static PetscErrorCode finish(struct percuta_stages *s, const struct percuta_stages_allowed *allowed,
                             double *z, double *all) {
  const struct percuta_problem *problem = s->problem;
  const int fields = problem->fields, rows = s->mesh->nz;
  struct field_sums sums[PERCUTA_PROBLEM_MAX_FIELDS] = {{0}};

  PetscFunctionBeginUser;
  PERCUTA_THREADS_LOOP(s->mesh->threads)
  for (int f = 0; f < fields; ++f) {
    for (int k = rows - 1; k >= 0 && !percuta_numerics_follow_does(problem, f); --k) {
      percuta_numerics_splitting_up(s->splitting, f, k, s->y[STAGES - 1]);
      finish_row_of(s, allowed, f, k, z, &sums[f]);
    }
  }
  PetscCall(percuta_numerics_splitting_follow(s->splitting, s->y[STAGES - 1]));
  PERCUTA_THREADS_LOOP(s->mesh->threads)
  for (int f = 0; f < problem->moving; ++f) {
    for (int k = 0; k < rows && percuta_numerics_follow_does(problem, f); ++k)
      finish_row_of(s, allowed, f, k, z, &sums[f]);
  }
  for (int f = 0; f < fields; ++f) {
    all[f] = sums[f].lifted;
    all[fields + f] = sums[f].total;
    all[2 * fields] += sums[f].error;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stages_step(struct percuta_stages *s, double time, double step,
                                            const struct percuta_stages_allowed *allowed,
                                            const double *u, double *z,
                                            struct percuta_stages_end *out) {
  const int fields = s->problem->fields;
  double all[2 * PERCUTA_PROBLEM_MAX_FIELDS + 1] = {0};

  PetscFunctionBeginUser;
  out->finite = false;
  PetscCall(percuta_numerics_splitting_factor(s->splitting, 1.0 / (s->scheme.gamma * step), u));
  for (int i = 0; i < STAGES; ++i) {
    struct stage stage = {.i = i, .time = time + s->scheme.when[i] * step, .value = i == 0 ? u : z};
    for (int j = 0; j < STAGES; ++j)
      stage.history[j] = s->scheme.history[i][j] / step;
    PetscCall(go_down(s, &stage));
    if (i + 1 == STAGES)
      break;
    int absurd;
    PetscCall(go_up(s, i, u, z, &absurd));
    if (absurd)
      PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(finish(s, allowed, z, all));
  PetscCallMPI(
      MPI_Allreduce(MPI_IN_PLACE, all, 2 * fields + 1, MPI_DOUBLE, MPI_SUM, s->mesh->comm));
  const double values = (double)percuta_numerics_grid_cell_count(s->mesh->grid) * fields;
  out->error = sqrt(all[2 * fields] / values);
  out->finite = isfinite(out->error);
  for (int f = 0; f < fields; ++f) {
    out->lifted[f] = all[f];
    out->total[f] = all[fields + f];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_numerics_stages_between(const struct percuta_stages *s, double theta, const double *u,
                                     size_t at, size_t count, double *out) {
  const double *y[STAGES];
  double factor[STAGES];
  for (int j = 0; j < STAGES; ++j) {
    factor[j] = theta * (s->scheme.between[j][0] + theta * s->scheme.between[j][1]);
    y[j] = s->y[j] + at;
  }
  combine(count, u + at, STAGES, factor, y, out);
  for (size_t i = 0; i < count; ++i)
    out[i] = out[i] > 0.0 ? out[i] : 0.0;
}

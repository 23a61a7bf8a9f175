/* The network of march.h on boxes, periodic across, a bore's share b of a box from SAMPLES^2
 * points:
 *   capacity = V [(1 - b) K + b K_fill],   conduct = (1 - b) K D + b K_fill D_fill
 *   link     = A / (d_1/conduct_1 + d_2/conduct_2)     d the halves of the way; V, A per skin area
 *   (C + dt L) u = n + dt mouth u_0           by boxes.c
 * u_0, of the vehicle, is eliminated with the cells' answer to a vehicle of 1, as in rings.c.
 * Rounding below zero is set to zero and the result scaled to the amounts given.
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_patch.c, on
 * several ranks by several_ranks_permeation.sh. */
#include "permeation/patch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "numerics/try.h"
#include "permeation/boxes.h"
#include "permeation/march.h"

enum { CELLS = 12, SYSTEMS = 3, SAMPLES = 8, CELL_ARRAYS = 11, LANES = 4 };

static const double SOLVED = 1e-7; /* of the whole, in the norm of the matrix */

/* One backward Euler matrix with its solver and the answer of the cells to the vehicle. */
struct system {
  double step; /* [s] 0: empty */
  enum percuta_dose_kind kind;
  long used;
  struct percuta_boxes_step *matrix; /* owned */
  double *sum;                       /* owned; of its rows: what their links leave */
  double *answer; /* owned; activities where the vehicle's is 1 and there was nothing before */
};

struct patch {
  MPI_Comm comm;
  const struct percuta_domain *domain;
  const struct percuta_patch_window *window;
  double *z;      /* owned faces */
  int *row_layer; /* owned */
  int nz;
  struct percuta_spread *spread; /* owned */
  struct percuta_boxes *boxes;   /* owned */
  size_t count, open;            /* cells; up to the last with a way to the vehicle */
  double *cell;                  /* owned; the arrays below, count + 1 each */
  double *capacity, *loss, *sink, *mouth, *space, *tissue, *share, *right, *left;
  double *held, *conducted; /* share less what flow holds back (domain.h) */
  double dilution;          /* [m/s] */
  int *layer, *row;         /* owned, one block */
  struct system system[SYSTEMS];
  long clock, assemblies;
};

static double cell_height(const struct patch *p, int k) {
  return p->z[k + 1] - p->z[k];
}

/* Share of cell (i, j), not wrapped, that lies within `radius` of (x, y). */
static double disc_share(const struct patch *p, int i, int j, double x, double y, double radius) {
  double dx = p->window->width_x / p->window->nx, dy = p->window->width_y / p->window->ny;
  int inside = 0;
  for (int a = 0; a < SAMPLES; ++a) {
    for (int b = 0; b < SAMPLES; ++b) {
      double east = (i + (a + 0.5) / SAMPLES) * dx - x, north = (j + (b + 0.5) / SAMPLES) * dy - y;
      inside += east * east + north * north < radius * radius;
    }
  }
  return (double)inside / (SAMPLES * SAMPLES);
}

/* Adds a disc to one row of this rank's cells; it may lie across the window's edges. */
static void add_disc(struct patch *p, const struct percuta_bore *bore, double radius, int k,
                     double part, const struct percuta_hold *hold) {
  const struct percuta_patch_window *w = p->window;
  double dx = w->width_x / w->nx, dy = w->width_y / w->ny;
  int west = (int)floor((bore->x - radius) / dx), east = (int)floor((bore->x + radius) / dx);
  int south = (int)floor((bore->y - radius) / dy), north = (int)floor((bore->y + radius) / dy);
  for (int j = south; j <= north; ++j) {
    int row = (j % w->ny + w->ny) % w->ny;
    for (int i = west; i <= east; ++i) {
      int column = percuta_permeation_spread_find(p->spread, (i % w->nx + w->nx) % w->nx, row);
      if (column >= 0) {
        const size_t at = 1 + (size_t)k * p->spread->own + (size_t)column;
        const double more =
            fmin(1 - p->share[at], part * disc_share(p, i, j, bore->x, bore->y, radius));
        p->share[at] += more;
        p->held[at] += more * hold->held;
        p->conducted[at] += more * hold->conducted;
      }
    }
  }
}

/* Share of every cell that is bore. */
static void fill_shares(struct patch *p, const struct percuta_closing *closing) {
  for (size_t at = 0; at <= p->count; ++at)
    p->share[at] = p->held[at] = p->conducted[at] = 0;
  p->dilution = 0;
  for (int at = 0; at < p->domain->bore_count; ++at) {
    const struct percuta_bore *bore = &p->domain->bores[at];
    double tip = bore->depth * closing->depth_share;
    p->dilution += bore->flow * bore->flowing * closing->flow_share /
                   (p->window->width_x * p->window->width_y);
    for (int k = 0; k < p->nz && p->z[k] < tip; ++k) {
      double bottom = fmin(p->z[k + 1], tip), part = (bottom - p->z[k]) / cell_height(p, k);
      double radius = percuta_permeation_domain_radius(bore, 0.5 * (p->z[k] + bottom), closing);
      const struct percuta_hold hold =
          percuta_permeation_domain_hold(p->domain, bore, p->z[k], bottom, closing);
      add_disc(p, bore, radius, k, part > 1 - 1e-9 ? 1 : part, &hold);
    }
  }
}

/* Of the path past the first layer into the tissue at the top of the second. */
static double bypass(const struct patch *p, int k, double tissue) {
  const struct percuta_domain *d = p->domain;
  if (!(d->bypass > 0) || k == 0 || p->row_layer[k] != 1 || p->row_layer[k - 1] != 0)
    return 0;
  double half = 2 * d->layers[1].partition * d->layers[1].diffusivity / cell_height(p, k);
  return tissue / cell_height(p, k) / (1 / d->bypass + 1 / half);
}

static PetscErrorCode fill_cells(struct patch *p) {
  const struct percuta_domain *d = p->domain;
  double area = 1.0 / p->window->nx / p->window->ny;
  PetscFunctionBeginUser;
  p->open = 0;
  for (size_t at = 1; at <= p->count; ++at) {
    int k = (int)((at - 1) / p->spread->own);
    const struct percuta_permeation_layer *layer = &d->layers[p->row_layer[k]];
    double bore = p->share[at], skin = 1 - bore, space = area * cell_height(p, k);
    double through = skin * layer->partition * layer->diffusivity +
                     p->conducted[at] * d->fill_partition * d->fill_diffusivity;
    p->right[at] = through;
    p->space[at] = space;
    p->tissue[at] = space * skin;
    p->capacity[at] = space * (skin * layer->partition + p->held[at] * d->fill_partition);
    p->loss[at] = space * skin * layer->partition * layer->loss;
    p->mouth[at] = k == 0 ? 2 * area * through / cell_height(p, k) : bypass(p, k, p->tissue[at]);
    p->sink[at] = k == p->nz - 1 && d->sink ? 2 * area * through / cell_height(p, k) : 0;
    if (p->mouth[at] > 0)
      p->open = at;
    p->layer[at] = p->row_layer[k];
    p->row[at] = k;
  }
  PetscCall(percuta_permeation_boxes_link(p->boxes, p->right + 1));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode reshape_patch(struct patch *p, const struct percuta_closing *closing) {
  PetscFunctionBeginUser;
  fill_shares(p, closing);
  PetscCall(fill_cells(p));
  for (int at = 0; at < SYSTEMS; ++at)
    p->system[at].step = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Sum of a row of a backward Euler matrix: what its links leave. */
static double row_sum(const struct patch *p, size_t at, double step, bool open) {
  return p->capacity[at] + step * (p->loss[at] + p->sink[at] + (open ? p->mouth[at] : 0));
}

static PetscErrorCode assemble(struct patch *p, struct system *s) {
  const bool open = s->kind != PERCUTA_DOSE_WASH;
  PetscFunctionBeginUser;
  if (!s->sum)
    PetscCall(PetscMalloc1(p->count + 1, &s->sum));
  for (size_t at = 1; at <= p->count; ++at)
    s->sum[at] = row_sum(p, at, s->step, open);
  PetscCall(percuta_permeation_boxes_factor(p->boxes, s->step, s->sum + 1, &s->matrix));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Solves into p->left from p->right and its guess in p->left. */
static PetscErrorCode solve_system(struct patch *p, const struct system *s) {
  int iterations;
  PetscFunctionBeginUser;
  PetscCall(percuta_permeation_boxes_solve(p->boxes, s->matrix, SOLVED, p->right + 1, p->left + 1,
                                           &iterations));
  PetscCheck(iterations >= 0, p->comm, PETSC_ERR_CONV_FAILED,
             "Permeation: a step of %g s could not be solved", s->step);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The matrix of a step and, under a finite dose, the cells' answer to it. */
static PetscErrorCode prepare_system(struct patch *p, double step, enum percuta_dose_kind kind,
                                     struct system *s) {
  PetscFunctionBeginUser;
  s->step = step;
  s->kind = kind;
  p->assemblies += 1;
  PetscCall(assemble(p, s));
  if (kind == PERCUTA_DOSE_FINITE) {
    if (!s->answer)
      PetscCall(PetscMalloc1(p->count + 1, &s->answer));
    for (size_t at = 1; at <= p->count; ++at)
      p->right[at] = step * p->mouth[at];
    PetscCall(PetscArrayzero(p->left, p->count + 1));
    PetscCall(solve_system(p, s));
    PetscCall(PetscArraycpy(s->answer, p->left, p->count + 1));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode find_system(struct patch *p, double step, enum percuta_dose_kind kind,
                                  struct system **out) {
  struct system *oldest = &p->system[0];
  PetscFunctionBeginUser;
  *out = NULL;
  for (int at = 0; at < SYSTEMS && !*out; ++at) {
    struct system *s = &p->system[at];
    if (s->step == step && s->kind == kind)
      *out = s;
    else if (s->used < oldest->used)
      oldest = s;
  }
  if (!*out) {
    PetscCall(prepare_system(p, step, kind, oldest));
    *out = oldest;
  }
  (*out)->used = ++p->clock;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void reduce(void *context, enum percuta_march_reduction how, double *values, int count) {
  const struct patch *p = context;
  MPI_Allreduce(MPI_IN_PLACE, values, count, MPI_DOUBLE,
                how == PERCUTA_MARCH_SUM ? MPI_SUM : MPI_MIN, p->comm);
}

/* A finite dose's activity u_0, for which the cells were solved at `guess`, and their activities u:
 * with `answer` a, what they make of a vehicle of 1,
 *   u_0 = [amount + sum of dt mouth (u - guess a)] / [volume + sum of dt mouth (1 - a)]
 *   u  := u + (u_0 - guess) a */
static void correct_vehicle(struct patch *p, const struct system *s, double volume, double amount,
                            double guess, double *activity) {
  double sums[2] = {0, 0};
  for (size_t at = 1; at <= p->open; ++at) {
    sums[0] += s->step * p->mouth[at] * (p->left[at] - guess * s->answer[at]);
    sums[1] += s->step * p->mouth[at] * fmax(0, 1 - s->answer[at]);
  }
  reduce(p, PERCUTA_MARCH_SUM, sums, 2);
  *activity = (amount + sums[0]) / (volume + sums[1]);
  for (size_t at = 1; at <= p->count; ++at)
    p->left[at] += (*activity - guess) * s->answer[at];
}

static double add_up(const double *lane) {
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* x = left where that is above zero, else zero; the sum of sum x. */
PERCUTA_VECTOR_CLONES
static double take_cells(size_t n, const double *left, const double *sum, double *x) {
  double lane[LANES] = {0};
  for (size_t from = 0; from < n; from += LANES) {
    const size_t count = n - from < LANES ? n - from : LANES;
    for (size_t l = 0; l < count; ++l) {
      const double found = left[from + l];
      x[from + l] = found < 0 ? 0 : found;
      lane[l] += x[from + l] * sum[from + l];
    }
  }
  return add_up(lane);
}

/* Takes the activities from p->left, nowhere negative and scaled to what was there: what the
 * iteration has left unsolved is shared out, so that amounts balance. `known`: the amounts given.
 */
static void take_solution(struct patch *p, const struct system *s,
                          const struct percuta_march_surface *surface, double known, double *x) {
  const bool fixed = surface->kind == PERCUTA_DOSE_FIXED;
  const size_t next = p->open + 1; /* what goes back into a finite vehicle is still there */
  double found = take_cells(p->count - p->open, p->left + next, s->sum + next, x + next);
  for (size_t at = 1; at < next; ++at) {
    x[at] = fmax(0, p->left[at]);
    found += x[at] * row_sum(p, at, s->step, fixed);
  }
  reduce(p, PERCUTA_MARCH_SUM, &found, 1);
  if (surface->kind == PERCUTA_DOSE_FINITE)
    found += surface->volume * x[0];
  for (size_t at = 0; at <= p->count && found > 0; ++at) {
    if (at > 0 || surface->kind == PERCUTA_DOSE_FINITE)
      x[at] *= known / found;
  }
}

/* Sets the guess: activities before, and from there on the way to those given. The amounts. */
PERCUTA_VECTOR_CLONES
static double pose_cells(size_t n, const double *x, const double *capacity,
                         const struct percuta_march_guess *guess, double *right, double *left) {
  const double *near = guess->near ? guess->near + 1 : NULL, share = guess->share;
  double lane[LANES] = {0};
  for (size_t from = 0; from < n; from += LANES) {
    const size_t count = n - from < LANES ? n - from : LANES;
    for (size_t l = 0; l < count; ++l) {
      const size_t at = from + l;
      const double before = x[at] / capacity[at];
      left[at] = near ? before + share * (near[at] - before) : before;
      right[at] = x[at];
      lane[l] += x[at];
    }
  }
  return add_up(lane);
}

/* Sets the right-hand side under a vehicle of activity `over`, and the guess that nothing moves, or
 * the one given. The amounts given to the cells, over all ranks. */
static double pose(struct patch *p, double step, double over, bool fixed,
                   const struct percuta_march_guess *guess, const double *x) {
  double known = pose_cells(p->count, x + 1, p->capacity + 1, guess, p->right + 1, p->left + 1);
  for (size_t at = 1; at <= p->open; ++at) {
    const double entering = step * p->mouth[at] * over;
    p->right[at] += entering;
    known += fixed ? entering : 0;
  }
  reduce(p, PERCUTA_MARCH_SUM, &known, 1);
  return known;
}

static PetscErrorCode solve_step(struct patch *p, double step,
                                 const struct percuta_march_surface *surface,
                                 const struct percuta_march_guess *guess, double *x) {
  bool finite = surface->kind == PERCUTA_DOSE_FINITE, fixed = surface->kind == PERCUTA_DOSE_FIXED;
  struct system *s;
  double known, over = fixed ? surface->concentration : 0;
  PetscFunctionBeginUser;
  if (finite)
    over = x[0] / surface->volume;
  PetscCall(find_system(p, step, surface->kind, &s));
  known = pose(p, step, over, fixed, guess, x);
  PetscCall(solve_system(p, s));
  if (finite) {
    known += x[0];
    correct_vehicle(p, s, surface->volume, x[0], over, &x[0]);
  } else {
    x[0] = over;
  }
  take_solution(p, s, surface, known, x);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status solve(void *context, double step,
                                 const struct percuta_march_surface *surface,
                                 const struct percuta_march_guess *guess, double *x) {
  struct patch *p = context;
  PERCUTA_PETSC(solve_step(p, step, surface, guess, x));
  return PERCUTA_OK;
}

static enum percuta_status reshape(void *context, const struct percuta_closing *closing) {
  struct patch *p = context;
  PERCUTA_PETSC(reshape_patch(p, closing));
  return PERCUTA_OK;
}

static PetscErrorCode create_patch(struct patch *p) {
  const struct percuta_patch_window *w = p->window;
  PetscFunctionBeginUser;
  PetscCall(percuta_permeation_spread_create(p->comm, w->nx, w->ny, p->nz, &p->spread));
  PetscCall(percuta_permeation_boxes_create(p->spread, w->width_x, w->width_y, p->z, &p->boxes));
  p->count = p->spread->own * (size_t)p->nz;
  PetscCall(PetscCalloc1(CELL_ARRAYS * (p->count + 1), &p->cell));
  PetscCall(PetscCalloc1(2 * (p->count + 1), &p->layer));
  double **const array[CELL_ARRAYS] = {&p->capacity,  &p->loss,   &p->sink,  &p->mouth,
                                       &p->space,     &p->tissue, &p->share, &p->held,
                                       &p->conducted, &p->right,  &p->left};
  for (size_t at = 0; at < CELL_ARRAYS; ++at)
    *array[at] = p->cell + at * (p->count + 1);
  p->row = p->layer + p->count + 1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode clear_patch(struct patch *p) {
  PetscFunctionBeginUser;
  for (int at = 0; at < SYSTEMS; ++at) {
    PetscCall(percuta_permeation_boxes_step_destroy(&p->system[at].matrix));
    PetscCall(PetscFree(p->system[at].answer));
    PetscCall(PetscFree(p->system[at].sum));
  }
  PetscCall(percuta_permeation_boxes_destroy(&p->boxes));
  PetscCall(percuta_permeation_spread_destroy(&p->spread));
  PetscCall(PetscFree(p->cell));
  PetscCall(PetscFree(p->layer));
  free(p->z);
  free(p->row_layer);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status follow(struct patch *p, const struct percuta_resolution *resolution,
                                  struct percuta_permeation **out) {
  struct percuta_permeation *course = NULL;
  const struct percuta_march_network network = {.context = p,
                                                .count = p->count,
                                                .dear = true,
                                                .capacity = p->capacity,
                                                .loss = p->loss,
                                                .sink = p->sink,
                                                .mouth = p->mouth,
                                                .space = p->space,
                                                .tissue = p->tissue,
                                                .layer = p->layer,
                                                .row = p->row,
                                                .dilution = &p->dilution,
                                                .solve = solve,
                                                .reshape = reshape,
                                                .reduce = reduce};
  PERCUTA_TRY(percuta_permeation_domain_course(p->domain, p->z, p->nz, &course));
  const enum percuta_status status =
      percuta_permeation_march_run(p->domain, resolution, &network, course);
  if (status != PERCUTA_OK) {
    percuta_permeation_domain_course_destroy(&course);
    return status;
  }
  course->factorisations = p->assemblies;
  *out = course;
  return PERCUTA_OK;
}

enum percuta_status percuta_permeation_patch_run(MPI_Comm comm, const struct percuta_domain *domain,
                                                 const struct percuta_patch_window *window,
                                                 const struct percuta_resolution *resolution,
                                                 struct percuta_permeation **out,
                                                 const char **wrong) {
  struct patch p = {.comm = comm, .domain = domain, .window = window};
  int cells = resolution->cells > 0 ? resolution->cells : CELLS;
  PERCUTA_TRY(percuta_permeation_domain_check(domain, false, wrong));
  if (window->nx < 3 || window->ny < 3 || !(window->width_x > 0) || !(window->width_y > 0)) {
    *wrong = "the window has no width or fewer than three cells across";
    return PERCUTA_BAD_INPUT;
  }
  /* Of many tips few get a face of their own; shares of cells tell the others apart. */
  double merge = domain->bore_count > 1 ? percuta_permeation_domain_depth(domain) / 8 : 0;
  PERCUTA_TRY(percuta_permeation_domain_rows(domain, cells, merge, &p.z, &p.row_layer, &p.nz));
  enum percuta_status status = percuta_numerics_try_status(create_patch(&p));
  if (status == PERCUTA_OK)
    status = follow(&p, resolution, out);
  const enum percuta_status cleared = percuta_numerics_try_status(clear_patch(&p));
  return status == PERCUTA_OK ? cleared : status;
}

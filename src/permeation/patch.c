/* The network of march.h on boxes, periodic across, a bore's share b of a box from SAMPLES^2
 * points:
 *   capacity = V [(1 - b) K + b K_fill],   conduct = (1 - b) K D + b K_fill D_fill
 *   link     = A / (d_1/conduct_1 + d_2/conduct_2)     d the halves of the way; V, A per skin area
 *   (C + dt L) u = n + dt mouth u_0           conjugate gradients, incomplete Cholesky by rank
 * u_0, of the vehicle, is eliminated with the cells' answer to a vehicle of 1, as in rings.c.
 * Rounding below zero is set to zero and the result scaled to the amounts given.
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_patch.c, on
 * several ranks by several_ranks_permeation.sh. */
#include "permeation/patch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/try.h"
#include "permeation/march.h"

enum { CELLS = 12, SYSTEMS = 3, SAMPLES = 8, CELL_ARRAYS = 9 };

static const double SMALLEST_PIVOT = 1e-300;

/* One backward Euler matrix with its solver and the answer of the cells to the vehicle. */
struct system {
  double step; /* [s] 0: empty */
  enum percuta_dose_kind kind;
  long used;
  Mat matrix;
  KSP solver;
  Vec answer; /* activities where the vehicle's is 1 and there was nothing before */
};

struct patch {
  MPI_Comm comm;
  const struct percuta_domain *domain;
  const struct percuta_patch_window *window;
  double *z;      /* owned faces */
  int *row_layer; /* owned */
  int nz;
  DM dm;
  DMDALocalInfo box;
  Vec conduct; /* local, with ghosts: K D */
  Vec right, left;
  size_t count;
  double *cell; /* owned; the arrays below, count + 1 each */
  double *capacity, *loss, *sink, *mouth, *space, *tissue, *share;
  double *held, *conducted; /* share less what flow holds back (domain.h) */
  double dilution;          /* [m/s] */
  int *layer, *row;         /* owned, one block */
  struct system system[SYSTEMS];
  long clock, assemblies;
};

static size_t cell(const struct patch *p, int i, int j, int k) {
  const DMDALocalInfo *b = &p->box;
  return 1 + ((size_t)k * (size_t)b->ym + (size_t)(j - b->ys)) * (size_t)b->xm +
         (size_t)(i - b->xs);
}

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
    if (row < p->box.ys || row >= p->box.ys + p->box.ym)
      continue;
    for (int i = west; i <= east; ++i) {
      int column = (i % w->nx + w->nx) % w->nx;
      if (column >= p->box.xs && column < p->box.xs + p->box.xm) {
        const size_t at = cell(p, column, row, k);
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
  PetscScalar *conduct;
  PetscFunctionBeginUser;
  PetscCall(VecGetArray(p->right, &conduct));
  for (size_t at = 1; at <= p->count; ++at) {
    int k = (int)((at - 1) / ((size_t)p->box.xm * (size_t)p->box.ym));
    const struct percuta_permeation_layer *layer = &d->layers[p->row_layer[k]];
    double bore = p->share[at], skin = 1 - bore, space = area * cell_height(p, k);
    double through = skin * layer->partition * layer->diffusivity +
                     p->conducted[at] * d->fill_partition * d->fill_diffusivity;
    conduct[at - 1] = through;
    p->space[at] = space;
    p->tissue[at] = space * skin;
    p->capacity[at] = space * (skin * layer->partition + p->held[at] * d->fill_partition);
    p->loss[at] = space * skin * layer->partition * layer->loss;
    p->mouth[at] = k == 0 ? 2 * area * through / cell_height(p, k) : bypass(p, k, p->tissue[at]);
    p->sink[at] = k == p->nz - 1 && d->sink ? 2 * area * through / cell_height(p, k) : 0;
    p->layer[at] = p->row_layer[k];
    p->row[at] = k;
  }
  PetscCall(VecRestoreArray(p->right, &conduct));
  PetscCall(DMGlobalToLocal(p->dm, p->right, INSERT_VALUES, p->conduct));
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

/* Link of two cells: resistances of the halves `near` and `far` of the way add up. */
static double link(double area, double near, double conduct, double far, double next) {
  return conduct > 0 && next > 0 ? area / (near / conduct + far / next) : 0;
}

/* The six links of a cell per skin area [m/s]: west, east, south, north, up, down. */
static void cell_links(const struct patch *p, PetscScalar ***conduct, int i, int j, int k,
                       double *links) {
  const struct percuta_patch_window *w = p->window;
  double dx = w->width_x / w->nx, dy = w->width_y / w->ny, dz = cell_height(p, k);
  double all = w->width_x * w->width_y, here = conduct[k][j][i];
  double east = dy * dz / all, north = dx * dz / all, down = dx * dy / all;
  links[0] = link(east, 0.5 * dx, here, 0.5 * dx, conduct[k][j][i - 1]);
  links[1] = link(east, 0.5 * dx, here, 0.5 * dx, conduct[k][j][i + 1]);
  links[2] = link(north, 0.5 * dy, here, 0.5 * dy, conduct[k][j - 1][i]);
  links[3] = link(north, 0.5 * dy, here, 0.5 * dy, conduct[k][j + 1][i]);
  links[4] =
      k > 0 ? link(down, 0.5 * dz, here, 0.5 * cell_height(p, k - 1), conduct[k - 1][j][i]) : 0;
  links[5] = k + 1 < p->nz
                 ? link(down, 0.5 * dz, here, 0.5 * cell_height(p, k + 1), conduct[k + 1][j][i])
                 : 0;
}

/* Sum of a row of a backward Euler matrix: what its links leave. */
static double row_sum(const struct patch *p, size_t at, double step, bool open) {
  return p->capacity[at] + step * (p->loss[at] + p->sink[at] + (open ? p->mouth[at] : 0));
}

static PetscErrorCode assemble(struct patch *p, const struct system *s) {
  PetscScalar ***conduct;
  const DMDALocalInfo *b = &p->box;
  PetscFunctionBeginUser;
  PetscCall(DMDAVecGetArrayRead(p->dm, p->conduct, &conduct));
  for (int k = 0; k < p->nz; ++k) {
    for (int j = b->ys; j < b->ys + b->ym; ++j) {
      for (int i = b->xs; i < b->xs + b->xm; ++i) {
        const MatStencil row = {.i = i, .j = j, .k = k};
        MatStencil to[7] = {{.i = i - 1, .j = j, .k = k}, {.i = i + 1, .j = j, .k = k},
                            {.i = i, .j = j - 1, .k = k}, {.i = i, .j = j + 1, .k = k},
                            {.i = i, .j = j, .k = k - 1}, {.i = i, .j = j, .k = k + 1},
                            {.i = i, .j = j, .k = k}};
        double value[7];
        cell_links(p, conduct, i, j, k, value);
        value[6] = row_sum(p, cell(p, i, j, k), s->step, s->kind != PERCUTA_DOSE_WASH);
        for (int side = 0; side < 6; ++side) {
          value[side] *= -s->step;
          value[6] -= value[side];
        }
        to[4].k = k > 0 ? k - 1 : -1; /* negative: left out */
        to[5].k = k + 1 < p->nz ? k + 1 : -1;
        PetscCall(MatSetValuesStencil(s->matrix, 1, &row, 7, to, value, INSERT_VALUES));
      }
    }
  }
  PetscCall(DMDAVecRestoreArrayRead(p->dm, p->conduct, &conduct));
  PetscCall(MatAssemblyBegin(s->matrix, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(s->matrix, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode create_system(struct patch *p, struct system *s) {
  PC pc;
  PetscFunctionBeginUser;
  PetscCall(DMCreateMatrix(p->dm, &s->matrix));
  PetscCall(MatSetOption(s->matrix, MAT_SPD, PETSC_TRUE));
  PetscCall(VecDuplicate(p->right, &s->answer));
  PetscCall(KSPCreate(p->comm, &s->solver));
  PetscCall(KSPSetOptionsPrefix(s->solver, "permeation_"));
  PetscCall(KSPSetType(s->solver, KSPCG));
  PetscCall(KSPSetNormType(s->solver, KSP_NORM_NATURAL));
  PetscCall(KSPSetTolerances(s->solver, 1e-7, 0, PETSC_DEFAULT, 500));
  PetscCall(KSPGetPC(s->solver, &pc));
  /* Incomplete Cholesky by rank: all but exact along depth, where the coupling of thin cells is. */
  PetscCall(PCSetType(pc, PCBJACOBI));
  PetscCall(KSPSetFromOptions(s->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Solves into p->left from p->right and its guess in p->left. */
static PetscErrorCode solve_system(struct patch *p, const struct system *s) {
  KSPConvergedReason reason;
  PetscFunctionBeginUser;
  PetscCall(KSPSetInitialGuessNonzero(s->solver, PETSC_TRUE));
  PetscCall(KSPSolve(s->solver, p->right, p->left));
  PetscCall(KSPGetConvergedReason(s->solver, &reason));
  PetscCheck(reason > 0, p->comm, PETSC_ERR_CONV_FAILED,
             "Permeation: a step of %g s could not be solved (%s)", s->step,
             KSPConvergedReasons[reason]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Entries are amounts of thin cells that may hold next to nothing: PETSc would take such pivots for
 * zeros, which an M-matrix does not have. */
static PetscErrorCode accept_pivots(KSP solver) {
  PC pc, part;
  KSP *parts;
  PetscInt count;
  PetscBool blocks;
  PetscFunctionBeginUser;
  PetscCall(KSPGetPC(solver, &pc));
  PetscCall(PetscObjectTypeCompare((PetscObject)pc, PCBJACOBI, &blocks));
  if (!blocks)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PCSetUp(pc));
  PetscCall(PCBJacobiGetSubKSP(pc, &count, NULL, &parts));
  for (PetscInt at = 0; at < count; ++at) {
    PetscCall(KSPGetPC(parts[at], &part));
    PetscCall(PCFactorSetZeroPivot(part, SMALLEST_PIVOT));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The matrix of a step and, under a finite dose, the cells' answer to it. */
static PetscErrorCode prepare_system(struct patch *p, double step, enum percuta_dose_kind kind,
                                     struct system *s) {
  PetscScalar *right;
  PetscFunctionBeginUser;
  if (!s->matrix)
    PetscCall(create_system(p, s));
  s->step = step;
  s->kind = kind;
  p->assemblies += 1;
  PetscCall(assemble(p, s));
  PetscCall(KSPSetOperators(s->solver, s->matrix, s->matrix));
  PetscCall(accept_pivots(s->solver));
  if (kind == PERCUTA_DOSE_FINITE) {
    PetscCall(VecGetArray(p->right, &right));
    for (size_t at = 1; at <= p->count; ++at)
      right[at - 1] = step * p->mouth[at];
    PetscCall(VecRestoreArray(p->right, &right));
    PetscCall(VecSet(p->left, 0));
    PetscCall(solve_system(p, s));
    PetscCall(VecCopy(p->left, s->answer));
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
static PetscErrorCode correct_vehicle(struct patch *p, const struct system *s, double volume,
                                      double amount, double guess, double *activity) {
  const PetscScalar *left, *answer;
  double sums[2] = {0, 0};
  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(p->left, &left));
  PetscCall(VecGetArrayRead(s->answer, &answer));
  for (size_t at = 1; at <= p->count; ++at) {
    sums[0] += s->step * p->mouth[at] * (left[at - 1] - guess * answer[at - 1]);
    sums[1] += s->step * p->mouth[at] * fmax(0, 1 - answer[at - 1]);
  }
  PetscCall(VecRestoreArrayRead(s->answer, &answer));
  PetscCall(VecRestoreArrayRead(p->left, &left));
  reduce(p, PERCUTA_MARCH_SUM, sums, 2);
  *activity = (amount + sums[0]) / (volume + sums[1]);
  PetscCall(VecAXPY(p->left, *activity - guess, s->answer));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Takes the activities from p->left, nowhere negative and scaled to what was there: what the
 * iteration has left unsolved is shared out, so that amounts balance. `known`: the amounts given.
 */
static PetscErrorCode take_solution(struct patch *p, const struct system *s,
                                    const struct percuta_march_surface *surface, double known,
                                    double *x) {
  const PetscScalar *left;
  double found = 0;
  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(p->left, &left));
  for (size_t at = 1; at <= p->count; ++at) {
    x[at] = fmax(0, left[at - 1]);
    found += x[at] * row_sum(p, at, s->step, surface->kind == PERCUTA_DOSE_FIXED);
  }
  PetscCall(VecRestoreArrayRead(p->left, &left));
  reduce(p, PERCUTA_MARCH_SUM, &found, 1);
  if (surface->kind == PERCUTA_DOSE_FINITE)
    found += surface->volume * x[0];
  for (size_t at = 0; at <= p->count && found > 0; ++at) {
    if (at > 0 || surface->kind == PERCUTA_DOSE_FINITE)
      x[at] *= known / found;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Sets the right-hand side under a vehicle of activity `over`, and the guess that nothing moves, or
 * the one given; *known: the amounts given to the cells, over all ranks. */
static PetscErrorCode pose(struct patch *p, double step, double over, bool fixed,
                           const struct percuta_march_guess *guess, const double *x,
                           double *known) {
  PetscScalar *right, *left;
  PetscFunctionBeginUser;
  PetscCall(VecGetArray(p->right, &right));
  PetscCall(VecGetArray(p->left, &left));
  *known = 0;
  for (size_t at = 1; at <= p->count; ++at) {
    double entering = step * p->mouth[at] * over;
    right[at - 1] = x[at] + entering;
    const double before = x[at] / p->capacity[at];
    left[at - 1] = guess->near ? before + guess->share * (guess->near[at] - before) : before;
    *known += x[at] + (fixed ? entering : 0);
  }
  PetscCall(VecRestoreArray(p->left, &left));
  PetscCall(VecRestoreArray(p->right, &right));
  reduce(p, PERCUTA_MARCH_SUM, known, 1);
  PetscFunctionReturn(PETSC_SUCCESS);
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
  PetscCall(pose(p, step, over, fixed, guess, x, &known));
  PetscCall(solve_system(p, s));
  if (finite) {
    known += x[0];
    PetscCall(correct_vehicle(p, s, surface->volume, x[0], over, &x[0]));
  } else {
    x[0] = over;
  }
  PetscCall(take_solution(p, s, surface, known, x));
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
  /* Depth whole on every rank. */
  PetscCall(DMDACreate3d(p->comm, DM_BOUNDARY_PERIODIC, DM_BOUNDARY_PERIODIC, DM_BOUNDARY_NONE,
                         DMDA_STENCIL_STAR, w->nx, w->ny, p->nz, PETSC_DECIDE, PETSC_DECIDE, 1, 1,
                         1, NULL, NULL, NULL, &p->dm));
  PetscCall(DMSetUp(p->dm));
  PetscCall(DMDAGetLocalInfo(p->dm, &p->box));
  PetscCall(DMCreateGlobalVector(p->dm, &p->right));
  PetscCall(VecDuplicate(p->right, &p->left));
  PetscCall(DMCreateLocalVector(p->dm, &p->conduct));
  p->count = (size_t)p->box.xm * (size_t)p->box.ym * (size_t)p->nz;
  PetscCall(PetscCalloc1(CELL_ARRAYS * (p->count + 1), &p->cell));
  PetscCall(PetscCalloc1(2 * (p->count + 1), &p->layer));
  double **const array[CELL_ARRAYS] = {&p->capacity, &p->loss,  &p->sink, &p->mouth,    &p->space,
                                       &p->tissue,   &p->share, &p->held, &p->conducted};
  for (size_t at = 0; at < CELL_ARRAYS; ++at)
    *array[at] = p->cell + at * (p->count + 1);
  p->row = p->layer + p->count + 1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode clear_patch(struct patch *p) {
  PetscFunctionBeginUser;
  for (int at = 0; at < SYSTEMS; ++at) {
    PetscCall(MatDestroy(&p->system[at].matrix));
    PetscCall(KSPDestroy(&p->system[at].solver));
    PetscCall(VecDestroy(&p->system[at].answer));
  }
  PetscCall(VecDestroy(&p->conduct));
  PetscCall(VecDestroy(&p->right));
  PetscCall(VecDestroy(&p->left));
  PetscCall(DMDestroy(&p->dm));
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

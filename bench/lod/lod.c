/* Sweeps of line solves over tiles of lines, in pairs of steps x y z | z y x; lod.h has the
 * schemes.
 * Verified: tests/verification/test_lod.c. */
#include "lod/lod.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lod/tile.h"

#ifdef _OPENMP
#include <omp.h>
#endif

enum { X, Y, Z, DIRECTIONS };

/* The lines of one direction: `groups` lots of `tiles` tiles. With diffusivities by row all tiles
 * of a group share one line's factors, else each has its own. */
struct direction {
  bool used;
  bool periodic;
  int n; /* cells of a line */
  int groups, tiles;
  size_t tile_size;              /* factors of a tile, or of a group */
  double *keep, *carry, *closer; /* owned; see tile.h */
  double *close;                 /* owned; a tile's, or a group's, factors of the closing flux */
};

struct percuta_lod {
  const struct percuta_grid *grid; /* borrowed */
  struct percuta_lod_medium medium;
  enum percuta_lod_scheme scheme;
  double decay; /* exp(-loss step) */
  struct direction direction[DIRECTIONS];
  int threads;
  size_t work_size; /* of a thread */
  double *work;     /* owned */
};

static int thread_count(void) {
#ifdef _OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

/* Whether waking other threads pays: from a tenth of a millisecond's work on. */
static bool is_large(const struct percuta_lod *lod, int fields) {
  return percuta_numerics_grid_cell_count(lod->grid) * (size_t)fields > 50000;
}

static double *work_of_thread(const struct percuta_lod *lod) {
#ifdef _OPENMP
  return lod->work + lod->work_size * (size_t)omp_get_thread_num();
#else
  return lod->work;
#endif
}

static double diffusivity(const struct percuta_lod *lod, int i, int j, int k) {
  const struct percuta_grid *grid = lod->grid;
  if (lod->medium.by_row)
    return lod->medium.by_row[k];
  return lod->medium
      .by_cell[((size_t)k * (size_t)grid->ny + (size_t)j) * (size_t)grid->nx + (size_t)i];
}

/* Resistances in series; nothing passes a cell that lets nothing through. */
static double conductance(double d0, double half0, double d1, double half1) {
  return d0 > 0 && d1 > 0 ? d0 * d1 / (half0 * d1 + half1 * d0) : 0.0;
}

/* What cell `at` of a line exchanges with the next cell, per unit of its own volume (`out`) and of
 * the next one's (`in`) [1/s]. The line is that through cell (i, j, k). */
static void exchange(const struct percuta_lod *lod, int which, int at, int i, int j, int k,
                     double *out, double *in) {
  const struct percuta_grid *grid = lod->grid;
  if (which == X) {
    int next = (at + 1) % grid->nx;
    double half = 0.5 * grid->dx;
    double across =
        conductance(diffusivity(lod, at, j, k), half, diffusivity(lod, next, j, k), half);
    bool rings = grid->metric == PERCUTA_CYLINDRICAL;
    *out = across / grid->dx * (rings ? (at + 1) / (at + 0.5) : 1.0);
    *in = across / grid->dx * (rings ? (at + 1) / (at + 1.5) : 1.0);
  } else if (which == Y) {
    int next = (at + 1) % grid->ny;
    double half = 0.5 * grid->dy;
    double across =
        conductance(diffusivity(lod, i, at, k), half, diffusivity(lod, i, next, k), half);
    *out = *in = across / grid->dy;
  } else {
    double above = grid->z_face[at + 1] - grid->z_face[at];
    double below = grid->z_face[at + 2] - grid->z_face[at + 1];
    double across = conductance(diffusivity(lod, i, j, at), 0.5 * above,
                                diffusivity(lod, i, j, at + 1), 0.5 * below);
    *out = across / above;
    *in = across / below;
  }
}

/* Factors the line through (i, j, k) for v = (1 - s A)^-1 u into lane `lane` of arrays that are
 * `lanes` wide. */
static void factor_line(const struct percuta_lod *lod, int which, double s, int i, int j, int k,
                        size_t tile, int lane, int lanes) {
  const struct direction *direction = &lod->direction[which];
  int n = direction->n;
  double *keep = direction->keep + tile * direction->tile_size + lane;
  double *carry = direction->carry + tile * direction->tile_size + lane;
  double from_above = 0.0; /* what a row takes from the one above, of its own volume, scaled by s */
  double back = 0.0;       /* share that an eliminated row takes from this one */
  for (int at = 0; at < n; ++at) {
    double out = 0.0, in = 0.0;
    if (at + 1 < n)
      exchange(lod, which, at, i, j, k, &out, &in);
    double held = 1.0 + from_above * (1.0 - back);
    keep[at * lanes] = 1.0 / held;
    back = s * out / (held + s * out);
    carry[at * lanes] = back;
    from_above = s * in;
  }
}

/* For periodic lines: the answer of the line, cut open at its end, to a unit flux through the cut.
 * The matrix is that of the open line plus w (e_0 - e_last)(e_0 - e_last)', so that the closed
 * line's answer follows from the open one's by one multiple of this (Sherman & Morrison 1950). */
static void close_line(const struct percuta_lod *lod, int which, double s, int i, int j, int k,
                       size_t tile, int lane, int lanes) {
  const struct direction *direction = &lod->direction[which];
  size_t from = tile * direction->tile_size + (size_t)lane;
  int n = direction->n;
  double *closer = direction->closer + from;
  double out, in;
  exchange(lod, which, n - 1, i, j, k, &out, &in);
  double *answer = work_of_thread(lod);
  memset(answer, 0, (size_t)n * sizeof *answer);
  answer[0] = 1.0;
  answer[n - 1] -= 1.0;
  percuta_bench_tile_solve_line(n, lanes, direction->keep + from, direction->carry + from, answer);
  for (int at = 0; at < n; ++at)
    closer[at * lanes] = answer[at];
  double w = s * out;
  direction->close[tile * (size_t)lanes + (size_t)lane] =
      w / (1.0 + w * (answer[0] - answer[n - 1]));
}

/* Where line `line` of group `group` runs. */
static void locate(int which, int group, int line, int *i, int *j, int *k) {
  *i = which == X ? 0 : line;
  *j = which == X ? line : which == Y ? 0 : group;
  *k = which == Z ? 0 : group;
}

static void factor(const struct percuta_lod *lod, int which, double s) {
  const struct direction *direction = &lod->direction[which];
  bool by_row = lod->medium.by_row != NULL;
  int lanes = by_row ? 1 : PERCUTA_TILE_LANES;
  int lines = which == X ? lod->grid->ny : lod->grid->nx;
  int groups = by_row && which == Z ? 1 : direction->groups;
#pragma omp parallel for schedule(dynamic) if (is_large(lod, 1))
  for (int group = 0; group < groups; ++group) {
    for (int line = 0; line < (by_row ? 1 : lines); ++line) {
      int i, j, k;
      size_t tile = by_row ? (size_t)group
                           : (size_t)group * (size_t)direction->tiles + (size_t)(line / lanes);
      locate(which, group, line, &i, &j, &k);
      factor_line(lod, which, s, i, j, k, tile, line % lanes, lanes);
      if (direction->periodic)
        close_line(lod, which, s, i, j, k, tile, line % lanes, lanes);
    }
  }
}

void percuta_bench_lod_prepare(struct percuta_lod *lod, enum percuta_lod_scheme scheme,
                               double step) {
  static const double part[] = {
      [PERCUTA_LOD_EULER] = 1.0,
      [PERCUTA_LOD_CRANK_NICOLSON] = 0.5,
      [PERCUTA_LOD_TWO_STAGE] = 0.29289321881345248, /* 1 - 1/sqrt(2) */
  };
  lod->scheme = scheme;
  lod->decay = exp(-lod->medium.loss * step);
  for (int which = 0; which < DIRECTIONS; ++which) {
    if (lod->direction[which].used)
      factor(lod, which, part[scheme] * step);
  }
}

/* The factors that hold for a tile. */
static struct percuta_tile_factors factors_of(const struct percuta_lod *lod, int which, int group,
                                              int tile) {
  const struct direction *direction = &lod->direction[which];
  bool by_row = lod->medium.by_row != NULL;
  size_t at = by_row ? (which == Z ? 0 : (size_t)group)
                     : (size_t)group * (size_t)direction->tiles + (size_t)tile;
  size_t from = at * direction->tile_size;
  return (struct percuta_tile_factors){
      .n = direction->n,
      .by_lane = !by_row,
      .keep = direction->keep + from,
      .carry = direction->carry + from,
      .closer = direction->periodic ? direction->closer + from : NULL,
      .close =
          direction->periodic ? direction->close + at * (by_row ? 1 : PERCUTA_TILE_LANES) : NULL,
  };
}

/* `times` steps in x, then in y, or the reverse, in the plane of depth row k. */
static void sweep_x(const struct percuta_lod *lod, double *plane, int k, int times, double *work) {
  int nx = lod->grid->nx, ny = lod->grid->ny;
  for (int tile = 0; tile < lod->direction[X].tiles; ++tile) {
    struct percuta_tile_factors factors = factors_of(lod, X, k, tile);
    int first = tile * PERCUTA_TILE_LANES;
    int lanes = ny - first < PERCUTA_TILE_LANES ? ny - first : PERCUTA_TILE_LANES;
    double *rows = plane + (size_t)first * (size_t)nx;
    percuta_bench_tile_turn_in(nx, lanes, rows, work);
    for (int n = 0; n < times; ++n)
      percuta_bench_tile_step(&factors, lod->scheme, 1.0, work);
    percuta_bench_tile_turn_out(nx, lanes, work, rows);
  }
}

/* `times` steps along lines whose cells are `stride` apart; `width` lines side by side. */
static void sweep_across(const struct percuta_lod *lod, int which, int group, double *from,
                         size_t stride, int times, double factor, double *work) {
  int width = lod->grid->nx;
  for (int tile = 0; tile < lod->direction[which].tiles; ++tile) {
    struct percuta_tile_factors factors = factors_of(lod, which, group, tile);
    int first = tile * PERCUTA_TILE_LANES;
    int lanes = width - first < PERCUTA_TILE_LANES ? width - first : PERCUTA_TILE_LANES;
    percuta_bench_tile_load(factors.n, lanes, from + first, stride, work);
    if (first + PERCUTA_TILE_LANES < width) {
      factors.next = from + first + PERCUTA_TILE_LANES;
      factors.next_stride = stride;
    }
    for (int n = 0; n < times; ++n)
      percuta_bench_tile_step(&factors, lod->scheme, factor, work);
    percuta_bench_tile_store(factors.n, lanes, work, from + first, stride);
  }
}

enum plane_order { FIRST, BETWEEN, LAST }; /* x y | y x x y | y x */

static void sweep_plane(const struct percuta_lod *lod, double *plane, int k, enum plane_order order,
                        double *work) {
  bool x = lod->direction[X].used, y = lod->direction[Y].used;
  size_t nx = (size_t)lod->grid->nx;
  if (order != FIRST && y)
    sweep_across(lod, Y, k, plane, nx, 1, 1.0, work);
  if (x)
    sweep_x(lod, plane, k, order == BETWEEN ? 2 : 1, work);
  if (order != LAST && y)
    sweep_across(lod, Y, k, plane, nx, 1, 1.0, work);
}

static void sweep_planes(const struct percuta_lod *lod, int fields, double *const *u,
                         enum plane_order order) {
  int nz = lod->grid->nz;
  size_t size = (size_t)lod->grid->nx * (size_t)lod->grid->ny;
  if (!lod->direction[X].used && !lod->direction[Y].used)
    return;
#pragma omp parallel for schedule(dynamic) if (is_large(lod, fields))
  for (int item = 0; item < fields * nz; ++item) {
    int k = item % nz;
    sweep_plane(lod, u[item / nz] + (size_t)k * size, k, order, work_of_thread(lod));
  }
}

/* `times` depth steps, and the loss of as many steps. */
static void sweep_depth(const struct percuta_lod *lod, int fields, double *const *u, int times) {
  int ny = lod->grid->ny;
  size_t nx = (size_t)lod->grid->nx;
#pragma omp parallel for schedule(dynamic) if (is_large(lod, fields))
  for (int item = 0; item < fields * ny; ++item) {
    int j = item % ny;
    sweep_across(lod, Z, j, u[item / ny] + (size_t)j * nx, nx * (size_t)ny, times, lod->decay,
                 work_of_thread(lod));
  }
}

void percuta_bench_lod_advance(const struct percuta_lod *lod, int fields, double *const *u,
                               long pairs) {
  for (long pair = 0; pair < pairs; ++pair) {
    sweep_planes(lod, fields, u, pair == 0 ? FIRST : BETWEEN);
    sweep_depth(lod, fields, u, 2);
  }
  if (pairs > 0)
    sweep_planes(lod, fields, u, LAST);
}

void percuta_bench_lod_half(const struct percuta_lod *lod, int fields, double *const *u,
                            enum percuta_lod_half half) {
  if (half == PERCUTA_LOD_DOWN)
    sweep_planes(lod, fields, u, FIRST);
  sweep_depth(lod, fields, u, 1);
  if (half == PERCUTA_LOD_UP)
    sweep_planes(lod, fields, u, LAST);
}

static size_t factor_count(const struct percuta_lod *lod, int which) {
  const struct direction *direction = &lod->direction[which];
  if (lod->medium.by_row)
    return which == Z ? 1 : (size_t)direction->groups;
  return (size_t)direction->groups * (size_t)direction->tiles;
}

/* Sizes a direction and gives it room; false when there is none. */
static bool set_direction(struct percuta_lod *lod, int which) {
  const struct percuta_grid *grid = lod->grid;
  struct direction *direction = &lod->direction[which];
  int lines = which == X ? grid->ny : grid->nx;
  int lanes = lod->medium.by_row ? 1 : PERCUTA_TILE_LANES;
  direction->n = which == X ? grid->nx : which == Y ? grid->ny : grid->nz;
  direction->used = direction->n > 1 || which == Z;
  direction->periodic =
      which != Z && grid->metric == PERCUTA_CARTESIAN && !lod->medium.walls && direction->n > 1;
  direction->groups = which == Z ? grid->ny : grid->nz;
  direction->tiles = (lines + PERCUTA_TILE_LANES - 1) / PERCUTA_TILE_LANES;
  direction->tile_size = (size_t)direction->n * (size_t)lanes;
  if (!direction->used)
    return true;
  size_t count = factor_count(lod, which);
  /* calloc: lanes beyond the last line are solved as well, and must hold numbers */
  direction->keep = calloc(count * direction->tile_size, sizeof(double));
  direction->carry = calloc(count * direction->tile_size, sizeof(double));
  if (direction->periodic) {
    direction->closer = calloc(count * direction->tile_size, sizeof(double));
    direction->close = calloc(count * (size_t)lanes, sizeof(double));
  }
  return direction->keep && direction->carry &&
         (!direction->periodic || (direction->closer && direction->close));
}

static bool medium_is_sound(const struct percuta_grid *grid,
                            const struct percuta_lod_medium *medium) {
  const double *d = medium->by_row ? medium->by_row : medium->by_cell;
  size_t count = medium->by_row ? (size_t)grid->nz : percuta_numerics_grid_cell_count(grid);
  if (!d || !(medium->loss >= 0))
    return false;
  for (size_t at = 0; at < count; ++at) {
    if (!(d[at] >= 0) || !isfinite(d[at]))
      return false;
  }
  return true;
}

enum percuta_status percuta_bench_lod_create(const struct percuta_grid *grid,
                                             const struct percuta_lod_medium *medium,
                                             struct percuta_lod **out) {
  *out = NULL;
  if (!medium_is_sound(grid, medium))
    return PERCUTA_BAD_INPUT;
  struct percuta_lod *lod = calloc(1, sizeof *lod);
  if (!lod)
    return PERCUTA_MEMORY;
  lod->grid = grid;
  lod->medium = *medium;
  bool ok = true;
  int longest = 0;
  for (int which = 0; which < DIRECTIONS; ++which) {
    ok = set_direction(lod, which) && ok;
    longest = lod->direction[which].n > longest ? lod->direction[which].n : longest;
  }
  lod->threads = thread_count();
  lod->work_size = percuta_bench_tile_work(longest);
  lod->work = aligned_alloc(64, (size_t)lod->threads * lod->work_size * sizeof(double));
  if (!ok || !lod->work) {
    percuta_bench_lod_destroy(&lod);
    return PERCUTA_MEMORY;
  }
  memset(lod->work, 0, (size_t)lod->threads * lod->work_size * sizeof(double));
  *out = lod;
  return PERCUTA_OK;
}

void percuta_bench_lod_destroy(struct percuta_lod **lod) {
  if (!*lod)
    return;
  for (int which = 0; which < DIRECTIONS; ++which) {
    free((*lod)->direction[which].keep);
    free((*lod)->direction[which].carry);
    free((*lod)->direction[which].closer);
    free((*lod)->direction[which].close);
  }
  free((*lod)->work);
  free(*lod);
  *lod = NULL;
}

double *percuta_bench_lod_room(const struct percuta_grid *grid) {
  const size_t page = (size_t)1 << 21;
  size_t bytes = percuta_numerics_grid_cell_count(grid) * sizeof(double);
  if (bytes < page)
    return calloc(bytes, 1);
  double *field = aligned_alloc(page, (bytes + page - 1) / page * page);
  if (!field)
    return NULL;
  (void)madvise(field, bytes, MADV_HUGEPAGE); /* advice: whether it is taken changes no result */
  memset(field, 0, bytes);
  return field;
}

size_t percuta_bench_lod_bytes(const struct percuta_lod *lod) {
  size_t bytes = sizeof *lod + (size_t)lod->threads * lod->work_size * sizeof(double);
  for (int which = 0; which < DIRECTIONS; ++which) {
    const struct direction *direction = &lod->direction[which];
    size_t lanes = lod->medium.by_row ? 1 : PERCUTA_TILE_LANES;
    if (direction->used) {
      size_t count = factor_count(lod, which);
      bytes += count * direction->tile_size * (direction->periodic ? 3 : 2) * sizeof(double) +
               (direction->periodic ? count * lanes * sizeof(double) : 0);
    }
  }
  return bytes;
}

/* The recursions of tile.h, down and up, for a tile of lines side by side; a periodic line is cut,
 * solved, and corrected by the flux through the cut.
 * Verified: tests/verification/test_lod.c. */
#include "lod/tile.h"

#include <string.h>

#include "base/vector.h"

enum { LANES = PERCUTA_TILE_LANES, BLOCK = 4 };

size_t percuta_bench_tile_work(int n) {
  return 3 * (size_t)LANES * (size_t)n;
}

void percuta_bench_tile_solve_line(int n, int lanes, const double *keep, const double *carry,
                                   double *x) {
  x[0] *= keep[0];
  for (int at = 1; at < n; ++at)
    x[at] = (1.0 - keep[at * lanes]) * x[at - 1] + keep[at * lanes] * x[at];
  for (int at = n - 2; at >= 0; --at)
    x[at] = (1.0 - carry[at * lanes]) * x[at] + carry[at * lanes] * x[at + 1];
}

PERCUTA_VECTOR_CLONES
static void turn_in(int n, int lanes, const double *rows, double *work) {
  if (lanes < LANES)
    memset(work, 0, (size_t)n * LANES * sizeof *work);
  int at = 0;
  for (; lanes == LANES && at + BLOCK <= n; at += BLOCK) {
    for (int lane = 0; lane < LANES; lane += BLOCK) {
      const double *from = rows + (size_t)lane * (size_t)n + at;
      percuta_vector_turn(from, (size_t)n, work + at * LANES + lane, LANES);
    }
  }
  for (; at < n; ++at) {
    for (int lane = 0; lane < lanes; ++lane)
      work[at * LANES + lane] = rows[(size_t)lane * (size_t)n + (size_t)at];
  }
}

PERCUTA_VECTOR_CLONES
static void turn_out(int n, int lanes, const double *work, double *rows) {
  int at = 0;
  for (; lanes == LANES && at + BLOCK <= n; at += BLOCK) {
    for (int lane = 0; lane < LANES; lane += BLOCK) {
      double *to = rows + (size_t)lane * (size_t)n + at;
      percuta_vector_turn(work + at * LANES + lane, LANES, to, (size_t)n);
    }
  }
  for (; at < n; ++at) {
    for (int lane = 0; lane < lanes; ++lane)
      rows[(size_t)lane * (size_t)n + (size_t)at] = work[at * LANES + lane];
  }
}

void percuta_bench_tile_turn_in(int n, int lanes, const double *rows, double *work) {
  turn_in(n, lanes, rows, work);
}

void percuta_bench_tile_turn_out(int n, int lanes, const double *work, double *rows) {
  turn_out(n, lanes, work, rows);
}

void percuta_bench_tile_load(int n, int lanes, const double *from, size_t stride, double *work) {
  if (lanes == LANES) {
    for (int at = 0; at < n; ++at)
      memcpy(work + at * LANES, from + (size_t)at * stride, LANES * sizeof *work);
    return;
  }
  memset(work, 0, (size_t)n * LANES * sizeof *work);
  for (int at = 0; at < n; ++at)
    memcpy(work + at * LANES, from + (size_t)at * stride, (size_t)lanes * sizeof *work);
}

void percuta_bench_tile_store(int n, int lanes, const double *work, double *to, size_t stride) {
  if (lanes == LANES) {
    for (int at = 0; at < n; ++at)
      memcpy(to + (size_t)at * stride, work + at * LANES, LANES * sizeof *work);
    return;
  }
  for (int at = 0; at < n; ++at)
    memcpy(to + (size_t)at * stride, work + at * LANES, (size_t)lanes * sizeof *work);
}

/* Four lanes at a time; and as they lie in memory. */
typedef double four __attribute__((vector_size(32)));
typedef double four_stored __attribute__((vector_size(32), aligned(8), may_alias));

enum { FOURS = LANES / 4 };

/* The factors of cell `at` of every lane; one for all of them, or one for each: told at compile
 * time, so that both are fast. */
PERCUTA_VECTOR_INLINE
void get(const double *factors, bool by_lane, int at, four out[FOURS]) {
  four all = factors[by_lane ? 0 : at] - (four){0};
  for (int part = 0; part < FOURS; ++part) {
    if (by_lane)
      all = ((const four_stored *)factors)[at * FOURS + part];
    out[part] = all;
  }
}

/* What is done with a solved cell x: see percuta_lod_scheme. */
enum finish { KEEP, EULER, CRANK_NICOLSON, TWO_STAGE };

struct arrays {
  double *u; /* the tile: what a step starts from, and ends in */
  double *v; /* of two stages, the first */
  double *x; /* room to solve */
};

PERCUTA_VECTOR_INLINE
void finish_cell(enum finish finish, double factor, const four *solved, size_t cell,
                 const struct arrays *arrays) {
  const double root = 1.4142135623730951;
  four_stored *u = (four_stored *)arrays->u + cell;
  if (finish == KEEP)
    ((four_stored *)arrays->x)[cell] = *solved;
  else if (finish == EULER)
    *u = factor * *solved;
  else if (finish == CRANK_NICOLSON)
    *u = factor * (2.0 * *solved - *u);
  else
    *u = factor * (root * (*solved - ((const four_stored *)arrays->v)[cell]) + *solved);
}

/* Down the lines of `from` into arrays->x. */
PERCUTA_VECTOR_INLINE
void eliminate(const struct percuta_tile_factors *factors, bool by_lane, const double *from,
               double *into) {
  const double *keep = factors->keep;
  const four_stored *restrict u = (const four_stored *)from;
  four_stored *restrict x = (four_stored *)into;
  /* strides reach beyond a page, where no processor looks ahead by itself */
  const double *next = factors->next ? factors->next : from;
  size_t next_stride = factors->next ? factors->next_stride : 0;
  int n = factors->n;
  four last[FOURS], share[FOURS] = {{0}};
  get(keep, by_lane, 0, share);
  for (int part = 0; part < FOURS; ++part)
    x[part] = last[part] = share[part] * u[part];
  for (int at = 1; at < n; ++at) {
    get(keep, by_lane, at, share);
    __builtin_prefetch(next);
    __builtin_prefetch(next + LANES / 2);
    next += next_stride;
    for (int part = 0; part < FOURS; ++part) {
      last[part] = (1.0 - share[part]) * last[part] + share[part] * u[at * FOURS + part];
      x[at * FOURS + part] = last[part];
    }
  }
}

/* Up the lines of arrays->x, finishing cell by cell. */
PERCUTA_VECTOR_INLINE
void substitute(const struct percuta_tile_factors *factors, bool by_lane, enum finish finish,
                double factor, const struct arrays *arrays) {
  const double *carry = factors->carry;
  const four_stored *x = (const four_stored *)arrays->x;
  four last[FOURS], share[FOURS] = {{0}};
  int end = factors->n - 1;
  for (int part = 0; part < FOURS; ++part) {
    last[part] = x[end * FOURS + part];
    finish_cell(finish, factor, &last[part], (size_t)(end * FOURS + part), arrays);
  }
  for (int at = end - 1; at >= 0; --at) {
    get(carry, by_lane, at, share);
    for (int part = 0; part < FOURS; ++part) {
      last[part] = (1.0 - share[part]) * x[at * FOURS + part] + share[part] * last[part];
      finish_cell(finish, factor, &last[part], (size_t)(at * FOURS + part), arrays);
    }
  }
}

/* Lets a periodic line, solved as if cut open, exchange what passes the cut; and finishes. */
PERCUTA_VECTOR_INLINE
void close_lines(const struct percuta_tile_factors *factors, bool by_lane, enum finish finish,
                 double factor, const struct arrays *arrays) {
  const double *closer = factors->closer;
  const four_stored *x = (const four_stored *)arrays->x;
  int n = factors->n;
  four flux[FOURS], share[FOURS] = {{0}};
  get(factors->close, by_lane, 0, share);
  for (int part = 0; part < FOURS; ++part)
    flux[part] = share[part] * (x[part] - x[(n - 1) * FOURS + part]);
  for (int at = 0; at < n; ++at) {
    get(closer, by_lane, at, share);
    for (int part = 0; part < FOURS; ++part) {
      four solved = x[at * FOURS + part] - share[part] * flux[part];
      finish_cell(finish, factor, &solved, (size_t)(at * FOURS + part), arrays);
    }
  }
}

PERCUTA_VECTOR_INLINE
void solve(const struct percuta_tile_factors *factors, bool by_lane, const double *from,
           enum finish finish, double factor, const struct arrays *arrays) {
  eliminate(factors, by_lane, from, arrays->x);
  if (factors->closer) {
    substitute(factors, by_lane, KEEP, factor, arrays);
    close_lines(factors, by_lane, finish, factor, arrays);
  } else {
    substitute(factors, by_lane, finish, factor, arrays);
  }
}

PERCUTA_VECTOR_INLINE
void step(const struct percuta_tile_factors *factors, bool by_lane, enum percuta_lod_scheme scheme,
          double factor, double *work) {
  size_t size = (size_t)factors->n * LANES;
  const struct arrays whole = {.u = work, .v = work + size, .x = work + 2 * size};
  const struct arrays first = {.u = work, .x = work + size};
  if (scheme == PERCUTA_LOD_EULER) {
    solve(factors, by_lane, work, EULER, factor, &whole);
  } else if (scheme == PERCUTA_LOD_CRANK_NICOLSON) {
    solve(factors, by_lane, work, CRANK_NICOLSON, factor, &whole);
  } else {
    solve(factors, by_lane, work, KEEP, factor, &first);
    solve(factors, by_lane, first.x, TWO_STAGE, factor, &whole);
  }
}

PERCUTA_VECTOR_CLONES
static void step_by_lane(const struct percuta_tile_factors *factors, enum percuta_lod_scheme scheme,
                         double factor, double *work) {
  step(factors, true, scheme, factor, work);
}

PERCUTA_VECTOR_CLONES
static void step_alike(const struct percuta_tile_factors *factors, enum percuta_lod_scheme scheme,
                       double factor, double *work) {
  step(factors, false, scheme, factor, work);
}

void percuta_bench_tile_step(const struct percuta_tile_factors *factors,
                             enum percuta_lod_scheme scheme, double factor, double *work) {
  if (factors->by_lane) {
    step_by_lane(factors, scheme, factor, work);
  } else {
    step_alike(factors, scheme, factor, work);
  }
}

/* Tridiagonal solves of a tile of lines side by side: x[at * LANES + lane]. A tile stays in the
 * first-level cache while it is worked on, and all its lanes take the same step at once. Internal
 * to bench/lod/.
 *
 * The matrix is 1 - s A with rows that sum to one, so that elimination can be written in weighted
 * means, which never leave the range of what is averaged:
 *   down  z[at] = (1 - keep[at]) z[at-1] + keep[at] u[at]
 *   up    x[at] = (1 - carry[at]) z[at] + carry[at] x[at+1] */
#ifndef PERCUTA_BENCH_TILE_H
#define PERCUTA_BENCH_TILE_H

#include <stdbool.h>
#include <stddef.h>

#include "lod/lod.h"

enum { PERCUTA_TILE_LANES = 16 };

struct percuta_tile_factors {
  int n;                      /* cells of a line */
  bool by_lane;               /* each lane has its own factors, laid out like the tile */
  const double *keep, *carry; /* keep[0] = 1, carry[n-1] = 0 */
  const double *closer;       /* what a flux through the cut of a periodic line does; or NULL */
  const double *close;        /* that flux per unit of difference across the cut */
  const double *next;         /* first cell of the tile to come, fetched meanwhile; or NULL */
  size_t next_stride;         /* from a cell of its lines to the next */
};

/* Doubles of work space for lines of up to `n` cells: the tile, and room to solve. */
size_t percuta_bench_tile_work(int n);

/* Fills the tile, at the start of `work`, and writes it back. `turn`: from and to `lanes` rows of
 * `n` contiguous cells; the others: `lanes` contiguous values, lines running with `stride`. */
void percuta_bench_tile_turn_in(int n, int lanes, const double *rows, double *work);
void percuta_bench_tile_turn_out(int n, int lanes, const double *work, double *rows);
void percuta_bench_tile_load(int n, int lanes, const double *from, size_t stride, double *work);
void percuta_bench_tile_store(int n, int lanes, const double *work, double *to, size_t stride);

/* One step of `scheme` of the tile, then times `factor`. */
void percuta_bench_tile_step(const struct percuta_tile_factors *factors,
                             enum percuta_lod_scheme scheme, double factor, double *work);

/* Solves one line in place whose factors are `lanes` apart. */
void percuta_bench_tile_solve_line(int n, int lanes, const double *keep, const double *carry,
                                   double *x);

#endif

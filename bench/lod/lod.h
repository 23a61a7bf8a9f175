/* Linear diffusion and loss, du/dt = div(D grad u) - loss u, by locally one-dimensional steps:
 * every direction is solved by itself, line by line, in memory that is touched once a direction.
 *
 * Steps are taken in pairs, x y z | z y x, so that what the order of the directions does to the
 * result cancels to second order (Strang 1968, SIAM J Numer Anal 5). No PETSc, no MPI: threads of
 * one process share the lines, and the result does not depend on their number. */
#ifndef PERCUTA_BENCH_LOD_H
#define PERCUTA_BENCH_LOD_H

#include <stdbool.h>

#include "base/status.h"
#include "numerics/grid.h"

/* What stands for exp(tau A) in a direction; v = (1 - s A)^-1 u is one line solve.
 *   euler            v, s = tau: order 1; never makes a new extreme, so never a value below zero
 *   crank_nicolson   2 v - u, s = tau/2: order 2; rings behind edges that a step does not resolve
 *   two_stage        sqrt(2) (v' - v) + v', v' = (1 - s A)^-1 v, s = (1 - 1/sqrt 2) tau: order 2,
 *                    L-stable (Alexander 1977, SIAM J Numer Anal 14), so that edges are damped */
enum percuta_lod_scheme {
  PERCUTA_LOD_EULER,
  PERCUTA_LOD_CRANK_NICOLSON,
  PERCUTA_LOD_TWO_STAGE,
};

/* What a substance moves in. Faces take the harmonic mean of the cells they part. */
struct percuta_lod_medium {
  const double *by_row;  /* [m^2/s] nz diffusivities, one for each depth row; or NULL and */
  const double *by_cell; /* [m^2/s] one for each cell, x fastest, then y, then z */
  double loss;           /* [1/s] */
  bool walls;            /* nothing passes the sides; else they are periodic (never in rings) */
};

struct percuta_lod;

/* Grid and the arrays of `medium` are borrowed until destroy. PERCUTA_MEMORY, or
 * PERCUTA_BAD_INPUT when a diffusivity is negative or no number. */
enum percuta_status percuta_bench_lod_create(const struct percuta_grid *grid,
                                             const struct percuta_lod_medium *medium,
                                             struct percuta_lod **out);
void percuta_bench_lod_destroy(struct percuta_lod **lod); /* accepts NULL */

/* Room for a field of zeros on large pages, where lines in depth run faster; free() it.
 * NULL when there is no memory. Any other memory will do as well. */
double *percuta_bench_lod_room(const struct percuta_grid *grid);

/* Prepares for steps of length `step` [s]; costs about as much as one of them. */
void percuta_bench_lod_prepare(struct percuta_lod *lod, enum percuta_lod_scheme scheme,
                               double step);

/* Takes `pairs` pairs of steps with each of `fields` fields, all in this medium: u[f] has one value
 * a cell, x fastest. */
void percuta_bench_lod_advance(const struct percuta_lod *lod, int fields, double *const *u,
                               long pairs);

/* One half of a pair: x y z, or z y x. For a reaction in the middle of a pair. */
enum percuta_lod_half { PERCUTA_LOD_DOWN, PERCUTA_LOD_UP };
void percuta_bench_lod_half(const struct percuta_lod *lod, int fields, double *const *u,
                            enum percuta_lod_half half);

/* [bytes] held besides the fields: factors and work space. */
size_t percuta_bench_lod_bytes(const struct percuta_lod *lod);

#endif

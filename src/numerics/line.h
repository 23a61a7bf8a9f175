/* Direct solves along lines of cells: the three directions of an implicit diffusion step. */
#ifndef PERCUTA_NUMERICS_LINE_H
#define PERCUTA_NUMERICS_LINE_H

#include <stddef.h>

#include "numerics/petsc_compat.h"

/* Factors of a tridiagonal matrix of `n` rows. */
struct percuta_line {
  int n;
  double *lower;   /* owned; what a row takes from the one above it */
  double *inverse; /* owned; one over the pivot */
  double *upper;   /* owned; what a solved row takes from the one below it */
};

PetscErrorCode percuta_numerics_line_create(int n, struct percuta_line *out);
PetscErrorCode percuta_numerics_line_clear(struct percuta_line *line);

/* Factors row k:  (1 + above[k] + below[k]) x[k] - above[k] x[k-1] - below[k] x[k+1]  with
 * above[0] = below[n-1] = 0; the matrix is an M-matrix, so no pivoting is needed. */
void percuta_numerics_line_factor(struct percuta_line *line, const double *above,
                                  const double *below);

/* Solves in place for `width` lines side by side: x[k * width + i]; and the same row by row: `down`
 * for each k from the first, then `up` for each from the last. */
void percuta_numerics_line_down(const struct percuta_line *line, int k, size_t width, double *x);
void percuta_numerics_line_up(const struct percuta_line *line, int k, size_t width, double *x);
void percuta_numerics_line_solve_planes(const struct percuta_line *line, size_t width, double *x);

/* Solves (1 + 2 a) x[i] - a x[i-1] - a x[i+1] = b[i], periodic in i, in place, for `rows` lines of
 * `n` contiguous cells each; and for `width` lines side by side that run across rows,
 * x[i * width + w]. The circulant factors into (a/r)(1 - r/E)(1 - r E) with E the shift and r the
 * root below one of a r^2 - (1 + 2a) r + a, so that a solve is two first-order recursions.
 * `carry` has room for `width` doubles. */
void percuta_numerics_line_solve_periodic_rows(double a, int n, int rows, double *x);
void percuta_numerics_line_solve_periodic_columns(double a, int n, int width, double *x,
                                                  double *carry);

#endif

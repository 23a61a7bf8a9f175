/* Tridiagonal lines by Gauss elimination without pivoting, and periodic ones of constant
 * coefficients:
 *   (1 + 2 a) - a (E + 1/E) = (a/r) (1 - r/E) (1 - r E),   E the shift by a cell
 * two recursions, each started with the sum over the period, times 1/(1 - r^n), that periodicity
 * asks for.
 * Theory: docs/theory/numerics.md. Verified: tests/verification/test_line.c. */
#include "numerics/line.h"

#include <math.h>

#include "base/vector.h"

PetscErrorCode percuta_numerics_line_create(int n, struct percuta_line *out) {
  PetscFunctionBeginUser;
  out->n = n;
  PetscCall(PetscCalloc3(n, &out->lower, n, &out->inverse, n, &out->upper));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_line_clear(struct percuta_line *line) {
  PetscFunctionBeginUser;
  PetscCall(PetscFree3(line->lower, line->inverse, line->upper));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_numerics_line_factor(struct percuta_line *line, const double *above,
                                  const double *below) {
  double carried = 0.0; /* upper of the row above */
  for (int k = 0; k < line->n; ++k) {
    double pivot = 1.0 + above[k] + below[k] - above[k] * carried;
    line->lower[k] = above[k];
    line->inverse[k] = 1.0 / pivot;
    line->upper[k] = below[k] / pivot;
    carried = line->upper[k];
  }
}

PERCUTA_VECTOR_CLONES
static void eliminate(double lower, double inverse, size_t width, const double *restrict above,
                      double *restrict here) {
  if (lower > 0) {
    for (size_t i = 0; i < width; ++i)
      here[i] = (here[i] + lower * above[i]) * inverse;
  } else if (inverse < 1) {
    for (size_t i = 0; i < width; ++i)
      here[i] *= inverse;
  }
}

PERCUTA_VECTOR_CLONES
static void substitute(double upper, size_t width, const double *restrict below,
                       double *restrict here) {
  for (size_t i = 0; i < width; ++i)
    here[i] += upper * below[i];
}

void percuta_numerics_line_down(const struct percuta_line *line, int k, size_t width, double *x) {
  double *here = x + (size_t)k * width;
  eliminate(line->lower[k], line->inverse[k], width, k > 0 ? here - width : here, here);
}

void percuta_numerics_line_up(const struct percuta_line *line, int k, size_t width, double *x) {
  double *here = x + (size_t)k * width;
  if (k + 1 < line->n && line->upper[k] > 0)
    substitute(line->upper[k], width, here + width, here);
}

void percuta_numerics_line_solve_planes(const struct percuta_line *line, size_t width, double *x) {
  for (int k = 0; k < line->n; ++k)
    percuta_numerics_line_down(line, k, width, x);
  for (int k = line->n - 2; k >= 0; --k)
    percuta_numerics_line_up(line, k, width, x);
}

/* The root r below one of a r^2 - (1 + 2 a) r + a, in a form that loses no digits. */
static double root(double a) {
  return 2.0 * a / (1.0 + 2.0 * a + sqrt(1.0 + 4.0 * a));
}

enum { TOGETHER = 8 }; /* lines along x solved at once, to hide the latency of the recursion */

/* Lines `count` <= TOGETHER of n cells: forward and backward recursion, each started with the sum
 * that periodicity asks for. */
static void solve_rows(double r, double scale, double wrap, int n, int count, double *x) {
  double carry[TOGETHER] = {0};
  for (int i = 0; i < n; ++i) {
    for (int l = 0; l < count; ++l)
      carry[l] = x[l * n + i] + r * carry[l];
  }
  for (int l = 0; l < count; ++l)
    carry[l] *= scale * wrap;
  for (int i = 0; i < n; ++i) {
    for (int l = 0; l < count; ++l) {
      carry[l] = scale * x[l * n + i] + r * carry[l];
      x[l * n + i] = carry[l];
    }
  }
  for (int l = 0; l < count; ++l)
    carry[l] = 0.0;
  for (int i = n - 1; i >= 0; --i) {
    for (int l = 0; l < count; ++l)
      carry[l] = x[l * n + i] + r * carry[l];
  }
  for (int l = 0; l < count; ++l)
    carry[l] *= wrap;
  for (int i = n - 1; i >= 0; --i) {
    for (int l = 0; l < count; ++l) {
      carry[l] = x[l * n + i] + r * carry[l];
      x[l * n + i] = carry[l];
    }
  }
}

void percuta_numerics_line_solve_periodic_rows(double a, int n, int rows, double *x) {
  if (!(a > 0) || n < 2)
    return;
  double r = root(a);
  double wrap = 1.0 / (1.0 - pow(r, n));
  int row = 0;
  for (; row + TOGETHER <= rows; row += TOGETHER) {
    solve_rows(r, r / a, wrap, n, TOGETHER, x + (size_t)row * (size_t)n);
  }
  if (row < rows)
    solve_rows(r, r / a, wrap, n, rows - row, x + (size_t)row * (size_t)n);
}

/* One recursion across rows, from `first` on in steps of `step` rows (+1 or -1). */
PERCUTA_VECTOR_CLONES
static void sweep_columns(double r, double scale, double wrap, int n, int width, int step,
                          double *x, double *carry) {
  int first = step > 0 ? 0 : n - 1;
  for (int w = 0; w < width; ++w)
    carry[w] = 0.0;
  for (int i = 0; i < n; ++i) {
    const double *restrict here = x + (ptrdiff_t)(first + step * i) * width;
    PERCUTA_VECTOR_LOOP
    for (int w = 0; w < width; ++w)
      carry[w] = here[w] + r * carry[w];
  }
  for (int w = 0; w < width; ++w)
    carry[w] *= scale * wrap;
  for (int i = 0; i < n; ++i) {
    double *restrict here = x + (ptrdiff_t)(first + step * i) * width;
    PERCUTA_VECTOR_LOOP
    for (int w = 0; w < width; ++w) {
      carry[w] = scale * here[w] + r * carry[w];
      here[w] = carry[w];
    }
  }
}

void percuta_numerics_line_solve_periodic_columns(double a, int n, int width, double *x,
                                                  double *carry) {
  if (!(a > 0) || n < 2)
    return;
  double r = root(a);
  double wrap = 1.0 / (1.0 - pow(r, n));
  sweep_columns(r, r / a, wrap, n, width, 1, x, carry);
  sweep_columns(r, 1.0, wrap, n, width, -1, x, carry);
}

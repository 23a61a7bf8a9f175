/* Grids and problems that several verification tests share. */
#ifndef PERCUTA_TESTS_PROBLEM_FIXTURE_H
#define PERCUTA_TESTS_PROBLEM_FIXTURE_H

/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <math.h>
#include <stdlib.h>

#include "numerics/stepper.h"

#define CHECK(call) assert_int_equal(0, (int)(call))

/* A box of n x n x nz cells; depth cells grow linearly by `stretch` from top to bottom. */
static inline struct percuta_grid *fixture_grid(int n, int nz, double size, double depth,
                                                double stretch) {
  double *face = malloc(((size_t)nz + 1) * sizeof *face);
  struct percuta_grid *grid = NULL;
  assert_non_null(face);
  for (int k = 0; k <= nz; ++k) {
    double s = (double)k / nz;
    face[k] = depth * (s + stretch * s * s) / (1 + stretch);
  }
  assert_int_equal(PERCUTA_OK,
                   percuta_numerics_grid_create(n, n, size / n, size / n, face, nz, &grid));
  free(face);
  return grid;
}

/* The tolerance of a stepper whose steps are those it is told to take. */
#define FIXTURE_ANY_ERROR 1e30

/* Steps to `end`; any failed step fails the test. */
static inline void fixture_advance(struct percuta_stepper *stepper, double end) {
  while (percuta_numerics_stepper_clock(stepper)->time < end) {
    PetscBool ok;
    const char *why;
    CHECK(percuta_numerics_stepper_step(stepper, end, &ok, &why));
    assert_true(ok);
  }
}

/* A depth-row array of one value. */
static inline double *fixture_rows(int nz, double value) {
  double *rows = malloc((size_t)nz * sizeof *rows);
  assert_non_null(rows);
  for (int k = 0; k < nz; ++k)
    rows[k] = value;
  return rows;
}

#endif

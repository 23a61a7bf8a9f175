/* Solves of steps in columns of boxes against the equations written out, on circles of even and odd
 * length, with conductivities that differ by ten thousand from box to box. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "permeation/boxes.h"

enum { MOST = 9 * 9 * 5 };

#define CHECK(call) assert_int_equal(0, (int)(call))

static const double FACE[] = {0, 1e-7, 1e-6, 1e-5, 1e-4, 5e-4};
static const double WIDTH = 5e-4, HEIGHT = 4e-4;

static size_t at(const struct percuta_spread *s, int i, int j, int k) {
  const int column = percuta_permeation_spread_find(s, (i + s->nx) % s->nx, (j + s->ny) % s->ny);
  assert_true(column >= 0);
  return (size_t)k * s->own + (size_t)column;
}

/* Bores through something dense, that differs from place to place; one box lets nothing through. */
static double conduct_of(int i, int j, int k) {
  if (i == 1 && j == 2 && k == 2)
    return 0;
  return (i + 2 * j) % 5 == 0 ? 1e-9 : 1e-13 * (2 + sin(3.0 * i + 5.0 * j + 7.0 * k));
}

static double link_of(double area, double near, double conduct, double far, double next) {
  return conduct > 0 && next > 0 ? area / (near / conduct + far / next) : 0;
}

/* What is wrong with the equation of one box, as a share of its terms. */
static double residual(const struct percuta_spread *s, const double *conduct, const double *sum,
                       const double *right, const double *x, double step, int i, int j, int k) {
  const int east[] = {-1, 1, 0, 0, 0, 0}, north[] = {0, 0, -1, 1, 0, 0},
            down[] = {0, 0, 0, 0, -1, 1};
  const double dx = WIDTH / s->nx, dy = HEIGHT / s->ny, dz = FACE[k + 1] - FACE[k];
  const size_t here = at(s, i, j, k);
  double left = sum[here] * x[here], size = fabs(left) + fabs(right[here]);
  for (int side = 0; side < 6; ++side) {
    const int row = k + down[side];
    if (row < 0 || row >= s->nz)
      continue;
    const double near = side < 2 ? dx : side < 4 ? dy : dz;
    const double far = side < 4 ? near : FACE[row + 1] - FACE[row];
    const double area = (side < 2 ? dy * dz : side < 4 ? dx * dz : dx * dy) / (WIDTH * HEIGHT);
    const size_t there = at(s, i + east[side], j + north[side], row);
    const double link = step * link_of(area, 0.5 * near, conduct[here], 0.5 * far, conduct[there]);
    left += link * (x[here] - x[there]);
    size += link * (fabs(x[here]) + fabs(x[there]));
  }
  return fabs(left - right[here]) / size;
}

/* The worst residual over all boxes of a step of this length. */
static double worst_residual(int nx, int ny, double step, int *iterations) {
  double conduct[MOST], sum[MOST], right[MOST], x[MOST], worst = 0;
  struct percuta_spread *s;
  struct percuta_boxes *boxes;
  struct percuta_boxes_step *matrix = NULL;
  const int nz = 5;
  CHECK(percuta_permeation_spread_create(PETSC_COMM_SELF, nx, ny, nz, &s));
  CHECK(percuta_permeation_boxes_create(s, WIDTH, HEIGHT, FACE, &boxes));
  for (size_t column = 0; column < s->own; ++column) {
    int i, j;
    percuta_permeation_spread_place(s, column, &i, &j);
    for (int k = 0; k < nz; ++k) {
      const size_t here = at(s, i, j, k);
      assert_int_equal(column, here % s->own);
      conduct[here] = conduct_of(i, j, k);
      sum[here] = (FACE[k + 1] - FACE[k]) / nx / ny;
      right[here] = sum[here] * (1 + cos(2.0 * i + j + 0.5 * k)) - (k == 3 ? 0.5 * sum[here] : 0);
      x[here] = 0.3 * i;
    }
  }
  CHECK(percuta_permeation_boxes_link(boxes, conduct));
  CHECK(percuta_permeation_boxes_factor(boxes, 3 * step, sum, &matrix));
  CHECK(percuta_permeation_boxes_factor(boxes, step, sum, &matrix));
  CHECK(percuta_permeation_boxes_solve(boxes, matrix, 1e-12, right, x, iterations));
  for (int i = 0; i < nx; ++i)
    for (int j = 0; j < ny; ++j)
      for (int k = 0; k < nz; ++k)
        worst = fmax(worst, residual(s, conduct, sum, right, x, step, i, j, k));
  CHECK(percuta_permeation_boxes_step_destroy(&matrix));
  CHECK(percuta_permeation_boxes_destroy(&boxes));
  CHECK(percuta_permeation_spread_destroy(&s));
  return worst;
}

/* Links sideways are kept in single precision, hence the bound. */
static void equations_are_met(void **state) {
  const int size[][2] = {{8, 6}, {9, 8}, {6, 7}, {7, 9}, {3, 3}};
  (void)state;
  for (size_t which = 0; which < sizeof size / sizeof *size; ++which) {
    for (double step = 1e-4; step < 1e6; step *= 100) {
      int iterations;
      const double worst = worst_residual(size[which][0], size[which][1], step, &iterations);
      if (!(worst < 2e-7) || iterations < 0)
        fail_msg("%d by %d, step %g: %g, %d iterations", size[which][0], size[which][1], step,
                 worst, iterations);
    }
  }
}

/* Short steps need no iteration at all. */
static void short_steps_are_solved_at_once(void **state) {
  int iterations;
  (void)state;
  assert_true(worst_residual(8, 6, 1e-7, &iterations) < 2e-7);
  assert_int_equal(0, iterations);
}

static void what_is_no_number_is_told(void **state) {
  int iterations;
  (void)state;
  worst_residual(8, 6, NAN, &iterations);
  assert_true(iterations < 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(equations_are_met),
                                     cmocka_unit_test(short_steps_are_solved_at_once),
                                     cmocka_unit_test(what_is_no_number_is_told)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}

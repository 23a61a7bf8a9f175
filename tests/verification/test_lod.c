/* Diffusion and loss by locally one-dimensional steps, against exact solutions, finer runs of
 * itself and what must be kept. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#ifdef _OPENMP
#include <omp.h>
#endif

#include "lod/lod.h"

static const double PI = 3.14159265358979323846;
static const char *const SCHEME[] = {"euler", "crank-nicolson", "two-stage"};

enum kind { BOX, TILE, RINGS }; /* walls, periodic, around an axis */

static struct percuta_grid *make_grid(enum kind kind, int n, int nz, double stretch) {
  struct percuta_grid *grid = NULL;
  double *face = malloc(((size_t)nz + 1) * sizeof *face);
  assert_non_null(face);
  for (int k = 0; k <= nz; ++k) {
    double at = (double)k / nz;
    face[k] = at * (1 + stretch * at) / (1 + stretch);
  }
  if (kind == RINGS) {
    assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create_rings(n, 1.0, face, nz, &grid));
  } else {
    assert_int_equal(PERCUTA_OK,
                     percuta_numerics_grid_create(n, n, 1.0 / n, 1.0 / n, face, nz, &grid));
  }
  free(face);
  return grid;
}

static double *room(const struct percuta_grid *grid) {
  double *values = calloc(percuta_numerics_grid_cell_count(grid), sizeof *values);
  assert_non_null(values);
  return values;
}

static size_t cell(const struct percuta_grid *grid, int i, int j, int k) {
  return ((size_t)k * (size_t)grid->ny + (size_t)j) * (size_t)grid->nx + (size_t)i;
}

typedef double function(double x, double y, double z);

static void fill(const struct percuta_grid *grid, function *value, double *u) {
  for (int k = 0; k < grid->nz; ++k) {
    double z = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]);
    for (int j = 0; j < grid->ny; ++j) {
      for (int i = 0; i < grid->nx; ++i)
        u[cell(grid, i, j, k)] = value((i + 0.5) / grid->nx, (j + 0.5) / grid->ny, z);
    }
  }
}

static double total(const struct percuta_grid *grid, const double *u) {
  double sum = 0;
  for (int k = 0; k < grid->nz; ++k) {
    for (int j = 0; j < grid->ny; ++j) {
      for (int i = 0; i < grid->nx; ++i)
        sum += u[cell(grid, i, j, k)] * percuta_numerics_grid_cell_volume(grid, i, k);
    }
  }
  return sum;
}

static double distance(const struct percuta_grid *grid, const double *a, const double *b) {
  double sum = 0, size = 0;
  for (size_t at = 0; at < percuta_numerics_grid_cell_count(grid); ++at) {
    sum += (a[at] - b[at]) * (a[at] - b[at]);
    size += b[at] * b[at];
  }
  return sqrt(sum / size);
}

static void advance(const struct percuta_grid *grid, struct percuta_lod_medium medium,
                    enum percuta_lod_scheme scheme, double time, long pairs, double *u) {
  struct percuta_lod *lod = NULL;
  assert_int_equal(PERCUTA_OK, percuta_bench_lod_create(grid, &medium, &lod));
  percuta_bench_lod_prepare(lod, scheme, time / (2 * (double)pairs));
  percuta_bench_lod_advance(lod, 1, &u, pairs);
  percuta_bench_lod_destroy(&lod);
}

static double bump(double x, double y, double z) {
  return exp(-40 * ((x - 0.4) * (x - 0.4) + (y - 0.6) * (y - 0.6) + (z - 0.3) * (z - 0.3)));
}

static double layered(double x, double y, double z) {
  (void)x, (void)y;
  return z < 0.25 ? 0.1 : 1.0;
}

static double channelled(double x, double y, double z) {
  bool inside = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < 0.04 && z < 0.6;
  return inside ? 5.0 : layered(x, y, z);
}

/* cos(pi x) and its like are eigenfunctions in a box; the grid's own eigenvalues are close. */
static double wave(double x, double y, double z) {
  return 2 + cos(PI * x) * cos(2 * PI * y) * cos(PI * z);
}

static void waves_in_a_box_decay_as_they_must(void **state) {
  (void)state;
  double error[2];
  for (int level = 0; level < 2; ++level) {
    int n = 16 << level;
    struct percuta_grid *grid = make_grid(BOX, n, n, 0);
    double *d = calloc((size_t)n, sizeof *d), *u = room(grid), *exact = room(grid);
    assert_non_null(d);
    for (int k = 0; k < n; ++k)
      d[k] = 0.7;
    fill(grid, wave, u);
    fill(grid, wave, exact);
    const double time = 0.05, loss = 3;
    for (size_t at = 0; at < percuta_numerics_grid_cell_count(grid); ++at)
      exact[at] = (2 + (exact[at] - 2) * exp(-0.7 * 6 * PI * PI * time)) * exp(-loss * time);
    advance(grid, (struct percuta_lod_medium){.by_row = d, .loss = loss, .walls = true},
            PERCUTA_LOD_TWO_STAGE, time, 8L << level, u);
    error[level] = distance(grid, u, exact);
    free(d);
    free(u);
    free(exact);
    percuta_numerics_grid_destroy(&grid);
  }
  double order = log2(error[0] / error[1]);
  print_message("  box, graded 1:1, space and time together: errors %.2e %.2e, order %.2f\n",
                error[0], error[1], order);
  assert_true(order > 1.9);
  assert_true(error[1] < 2e-3);
}

/* Time error alone, on one grid, where the directions do not commute. */
static void check_order(enum kind kind, function *diffusivity, enum percuta_lod_scheme scheme,
                        double least) {
  const double time = 0.02;
  struct percuta_grid *grid = make_grid(kind, 12, 14, 1.5);
  double *d = room(grid), *fine = room(grid), *u = room(grid), error[2];
  fill(grid, diffusivity, d);
  const struct percuta_lod_medium medium = {.by_cell = d, .loss = 2, .walls = kind == BOX};
  fill(grid, bump, fine);
  advance(grid, medium, PERCUTA_LOD_TWO_STAGE, time, 4096, fine);
  for (int level = 0; level < 2; ++level) {
    fill(grid, bump, u);
    advance(grid, medium, scheme, time, 32L << level, u);
    error[level] = distance(grid, u, fine);
  }
  double order = log2(error[0] / error[1]);
  print_message("  %s, %s: errors %.2e %.2e, order %.2f\n",
                kind == BOX    ? "box"
                : kind == TILE ? "periodic tile"
                               : "rings",
                SCHEME[scheme], error[0], error[1], order);
  assert_true(order > least);
  free(d);
  free(fine);
  free(u);
  percuta_numerics_grid_destroy(&grid);
}

static void order_in_time(void **state) {
  (void)state;
  for (int kind = BOX; kind <= RINGS; ++kind) {
    check_order((enum kind)kind, channelled, PERCUTA_LOD_EULER, 0.9);
    check_order((enum kind)kind, channelled, PERCUTA_LOD_CRANK_NICOLSON, 1.8);
    check_order((enum kind)kind, channelled, PERCUTA_LOD_TWO_STAGE, 1.8);
  }
}

static void rows_and_cells_agree(void **state) {
  (void)state;
  for (int kind = BOX; kind <= RINGS; ++kind) {
    struct percuta_grid *grid = make_grid((enum kind)kind, 19, 21, 1.0);
    double *by_cell = room(grid), *a = room(grid), *b = room(grid);
    double *by_row = calloc((size_t)grid->nz, sizeof *by_row);
    assert_non_null(by_row);
    fill(grid, layered, by_cell);
    for (int k = 0; k < grid->nz; ++k)
      by_row[k] = by_cell[cell(grid, 0, 0, k)];
    fill(grid, bump, a);
    fill(grid, bump, b);
    advance(grid, (struct percuta_lod_medium){.by_row = by_row, .walls = kind == BOX},
            PERCUTA_LOD_TWO_STAGE, 0.1, 7, a);
    advance(grid, (struct percuta_lod_medium){.by_cell = by_cell, .walls = kind == BOX},
            PERCUTA_LOD_TWO_STAGE, 0.1, 7, b);
    assert_true(distance(grid, a, b) < 1e-14);
    free(by_cell);
    free(by_row);
    free(a);
    free(b);
    percuta_numerics_grid_destroy(&grid);
  }
}

static void totals_are_kept(void **state) {
  (void)state;
  for (int kind = BOX; kind <= RINGS; ++kind) {
    for (int scheme = 0; scheme < 3; ++scheme) {
      struct percuta_grid *grid = make_grid((enum kind)kind, 21, 18, 2.0);
      double *d = room(grid), *u = room(grid);
      fill(grid, channelled, d);
      fill(grid, bump, u);
      double before = total(grid, u);
      advance(grid, (struct percuta_lod_medium){.by_cell = d, .walls = kind == BOX},
              (enum percuta_lod_scheme)scheme, 0.5, 20, u);
      double off = total(grid, u) / before - 1;
      if (!(fabs(off) < 1e-12))
        print_message("  kind %d, %s: %.2e\n", kind, SCHEME[scheme], off);
      assert_true(fabs(off) < 1e-12);
      free(d);
      free(u);
      percuta_numerics_grid_destroy(&grid);
    }
  }
}

static double spike(double x, double y, double z) {
  return fabs(x - 0.5) < 0.1 && fabs(y - 0.5) < 0.1 && z < 0.3 ? 1 : 0;
}

/* However long the step: a weighted mean stays within what it averages. */
static void euler_makes_no_new_extreme(void **state) {
  (void)state;
  for (int kind = BOX; kind <= RINGS; ++kind) {
    struct percuta_grid *grid = make_grid((enum kind)kind, 20, 20, 1.0);
    double *d = room(grid), *u = room(grid);
    fill(grid, channelled, d);
    for (double time = 1e-6; time < 1e6; time *= 100) {
      fill(grid, spike, u);
      advance(grid, (struct percuta_lod_medium){.by_cell = d, .walls = kind == BOX},
              PERCUTA_LOD_EULER, time, 1, u);
      for (size_t at = 0; at < percuta_numerics_grid_cell_count(grid); ++at)
        assert_true(u[at] >= (kind == TILE ? -1e-15 : 0) && u[at] <= 1 + 1e-15);
    }
    free(d);
    free(u);
    percuta_numerics_grid_destroy(&grid);
  }
}

/* A periodic tile has no edge: the answer to a shifted start is the shifted answer. */
static void a_tile_has_no_edge(void **state) {
  (void)state;
  const int n = 18, shift = 7;
  struct percuta_grid *grid = make_grid(TILE, n, 10, 1.0);
  double *d = room(grid), *d_moved = room(grid), *u = room(grid), *moved = room(grid);
  fill(grid, channelled, d);
  fill(grid, bump, u);
  for (int k = 0; k < grid->nz; ++k) {
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        size_t to = cell(grid, (i + shift) % n, (j + shift) % n, k);
        moved[to] = u[cell(grid, i, j, k)];
        d_moved[to] = d[cell(grid, i, j, k)];
      }
    }
  }
  advance(grid, (struct percuta_lod_medium){.by_cell = d}, PERCUTA_LOD_CRANK_NICOLSON, 0.1, 5, u);
  advance(grid, (struct percuta_lod_medium){.by_cell = d_moved}, PERCUTA_LOD_CRANK_NICOLSON, 0.1, 5,
          moved);
  double worst = 0;
  for (int k = 0; k < grid->nz; ++k) {
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        double off = moved[cell(grid, (i + shift) % n, (j + shift) % n, k)];
        worst = fmax(worst, fabs(off - u[cell(grid, i, j, k)]));
      }
    }
  }
  assert_true(worst < 1e-14);
  free(d);
  free(d_moved);
  free(u);
  free(moved);
  percuta_numerics_grid_destroy(&grid);
}

static void halves_make_a_pair(void **state) {
  (void)state;
  struct percuta_grid *grid = make_grid(TILE, 17, 9, 1.0);
  double *d = room(grid), *a = room(grid), *b = room(grid);
  fill(grid, channelled, d);
  fill(grid, bump, a);
  fill(grid, bump, b);
  const struct percuta_lod_medium medium = {.by_cell = d, .loss = 1};
  struct percuta_lod *lod = NULL;
  assert_int_equal(PERCUTA_OK, percuta_bench_lod_create(grid, &medium, &lod));
  percuta_bench_lod_prepare(lod, PERCUTA_LOD_CRANK_NICOLSON, 0.01);
  percuta_bench_lod_advance(lod, 1, &a, 3);
  for (int pair = 0; pair < 3; ++pair) {
    percuta_bench_lod_half(lod, 1, &b, PERCUTA_LOD_DOWN);
    percuta_bench_lod_half(lod, 1, &b, PERCUTA_LOD_UP);
  }
  assert_memory_equal(a, b, percuta_numerics_grid_cell_count(grid) * sizeof *a);
  percuta_bench_lod_destroy(&lod);
  free(d);
  free(a);
  free(b);
  percuta_numerics_grid_destroy(&grid);
}

/* A column is a patch of one cell across, and says the same as a patch that is the same everywhere.
 */
static double depth_only(double x, double y, double z) {
  (void)x, (void)y;
  return bump(0.4, 0.6, z);
}

static void column_channel_and_patch_agree(void **state) {
  (void)state;
  struct percuta_grid *column = make_grid(TILE, 1, 24, 1.0);
  double *of_column = room(column), d[24];
  fill(column, depth_only, of_column);
  for (int k = 0; k < 24; ++k)
    d[k] = layered(0, 0, 0.5 * (column->z_face[k] + column->z_face[k + 1]));
  const struct percuta_lod_medium medium = {.by_row = d, .loss = 1};
  advance(column, medium, PERCUTA_LOD_TWO_STAGE, 0.2, 10, of_column);
  for (int kind = TILE; kind <= RINGS; ++kind) {
    struct percuta_grid *grid = make_grid((enum kind)kind, 13, 24, 1.0);
    double *u = room(grid);
    fill(grid, depth_only, u);
    advance(grid, medium, PERCUTA_LOD_TWO_STAGE, 0.2, 10, u);
    for (int k = 0; k < 24; ++k)
      assert_true(fabs(u[cell(grid, 5, 0, k)] - of_column[k]) < 1e-14);
    free(u);
    percuta_numerics_grid_destroy(&grid);
  }
  free(of_column);
  percuta_numerics_grid_destroy(&column);
}

/* Large enough for threads to share the lines, which must not show. */
static void threads_do_not_matter(void **state) {
  (void)state;
  struct percuta_grid *grid = make_grid(TILE, 48, 32, 1.0);
  double *d = room(grid), *one = room(grid), *two = room(grid);
  fill(grid, channelled, d);
  const struct percuta_lod_medium medium = {.by_cell = d, .loss = 1};
  fill(grid, bump, one);
  fill(grid, bump, two);
#ifdef _OPENMP
  omp_set_num_threads(1);
#endif
  advance(grid, medium, PERCUTA_LOD_TWO_STAGE, 0.1, 2, one);
#ifdef _OPENMP
  omp_set_num_threads(3);
#endif
  advance(grid, medium, PERCUTA_LOD_TWO_STAGE, 0.1, 2, two);
  assert_memory_equal(one, two, percuta_numerics_grid_cell_count(grid) * sizeof *one);
  free(d);
  free(one);
  free(two);
  percuta_numerics_grid_destroy(&grid);
}

static void bad_media_are_refused(void **state) {
  (void)state;
  struct percuta_grid *grid = make_grid(TILE, 3, 3, 0);
  double d[3] = {1, -1, 1};
  struct percuta_lod *lod = NULL;
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_bench_lod_create(grid, &(struct percuta_lod_medium){.by_row = d}, &lod));
  d[1] = NAN;
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_bench_lod_create(grid, &(struct percuta_lod_medium){.by_row = d}, &lod));
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_bench_lod_create(grid, &(struct percuta_lod_medium){.loss = 1}, &lod));
  d[1] = 1;
  assert_int_equal(
      PERCUTA_BAD_INPUT,
      percuta_bench_lod_create(grid, &(struct percuta_lod_medium){.by_row = d, .loss = -1}, &lod));
  assert_null(lod);
  percuta_numerics_grid_destroy(&grid);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(waves_in_a_box_decay_as_they_must),
      cmocka_unit_test(order_in_time),
      cmocka_unit_test(rows_and_cells_agree),
      cmocka_unit_test(totals_are_kept),
      cmocka_unit_test(euler_makes_no_new_extreme),
      cmocka_unit_test(a_tile_has_no_edge),
      cmocka_unit_test(halves_make_a_pair),
      cmocka_unit_test(column_channel_and_patch_agree),
      cmocka_unit_test(threads_do_not_matter),
      cmocka_unit_test(bad_media_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The reference problems of bench/README.md, as they start, and their errors. */
#include "problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double SIDE = 2e-3, WIDTH = 150e-6; /* [m] */

double bench_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Along one axis of R1, at distance x from the middle, after `time`; with mirror images. */
static double gaussian(double x, double time) {
  double variance = WIDTH * WIDTH + 2e-10 * time, sum = 0;
  for (int image = -4; image <= 4; ++image) {
    double away = x - image * SIDE;
    sum += exp(-0.5 * away * away / variance);
  }
  return time > 0 ? sum * WIDTH / sqrt(variance) : exp(-0.5 * x * x / variance);
}

typedef double start_fn(const struct bench_problem *problem, double x, double y, double z);

/* Calls for the middle of every cell, x and y from the middle of the tile, z from the surface. */
static void fill(const struct bench_problem *problem, start_fn *value, double *out) {
  const struct percuta_grid *grid = problem->grid;
  for (int k = 0; k < grid->nz; ++k) {
    double z = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]);
    for (int j = 0; j < grid->ny; ++j) {
      double y = grid->dy * (j + 0.5 - 0.5 * grid->ny);
      for (int i = 0; i < grid->nx; ++i)
        *out++ = value(problem, grid->dx * (i + 0.5 - 0.5 * grid->nx), y, z);
    }
  }
}

static double r1_start(const struct bench_problem *problem, double x, double y, double z) {
  (void)problem;
  return gaussian(x, 0) * gaussian(y, 0) * gaussian(z - 0.5 * SIDE, 0);
}

static double r1_end(const struct bench_problem *problem, double x, double y, double z) {
  double time = problem->end;
  return exp(-problem->loss * time) * gaussian(x, time) * gaussian(y, time) *
         gaussian(z - 0.5 * SIDE, time);
}

static double constant(const struct bench_problem *problem, double x, double y, double z) {
  (void)problem, (void)x, (void)y, (void)z;
  return 1e-10;
}

static bool in_channel(double x, double y, double z) {
  return x * x + y * y < 60e-6 * 60e-6 && z < 600e-6;
}

static double r3_start(const struct bench_problem *problem, double x, double y, double z) {
  (void)problem;
  return in_channel(x, y, z) ? 1 : 0;
}

static double r3_diffusivity(const struct bench_problem *problem, double x, double y, double z) {
  (void)problem;
  return in_channel(x, y, z) ? 5e-10 : z < 100e-6 ? 1e-11 : 1e-10;
}

/* Punctures of one cell across and 0.75 mm deep, 16 of them on a slanted lattice. */
static double d_start(const struct bench_problem *problem, double x, double y, double z) {
  double cell = problem->grid->dx;
  long i = lround(floor(x / cell)), j = lround(floor(y / cell));
  return (i + 2 * j) % 15 == 0 && (3 * j + i) % 25 == 0 && z < 750e-6 ? 1 : 0;
}

static struct percuta_grid *cube(int n) {
  struct percuta_grid *grid = NULL;
  double *face = malloc(((size_t)n + 1) * sizeof *face);
  if (face) {
    for (int k = 0; k <= n; ++k)
      face[k] = SIDE * k / n;
    (void)percuta_numerics_grid_create(n, n, SIDE / n, SIDE / n, face, n, &grid);
  }
  free(face);
  return grid;
}

/* 3 mm across in cells of 50 um, 2 mm deep, cells growing below 1 mm. */
static struct percuta_grid *patch(void) {
  const double depth[] = {0, 2e-3};
  struct percuta_grid *grid = NULL;
  double *face = NULL;
  int nz = 0;
  if (percuta_numerics_grid_depth_faces(depth, 1, 50e-6, 1e-3, 1.15, &face, &nz) == PERCUTA_OK)
    (void)percuta_numerics_grid_create(60, 60, 50e-6, 50e-6, face, nz, &grid);
  free(face);
  return grid;
}

static bool set_linear(struct bench_problem *problem, bool by_cell) {
  bool r3 = strcmp(problem->name, "r3") == 0, d = strcmp(problem->name, "d") == 0;
  size_t nz = (size_t)problem->grid->nz;
  double *values = malloc((by_cell ? problem->cells : nz) * sizeof *values);
  if (!values)
    return false;
  problem->loss = d ? 6.5e-6 : 1e-4; /* D: the signal's loss at rest, 0.56 a day (HEAL core) */
  problem->end = d ? 86400 : 600;
  problem->walls = !d;
  if (by_cell) {
    fill(problem, r3 ? r3_diffusivity : constant, values);
    problem->by_cell = values;
  } else {
    for (size_t k = 0; k < nz; ++k)
      values[k] = d ? 3.333e-12 : 1e-10;
    problem->by_row = values;
  }
  for (int f = 0; f < problem->fields; ++f)
    fill(problem, d ? d_start : r3 ? r3_start : r1_start, problem->u[f]);
  return true;
}

static bool set_r2(struct bench_problem *problem) {
  size_t nz = (size_t)problem->grid->nz;
  problem->by_row = malloc(2 * nz * sizeof *problem->by_row);
  if (!problem->by_row)
    return false;
  for (size_t k = 0; k < nz; ++k) {
    problem->by_row[k] = 8.64e4 * 1e-12; /* [m^2/d] */
    problem->by_row[nz + k] = 2000 * 1e-12;
  }
  problem->loss = 5;
  problem->end = 30;
  problem->walls = true;
  fill(problem, r1_start, problem->u[0]);
  for (size_t at = 0; at < problem->cells; ++at)
    problem->u[1][at] = 0.5 * problem->u[0][at];
  return true;
}

struct bench_problem *bench_problem_create(const char *name, int cells, int substrates,
                                           bool by_cell) {
  bool r1 = strcmp(name, "r1") == 0, r2 = strcmp(name, "r2") == 0, r3 = strcmp(name, "r3") == 0;
  bool d = strcmp(name, "d") == 0;
  struct bench_problem *problem = calloc(1, sizeof *problem);
  if (!problem || !(r1 || r2 || r3 || d)) {
    free(problem);
    return NULL;
  }
  snprintf(problem->name, sizeof problem->name, "%s", name);
  problem->fields = r2 ? 3 : r1 ? substrates : 1;
  problem->grid = d ? patch() : cube(cells);
  bool ok = problem->grid != NULL;
  problem->cells = ok ? percuta_numerics_grid_cell_count(problem->grid) : 0;
  for (int f = 0; f < problem->fields; ++f) {
    problem->u[f] = ok ? percuta_bench_lod_room(problem->grid) : NULL;
    ok = ok && problem->u[f];
  }
  ok = ok && (r2 ? set_r2(problem) : set_linear(problem, r3 || by_cell));
  if (!ok)
    bench_problem_destroy(&problem);
  return problem;
}

void bench_problem_destroy(struct bench_problem **problem) {
  if (!*problem)
    return;
  for (int f = 0; f < (*problem)->fields; ++f)
    free((*problem)->u[f]);
  free((*problem)->by_row);
  free((*problem)->by_cell);
  percuta_numerics_grid_destroy(&(*problem)->grid);
  free(*problem);
  *problem = NULL;
}

static double relative(size_t cells, const double *u, const double *other) {
  double sum = 0, size = 0;
  for (size_t at = 0; at < cells; ++at) {
    sum += (u[at] - other[at]) * (u[at] - other[at]);
    size += other[at] * other[at];
  }
  return sqrt(sum / size);
}

double bench_problem_error(const struct bench_problem *problem) {
  double error = NAN;
  double *exact = malloc(problem->cells * sizeof *exact);
  if (exact && strcmp(problem->name, "r1") == 0) {
    fill(problem, r1_end, exact);
    error = relative(problem->cells, problem->u[problem->fields - 1], exact);
  }
  free(exact);
  return error;
}

double bench_problem_distance(const struct bench_problem *problem, const char *path) {
  double *other = malloc(problem->cells * sizeof *other), worst = 0;
  FILE *file = fopen(path, "rb");
  for (int f = 0; f < problem->fields && isfinite(worst); ++f) {
    bool ok = file && other && fread(other, sizeof *other, problem->cells, file) == problem->cells;
    worst = ok ? fmax(worst, relative(problem->cells, problem->u[f], other)) : NAN;
  }
  if (file)
    fclose(file);
  free(other);
  return worst;
}

bool bench_problem_write(const struct bench_problem *problem, const char *path) {
  FILE *file = fopen(path, "wb");
  bool ok = file != NULL;
  for (int f = 0; ok && f < problem->fields; ++f)
    ok = fwrite(problem->u[f], sizeof *problem->u[f], problem->cells, file) == problem->cells;
  if (file)
    ok = fclose(file) == 0 && ok;
  return ok;
}

double bench_problem_least(const struct bench_problem *problem) {
  double least = INFINITY;
  for (int f = 0; f < problem->fields; ++f) {
    for (size_t at = 0; at < problem->cells; ++at)
      least = fmin(least, problem->u[f][at]);
  }
  return least;
}

/* R1: a Gaussian spreads and decays. */
#include <math.h>
#include <stdlib.h>

#include "problem.h"

static const double SIDE = 2e-3, WIDTH = 150e-6;      /* [m] */
static const double DIFFUSIVITY = 1e-10, LOSS = 1e-4; /* [m^2/s], [1/s] */
static const double END = 600.0;                      /* [s] */

/* Along one axis, at distance x from the middle, after `time`; with eight mirror images. */
static double gaussian(double x, double time) {
  double variance = WIDTH * WIDTH + 2 * DIFFUSIVITY * time, sum = 0;
  for (int image = -4; image <= 4; ++image) {
    double away = x - image * SIDE;
    sum += exp(-0.5 * away * away / variance);
  }
  return time > 0 ? sum * WIDTH / sqrt(variance) : exp(-0.5 * x * x / variance);
}

static void profile(int n, double time, double *out) {
  for (int i = 0; i < n; ++i)
    out[i] = gaussian(SIDE * ((i + 0.5) / n - 0.5), time);
}

/* Calls with every cell's index and the product of the profiles there. */
static void fill(const double *line, int n, double *u) {
  for (int k = 0; k < n; ++k) {
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i)
        u[((size_t)k * (size_t)n + (size_t)j) * (size_t)n + (size_t)i] =
            line[i] * line[j] * line[k];
    }
  }
}

double bench_r1_error(const struct bench_state *state) {
  int n = state->options->cells;
  double *line = malloc((size_t)n * sizeof *line);
  double *exact = malloc(state->cells * sizeof *exact);
  double error = NAN, size = 0, sum = 0;
  if (line && exact) {
    profile(n, END, line);
    fill(line, n, exact);
    for (size_t at = 0; at < state->cells; ++at) {
      double is = exact[at] * exp(-LOSS * END);
      double off = state->u[state->fields - 1][at] - is;
      sum += off * off;
      size += is * is;
    }
    error = sqrt(sum / size);
  }
  free(line);
  free(exact);
  return error;
}

bool bench_r1(struct bench_state *state) {
  int n = state->options->cells;
  size_t count = state->options->by_cell ? state->cells : (size_t)n;
  double *line = malloc((size_t)n * sizeof *line);
  double *diffusivity = malloc(count * sizeof *diffusivity);
  struct percuta_lod *lod = NULL;
  bool ok = line && diffusivity;
  if (ok) {
    profile(n, 0, line);
    for (int f = 0; f < state->fields; ++f)
      fill(line, n, state->u[f]);
    for (size_t at = 0; at < count; ++at)
      diffusivity[at] = DIFFUSIVITY;
    const struct percuta_lod_medium medium = {
        .by_row = state->options->by_cell ? NULL : diffusivity,
        .by_cell = state->options->by_cell ? diffusivity : NULL,
        .loss = LOSS,
        .walls = true,
    };
    double start = bench_now();
    ok = percuta_lod_create(state->grid, &medium, &lod) == PERCUTA_OK;
    if (ok) {
      long pairs = state->options->pairs;
      percuta_lod_prepare(lod, state->options->scheme, END / (2 * (double)pairs));
      state->setup_seconds = bench_now() - start;
      percuta_lod_advance(lod, state->fields, state->u, pairs);
      state->seconds = bench_now() - start - state->setup_seconds;
      state->bytes = percuta_lod_bytes(lod);
    }
  }
  percuta_lod_destroy(&lod);
  free(line);
  free(diffusivity);
  return ok;
}

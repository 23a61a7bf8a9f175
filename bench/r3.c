/* R3: a channel full of substance, with sharp edges, in layered tissue. */
#include <math.h>
#include <stdlib.h>

#include "problem.h"

static const double SIDE = 2e-3;                    /* [m] */
static const double RADIUS = 60e-6, DEPTH = 600e-6; /* [m] of the channel */
static const double TOP = 100e-6;                   /* [m] thickness of the tight layer */
static const double IN_TOP = 1e-11, BELOW = 1e-10, IN_CHANNEL = 5e-10; /* [m^2/s] */
static const double LOSS = 1e-4;                                       /* [1/s] */
static const double END = 600.0;                                       /* [s] */

static void fill(int n, double *diffusivity, double *u) {
  for (int k = 0; k < n; ++k) {
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        double x = SIDE * ((i + 0.5) / n - 0.5), y = SIDE * ((j + 0.5) / n - 0.5);
        double z = SIDE * (k + 0.5) / n;
        size_t at = ((size_t)k * (size_t)n + (size_t)j) * (size_t)n + (size_t)i;
        bool inside = x * x + y * y < RADIUS * RADIUS && z < DEPTH;
        diffusivity[at] = inside ? IN_CHANNEL : z < TOP ? IN_TOP : BELOW;
        u[at] = inside ? 1.0 : 0.0;
      }
    }
  }
}

bool bench_r3(struct bench_state *state) {
  double *diffusivity = malloc(state->cells * sizeof *diffusivity);
  struct percuta_lod *lod = NULL;
  if (!diffusivity)
    return false;
  fill(state->options->cells, diffusivity, state->u[0]);
  const struct percuta_lod_medium medium = {.by_cell = diffusivity, .loss = LOSS, .walls = true};
  double start = bench_now();
  bool ok = percuta_lod_create(state->grid, &medium, &lod) == PERCUTA_OK;
  if (ok) {
    long pairs = state->options->pairs;
    percuta_lod_prepare(lod, state->options->scheme, END / (2 * (double)pairs));
    state->setup_seconds = bench_now() - start;
    percuta_lod_advance(lod, 1, state->u, pairs);
    state->seconds = bench_now() - start - state->setup_seconds;
    state->bytes = percuta_lod_bytes(lod) + state->cells * sizeof *diffusivity;
  }
  percuta_lod_destroy(&lod);
  free(diffusivity);
  return ok;
}

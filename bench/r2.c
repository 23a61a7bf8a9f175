/* R2: an activator g, cells f that it stirs, and matter c that they make, for 30 days. Times in
 * days, lengths in um. g' = D_g lap g + s f (1 - c) - l g f' = D_f lap f + r f (1 - f) (1 + a m) -
 * d f c,   m = g / (K + g) c' = k m f (1 - c) - e c A step of length H is half a pair of diffusion
 * steps either side of one step of the reaction. */
#include <math.h>
#include <stdlib.h>

#include "problem.h"

static const double SIDE = 2000.0, WIDTH = 150.0;
static const double D_G = 8.64e4, D_F = 2000.0;
static const double S = 5.0, L = 5.0, R = 0.5, A = 1.0, K = 0.2, D = 0.1, C = 0.3, E = 0.01;
static const double END = 30.0;

/* g takes `before` of its source, f and c move on by h with g held, each in turn with the other
 * held, c in two halves, then g takes `after` of its source. Every formula is a quotient of
 * positive numbers. */
__attribute__((target_clones("avx2", "default"))) static void
react(size_t count, double h, double before, double after, double *restrict g, double *restrict f,
      double *restrict c) {
  const double quarter = 0.25 * h;
  for (size_t at = 0; at < count; ++at) {
    double signal = g[at] + before * S * f[at] * (1 - c[at]);
    double share = signal / (K + signal);
    double growth = R * (1 + A * share), make = C * share;
    /* c' = p f (1 - c) - e c over half a step, by the trapezoid rule */
    double rate = quarter * make * f[at], all = rate + quarter * E;
    double matter = (c[at] * (1 - all) + 2 * rate) / (1 + all);
    /* f' = b f - growth f^2, b = growth - d c: the logistic curve, with exp as a quotient */
    double b = growth - D * matter, x = b * h;
    double half = 0.5 * x, even = 1 + x * x / 12;
    double cells = f[at] * (even + half) / (even - half + growth * f[at] * h);
    rate = quarter * make * cells;
    all = rate + quarter * E;
    c[at] = (matter * (1 - all) + 2 * rate) / (1 + all);
    f[at] = cells;
    g[at] = signal + after * S * cells * (1 - c[at]);
  }
}

__attribute__((target_clones("avx2", "default"))) static void feed(size_t count, double share,
                                                                   double *restrict g,
                                                                   const double *restrict f,
                                                                   const double *restrict c) {
  for (size_t at = 0; at < count; ++at)
    g[at] += share * S * f[at] * (1 - c[at]);
}

static void fill(struct bench_state *state) {
  int n = state->options->cells;
  for (int k = 0; k < n; ++k) {
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < n; ++i) {
        double x = SIDE * ((i + 0.5) / n - 0.5), y = SIDE * ((j + 0.5) / n - 0.5);
        double z = SIDE * ((k + 0.5) / n - 0.5);
        size_t at = ((size_t)k * (size_t)n + (size_t)j) * (size_t)n + (size_t)i;
        state->u[0][at] = exp(-0.5 * (x * x + y * y + z * z) / (WIDTH * WIDTH));
        state->u[1][at] = 0.5 * state->u[0][at];
        state->u[2][at] = 0.0;
      }
    }
  }
}

enum { PIECE = 4096 }; /* cells that a thread takes at once */

static void react_all(struct bench_state *state, double h, double before, double after) {
  size_t cells = state->cells;
#pragma omp parallel for schedule(static)
  for (size_t from = 0; from < cells; from += PIECE) {
    react(cells - from < PIECE ? cells - from : PIECE, h, before, after, state->u[0] + from,
          state->u[1] + from, state->u[2] + from);
  }
}

static void feed_all(struct bench_state *state, double share) {
  size_t cells = state->cells;
#pragma omp parallel for schedule(static)
  for (size_t from = 0; from < cells; from += PIECE) {
    feed(cells - from < PIECE ? cells - from : PIECE, share, state->u[0] + from, state->u[1] + from,
         state->u[2] + from);
  }
}

static struct percuta_lod *diffusion(const struct percuta_grid *grid, const double *by_row,
                                     double loss, enum percuta_lod_scheme scheme, double step) {
  const struct percuta_lod_medium medium = {.by_row = by_row, .loss = loss, .walls = true};
  struct percuta_lod *lod = NULL;
  if (percuta_lod_create(grid, &medium, &lod) == PERCUTA_OK)
    percuta_lod_prepare(lod, scheme, step);
  return lod;
}

/* g is fast: it follows its source f (1 - c) within a step. Where the reaction reads it, a third of
 * the source in the middle of the reaction and two thirds in the middle of the diffusion give its
 * steady value to fourth order: with x = loss * step, the shares w and 1 - w give
 * w (x/2) coth(x/2) + (1 - w) (x/2) / sinh(x/2) = 1 + (w/12 - (1 - w)/24) x^2 + ... */
static void run(struct bench_state *state, const struct percuta_lod *g,
                const struct percuta_lod *f) {
  long pairs = state->options->pairs;
  double h = END / (double)pairs;
  react_all(state, 0.5 * h, 0, h / 6);
  for (long pair = 0; pair < pairs; ++pair) {
    percuta_lod_half(g, 1, &state->u[0], PERCUTA_LOD_DOWN);
    percuta_lod_advance(f, 1, &state->u[1], 1);
    feed_all(state, 2 * h / 3);
    percuta_lod_half(g, 1, &state->u[0], PERCUTA_LOD_UP);
    if (pair + 1 < pairs)
      react_all(state, h, h / 6, h / 6);
  }
  react_all(state, 0.5 * h, h / 6, 0);
}

bool bench_r2(struct bench_state *state) {
  int n = state->options->cells;
  double *row = malloc(2 * (size_t)n * sizeof *row);
  if (!row)
    return false;
  for (int k = 0; k < n; ++k) {
    row[k] = D_G * 1e-12; /* the grid is in metres */
    row[n + k] = D_F * 1e-12;
  }
  fill(state);
  double start = bench_now(), half = 0.5 * END / (double)state->options->pairs;
  struct percuta_lod *g = diffusion(state->grid, row, L, state->options->scheme, half);
  struct percuta_lod *f = diffusion(state->grid, row + n, 0, state->options->scheme, half);
  bool ok = g && f;
  if (ok) {
    state->setup_seconds = bench_now() - start;
    run(state, g, f);
    state->seconds = bench_now() - start - state->setup_seconds;
    state->bytes = percuta_lod_bytes(g) + percuta_lod_bytes(f);
  }
  percuta_lod_destroy(&g);
  percuta_lod_destroy(&f);
  free(row);
  return ok;
}

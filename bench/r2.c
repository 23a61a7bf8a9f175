/* R2: an activator g, cells f that it stirs, and matter c that they make, for 30 days. Times in
 * days, lengths in um.
 *   g' = D_g lap g + s f (1 - c) - l g
 *   f' = D_f lap f + r f (1 - f) (1 + a m) - d f c,   m = g / (K + g)
 *   c' = k m f (1 - c) - e c
 * A step of length H is half a pair of diffusion steps either side of one step of the reaction. */
#include "problem.h"

static const double S = 5.0, L = 5.0, R = 0.5, A = 1.0, K = 0.2, D = 0.1, C = 0.3, E = 0.01;

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

enum { PIECE = 4096 }; /* cells that a thread takes at once */

static void react_all(struct bench_problem *problem, double h, double before, double after) {
  size_t cells = problem->cells;
#pragma omp parallel for schedule(dynamic)
  for (size_t from = 0; from < cells; from += PIECE) {
    react(cells - from < PIECE ? cells - from : PIECE, h, before, after, problem->u[0] + from,
          problem->u[1] + from, problem->u[2] + from);
  }
}

static void feed_all(struct bench_problem *problem, double share) {
  size_t cells = problem->cells;
#pragma omp parallel for schedule(dynamic)
  for (size_t from = 0; from < cells; from += PIECE) {
    feed(cells - from < PIECE ? cells - from : PIECE, share, problem->u[0] + from,
         problem->u[1] + from, problem->u[2] + from);
  }
}

/* g is fast: it follows its source f (1 - c) within a step. Where the reaction reads it, a third of
 * the source in the middle of the reaction and two thirds in the middle of the diffusion give its
 * steady value to fourth order: with x = loss * step, the shares w and 1 - w give
 * w (x/2) coth(x/2) + (1 - w) (x/2) / sinh(x/2) = 1 + (w/12 - (1 - w)/24) x^2 + ... */
void bench_r2_run(struct bench_problem *problem, long pairs, bench_diffuse *diffuse,
                  void *context) {
  double h = problem->end / (double)pairs;
  react_all(problem, 0.5 * h, 0, h / 6);
  for (long pair = 0; pair < pairs; ++pair) {
    diffuse(context, 0, problem->u[0], BENCH_DOWN);
    diffuse(context, 1, problem->u[1], BENCH_WHOLE);
    feed_all(problem, 2 * h / 3);
    diffuse(context, 0, problem->u[0], BENCH_UP);
    if (pair + 1 < pairs)
      react_all(problem, h, h / 6, h / 6);
  }
  react_all(problem, 0.5 * h, h / 6, 0);
}

void bench_r2_rates(size_t count, const double *g, const double *f, const double *c, double *dg,
                    double *df, double *dc) {
  for (size_t at = 0; at < count; ++at) {
    double share = g[at] / (K + g[at]);
    dg[at] += S * f[at] * (1 - c[at]) - L * g[at];
    df[at] += R * f[at] * (1 - f[at]) * (1 + A * share) - D * f[at] * c[at];
    dc[at] += C * f[at] * (1 - c[at]) * share - E * c[at];
  }
}

/* R-hat and effective sample size: draws are replaced by the normal scores of their ranks, chains
 * cut in halves, and variances between and within them compared; autocorrelations, averaged over
 * chains, are summed in pairs for as long as these are positive and fall (Geyer 1992).
 * Tests: tests/verification/test_inference.c. */
#include "inference/chains.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum percuta_status percuta_inference_chains_create(int chains, int keep, int dims,
                                                    struct percuta_chains *out) {
  const size_t draws = (size_t)chains * (size_t)keep;
  *out = (struct percuta_chains){.chains = chains, .keep = keep, .dims = dims};
  out->point = calloc(draws * (size_t)dims + 1, sizeof *out->point);
  out->log_density = calloc(draws + 1, sizeof *out->log_density);
  return out->point && out->log_density ? PERCUTA_OK : PERCUTA_MEMORY;
}

void percuta_inference_chains_clear(struct percuta_chains *chains) {
  free(chains->point);
  free(chains->log_density);
  *chains = (struct percuta_chains){.dims = 0};
}

struct ranked {
  double value;
  size_t place;
};

static int by_value(const void *left, const void *right) {
  const struct ranked *a = left, *b = right;
  if (a->value != b->value)
    return a->value < b->value ? -1 : 1;
  return (a->place > b->place) - (a->place < b->place);
}

/* Normal scores of ranks; equal values share the middle of theirs. */
static void score(struct ranked *order, size_t count, double *out) {
  qsort(order, count, sizeof *order, by_value);
  for (size_t first = 0, last = 0; first < count; first = last) {
    while (last < count && order[last].value == order[first].value)
      ++last;
    const double rank = 0.5 * (double)(first + last + 1);
    for (size_t i = first; i < last; ++i)
      out[order[i].place] = gsl_cdf_ugaussian_Pinv((rank - 0.375) / ((double)count + 0.25));
  }
}

/* Autocovariance of one chain around its own mean, summed over n. */
static double covariance(const double *x, int n, double mean, int lag) {
  double sum = 0;
  for (int i = 0; i + lag < n; ++i)
    sum += (x[i] - mean) * (x[i + lag] - mean);
  return sum / n;
}

/* Variances of chains x[m * stride ...] of n numbers: within, and of all with what is between. */
struct spread {
  double within, all;
};

static struct spread spread_of(const double *const *x, const double *mean, int m, int n) {
  double middle = 0, between = 0, within = 0;
  for (int c = 0; c < m; ++c)
    middle += mean[c] / m;
  for (int c = 0; c < m; ++c) {
    between += (mean[c] - middle) * (mean[c] - middle) / (m - 1);
    within += covariance(x[c], n, mean[c], 0) * n / (n - 1.0) / m;
  }
  return (struct spread){.within = within, .all = within * (n - 1.0) / n + between};
}

/* Correlation of draws `lag` apart, over all chains. */
static double correlation(const double *const *x, const double *mean, int m, int n,
                          struct spread spread, int lag) {
  double mixed = 0;
  for (int c = 0; c < m; ++c)
    mixed += covariance(x[c], n, mean[c], lag) * n / (n - 1.0) / m;
  return 1 - (spread.within - mixed) / spread.all;
}

static double effective(const double *const *x, const double *mean, int m, int n,
                        struct spread spread) {
  double sum = 0, before = INFINITY;
  for (int lag = 0; lag + 1 < n; lag += 2) {
    double pair =
        correlation(x, mean, m, n, spread, lag) + correlation(x, mean, m, n, spread, lag + 1);
    if (pair < 0)
      break;
    pair = fmin(pair, before);
    before = pair;
    sum += pair;
  }
  const double draws = (double)m * n;
  return draws / fmax(2 * sum - 1, 1 / log10(fmax(draws, 10)));
}

static struct percuta_mixing mix(const double *scores, int chains, int keep, const double **x,
                                 double *mean) {
  const int m = 2 * chains, n = keep / 2;
  for (int c = 0; c < m; ++c) {
    /* the draw in the middle of an odd chain is left out */
    x[c] = scores + (size_t)(c / 2) * (size_t)keep + (c % 2 ? keep - n : 0);
    mean[c] = 0;
    for (int i = 0; i < n; ++i)
      mean[c] += x[c][i] / n;
  }
  const struct spread spread = spread_of(x, mean, m, n);
  if (!(spread.within > 0))
    return (struct percuta_mixing){.rhat = spread.all > 0 ? INFINITY : 1,
                                   .effective = spread.all > 0 ? 1 : (double)chains * keep};
  return (struct percuta_mixing){.rhat = sqrt(spread.all / spread.within),
                                 .effective = effective(x, mean, m, n, spread)};
}

enum percuta_status percuta_inference_chains_mixing(int chains, int keep, const double *draw,
                                                    struct percuta_mixing *out) {
  const size_t count = (size_t)chains * (size_t)keep;
  struct ranked *order = calloc(count, sizeof *order);
  double *scores = calloc(count, sizeof *scores);
  double *mean = calloc(2 * (size_t)chains, sizeof *mean);
  const double **half = calloc(2 * (size_t)chains, sizeof *half);
  const bool room = order && scores && mean && half;
  if (room) {
    for (size_t i = 0; i < count; ++i)
      order[i] = (struct ranked){.value = draw[i], .place = i};
    score(order, count, scores);
    *out = mix(scores, chains, keep, half, mean);
  }
  free(order);
  free(scores);
  free(mean);
  free(half);
  return room ? PERCUTA_OK : PERCUTA_MEMORY;
}

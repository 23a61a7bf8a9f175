/* Values of a study: r ~ N(0, D + t^2 11') with D = diag(s^2), whose inverse and determinant follow
 * from two sums (Sherman & Morrison 1950): with w = 1/s^2, W = sum w and R = sum w r, -2 log L =
 * sum (w r^2 - log w) - t^2 R^2 / (1 + t^2 W) + log(1 + t^2 W) + n log 2 pi. Bounds are censored
 * observations: log Phi of the distance in standard deviations. Tests:
 * tests/verification/test_inference.c. */
#include "inference/likelihood.h"

#include <gsl/gsl_sf_erf.h>
#include <math.h>

/* Sums over the values of one study. */
struct sums {
  int count;
  double weight, weighted, rest;
};

static double close_study(const struct sums *sums, double study) {
  const double shared = 1 + study * study * sums->weight;
  if (sums->count == 0)
    return 0;
  return -0.5 * (sums->rest - study * study * sums->weighted * sums->weighted / shared +
                 log(shared) + sums->count * log(2 * M_PI));
}

/* log Phi(x), also far down in the tail. */
static double log_normal_below(double x) {
  return gsl_sf_log_erfc(-x * M_SQRT1_2) - M_LN2;
}

static double variance_of(int row, const struct percuta_datum *datum,
                          const struct percuta_datum_errors *errors) {
  const double stage = errors->stage[datum->stage];
  const double emulator = errors->emulator ? errors->emulator[row] : 0;
  return datum->spread * datum->spread + stage * stage + emulator * emulator;
}

double percuta_inference_likelihood_log(int count, const struct percuta_datum *datum,
                                        const double *predicted,
                                        const struct percuta_datum_errors *errors) {
  double sum = 0;
  struct sums sums = {0};
  for (int i = 0; i < count; ++i) {
    if (i > 0 && datum[i].study != datum[i - 1].study) {
      sum += close_study(&sums, errors->study);
      sums = (struct sums){0};
    }
    const double variance = variance_of(i, &datum[i], errors);
    const double above = predicted[i] - datum[i].number;
    if (datum[i].kind == PERCUTA_DATUM_VALUE) {
      ++sums.count;
      sums.weight += 1 / variance;
      sums.weighted += above / variance;
      sums.rest += above * above / variance + log(variance);
    } else {
      const double sign = datum[i].kind == PERCUTA_DATUM_AT_MOST ? -1 : 1;
      sum += log_normal_below(sign * above / sqrt(variance + errors->study * errors->study));
    }
  }
  return sum + close_study(&sums, errors->study);
}

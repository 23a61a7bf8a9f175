/* v(x, y) = sum over wave vectors k = 2 pi (m, n) / P, one of each pair k and -k, of
 *   sqrt(2 S(k)) [a cos(k.x) + b sin(k.x)],  S(k) = deviation^2 exp(-|k|^2 l^2 / 2) / N,
 * a and b standard normal numbers keyed by (seed; m, n) and N the sum of the exponentials over all
 * k, 0 among them. Left out, k = 0 takes with it the variance among the means of patches. P is the
 * side of the square, or a whole part of it.
 *
 * The sum is made once on a grid of PER_WAVE points to the shortest wave, first over m and then
 * over n, and read by linear interpolation, so that a strike costs the same however many waves
 * there are. Checked by tests/unit/test_variation.c. */
#include "skin/variation.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

static const double PI = 3.14159265358979323846;

/* Waves up to k l = CUTOFF are summed; beyond, they have e^-8 of the longest one's variance. */
static const double CUTOFF = 4;

enum {
  PER_WAVE = 16,    /* points to the shortest wave: interpolation loses 1/300 of the variance */
  MOST_LENGTHS = 64 /* sides of the tabulated square, in correlation lengths */
};

struct percuta_variation {
  struct percuta_variation_law law;
  double period; /* [m] */
  int waves;     /* m and n run from -waves to waves */
  int points;    /* along a side of the table */
  double norm;   /* N */
  double *value; /* [m] owned; points * points, x fastest; NULL: no variation */
};

/* The standard deviation within a site and that between people, of a whole of 1. */
static void split(double share, double *within, double *between) {
  share = fmin(1, fmax(0, share));
  *within = sqrt(share);
  *between = sqrt(1 - share);
}

double percuta_skin_variation_between(const struct percuta_scenario *scenario) {
  double within = 0, between = 1;
  if (scenario->model.variation == PERCUTA_VARIATION_OFF)
    return between;
  const struct percuta_parameter *share =
      percuta_base_parameters_find(scenario->parameters, "variation.within_site_share");
  if (share)
    split(share->value_si, &within, &between);
  return between;
}

enum percuta_status percuta_skin_variation_read(const struct percuta_scenario *scenario,
                                                const struct percuta_skin *skin,
                                                struct percuta_diag *diag,
                                                struct percuta_variation_law *out) {
  struct percuta_variation_law law = {0};
  double share = 0, within = 0, between = 1;
  const struct percuta_parameter_slot slots[] = {{"variation.within_site_share", &share},
                                                 {"variation.correlation_length", &law.length}};
  enum percuta_status status = PERCUTA_OK;
  if (scenario->model.variation == PERCUTA_VARIATION_ON)
    status = percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots,
                                          diag);
  if (status != PERCUTA_OK)
    return status;
  split(share, &within, &between);
  law.deviation = within * hypot(skin->thickness_sd[PERCUTA_STRATUM_CORNEUM],
                                 skin->thickness_sd[PERCUTA_VIABLE_EPIDERMIS]);
  *out = law;
  return PERCUTA_OK;
}

/* exp(-|k|^2 l^2 / 2) of the wave (m, n). */
static double spectrum(const struct percuta_variation *variation, int m, int n) {
  double step = 2 * PI / variation->period * variation->law.length;
  return exp(-0.5 * step * step * ((double)m * m + (double)n * n));
}

/* Adds the waves of one n to the table: their sum over m is first made for every x. `work` has room
 * for four times the points of a side, the second half of it for cosine and sine of a full turn in
 * as many steps: all angles on the table are whole numbers of them. */
static void add_waves(const struct percuta_variation *variation, struct percuta_random_key key,
                      int n, double *work, double *value) {
  int points = variation->points;
  double *even = work, *odd = work + points; /* what multiplies cos(n y) and sin(n y) */
  const double *cosine = work + 2 * points, *sine = work + 3 * points;
  for (int i = 0; i < 2 * points; i++)
    work[i] = 0;
  for (int m = -variation->waves; m <= variation->waves; m++) {
    if (n == 0 && m <= 0)
      continue;
    double normal[2];
    percuta_base_random_normal2(key, (uint32_t)(m + variation->waves), (uint32_t)n, normal);
    double size = variation->law.deviation * sqrt(2 * spectrum(variation, m, n) / variation->norm);
    for (int i = 0, turn = 0; i < points; i++) {
      double c = size * cosine[turn], s = size * sine[turn];
      even[i] += normal[0] * c + normal[1] * s;
      odd[i] += normal[1] * c - normal[0] * s;
      turn = (turn + m + points) % points; /* |m| is below the points */
    }
  }
  for (int j = 0; j < points; j++) {
    double c = cosine[n * j % points], s = sine[n * j % points];
    for (int i = 0; i < points; i++)
      value[(size_t)j * (size_t)points + (size_t)i] += c * even[i] + s * odd[i];
  }
}

static enum percuta_status tabulate(struct percuta_variation *variation, uint64_t seed) {
  size_t points = (size_t)variation->points;
  double *work = malloc(4 * points * sizeof *work);
  variation->value = calloc(points * points, sizeof *variation->value);
  if (!work || !variation->value) {
    free(work);
    return PERCUTA_MEMORY;
  }
  struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_VARIATION};
  for (size_t i = 0; i < points; i++) {
    work[2 * points + i] = cos(2 * PI * (double)i / (double)points);
    work[3 * points + i] = sin(2 * PI * (double)i / (double)points);
  }
  for (int n = 0; n <= variation->waves; n++)
    add_waves(variation, key, n, work, variation->value);
  free(work);
  return PERCUTA_OK;
}

enum percuta_status percuta_skin_variation_create(const struct percuta_variation_law *law,
                                                  double width, uint64_t seed,
                                                  struct percuta_variation **out) {
  struct percuta_variation *variation = calloc(1, sizeof *variation);
  if (!variation)
    return PERCUTA_MEMORY;
  variation->law = *law;
  variation->period = width;
  enum percuta_status status = PERCUTA_OK;
  if (law->deviation > 0 && law->length > 0) {
    double parts = fmax(1, ceil(width / (MOST_LENGTHS * law->length)));
    variation->period = width / parts;
    variation->waves = (int)ceil(CUTOFF * variation->period / (2 * PI * law->length));
    variation->points = PER_WAVE * variation->waves;
    for (int n = -variation->waves; n <= variation->waves; n++)
      for (int m = -variation->waves; m <= variation->waves; m++)
        variation->norm += spectrum(variation, m, n);
    status = tabulate(variation, seed);
  }
  if (status != PERCUTA_OK) {
    percuta_skin_variation_destroy(&variation);
    return status;
  }
  *out = variation;
  return PERCUTA_OK;
}

void percuta_skin_variation_destroy(struct percuta_variation **variation) {
  if (!*variation)
    return;
  free((*variation)->value);
  free(*variation);
  *variation = NULL;
}

/* Where `x` lies on the circle of the table: between point *below and the next, at the share
 * returned. */
static double locate(const struct percuta_variation *variation, double x, int *below) {
  double turns = x / variation->period;
  double at = (turns - floor(turns)) * variation->points;
  *below = (int)at < variation->points ? (int)at : variation->points - 1;
  return at - *below;
}

double percuta_skin_variation_shift(const struct percuta_variation *variation, double x, double y) {
  if (!variation->value)
    return 0;
  int i = 0, j = 0, points = variation->points;
  double s = locate(variation, x, &i), t = locate(variation, y, &j);
  const double *low = variation->value + (size_t)j * (size_t)points;
  const double *high = variation->value + (size_t)((j + 1) % points) * (size_t)points;
  int next = (i + 1) % points;
  return (1 - t) * ((1 - s) * low[i] + s * low[next]) + t * ((1 - s) * high[i] + s * high[next]);
}

double percuta_skin_variation_covariance(const struct percuta_variation *variation, double dx,
                                         double dy) {
  double sum = 0, step = 2 * PI / variation->period;
  if (!variation->value)
    return 0;
  for (int n = -variation->waves; n <= variation->waves; n++)
    for (int m = -variation->waves; m <= variation->waves; m++)
      if (m != 0 || n != 0)
        sum += spectrum(variation, m, n) * cos(step * (m * dx + n * dy));
  return variation->law.deviation * variation->law.deviation * sum / variation->norm;
}

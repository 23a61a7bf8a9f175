/* v(x, y) = sum over wave vectors k = 2 pi (m, n) / P, one of each pair k and -k, of
 *   sqrt(2 S(k)) [a cos(k.x) + b sin(k.x)],  S(k) = deviation^2 exp(-|k|^2 l^2 / 2) / N,
 * a and b standard normal numbers keyed by (seed; m, n) and N the sum of the exponentials over all
 * k, 0 among them. Left out, k = 0 takes with it the variance among the means of patches. P is the
 * side of the square, or a whole part of it.
 *
 * The field is known on a grid of PER_WAVE points to the shortest wave and read by linear
 * interpolation. The sum over m is made once, for every x of the grid and every n; the one over n
 * for the four points around the place that is asked for, as strikes are fewer than points. Checked
 * by tests/unit/test_variation.c. */
#include "skin/variation.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/vector.h"

static const double PI = 3.14159265358979323846;

/* Waves up to k l = CUTOFF are summed; beyond, they have e^-8 of the longest one's variance. */
static const double CUTOFF = 4;

enum {
  PER_WAVE = 16,    /* points to the shortest wave: interpolation loses 1/300 of the variance */
  MOST_LENGTHS = 64 /* sides of the square, in correlation lengths */
};

/* Cosine and sine of an angle, or what multiplies them. */
struct pair {
  double cosine, sine;
};

struct percuta_variation {
  struct percuta_variation_law law;
  double period;      /* [m] */
  int waves;          /* m and n run from -waves to waves */
  int points;         /* along a side of the grid; 0: no variation */
  double norm;        /* N */
  double *spectrum;   /* owned; exp(-|k|^2 l^2 / 2) for m, n from 0 to waves, m fastest */
  struct pair *angle; /* owned; n y at every y of the grid, n from 0 to waves fastest */
  struct pair *sum;   /* owned; [m] what multiplies those at every x of the grid, n as above */
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

static double spectrum(const struct percuta_variation *variation, int m, int n) {
  return variation->spectrum[abs(n) * (variation->waves + 1) + abs(m)];
}

static void lay_spectrum(struct percuta_variation *variation) {
  const double step = 2 * PI / variation->period * variation->law.length;
  const int waves = variation->waves;
  for (int n = 0; n <= waves; n++)
    for (int m = 0; m <= waves; m++)
      variation->spectrum[n * (waves + 1) + m] =
          exp(-0.5 * step * step * ((double)m * m + (double)n * n));
  for (int n = -waves; n <= waves; n++)
    for (int m = -waves; m <= waves; m++)
      variation->norm += spectrum(variation, m, n);
}

/* Cosine and sine of m x for every x of the grid and m from -waves on, each as one row. The first
 * row holds a full turn in as many steps as there are points: all angles are whole numbers of them.
 */
static void lay_waves(const struct percuta_variation *variation, double *turn, double *wave) {
  const int points = variation->points;
  for (int i = 0; i < points; i++) {
    turn[i] = cos(2 * PI * (double)i / (double)points);
    turn[points + i] = sin(2 * PI * (double)i / (double)points);
  }
  for (int m = -variation->waves; m <= variation->waves; m++) {
    for (int i = 0, at = 0; i < points; i++) {
      wave[i] = turn[at];
      wave[points + i] = turn[points + at];
      at += m; /* |m| is below the points */
      at += at < 0 ? points : at >= points ? -points : 0;
    }
    wave += 2 * points;
  }
}

/* Adds one wave of `size` [m], a row of cosines and one of sines, to the sums: likewise. */
PERCUTA_VECTOR_CLONES
static void add_wave(int points, double size, const double normal[2], const double *wave,
                     double *sum) {
  const double a = normal[0], b = normal[1];
  for (int i = 0; i < points; i++) {
    double c = size * wave[i], s = size * wave[points + i];
    sum[i] += a * c + b * s;
    sum[points + i] += b * c - a * s;
  }
}

/* The sums over m for one n. `sum` has room for two rows. */
static void add_waves(struct percuta_variation *variation, struct percuta_random_key key, int n,
                      const double *wave, double *sum) {
  const int points = variation->points, waves = variation->waves;
  for (int i = 0; i < 2 * points; i++)
    sum[i] = 0;
  for (int m = n == 0 ? 1 : -waves; m <= waves; m++) {
    double normal[2];
    percuta_base_random_normal2(key, (uint32_t)(m + waves), (uint32_t)n, normal);
    double size = variation->law.deviation * sqrt(2 * spectrum(variation, m, n) / variation->norm);
    add_wave(points, size, normal, wave + (m + waves) * 2 * points, sum);
  }
  wave += (n + waves) * 2 * points;
  for (int i = 0; i < points; i++) {
    variation->sum[i * (waves + 1) + n] = (struct pair){sum[i], sum[points + i]};
    variation->angle[i * (waves + 1) + n] = (struct pair){wave[i], wave[points + i]};
  }
}

static enum percuta_status sum_waves(struct percuta_variation *variation, uint64_t seed) {
  const size_t row = 2 * (size_t)variation->points, rows = 2 * (size_t)variation->waves + 1;
  const struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_VARIATION};
  double *wave = malloc((rows + 1) * row * sizeof *wave);
  if (!wave)
    return PERCUTA_MEMORY;
  double *spare = wave + rows * row;
  lay_spectrum(variation);
  lay_waves(variation, spare, wave);
  for (int n = 0; n <= variation->waves; n++)
    add_waves(variation, key, n, wave, spare);
  free(wave);
  return PERCUTA_OK;
}

/* Waves and points for the law. */
static enum percuta_status make_room(struct percuta_variation *variation, double width) {
  const struct percuta_variation_law *law = &variation->law;
  const double parts = fmax(1, ceil(width / (MOST_LENGTHS * law->length)));
  variation->period = width / parts;
  variation->waves = (int)ceil(CUTOFF * variation->period / (2 * PI * law->length));
  variation->points = PER_WAVE * variation->waves;
  const size_t waves = (size_t)variation->waves + 1, points = (size_t)variation->points;
  variation->spectrum = calloc(waves * waves, sizeof *variation->spectrum);
  variation->angle = calloc(points * waves, sizeof *variation->angle);
  variation->sum = calloc(points * waves, sizeof *variation->sum);
  return variation->spectrum && variation->angle && variation->sum ? PERCUTA_OK : PERCUTA_MEMORY;
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
    status = make_room(variation, width);
    if (status == PERCUTA_OK)
      status = sum_waves(variation, seed);
  }
  if (status != PERCUTA_OK) {
    percuta_skin_variation_destroy(&variation);
    return status;
  }
  *out = variation;
  return PERCUTA_OK;
}

void percuta_skin_variation_destroy(struct percuta_variation **variation) {
  struct percuta_variation *old = *variation;
  if (!old)
    return;
  free(old->spectrum);
  free(old->angle);
  free(old->sum);
  free(old);
  *variation = NULL;
}

/* Where `x` lies on the circle of the grid: between point *below and the next, at the share
 * returned. */
static double locate(const struct percuta_variation *variation, double x, int *below) {
  double turns = x / variation->period;
  double at = (turns - floor(turns)) * variation->points;
  *below = (int)at < variation->points ? (int)at : variation->points - 1;
  return at - *below;
}

double percuta_skin_variation_shift(const struct percuta_variation *variation, double x, double y) {
  const int points = variation->points, waves = variation->waves + 1;
  if (points == 0)
    return 0;
  int i = 0, j = 0;
  double s = locate(variation, x, &i), t = locate(variation, y, &j);
  const struct pair *left = variation->sum + i * waves;
  const struct pair *right = variation->sum + (i + 1) % points * waves;
  const struct pair *low = variation->angle + j * waves;
  const struct pair *high = variation->angle + (j + 1) % points * waves;
  double value[4] = {0};
  for (int n = 0; n < waves; n++) {
    value[0] += low[n].cosine * left[n].cosine + low[n].sine * left[n].sine;
    value[1] += low[n].cosine * right[n].cosine + low[n].sine * right[n].sine;
    value[2] += high[n].cosine * left[n].cosine + high[n].sine * left[n].sine;
    value[3] += high[n].cosine * right[n].cosine + high[n].sine * right[n].sine;
  }
  return (1 - t) * ((1 - s) * value[0] + s * value[1]) + t * ((1 - s) * value[2] + s * value[3]);
}

double percuta_skin_variation_covariance(const struct percuta_variation *variation, double dx,
                                         double dy) {
  double sum = 0, step = 2 * PI / variation->period;
  if (variation->points == 0)
    return 0;
  for (int n = -variation->waves; n <= variation->waves; n++)
    for (int m = -variation->waves; m <= variation->waves; m++)
      if (m != 0 || n != 0)
        sum += spectrum(variation, m, n) * cos(step * (m * dx + n * dy));
  return variation->law.deviation * variation->law.deviation * sum / variation->norm;
}

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

/* Rows of the grid hold a number for every x, cosines first, then as many sines. */
struct percuta_variation {
  struct percuta_variation_law law;
  double period;    /* [m] */
  int waves;        /* m and n run from -waves to waves */
  int points;       /* along a side of the grid; 0: no variation */
  double norm;      /* N */
  double *spectrum; /* owned; exp(-|k|^2 l^2 / 2) for m, n from 0 to waves, m fastest */
  double *turn;     /* owned; one row: a full turn in as many steps as there are points: all angles
                       on the grid are whole numbers of them */
  double *sum;      /* [m] owned; a row for each n from 0 to waves: what multiplies cosine and sine
                       of n y */
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

static void lay_turn(const struct percuta_variation *variation) {
  const int points = variation->points;
  for (int i = 0; i < points; i++) {
    variation->turn[i] = cos(2 * PI * (double)i / (double)points);
    variation->turn[points + i] = sin(2 * PI * (double)i / (double)points);
  }
}

/* The point on the turn that lies `step` steps on from `at`; neither is more than a turn. */
static int turned(int at, int step, int points) {
  at += step;
  return at < 0 ? at + points : at >= points ? at - points : at;
}

/* Cosine and sine of m x for every x of the grid, as a row. */
static void lay_wave(const struct percuta_variation *variation, int m, double *wave) {
  const int points = variation->points;
  for (int i = 0, at = 0; i < points; i++) {
    wave[i] = variation->turn[at];
    wave[points + i] = variation->turn[points + at];
    at = turned(at, m, points);
  }
}

/* Adds a wave of `size` [m] to the sums for one n. */
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

static enum percuta_status sum_waves(struct percuta_variation *variation, uint64_t seed) {
  const struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_VARIATION};
  const int waves = variation->waves, row = 2 * variation->points;
  double *wave = malloc((size_t)row * sizeof *wave);
  if (!wave)
    return PERCUTA_MEMORY;
  for (int m = -waves; m <= waves; m++) {
    lay_wave(variation, m, wave);
    for (int n = m > 0 ? 0 : 1; n <= waves; n++) {
      double normal[2];
      percuta_base_random_normal2(key, (uint32_t)(m + waves), (uint32_t)n, normal);
      double size =
          variation->law.deviation * sqrt(2 * spectrum(variation, m, n) / variation->norm);
      add_wave(variation->points, size, normal, wave, variation->sum + n * row);
    }
  }
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
  const size_t waves = (size_t)variation->waves + 1, row = 2 * (size_t)variation->points;
  variation->spectrum = calloc(waves * waves, sizeof *variation->spectrum);
  variation->turn = calloc(row, sizeof *variation->turn);
  variation->sum = calloc(waves * row, sizeof *variation->sum);
  return variation->spectrum && variation->turn && variation->sum ? PERCUTA_OK : PERCUTA_MEMORY;
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
    if (status == PERCUTA_OK) {
      lay_spectrum(variation);
      lay_turn(variation);
      status = sum_waves(variation, seed);
    }
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
  free(old->turn);
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
  const int next = (i + 1) % points, step[2] = {j, (j + 1) % points};
  const double *sum = variation->sum, *cosine = variation->turn, *sine = cosine + points;
  double low[2] = {0}, high[2] = {0}; /* at j and the next; each at i and the next */
  for (int n = 0, at[2] = {0}; n < waves; n++, sum += 2 * points) {
    low[0] += cosine[at[0]] * sum[i] + sine[at[0]] * sum[points + i];
    low[1] += cosine[at[0]] * sum[next] + sine[at[0]] * sum[points + next];
    high[0] += cosine[at[1]] * sum[i] + sine[at[1]] * sum[points + i];
    high[1] += cosine[at[1]] * sum[next] + sine[at[1]] * sum[points + next];
    at[0] = turned(at[0], step[0], points);
    at[1] = turned(at[1], step[1], points);
  }
  return (1 - t) * ((1 - s) * low[0] + s * low[1]) + t * ((1 - s) * high[0] + s * high[1]);
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

/* With s the distance from the middle of a furrow, stripe or disc over half its width, heights are
 * -recess * f(s), f(0) = 1 and f(s >= 1) = 0:
 *   rolling  f = cos^2(pi s / 2)       furrows and stripes too; furrows as wide as their wavelength
 *                                      are a sinusoid of amplitude recess / 2
 *   boxcar   f = 1 up to s = 0.8, then a smooth step to 0 at s = 1
 *   icepick  f = 1 - s, a cone
 * All but the cone are C1. What has grown since then changes no height by more than itself:
 *   h = h0 + min(max(growth, -|h0|), |h0|), h0 the height before,
 * so that a floor rises as a whole and its edge stays where it was. Checked by
 * tests/unit/test_relief.c. */
#include "skin/relief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* Share of the radius of a boxcar scar that its wall takes: the shape of the profile. */
static const double WALL = 0.2;

enum { FEWEST_POINTS = 100, MOST_POINTS = 1000, ACROSS = 20, SECTIONS = 5 };

/* Of a radius, and of an interval until it is exact. */
enum { STEPS = 1000, HALVINGS = 50 };

static double profile(enum percuta_scar_profile kind, double s) {
  if (s >= 1)
    return 0;
  if (kind == PERCUTA_SCAR_ICEPICK)
    return 1 - s;
  if (kind == PERCUTA_SCAR_BOXCAR) {
    double t = fmax(0, (s - 1 + WALL) / WALL);
    return 1 - t * t * (3 - 2 * t);
  }
  double c = cos(PI / 2 * s);
  return c * c;
}

/* Distance from 0 of `x` on a circle of circumference `period`. */
static double wrap(double x, double period) {
  return fabs(x - period * round(x / period));
}

/* The whole numbers of waves across the square nearest to the wavelength and direction. */
static void fit_furrows(struct percuta_relief *relief) {
  struct percuta_relief_form *form = &relief->form;
  double waves = relief->period / form->wavelength;
  double along[2] = {-sin(form->direction) * waves, cos(form->direction) * waves};
  for (int i = 0; i < 2; i++)
    relief->waves[i] = (int)lround(along[i]);
  if (relief->waves[0] == 0 && relief->waves[1] == 0) /* a square holds one wave at least */
    relief->waves[fabs(along[1]) > fabs(along[0])] = 1;
  form->wavelength = relief->period / hypot(relief->waves[0], relief->waves[1]);
  form->width = fmin(form->width, form->wavelength);
}

double percuta_skin_relief_tile(const struct percuta_scenario *scenario,
                                const struct percuta_relief_form *form, double width) {
  const bool single = form->kind == PERCUTA_RELIEF_STRIPE || form->kind == PERCUTA_RELIEF_DISC;
  return single && scenario->model.fidelity != PERCUTA_PATCH
             ? fmax(scenario->model.patch_width, 2 * form->width)
             : width;
}

void percuta_skin_relief_lay(const struct percuta_relief_form *form, double period,
                             struct percuta_relief *out) {
  struct percuta_relief relief = {.form = *form, .period = period};
  if (form->kind == PERCUTA_RELIEF_FURROWS)
    fit_furrows(&relief);
  *out = relief;
}

/* Height at a distance [m] from the middle of a furrow, stripe or disc. */
static double height_at(const struct percuta_relief *relief, double distance) {
  const struct percuta_relief_form *form = &relief->form;
  const enum percuta_scar_profile kind =
      form->kind == PERCUTA_RELIEF_DISC ? form->profile : PERCUTA_SCAR_ROLLING;
  const double before = -form->recess * profile(kind, distance / (form->width / 2));
  return before + fmin(fmax(relief->growth, -fabs(before)), fabs(before));
}

double percuta_skin_relief_height(const struct percuta_relief *relief, double x, double y) {
  const struct percuta_relief_form *form = &relief->form;
  double period = relief->period, distance = 0;
  switch (form->kind) {
  case PERCUTA_RELIEF_FLAT:
    return 0;
  case PERCUTA_RELIEF_FURROWS:
    distance = relief->waves[0] * (x / period - 0.5) + relief->waves[1] * (y / period - 0.5);
    distance = form->wavelength * wrap(distance, 1);
    break;
  case PERCUTA_RELIEF_STRIPE:
    distance = wrap(x - period / 2, period);
    break;
  case PERCUTA_RELIEF_DISC:
    distance = hypot(wrap(x - period / 2, period), wrap(y - period / 2, period));
    break;
  }
  return height_at(relief, distance);
}

double percuta_skin_relief_slope(const struct percuta_relief *relief) {
  const double step = relief->form.width / 2 / STEPS;
  double steepest = 0;
  for (int i = 0; i < STEPS && relief->form.kind != PERCUTA_RELIEF_FLAT; i++)
    steepest = fmax(steepest,
                    fabs(height_at(relief, (i + 1) * step) - height_at(relief, i * step)) / step);
  return steepest;
}

double percuta_skin_relief_width(const struct percuta_relief *relief, double depth) {
  const double half = relief->form.width / 2;
  double inner = 0, outer = half;
  if (relief->form.kind == PERCUTA_RELIEF_FLAT || -height_at(relief, 0) < depth)
    return 0;
  for (int i = 0; i < HALVINGS; i++) {
    const double middle = (inner + outer) / 2;
    *(-height_at(relief, middle) >= depth ? &inner : &outer) = middle;
  }
  return 2 * inner;
}

double percuta_skin_relief_mean(const struct percuta_relief *relief) {
  const struct percuta_relief_form *form = &relief->form;
  const bool disc = form->kind == PERCUTA_RELIEF_DISC;
  double sum = 0;
  for (int i = 0; i < STEPS && form->kind != PERCUTA_RELIEF_FLAT; i++) {
    const double s = (i + 0.5) / STEPS; /* a ring's share of a disc is 2 s ds */
    sum -= height_at(relief, s * form->width / 2) * (disc ? 2 * s : 1) / STEPS;
  }
  return form->kind == PERCUTA_RELIEF_FURROWS ? sum * form->width / form->wavelength : sum;
}

double percuta_skin_relief_recess(const struct percuta_relief *relief, double x, double y) {
  const double top = relief->form.kind == PERCUTA_RELIEF_FLAT ? 0 : fmax(0, height_at(relief, 0));
  return top - percuta_skin_relief_height(relief, x, y);
}

double percuta_skin_relief_recess_max(const struct percuta_relief *relief) {
  return relief->form.kind == PERCUTA_RELIEF_FLAT ? 0 : fabs(height_at(relief, 0));
}

/* Profiles that are measured side by side: each sum waits for its last number, not for others. */
enum { ABREAST = 8 };

/* Highest less lowest of `length` heights, `stride` apart. */
static double range_of(const double *height, int length, int stride) {
  double low = *height, high = *height;
  for (int i = 1; i < length; i++) {
    const double here = height[i * stride];
    low = here < low ? here : low;
    high = here > high ? here : high;
  }
  return high - low;
}

/* Adds Ra and Rz of up to ABREAST profiles, `across` apart, of `count` heights, `stride` apart. */
static void add_profiles(const double *height, int count, int stride, int profiles, int across,
                         double sum[2]) {
  double mean[ABREAST] = {0}, deviation[ABREAST] = {0};
  for (int i = 0; i < count; i++)
    for (int p = 0; p < profiles; p++)
      mean[p] += height[i * stride + p * across] / count;
  for (int i = 0; i < count; i++)
    for (int p = 0; p < profiles; p++)
      deviation[p] += fabs(height[i * stride + p * across] - mean[p]) / count;
  const int length = count / SECTIONS;
  for (int p = 0; p < profiles; p++) {
    double range = 0;
    for (int section = 0; section < SECTIONS; section++)
      range += range_of(height + p * across + section * length * stride, length, stride) / SECTIONS;
    sum[0] += deviation[p];
    sum[1] += range;
  }
}

/* The same of all `profiles`. */
static void add_all(const double *height, int count, int stride, int profiles, int across,
                    double sum[2]) {
  for (int from = 0; from < profiles; from += ABREAST)
    add_profiles(height + from * across, count, stride,
                 profiles - from < ABREAST ? profiles - from : ABREAST, across, sum);
}

void percuta_skin_relief_measure(const double *height, int nx, int ny, double period,
                                 struct percuta_relief_texture *out) {
  double along_x[2] = {0}, along_y[2] = {0};
  add_all(height, nx, 1, ny, nx, along_x);
  add_all(height, ny, nx, nx, 1, along_y);
  struct percuta_relief_texture texture = {.ra = fmax(along_x[0] / ny, along_y[0] / nx),
                                           .rz = fmax(along_x[1] / ny, along_y[1] / nx)};
  int count = nx * ny;
  double mean = 0, low = *height, high = *height;
  for (int i = 0; i < count; i++) {
    const double here = height[i];
    mean += here / count;
    low = here < low ? here : low;
    high = here > high ? here : high;
    if (here < 0)
      texture.volume += -here * period * period / count;
  }
  for (int i = 0; i < count; i++)
    texture.sa += fabs(height[i] - mean) / count;
  texture.sz = high - low;
  texture.depth = fmax(0, -low);
  texture.raised = fmax(0, high);
  *out = texture;
}

int percuta_skin_relief_points(const struct percuta_relief *relief) {
  const struct percuta_relief_form *form = &relief->form;
  double wished = form->kind == PERCUTA_RELIEF_FLAT ? 0 : ACROSS * relief->period / form->width;
  wished = fmin(MOST_POINTS, fmax(FEWEST_POINTS, wished));
  return 2 * SECTIONS * (int)ceil(wished / (2 * SECTIONS)); /* even: one is in the middle */
}

/* Whether heights are the same for every y. */
static bool is_along_y(const struct percuta_relief *relief) {
  return relief->form.kind == PERCUTA_RELIEF_STRIPE ||
         (relief->form.kind == PERCUTA_RELIEF_FURROWS && relief->waves[1] == 0);
}

void percuta_skin_relief_sample(const struct percuta_relief *relief, int points, double *height) {
  double step = relief->period / points;
  for (int j = 0; j < points; j++) {
    double *row = height + j * points;
    if (j > 0 && is_along_y(relief)) {
      memcpy(row, height, (size_t)points * sizeof *row);
      continue;
    }
    for (int i = 0; i < points; i++)
      row[i] = percuta_skin_relief_height(relief, i * step, j * step);
  }
}

enum percuta_status percuta_skin_relief_survey(const struct percuta_relief *relief,
                                               struct percuta_relief_texture *out) {
  int points = percuta_skin_relief_points(relief);
  double *height = malloc((size_t)points * (size_t)points * sizeof *height);
  if (!height)
    return PERCUTA_MEMORY;
  percuta_skin_relief_sample(relief, points, height);
  percuta_skin_relief_measure(height, points, points, relief->period, out);
  free(height);
  return PERCUTA_OK;
}

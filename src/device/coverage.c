/* Nearest neighbours are searched in cells about as wide as the mean distance between strikes: ring
 * by ring around a strike's own cell, until no farther cell can hold a nearer one. Compared with
 * strikes that fall independently: mean distance 1/(2 sqrt(density)), share that re-enter by random
 * sequential adsorption (Schaaf & Talbot 1989, J Chem Phys 91:4401).
 * Theory: docs/theory/device.md. Test: tests/unit/test_coverage.c. */
#include "device/coverage.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "device/device.h"

static const double PI = 3.14159265358979323846;

enum { SUBSTEPS = 200 }; /* of the integration over strikes: a choice of accuracy */

double percuta_device_coverage_poisson_mean(double density) {
  return density > 0 ? 1 / (2 * sqrt(density)) : 0;
}

double percuta_device_coverage_poisson_cdf(double density, double distance) {
  return -expm1(-PI * density * distance * distance);
}

/* Share of the surface that is farther than the exclusion radius from every opening, `covered` c
 * being the share under discs of half that radius:
 *   1 - 4 c + (6 sqrt(3)/pi) c^2 + (40/(sqrt(3) pi) - 176/(3 pi^2)) c^3 */
static double free_share(double covered) {
  double c2 = 6 * sqrt(3) / PI, c3 = 40 / (sqrt(3) * PI) - 176 / (3 * PI * PI);
  return fmax(0, 1 - covered * (4 - covered * (c2 + covered * c3)));
}

double percuta_device_coverage_reentry(double density, double radius) {
  double strikes = PI * radius * radius * density; /* per area of an opening */
  if (!(strikes > 0))
    return 0;
  double opened = 0, step = strikes / SUBSTEPS; /* openings per area of one */
  for (int i = 0; i < SUBSTEPS; i++) {          /* midpoint rule */
    double half = opened + step / 2 * free_share(opened / 4);
    opened += step * free_share(half / 4);
  }
  return 1 - opened / strikes;
}

struct cells {
  double width;
  size_t side;   /* cells per side */
  size_t *first; /* owned; per cell, its first strike plus 1 */
  size_t *next;  /* owned; per strike, the next in its cell plus 1 */
};

static size_t cell_of(const struct cells *cells, double coordinate) {
  size_t cell = (size_t)(coordinate / cells->width * (double)cells->side);
  return cell < cells->side ? cell : cells->side - 1;
}

static enum percuta_status sort_into_cells(const struct percuta_strikes *strikes, double width,
                                           struct cells *cells) {
  cells->width = width;
  cells->side = (size_t)fmax(1, floor(sqrt((double)strikes->count)));
  cells->first = calloc(cells->side * cells->side, sizeof *cells->first);
  cells->next = calloc(strikes->count, sizeof *cells->next);
  if (!cells->first || !cells->next)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < strikes->count; i++) {
    size_t cell =
        cell_of(cells, strikes->item[i].y) * cells->side + cell_of(cells, strikes->item[i].x);
    cells->next[i] = cells->first[cell];
    cells->first[cell] = i + 1;
  }
  return PERCUTA_OK;
}

/* The smaller of `nearest` and the distance, squared, to the nearest other strike in one cell. */
static double search_cell(const struct cells *cells, const struct percuta_strikes *strikes,
                          size_t self, size_t cell, double nearest) {
  const struct percuta_strike *a = &strikes->item[self];
  for (size_t o = cells->first[cell]; o; o = cells->next[o - 1]) {
    if (o - 1 == self)
      continue;
    double dx = percuta_device_strikes_apart(a->x - strikes->item[o - 1].x, cells->width);
    double dy = percuta_device_strikes_apart(a->y - strikes->item[o - 1].y, cells->width);
    double square = dx * dx + dy * dy;
    nearest = square < nearest ? square : nearest;
  }
  return nearest;
}

/* Row or column `at`, less than two patches too far on. */
static size_t wrapped(size_t at, size_t n) {
  at -= at >= n ? n : 0;
  return at >= n ? at - n : at;
}

static double nearest_other(const struct cells *cells, const struct percuta_strikes *strikes,
                            size_t self) {
  size_t n = cells->side;
  size_t column = cell_of(cells, strikes->item[self].x),
         row = cell_of(cells, strikes->item[self].y);
  double nearest = INFINITY, cell_width = cells->width / (double)n;
  for (size_t ring = 0; ring <= n / 2; ring++) {
    double inner = ((double)ring - 1) * cell_width; /* nothing in this ring is nearer */
    if (ring > 0 && nearest <= inner * inner)
      break;
    for (size_t j = 0; j <= 2 * ring; j++) {
      size_t stride = j == 0 || j == 2 * ring ? 1 : 2 * ring;
      for (size_t i = 0; i <= 2 * ring; i += stride) {
        size_t cell = wrapped(row + n + j - ring, n) * n + wrapped(column + n + i - ring, n);
        nearest = search_cell(cells, strikes, self, cell, nearest);
      }
    }
  }
  return sqrt(nearest);
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static enum percuta_status measure(const struct percuta_strikes *strikes, double width,
                                   struct percuta_coverage *out) {
  size_t n = strikes->count;
  struct cells cells = {0};
  double *distance = calloc(n, sizeof *distance);
  enum percuta_status status = distance ? sort_into_cells(strikes, width, &cells) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
      distance[i] = nearest_other(&cells, strikes, i);
      sum += distance[i];
    }
    out->nearest_mean = sum / (double)n;
    qsort(distance, n, sizeof *distance, compare);
    for (size_t i = 0; i < n; i++) {
      double poisson = percuta_device_coverage_poisson_cdf(out->density, distance[i]);
      double below = (double)i / (double)n, with = (double)(i + 1) / (double)n;
      out->cdf_gap = fmax(out->cdf_gap, fmax(poisson - below, with - poisson));
    }
  }
  free(cells.first);
  free(cells.next);
  free(distance);
  return status;
}

enum percuta_status percuta_device_coverage_compute(const struct percuta_scenario *scenario,
                                                    const struct percuta_strikes *strikes,
                                                    double width, struct percuta_coverage *out) {
  const struct percuta_session *session = &scenario->session;
  struct percuta_coverage coverage = {0};
  coverage.density_expected =
      session->pass_count * session->repeat *
      percuta_device_strike_density(&scenario->device, session->speed, session->slip);
  coverage.density = (double)strikes->count / (width * width);
  coverage.nearest_poisson = percuta_device_coverage_poisson_mean(coverage.density);
  enum percuta_status status = PERCUTA_OK;
  if (strikes->count > 1)
    status = measure(strikes, width, &coverage);
  if (status == PERCUTA_OK)
    *out = coverage;
  return status;
}

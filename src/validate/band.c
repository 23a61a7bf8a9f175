/* From value, spread and scale of a published row to the band of what counts as within (band.h).
 * Test: tests/unit/test_band.c. */
#include "validate/band.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

static const double FACTOR = 1.5, LOG_AT_LEAST = 0.5, POINTS_AT_LEAST = 10;
static const double ROUNDING = 1e-9; /* relative; so that an end counts as inside */

/* "a-b" with a <= b. */
static bool read_interval(const char *text, double *low, double *high) {
  double a = 0, b = 0;
  size_t length = percuta_base_number_scan(text, &a);
  if (length == 0 || text[length] != '-')
    return false;
  if (percuta_base_number_parse(text + length + 1, &b) != PERCUTA_OK || b < a)
    return false;
  *low = a;
  *high = b;
  return true;
}

static struct percuta_band one_sided(double bound, bool upper) {
  return (struct percuta_band){
      .low = upper ? -INFINITY : bound, .high = upper ? bound : INFINITY, .centre = bound};
}

static struct percuta_band around(double centre, double low, double high) {
  return (struct percuta_band){.low = fmin(low, high), .high = fmax(low, high), .centre = centre};
}

/* A number with its spread on one of the scales. */
static enum percuta_status read_scaled(double value, const char *spread, const char *scale,
                                       struct percuta_band *out) {
  double width = 0, low = 0, high = 0;
  bool has_interval = read_interval(spread, &low, &high);
  bool has_width = percuta_base_number_parse(spread, &width) == PERCUTA_OK && width > 0;
  if (strcmp(scale, "amount") == 0) {
    if (has_interval)
      *out = around(value, low, high);
    else if (has_width)
      *out = around(value, value - width, value + width);
    else
      *out = around(value, value / FACTOR, value * FACTOR);
  } else if (strcmp(scale, "log") == 0) {
    width = fmax(has_interval ? (high - low) / 2 : width, LOG_AT_LEAST);
    *out = around(value, value - width, value + width);
  } else if (strcmp(scale, "change") == 0) {
    double left = 1 + value / 100;
    *out = around(value, fmin(100 * (left / FACTOR - 1), value - POINTS_AT_LEAST),
                  fmax(100 * (left * FACTOR - 1), value + POINTS_AT_LEAST));
  } else if (strcmp(scale, "sign") == 0) {
    *out = value > 0   ? around(value, nextafter(0, 1), INFINITY)
           : value < 0 ? around(value, -INFINITY, nextafter(0, -1))
                       : around(0, 0, 0);
  } else {
    return PERCUTA_BAD_INPUT;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_band_read(const char *value, const char *spread,
                                               const char *spread_kind, const char *scale,
                                               struct percuta_band *out) {
  double number = 0, low = 0, high = 0;
  if (value[0] == '<' || value[0] == '>') {
    if (percuta_base_number_parse(value + 1, &number) != PERCUTA_OK)
      return PERCUTA_BAD_INPUT;
    *out = one_sided(number, value[0] == '<');
    return PERCUTA_OK;
  }
  if (read_interval(value, &low, &high)) {
    *out = around((low + high) / 2, low, high);
    return PERCUTA_OK;
  }
  if (percuta_base_number_parse(value, &number) != PERCUTA_OK)
    return PERCUTA_BAD_INPUT;
  bool upper = strstr(spread_kind, "upper bound") != NULL;
  if (upper || strstr(spread_kind, "lower bound") != NULL) {
    *out = one_sided(number, upper);
    return PERCUTA_OK;
  }
  return read_scaled(number, spread, scale, out);
}

bool percuta_validate_band_holds(const struct percuta_band *band, double value) {
  return value >= band->low - ROUNDING * fabs(band->low) &&
         value <= band->high + ROUNDING * fabs(band->high);
}

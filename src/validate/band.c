/* From value, spread and scale of a published row to the band of what counts as within (band.h).
 * Test: tests/unit/test_band.c. */
#include "validate/band.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

static const double AMOUNT_AT_LEAST = 0.15, LOG_WIDTH = 0.5;
static const double CHANGE_FACTOR = 2, SMALL_CHANGE = 10, SMALL_CHANGE_WIDTH = 5; /* per cent */
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

/* The wider of a band and what lies within `least` of its centre. */
static struct percuta_band at_least(struct percuta_band band, double least) {
  band.low = fmin(band.low, band.centre - least);
  band.high = fmax(band.high, band.centre + least);
  return band;
}

/* Without the published spread. */
static struct percuta_band around_change(double value) {
  const double size = fabs(value), sign = value < 0 ? -1 : 1;
  if (size == 0)
    return around(0, -SMALL_CHANGE_WIDTH, SMALL_CHANGE_WIDTH);
  const double least =
      size < SMALL_CHANGE ? fmax(size - SMALL_CHANGE_WIDTH, size / 2) : size / CHANGE_FACTOR;
  const double most = size < SMALL_CHANGE ? size + SMALL_CHANGE_WIDTH : size * CHANGE_FACTOR;
  return around(value, sign * least, sign * most);
}

/* A number with its spread on one of the scales. */
static enum percuta_status read_scaled(double value, const char *spread, const char *scale,
                                       struct percuta_band *out) {
  double width = 0, low = 0, high = 0;
  struct percuta_band spread_band = around(value, value, value);
  if (read_interval(spread, &low, &high))
    spread_band = around(value, low, high);
  else if (percuta_base_number_parse(spread, &width) == PERCUTA_OK && width > 0)
    spread_band = around(value, value - width, value + width);
  if (strcmp(scale, "amount") == 0) {
    *out = at_least(spread_band, AMOUNT_AT_LEAST * fabs(value));
  } else if (strcmp(scale, "log") == 0) {
    *out = around(value, value - LOG_WIDTH, value + LOG_WIDTH);
  } else if (strcmp(scale, "change") == 0) {
    *out = around_change(value);
    out->low = fmin(out->low, spread_band.low);
    out->high = fmax(out->high, spread_band.high);
    if (value > 0) /* however wide the spread is, no effect at all is no hit */
      out->low = fmax(out->low, nextafter(0, 1));
    else if (value < 0)
      out->high = fmin(out->high, nextafter(0, -1));
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
    if (strcmp(scale, "amount") == 0)
      *out = at_least(*out, AMOUNT_AT_LEAST * fabs(out->centre));
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

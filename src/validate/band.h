/* Which predictions count as within a published number:
 *   amount  the published spread, and at least 15 % to either side
 *   log     logarithms (log Kp): 0.5 to either side
 *   change  in per cent: of the published sign, and half to twice as large or inside the published
 *           spread; below 10 %: within 5 points, and nearer to it than to no change; of no change:
 *           within 5 points
 *   sign    the sign only
 * `<x`, `>x`, upper and lower bounds are one-sided; `a-b` is that interval, and as an amount at
 * least 15 % to either side of its middle. */
#ifndef PERCUTA_VALIDATE_BAND_H
#define PERCUTA_VALIDATE_BAND_H

#include <stdbool.h>

#include "base/status.h"

struct percuta_band {
  double low, high; /* in the row's unit; infinite where the band is one-sided */
  double centre;    /* what a ratio is taken to; the bound of a one-sided band */
};

/* Reads value, spread and kind of spread as published. PERCUTA_BAD_INPUT, *out untouched, when the
 * value is no number (`ND`) or the scale is none of the four. */
enum percuta_status percuta_validate_band_read(const char *value, const char *spread,
                                               const char *spread_kind, const char *scale,
                                               struct percuta_band *out);

/* Whether `value` lies in the band, its ends included. */
bool percuta_validate_band_holds(const struct percuta_band *band, double value);

#endif

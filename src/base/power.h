/* Powers of many numbers at once. */
#ifndef PERCUTA_BASE_POWER_H
#define PERCUTA_BASE_POWER_H

#include <stddef.h>

/* out[i] = in[i] ^ exponent, to a few parts in 1e15, the same on every processor. For positive
 * normal numbers whose power lies between 1e-300 and 1e300; others give no error and no useful
 * number. `out` may be `in`. The logarithm is a series of the inverse hyperbolic tangent, the
 * exponential its Taylor series, both cut where they reach rounding (Abramowitz &
 * Stegun 4.1.27, 4.2.1). */
void percuta_base_power_many(size_t count, double exponent, const double *in, double *out);

#endif

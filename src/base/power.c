/* x^p = 2^(p log2 x) of many numbers at once, in operations that every processor has, so that
 * results do not depend on a library:
 *   log2 x = e + (2/ln 2) (f + f^3/3 + .. + f^21/21),   x = 2^e m,   f = (m - 1)/(m + 1)
 *   2^y    = 2^whole exp(part ln 2), by its Taylor series       Abramowitz & Stegun 4.1.27, 4.2.1
 * Test: tests/unit/test_power.c. */
#include "base/power.h"

#include <stdint.h>
#include <string.h>

#include "base/vector.h"

static const double LOG2_E = 1.4426950408889634, LN_2 = 0.6931471805599453;
static const double ROOT_2 = 1.4142135623730951;

PERCUTA_VECTOR_INLINE
double as_double(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

PERCUTA_VECTOR_INLINE
uint64_t as_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* Of x = 2^e m with m between 1/sqrt 2 and sqrt 2: e + log2 m. */
PERCUTA_VECTOR_INLINE
double binary_logarithm(double x) {
  /* a small whole number set into the mantissa of 2^52 is that number above 2^52 */
  const double whole = 4503599627370496.0;
  uint64_t bits = as_bits(x);
  double e = as_double((bits >> 52) | as_bits(whole)) - whole - 1023;
  double m = as_double((bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000));
  double large = m > ROOT_2 ? 1.0 : 0.0;
  e += large;
  m *= 1.0 - 0.5 * large;
  double f = (m - 1) / (m + 1), g = f * f;
  double sum = 1.0 / 21;
  sum = sum * g + 1.0 / 19;
  sum = sum * g + 1.0 / 17;
  sum = sum * g + 1.0 / 15;
  sum = sum * g + 1.0 / 13;
  sum = sum * g + 1.0 / 11;
  sum = sum * g + 1.0 / 9;
  sum = sum * g + 1.0 / 7;
  sum = sum * g + 1.0 / 5;
  sum = sum * g + 1.0 / 3;
  sum = sum * g + 1.0;
  return e + 2 * LOG2_E * f * sum;
}

/* 2^t */
PERCUTA_VECTOR_INLINE
double binary_exponential(double t) {
  const double round =
      6755399441055744.0; /* 1.5 2^52: adding it leaves no digit behind the point */
  double rounded = t + round;
  double x = LN_2 * (t - (rounded - round));
  double sum = 1 + x * (1.0 / 14);
  sum = 1 + x * (1.0 / 13) * sum;
  sum = 1 + x * (1.0 / 12) * sum;
  sum = 1 + x * (1.0 / 11) * sum;
  sum = 1 + x * (1.0 / 10) * sum;
  sum = 1 + x * (1.0 / 9) * sum;
  sum = 1 + x * (1.0 / 8) * sum;
  sum = 1 + x * (1.0 / 7) * sum;
  sum = 1 + x * (1.0 / 6) * sum;
  sum = 1 + x * (1.0 / 5) * sum;
  sum = 1 + x * (1.0 / 4) * sum;
  sum = 1 + x * (1.0 / 3) * sum;
  sum = 1 + x * (1.0 / 2) * sum;
  sum = 1 + x * sum;
  return sum * as_double((as_bits(rounded) + 1023) << 52);
}

PERCUTA_VECTOR_CLONES
static void raise(size_t count, double exponent, const double *in, double *out) {
  for (size_t i = 0; i < count; ++i)
    out[i] = binary_exponential(exponent * binary_logarithm(in[i]));
}

void percuta_base_power_many(size_t count, double exponent, const double *in, double *out) {
  raise(count, exponent, in, out);
}

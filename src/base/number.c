/* Decimal numbers at the start of a text, by strtod but nothing else that it would take (hex, inf);
 * and numbers put into text, byte for byte as printf does. Test: tests/unit/test_number.c. */
#include "base/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DIGITS[] = "0123456789";

size_t percuta_base_number_scan(const char *text, double *out) {
  const char *at = text + (*text == '-' || *text == '+');
  const size_t whole = strspn(at, DIGITS);
  size_t part = 0;
  at += whole;
  if (*at == '.') {
    part = strspn(at + 1, DIGITS);
    at += whole + part > 0 ? 1 + part : 0;
  }
  if (whole + part == 0)
    return 0;
  if (*at == 'e' || *at == 'E') {
    const char *exponent = at + 1 + (at[1] == '-' || at[1] == '+');
    const size_t digits = strspn(exponent, DIGITS);
    if (digits > 0)
      at = exponent + digits;
  }
  const size_t length = (size_t)(at - text);
  char *end = NULL;
  const double value = strtod(text, &end);
  if ((size_t)(end - text) != length) /* strtod read something else, such as 0x10 */
    return 0;
  *out = value;
  return length;
}

enum percuta_status percuta_base_number_parse(const char *text, double *out) {
  double value = 0;
  const size_t length = percuta_base_number_scan(text, &value);
  if (length == 0 || text[length] != '\0' || !isfinite(value))
    return PERCUTA_BAD_INPUT;
  *out = value;
  return PERCUTA_OK;
}

enum { SIGNIFICANT = 9, LARGEST_EXACT = 22 };

/* The powers of ten that a double holds without rounding. */
static const double POWER[LARGEST_EXACT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Rounds `size` > 0 to n 10^(e - 8) with n of nine digits. False where one product with a power of
 * ten, which is off by no more than 1e-7 of n's last digit, does not tell which way. */
static bool round_decimal(double size, uint32_t *n, int *e) {
  int binary = 0;
  (void)frexp(size, &binary);
  *e = (int)floor((binary - 1) * 0.30102999566398120); /* log10 2; right or one too small */
  for (int try = 0; try < 2; try++) {
    const int shift = SIGNIFICANT - 1 - *e;
    if (shift > LARGEST_EXACT || shift < -LARGEST_EXACT)
      return false;
    const double scaled = shift >= 0 ? size * POWER[shift] : size / POWER[-shift];
    if (scaled >= POWER[SIGNIFICANT]) {
      ++*e;
      continue;
    }
    const double whole = floor(scaled), rest = scaled - whole;
    *n = (uint32_t)whole + (rest > 0.5);
    return fabs(rest - 0.5) > 1e-6;
  }
  return false;
}

/* The digits before the point, the point and those behind it; `before` may be negative. */
static char *put_fixed(const char *digit, int count, int before, char *to) {
  if (before <= 0)
    *to++ = '0';
  for (int i = 0; i < before; i++)
    *to++ = digit[i];
  if (count > before)
    *to++ = '.';
  for (int i = before; i < 0; i++)
    *to++ = '0';
  for (int i = before > 0 ? before : 0; i < count; i++)
    *to++ = digit[i];
  return to;
}

size_t percuta_base_number_write(double value, char out[PERCUTA_BASE_NUMBER_BYTES]) {
  char digit[SIGNIFICANT], *to = out;
  uint32_t n = 0;
  int e = 0, count = SIGNIFICANT;
  const bool rounded = value == 0 || (isfinite(value) && round_decimal(fabs(value), &n, &e));
  if (n == 1000000000) {
    n /= 10;
    e++;
  }
  if (!rounded || e < -4 || e >= SIGNIFICANT)
    return (size_t)snprintf(out, PERCUTA_BASE_NUMBER_BYTES, "%.9g", value);
  for (int i = SIGNIFICANT - 1; i >= 0; i--, n /= 10)
    digit[i] = (char)('0' + n % 10);
  while (count > 1 && digit[count - 1] == '0')
    count--;
  if (signbit(value))
    *to++ = '-';
  to = put_fixed(digit, count, e + 1, to);
  *to = '\0';
  return (size_t)(to - out);
}

/* Decimal numbers at the start of a text, by strtod but nothing else that it would take (hex, inf).
 * Test: tests/unit/test_number.c. */
#include "base/number.h"

#include <math.h>
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

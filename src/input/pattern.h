/* Regular expressions, as JSON Schema has them, for what a key may hold as text. */
#ifndef PERCUTA_INPUT_PATTERN_H
#define PERCUTA_INPUT_PATTERN_H

#include "input/keys.h"

/* The texts of numbers from low to high, both as plain decimals and with an exponent; a mantissa
 * that does not begin with one digit of 1 to 9 ("15e-1") is not compared with the limits. Owned by
 * the caller (free); NULL when out of memory. */
char *percuta_input_pattern_number(double low, double high);

/* The texts of a quantity within the limits of `key`, in any of the units that people use for its
 * dimension; other units that are read do not match. Likewise. */
char *percuta_input_pattern_quantity(const struct percuta_units *units,
                                     const struct percuta_key *key);

/* The texts of any number with a unit of the dimension of `unit`. Likewise. */
char *percuta_input_pattern_any(const struct percuta_units *units, const char *unit);

#endif

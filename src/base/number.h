/* Numbers in text. */
#ifndef PERCUTA_BASE_NUMBER_H
#define PERCUTA_BASE_NUMBER_H

#include <stddef.h>

#include "base/status.h"

/* Reads the decimal number at the start of `text` ("-1.5", ".5", "2.88e-3"; no white space, no hex,
 * inf or nan) into *out. Returns the number of bytes it has, or 0 when there is none; *out is then
 * untouched. A number too large for a double is read as infinity. */
size_t percuta_base_number_scan(const char *text, double *out);

/* Reads `text` as one finite number and nothing else into *out. */
enum percuta_status percuta_base_number_parse(const char *text, double *out);

enum { PERCUTA_BASE_NUMBER_BYTES = 24 };

/* Writes `value` with nine significant digits as "%.9g" of printf does, byte by byte, in a tenth of
 * the time. Returns its length. */
size_t percuta_base_number_write(double value, char out[PERCUTA_BASE_NUMBER_BYTES]);

#endif

/* What rests on no measurement. */
#ifndef PERCUTA_VALIDATE_ASSUMED_H
#define PERCUTA_VALIDATE_ASSUMED_H

#include <stdio.h>

/* Lists every parameter of data/ that is assumed, as a Markdown table; a sentence when the data
 * cannot be read. */
void percuta_validate_assumed_write(FILE *stream);

#endif

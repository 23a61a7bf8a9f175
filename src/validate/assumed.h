/* What rests on no measurement. */
#ifndef PERCUTA_VALIDATE_ASSUMED_H
#define PERCUTA_VALIDATE_ASSUMED_H

#include <stdio.h>

#include "catalogue/catalogue.h"

/* Lists every parameter that is assumed, as a Markdown table. */
void percuta_validate_assumed_write(const struct percuta_catalogue *catalogue, FILE *stream);

#endif

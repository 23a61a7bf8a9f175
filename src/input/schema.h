/* What a scenario may hold, generated from the registry: for editors and for readers. */
#ifndef PERCUTA_INPUT_SCHEMA_H
#define PERCUTA_INPUT_SCHEMA_H

#include <stdio.h>

#include "base/status.h"
#include "catalogue/catalogue.h"

/* Prints the JSON Schema (draft 2020-12) of a scenario, with the ids of the data files and the
 * names of all parameters. */
enum percuta_status percuta_input_schema_print(const struct percuta_catalogue *catalogue,
                                               FILE *stream);

/* Prints docs/scenario.md, the reference page. */
enum percuta_status percuta_input_schema_print_reference(FILE *stream);

#endif

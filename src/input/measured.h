/* Files of measured points beside a scenario: session.topicals[].measured. */
#ifndef PERCUTA_INPUT_MEASURED_H
#define PERCUTA_INPUT_MEASURED_H

#include "input/resolve.h"

/* Reads the files that the products name. All that is wrong in them is said at once, with file,
 * line and column. */
enum percuta_status percuta_input_measured_read(struct percuta_resolve *resolve);

/* Where the file `name` of a product lies. */
void percuta_input_measured_path(const struct percuta_scenario *scenario, const char *name,
                                 char *out, size_t size);

/* Writes the texts of these files to `stream`, for the hash. */
void percuta_input_measured_write(const struct percuta_scenario *scenario, FILE *stream);

/* Copies them beside the file `path`, so that it can be run. */
enum percuta_status percuta_input_measured_copy(const struct percuta_scenario *scenario,
                                                const char *path);

#endif

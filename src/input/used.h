/* used_parameters.yaml: a scenario with every value as used, from which the same run follows. */
#ifndef PERCUTA_INPUT_USED_H
#define PERCUTA_INPUT_USED_H

#include <stdio.h>

#include "input/keys.h"
#include "scenario/scenario.h"

/* Writes the head (program version, format, title; PETSc's options, "" or NULL: none, in a comment)
 * and the body. PERCUTA_IO on a write error. */
enum percuta_status percuta_input_used_write(const struct percuta_scenario *scenario,
                                             const char *petsc_options, FILE *stream);

/* Writes the value of a key, not of an item of a list, as it stands there, lists in brackets. */
void percuta_input_used_value(const struct percuta_scenario *scenario,
                              const struct percuta_key *key, FILE *stream);

/* The same as a text, owned by the caller; NULL when out of memory. */
char *percuta_input_used_text(const struct percuta_scenario *scenario,
                              const struct percuta_key *key);

/* Sets the scenario's hashes (scenario/scenario.h). */
enum percuta_status percuta_input_used_hash(struct percuta_scenario *scenario);

#endif

/* Which keys go with which others, as conditions of the JSON Schema. */
#ifndef PERCUTA_INPUT_CONDITIONS_H
#define PERCUTA_INPUT_CONDITIONS_H

#include "catalogue/catalogue.h"

struct cJSON;

/* Adds to the schema of a scenario that a key stands only where it does something, and what a
 * device without a preset must have. */
void percuta_input_conditions_add(const struct percuta_catalogue *catalogue, struct cJSON *root);

#endif

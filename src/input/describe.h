/* What the registry says of a key, for programs. */
#ifndef PERCUTA_INPUT_DESCRIBE_H
#define PERCUTA_INPUT_DESCRIBE_H

#include <cjson/cJSON.h>

#include "input/keys.h"

/* Adds to `object` type, low, high, choices, list (what `percuta list` calls the names) and meaning
 * of a key; null where it has none. */
void percuta_input_describe_key(const struct percuta_key *key, cJSON *object);

/* Adds `items`: the same, and the unit, of every key that the items of a list have. */
void percuta_input_describe_items(const struct percuta_key *list, cJSON *object);

#endif

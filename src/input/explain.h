/* Every resolved value with its unit and where it came from, for `percuta explain`. */
#ifndef PERCUTA_INPUT_EXPLAIN_H
#define PERCUTA_INPUT_EXPLAIN_H

#include <stdio.h>

#include "scenario/scenario.h"

/* Prints the scenario's keys, what the data say about its site and condition, and all parameters,
 * as YAML. Parameters outside their plausible range are marked `outside_range: true`. With `json`
 * the same is printed as JSON, with what the registry says of every key and with the file's name;
 * docs/json.md describes the members. */
enum percuta_status percuta_input_explain_print(const struct percuta_scenario *scenario, bool json,
                                                FILE *stream);

#endif

/* What a scenario takes from data/ besides parameters: its site, condition, device, products and
 * compounds. For the hash, so that a change of the data is a change of the run. */
#ifndef PERCUTA_INPUT_DATA_H
#define PERCUTA_INPUT_DATA_H

#include <stdio.h>

#include "scenario/scenario.h"

/* The joint draws of parameters, in the folder of the data. */
#define PERCUTA_INPUT_DATA_DRAWS "fit/draws.csv"

/* Writes the entries that the scenario names, all their keys and values but those that only say
 * where a value comes from (source, note, known, ...), comments and layout left out. What the user
 * has beside the scenario is not data/'s and left out as well. The joint draws count where some are
 * followed. */
void percuta_input_data_write(const struct percuta_scenario *scenario, FILE *stream);

#endif

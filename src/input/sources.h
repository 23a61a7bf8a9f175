/* What the values of a scenario were taken from, for `percuta cite` and the report. */
#ifndef PERCUTA_INPUT_SOURCES_H
#define PERCUTA_INPUT_SOURCES_H

#include "catalogue/citations.h"
#include "scenario/scenario.h"

/* Adds the sources of the scenario's parameters, as far as they are used as shipped, of its skin,
 * its device and its products. */
enum percuta_status percuta_input_sources_add(const struct percuta_scenario *scenario,
                                              struct percuta_citations *citations);

#endif

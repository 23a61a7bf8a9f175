/* Doses as one measures them out: grams, millilitres, finger tips over an area, or microlitres on
 * each square centimetre of it. */
#ifndef PERCUTA_INPUT_AMOUNTS_H
#define PERCUTA_INPUT_AMOUNTS_H

#include "input/value.h"

/* The dose [kg/m^2] that `text` is of a product of this density [kg/m^3], spread over `area` [m^2].
 * On PERCUTA_BAD_INPUT *out is left and `mistake` says why. */
enum percuta_status percuta_input_amounts_read(const struct percuta_scenario *scenario,
                                               const char *text, double density, double area,
                                               double *out, struct percuta_value_mistake *mistake);

#endif

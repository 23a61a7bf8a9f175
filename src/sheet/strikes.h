/* Strikes of a device. */
#ifndef PERCUTA_SHEET_STRIKES_H
#define PERCUTA_SHEET_STRIKES_H

#include "sheet/sheet.h"

/* How many punctures there are after how many passes, how fast, and what the hand's speed does; the
 * sheet's base is there. */
void percuta_sheet_strikes_fill(const struct percuta_scenario *scenario,
                                struct percuta_sheet *sheet);

/* The number that a Poisson variable of this mean does not exceed with probability `share`. */
double percuta_sheet_strikes_quantile(double mean, double share);

#endif

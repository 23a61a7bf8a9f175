/* What products bring in, read off their courses. Computed once, shown by penetration.csv, by
 * summary.json and by the report. */
#ifndef PERCUTA_RESULT_DELIVERIES_H
#define PERCUTA_RESULT_DELIVERIES_H

#include "result/result.h"

/* Products put on the skin: the numbing cream, if there is one, then the topicals. */
int percuta_deliveries_count(const struct percuta_result *result);
const struct percuta_delivery *percuta_deliveries_at(const struct percuta_result *result,
                                                     int index);

/* Whether it met open punctures. */
bool percuta_deliveries_punctured(const struct percuta_delivery *delivery);

/* The course of `active` through needled skin; NULL where the product met no puncture. */
const struct percuta_permeation *
percuta_deliveries_needled(const struct percuta_delivery *delivery,
                           const struct percuta_delivery_active *active);

/* Amounts [kg/m^2] of `course`, one of the delivery's, at output `i`: in the layer of that name, 0
 * where there is none; taken up by the blood so far; past the stratum corneum so far. Less than the
 * solver can tell from nothing is 0. */
double percuta_deliveries_layer(const struct percuta_delivery *delivery,
                                const struct percuta_permeation *course, int i, const char *name);
double percuta_deliveries_blood(const struct percuta_permeation *course, int i);
double percuta_deliveries_entered(const struct percuta_permeation *course, int i);

/* The last output of the delivery; -1 when it has none. */
int percuta_deliveries_last(const struct percuta_delivery *delivery);

#endif

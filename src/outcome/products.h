/* What products bring in, read off their courses. Computed once, shown by penetration.csv, by
 * summary.json and by the report. */
#ifndef PERCUTA_OUTCOME_PRODUCTS_H
#define PERCUTA_OUTCOME_PRODUCTS_H

#include "outcome/record.h"

/* Products put on the skin: the numbing cream, if there is one, then those after the needles. */
int percuta_outcome_products_count(const struct percuta_record *record);
const struct percuta_penetration *percuta_outcome_products_at(const struct percuta_record *record,
                                                              int index);

/* Whether it met open punctures. */
bool percuta_outcome_products_punctured(const struct percuta_penetration *penetration);

/* The course of `active` through needled skin; NULL where the product met no puncture. */
const struct percuta_permeation *
percuta_outcome_products_needled(const struct percuta_penetration *penetration,
                                 const struct percuta_penetration_active *active);

/* Amounts [kg/m^2] of `course`, one of the penetration's, at output `i`: in the layer of that name,
 * 0 where there is none; taken up by the blood so far; past the stratum corneum so far. Less than
 * the solver can tell from nothing is 0. */
double percuta_outcome_products_layer(const struct percuta_penetration *penetration,
                                      const struct percuta_permeation *course, int i,
                                      const char *name);
double percuta_outcome_products_blood(const struct percuta_permeation *course, int i);
double percuta_outcome_products_entered(const struct percuta_permeation *course, int i);

/* The output at a time [s]; -1: none is. */
int percuta_outcome_products_output(const struct percuta_penetration *penetration, double time);

/* The last output of the penetration; -1 when it has none. */
int percuta_outcome_products_last(const struct percuta_penetration *penetration);

#endif

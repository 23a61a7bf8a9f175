/* What to beware of with the products that came on punctured skin. */
#ifndef PERCUTA_OUTCOME_ADVICE_H
#define PERCUTA_OUTCOME_ADVICE_H

#include "outcome/record.h"

/* Adds what goes beyond the label of a numbing cream, or is too much in the blood. */
enum percuta_status percuta_outcome_advice_numbing(const struct percuta_numbing *numbing,
                                                   struct percuta_warnings *out);

/* Whether a warning is one of those. */
bool percuta_outcome_advice_is_of_numbing(enum percuta_warning_code code);

/* Adds what the numbing cream does, which products should not be put on needled skin, one by one,
 * and together those that were not made for it. What never met a puncture is passed by. */
enum percuta_status percuta_outcome_advice_products(const struct percuta_record *record,
                                                    struct percuta_warnings *out);

#endif

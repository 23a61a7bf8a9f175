/* Sentences to beware of, about the products that came on punctured skin. */
#ifndef PERCUTA_OUTCOME_ADVICE_H
#define PERCUTA_OUTCOME_ADVICE_H

#include "outcome/record.h"

typedef void percuta_advice_fn(void *context, const char *sentence);

/* Says what the numbing cream does, which products do not belong into needled skin, one by one, and
 * together those that were not made for it. What never met a puncture is passed by. */
void percuta_outcome_advice_products(const struct percuta_record *record, percuta_advice_fn *say,
                                     void *context);

#endif

/* What products bring in, as blocks of summary.json. */
#ifndef PERCUTA_RESULT_PRODUCTS_H
#define PERCUTA_RESULT_PRODUCTS_H

#include <cjson/cJSON.h>

#include "result/result.h"

/* Adds `penetration` and `numbing` to the summary, each where there is something to say. */
void percuta_result_products_add(cJSON *root, const struct percuta_record *record);

#endif

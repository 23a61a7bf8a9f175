/* The figures of products: curves over time, profiles over depth. */
#ifndef PERCUTA_REPORT_ENTERING_H
#define PERCUTA_REPORT_ENTERING_H

#include <cjson/cJSON.h>

#include "outcome/record.h"

/* Adds `entering` and `profiles`, one of each for every compound of every product. */
void percuta_report_entering_add(cJSON *root, const struct percuta_record *record);

/* The times [h] of a product. Owned by the caller. */
cJSON *percuta_report_entering_hours(const struct percuta_penetration *penetration);

#endif

/* A comparison as one long table, for spreadsheets and programs. */
#ifndef PERCUTA_COMPARE_LONG_H
#define PERCUTA_COMPARE_LONG_H

#include "compare/compare.h"

struct cJSON;

/* compare.csv: one row for each outcome, time and run that has it. */
void percuta_compare_long_csv(const struct percuta_comparison *comparison, FILE *stream);
/* The same as members of `root`, with runs, inputs that differ, and notes. */
enum percuta_status percuta_compare_long_json(const struct percuta_comparison *comparison,
                                              struct cJSON *root);

#endif

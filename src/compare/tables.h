/* The tables of compare.html. Internal to compare/. */
#ifndef PERCUTA_COMPARE_TABLES_H
#define PERCUTA_COMPARE_TABLES_H

#include "compare/compare.h"

typedef void percuta_compare_tables_fn(FILE *stream, const struct percuta_comparison *comparison);

percuta_compare_tables_fn percuta_compare_tables_runs;
percuta_compare_tables_fn percuta_compare_tables_inputs;
percuta_compare_tables_fn percuta_compare_tables_keys;
percuta_compare_tables_fn percuta_compare_tables_all;

/* Up to so many runs stand side by side; more of them below one another. */
enum { PERCUTA_COMPARE_BESIDE = 4 };

#endif

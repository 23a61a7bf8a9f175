/* summary.json of a result. Internal to compare/. */
#ifndef PERCUTA_COMPARE_SUMMARY_H
#define PERCUTA_COMPARE_SUMMARY_H

#include "compare/compare.h"

/* Fills title, version, hash, sessions and outcomes from the text of summary.json. */
enum percuta_status percuta_compare_summary_read(const char *text, struct percuta_diag *diag,
                                                 struct percuta_compare_run *run);

#endif

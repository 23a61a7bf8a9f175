/* The report's numbers as HTML that needs no script: tables. */
#ifndef PERCUTA_REPORT_TABLE_H
#define PERCUTA_REPORT_TABLE_H

#include "report/page.h"

/* One row per session. */
void percuta_report_table_sessions(FILE *stream, const struct percuta_page *page);
/* The layers of this skin with their published spread. */
void percuta_report_table_layers(FILE *stream, const struct percuta_page *page);
/* Warnings as a list, or a line that there are none. */
void percuta_report_table_warnings(FILE *stream, const struct percuta_page *page);
/* How many parameters are cited, assumed and so on, in a sentence. */
void percuta_report_table_counts(FILE *stream, const struct percuta_page *page);
/* Every parameter with value, range and source; first those that are assumed or to be checked. */
void percuta_report_table_parameters(FILE *stream, const struct percuta_page *page);
/* Grid, steps, error control and cost. */
void percuta_report_table_numerics(FILE *stream, const struct percuta_page *page);

#endif

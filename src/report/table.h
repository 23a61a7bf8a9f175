/* The report's numbers as HTML that needs no script: cards and tables. */
#ifndef PERCUTA_REPORT_TABLE_H
#define PERCUTA_REPORT_TABLE_H

#include "report/page.h"

/* Key results, one card each; results that were not computed have no card. */
void percuta_report_table_cards(FILE *stream, const struct percuta_page *page);
/* One row per session. */
void percuta_report_table_sessions(FILE *stream, const struct percuta_page *page);
/* The layers of this skin with their published spread. */
void percuta_report_table_layers(FILE *stream, const struct percuta_page *page);
/* Warnings as a list, or a sentence that there are none. */
/* Pain, redness and where their data end. */
void percuta_report_table_comfort(FILE *stream, const struct percuta_page *page);
void percuta_report_table_warnings(FILE *stream, const struct percuta_page *page);
/* Every parameter with value, range and source; first those that are assumed or to be checked. */
void percuta_report_table_parameters(FILE *stream, const struct percuta_page *page);
/* Grid, steps, error control and cost. */
void percuta_report_table_numerics(FILE *stream, const struct percuta_page *page);

#endif

/* The report's tiles and what it says of pain and redness, all read off the outcomes. */
#ifndef PERCUTA_REPORT_TILES_H
#define PERCUTA_REPORT_TILES_H

#include "report/page.h"

/* Key results, one card each; results that were not computed have no card. */
void percuta_report_tiles_write(FILE *stream, const struct percuta_page *page);
/* Pain, redness and where their data end. */
void percuta_report_tiles_comfort(FILE *stream, const struct percuta_page *page);

#endif

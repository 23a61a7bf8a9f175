/* The map of punctures, as SVG to scale. */
#ifndef PERCUTA_REPORT_MAP_H
#define PERCUTA_REPORT_MAP_H

#include "report/page.h"

/* One figure per session given, at most four; a large patch is shown in part. */
void percuta_report_map_write(FILE *stream, const struct percuta_page *page);

#endif

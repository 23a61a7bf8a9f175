/* The surface of the skin before treatment and after: maps, a profile and its measures. */
#ifndef PERCUTA_REPORT_SURFACE_H
#define PERCUTA_REPORT_SURFACE_H

#include "report/page.h"

/* Writes the section, or nothing where the surface is flat. */
void percuta_report_surface_write(FILE *stream, const struct percuta_page *page);

#endif

/* What to cite for a run. */
#ifndef PERCUTA_REPORT_BIBTEX_H
#define PERCUTA_REPORT_BIBTEX_H

#include <stdio.h>

#include "scenario/scenario.h"

/* Writes what percuta_catalogue_citations_write says of the run, as HTML text. */
enum percuta_status percuta_report_bibtex_write(FILE *stream,
                                                const struct percuta_scenario *scenario);

#endif

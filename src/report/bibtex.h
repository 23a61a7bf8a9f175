/* What to cite for a run. */
#ifndef PERCUTA_REPORT_BIBTEX_H
#define PERCUTA_REPORT_BIBTEX_H

#include <stdio.h>

#include "scenario/scenario.h"

/* Writes, as BibTeX in HTML text, the works of data/citations.yaml that the run rests on: those
 * without `match`, and those whose `match` occurs in the source of a parameter used as shipped. */
enum percuta_status percuta_bibtex_write(FILE *stream, const struct percuta_scenario *scenario);

#endif

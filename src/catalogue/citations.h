/* What to cite: the works of data/citations.yaml that the sources of a run, or of everything that
 * Percuta ships, name. */
#ifndef PERCUTA_CATALOGUE_CITATIONS_H
#define PERCUTA_CATALOGUE_CITATIONS_H

#include <stdio.h>

#include "scenario/scenario.h"

struct percuta_citations; /* the known works, and source texts gathered so far */

/* Reads the known works. Release with percuta_catalogue_citations_destroy. `diag` is borrowed for
 * as long as the object lives; mistakes in data files are added to it. */
enum percuta_status percuta_catalogue_citations_create(struct percuta_diag *diag,
                                                       struct percuta_citations **out);
void percuta_catalogue_citations_destroy(struct percuta_citations **citations); /* accepts NULL */

/* Adds one source text as it stands in the data; "" and "assumed" name no work. */
enum percuta_status percuta_catalogue_citations_add(struct percuta_citations *citations,
                                                    const char *source);
/* Adds the sources of the run's parameters, as far as they are used as shipped, its skin and its
 * device. */
enum percuta_status percuta_catalogue_citations_add_run(struct percuta_citations *citations,
                                                        const struct percuta_scenario *scenario);
/* Adds the sources of everything that Percuta ships. */
enum percuta_status percuta_catalogue_citations_add_all(struct percuta_citations *citations);

/* Writes BibTeX: the works that were always used or that a source names, then the sources that no
 * known work covers, as they stand. `version` is that of the Percuta to cite. */
enum percuta_status percuta_catalogue_citations_write(const struct percuta_citations *citations,
                                                      const char *version, FILE *stream);

#endif

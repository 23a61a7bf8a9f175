/* What to cite: the works of data/citations.yaml that the sources of a run, or of everything that
 * Percuta ships, name. */
#ifndef PERCUTA_CATALOGUE_CITATIONS_H
#define PERCUTA_CATALOGUE_CITATIONS_H

#include <stdio.h>

#include "catalogue/catalogue.h"

struct percuta_citations; /* the known works, and source texts gathered so far */

/* Without sources. `catalogue` is borrowed for as long as the object lives; mistakes in data files
 * are added to `diag`. Release with percuta_catalogue_citations_destroy. */
enum percuta_status percuta_catalogue_citations_create(const struct percuta_catalogue *catalogue,
                                                       struct percuta_diag *diag,
                                                       struct percuta_citations **out);
void percuta_catalogue_citations_destroy(struct percuta_citations **citations); /* accepts NULL */

/* Adds one source text as it stands in the data; "" and "assumed" name no work. */
enum percuta_status percuta_catalogue_citations_add(struct percuta_citations *citations,
                                                    const char *source);
/* Adds every `source` that stands in `node` (may be NULL) or below; as deep as the reader's limit.
 */
enum percuta_status percuta_catalogue_citations_add_tree(struct percuta_citations *citations,
                                                         const struct percuta_yaml_node *node);
/* Adds the sources that an entry of a kind names: of a device that of the whole, of the others also
 * those of single values. */
enum percuta_status percuta_catalogue_citations_add_entry(struct percuta_citations *citations,
                                                          enum percuta_kind kind,
                                                          const struct percuta_entry *entry);
/* Adds the sources of parameters that are used as shipped. */
enum percuta_status
percuta_catalogue_citations_add_parameters(struct percuta_citations *citations,
                                           const struct percuta_parameters *set);
/* Adds the sources of everything that Percuta ships. */
enum percuta_status percuta_catalogue_citations_add_all(struct percuta_citations *citations,
                                                        const struct percuta_catalogue *catalogue);

/* Writes BibTeX: the works that were always used or that a source names, then the sources that no
 * known work covers, as they stand. `version` is that of the Percuta to cite. */
enum percuta_status percuta_catalogue_citations_write(const struct percuta_citations *citations,
                                                      const char *version, FILE *stream);

#endif

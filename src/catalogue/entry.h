/* What Percuta's data files say about an entry that a scenario names: a site, condition or device.
 */
#ifndef PERCUTA_CATALOGUE_ENTRY_H
#define PERCUTA_CATALOGUE_ENTRY_H

#include "catalogue/atlas.h"

/* An entry of a data file; zero when none is open. */
struct percuta_catalogue {
  struct percuta_atlas atlas;
  const struct percuta_yaml_node *entry; /* borrowed from the atlas; NULL: there is none */
};

/* Open the entry of that id. Mistakes in the data go to `diag`, which must outlive the catalogue.
 * Release with percuta_catalogue_entry_close. */
enum percuta_status percuta_catalogue_entry_open_site(const char *id, struct percuta_diag *diag,
                                                      struct percuta_catalogue *out);
enum percuta_status percuta_catalogue_entry_open_condition(const char *id,
                                                           struct percuta_diag *diag,
                                                           struct percuta_catalogue *out);
enum percuta_status percuta_catalogue_entry_open_device(const char *id, struct percuta_diag *diag,
                                                        struct percuta_catalogue *out);
void percuta_catalogue_entry_close(struct percuta_catalogue *catalogue);

/* How a property is known, from its map `node`: "cited, MECH-005", "assumed"; "" when not said. */
void percuta_catalogue_entry_describe(const struct percuta_yaml_node *node, char *out, size_t size);

#endif

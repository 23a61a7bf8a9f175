/* Everything that data/ holds but published measurements and lists of fits: parameters, sites,
 * conditions, devices, compounds, products, works to cite, and the unit system. Read once, then
 * never changed: any number of scenarios may share it. */
#ifndef PERCUTA_CATALOGUE_CATALOGUE_H
#define PERCUTA_CATALOGUE_CATALOGUE_H

#include <stdbool.h>

#include "base/parameters.h"
#include "catalogue/entry.h"

struct percuta_catalogue;

/* What a scenario can name. */
enum percuta_kind {
  PERCUTA_SITES,
  PERCUTA_CONDITIONS,
  PERCUTA_COMPOUNDS,
  PERCUTA_PRODUCTS,
  PERCUTA_DEVICES,
  PERCUTA_KINDS
};

/* Reads the data folder `folder`; NULL: where base/path.h looks for it. Every mistake in it goes to
 * `diag`; then *out is NULL. Release with percuta_catalogue_close. */
enum percuta_status percuta_catalogue_open(const char *folder, struct percuta_diag *diag,
                                           struct percuta_catalogue **out);
void percuta_catalogue_close(struct percuta_catalogue **catalogue); /* accepts NULL */

/* All borrowed from the catalogue. The folder has no trailing slash. */
const char *percuta_catalogue_folder(const struct percuta_catalogue *catalogue);
const struct percuta_units *percuta_catalogue_units(const struct percuta_catalogue *catalogue);
const struct percuta_parameters *
percuta_catalogue_parameters(const struct percuta_catalogue *catalogue);

/* The data file `name`, e.g. "skin/atlas.yaml". PERCUTA_IO with an entry in `diag` when there is
 * none. *out borrows from the catalogue and from `diag`. */
enum percuta_status percuta_catalogue_file(const struct percuta_catalogue *catalogue,
                                           const char *name, struct percuta_diag *diag,
                                           struct percuta_entry *out);

/* The entry `id` of a kind; false, *out untouched, when there is none. `diag` is where mistakes met
 * while it is read will go; may be NULL where none is read. */
bool percuta_catalogue_find(const struct percuta_catalogue *catalogue, enum percuta_kind kind,
                            const char *id, struct percuta_diag *diag, struct percuta_entry *out);

/* The ids of a kind one after the other, in the order in which they are listed: the entry at
 * `index` with its id (borrowed); false from their number on. */
bool percuta_catalogue_at(const struct percuta_catalogue *catalogue, enum percuta_kind kind,
                          size_t index, const char **id, struct percuta_entry *out);

/* "sites", "conditions", "compounds", "products", "devices"; and back, PERCUTA_KINDS for any other
 * word. */
const char *percuta_catalogue_kind_name(enum percuta_kind kind);
enum percuta_kind percuta_catalogue_kind_named(const char *name);

#endif

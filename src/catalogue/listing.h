/* Ids, names and details of the entries of a data file, for `percuta list`. */
#ifndef PERCUTA_CATALOGUE_LISTING_H
#define PERCUTA_CATALOGUE_LISTING_H

#include "skin/skin.h"

/* All entries of the map `map` in the data file `name`: id, `name` and `known` of each. *out is
 * owned by the caller: release with percuta_skin_free_list. */
enum percuta_status percuta_catalogue_listing_read(const char *name, const char *map,
                                                   struct percuta_list_entry **out, size_t *count);

/* The id nearest to `word`, or that of the first entry of which name or detail has it as a phrase,
 * all without regard to case; "" when none is near. *known says whether `word` is an id itself. */
void percuta_catalogue_listing_nearest(const struct percuta_list_entry *entries, size_t count,
                                       const char *word, bool *known, char *out, size_t size);

#endif

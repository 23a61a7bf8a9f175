/* Ids, names and details of the entries of a data file, for `percuta list`. */
#ifndef PERCUTA_SKIN_LISTING_H
#define PERCUTA_SKIN_LISTING_H

#include "skin/skin.h"

/* All entries of the map `map` in the data file `name`: id, `name` and `known` of each. *out is
 * owned by the caller: release with percuta_skin_free_list. */
enum percuta_status percuta_listing_read(const char *name, const char *map,
                                         struct percuta_list_entry **out, size_t *count);

#endif

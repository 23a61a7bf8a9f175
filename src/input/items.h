/* Reading the lists of a scenario, such as session.passes: maps of the item keys of the list. */
#ifndef PERCUTA_INPUT_ITEMS_H
#define PERCUTA_INPUT_ITEMS_H

#include "input/resolve.h"

/* Reads the list of `key`, given as `node` at `place`. Mistakes go to the diag, each with the place
 * of the item that it is in, and make the status PERCUTA_BAD_INPUT. */
enum percuta_status percuta_input_items_read(struct percuta_resolve *resolve,
                                             const struct percuta_key *key,
                                             const struct percuta_yaml_node *node,
                                             struct percuta_place place);

/* The default list, from the registry's text. */
enum percuta_status percuta_input_items_read_fallback(struct percuta_resolve *resolve,
                                                      const struct percuta_key *key);

#endif

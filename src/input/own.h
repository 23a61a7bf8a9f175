/* A user's own products and compounds: files beside the scenario, in the format of Percuta's own.
 * The file's name without its ending is the id. */
#ifndef PERCUTA_INPUT_OWN_H
#define PERCUTA_INPUT_OWN_H

#include "scenario/scenario.h"

/* Adds to scenario->files what `id` names, once: a file beside the scenario that describes one of
 * this kind, else Percuta's own; nothing when there is neither. With a product come the compounds
 * that it names. What is wrong with a file is said when it is read. PERCUTA_IO, PERCUTA_MEMORY. */
enum percuta_status percuta_input_own_load(struct percuta_scenario *scenario,
                                           enum percuta_kind kind, const char *id);

/* Whether <id>.yaml in the folder of the file `beside` describes one of this kind. */
bool percuta_input_own_is(enum percuta_kind kind, const char *id, const char *beside);

/* The path that <id>.yaml has in the folder of the file `beside`; false when it does not fit. */
bool percuta_input_own_beside(const char *id, const char *beside, char *out, size_t size);

#endif

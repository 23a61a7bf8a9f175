/* The products that a scenario puts on the skin: whether their files hold what they must, and what
 * becomes of those that are the user's own. */
#ifndef PERCUTA_INPUT_PRODUCTS_H
#define PERCUTA_INPUT_PRODUCTS_H

#include <stdio.h>

#include "input/resolve.h"

enum { PERCUTA_PRODUCTS_MOST = 1000 }; /* [mg/cm^2] of a product in a session, in all its doses */

/* Reads every product that the scenario names, with its compounds. Mistakes in the files go to the
 * diag, also that a numbing cream is none or stands elsewhere, and doses that come too late, too
 * often or make too much; the status is PERCUTA_OK also then, and a failure otherwise. */
enum percuta_status percuta_input_products_check(struct percuta_resolve *resolve);

/* Writes name and text of the user's own files, for the hash. */
void percuta_input_products_write(const struct percuta_scenario *scenario, FILE *stream);

/* Copies the user's own files to the folder of the file `path`, unless that is where they are. Each
 * appears whole or not at all. PERCUTA_IO with errno set. */
enum percuta_status percuta_input_products_copy(const struct percuta_scenario *scenario,
                                                const char *path);

/* The first of Percuta's products and compounds in this scenario that a file in the folder of the
 * file `path` would take the place of, if the scenario stood there; NULL when there is none. */
const char *percuta_input_products_hidden(const struct percuta_scenario *scenario,
                                          const char *path);

/* Whether the files `a` and `b`, of which neither need exist, stand in the same folder. */
bool percuta_input_products_same_folder(const char *a, const char *b);

#endif

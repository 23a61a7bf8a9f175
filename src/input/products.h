/* The products that a scenario puts on the skin: whether their files hold what they must, and which
 * of these files, products and compounds, are the user's own. */
#ifndef PERCUTA_INPUT_PRODUCTS_H
#define PERCUTA_INPUT_PRODUCTS_H

#include <stdio.h>

#include "input/resolve.h"

enum { PERCUTA_PRODUCTS_MOST = 1000 }; /* [mg/cm^2] of a product in a session, in all its doses */

/* Reads every product that the scenario names, with its compounds. Mistakes in the files go to the
 * diag, also that a numbing cream is none or stands elsewhere, and doses that come too late, too
 * often or make too much; the status is PERCUTA_OK also then, and a failure otherwise. What is
 * found is kept in scenario->products. */
enum percuta_status percuta_input_products_check(struct percuta_resolve *resolve);

/* A file that the scenario needs: of data/<kind>/, "products" or "compounds", or the user's own.
 * The texts are borrowed from the scenario. */
struct percuta_products_file {
  const char *kind, *id;
  const char *text; /* of the user's own, as it was when the scenario was read; else NULL */
};
int percuta_input_products_count(const struct percuta_scenario *scenario);
struct percuta_products_file percuta_input_products_at(const struct percuta_scenario *scenario,
                                                       int index);

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

void percuta_input_products_destroy(struct percuta_products **products); /* accepts NULL */

#endif

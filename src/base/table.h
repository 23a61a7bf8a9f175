/* Tables of parameters in YAML files; the format is in base/parameters.h. */
#ifndef PERCUTA_BASE_TABLE_H
#define PERCUTA_BASE_TABLE_H

#include <stdbool.h>

#include "base/parameters.h"
#include "base/yaml.h"

/* Whether the document is a table: it has the key `table`. */
bool percuta_base_table_is(const struct percuta_yaml_node *root);

/* Adds the table in `root`, all of it or, on a mistake, nothing. `shown` is the file's name in
 * messages and in where a value comes from. Mistakes go to `diag`. */
enum percuta_status percuta_base_table_add(struct percuta_parameters *set,
                                           const struct percuta_units *units,
                                           const struct percuta_yaml_node *root, const char *shown,
                                           struct percuta_diag *diag);

/* The same from the file `path`. */
enum percuta_status percuta_base_table_load(struct percuta_parameters *set,
                                            const struct percuta_units *units, const char *path,
                                            struct percuta_diag *diag);

#endif

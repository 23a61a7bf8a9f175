/* What a data file says of one thing, and reading values from it: trees of named entries, each a
 * map with a `value` as text with its unit. Mistakes in them are mistakes in the data. */
#ifndef PERCUTA_CATALOGUE_ENTRY_H
#define PERCUTA_CATALOGUE_ENTRY_H

#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/units.h"
#include "base/yaml.h"

/* All borrowed, from the catalogue or from a scenario's own files. */
struct percuta_entry {
  const char *path;                     /* of the file, shown in messages */
  const struct percuta_yaml_node *root; /* the file's, or that of the thing in it */
  const struct percuta_units *units;
  struct percuta_diag *diag; /* mistakes are added here */
};

/* The scalar `field` of the member `key` of map `node`, of `dimension`, into SI. On any mistake it
 * is reported and *out stays as it was. */
enum percuta_status percuta_catalogue_entry_quantity(const struct percuta_entry *entry,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const char *dimension, double *out);

/* Reports a mistake at `node` (NULL: the file as a whole) and returns PERCUTA_BAD_INPUT. */
enum percuta_status percuta_catalogue_entry_mistake(const struct percuta_entry *entry,
                                                    const struct percuta_yaml_node *node,
                                                    const char *key, const char *what);

/* How a property is known, from its map `node`: "cited, MECH-005", "assumed"; "" when not said. */
void percuta_catalogue_entry_describe(const struct percuta_yaml_node *node, char *out, size_t size);

#endif

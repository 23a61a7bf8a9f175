/* Reading Percuta's own structured data (atlas, conditions, presets): trees of named entries, each
 * a map with a `value` as text with its unit. Mistakes in them are mistakes in the data. */
#ifndef PERCUTA_CATALOGUE_ATLAS_H
#define PERCUTA_CATALOGUE_ATLAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/units.h"
#include "base/yaml.h"

/* One data file being read. */
struct percuta_atlas {
  char path[1024];                   /* shown in messages */
  struct percuta_yaml_node *root;    /* owned */
  struct percuta_diag *diag;         /* borrowed; mistakes are added here */
  const struct percuta_units *units; /* borrowed; may be NULL where no quantity is read */
};

/* Reads `name`, a path inside the data folder, e.g. "skin/atlas.yaml". Release with
 * percuta_catalogue_atlas_close. PERCUTA_IO or PERCUTA_BAD_INPUT with an entry in `diag`. */
enum percuta_status percuta_catalogue_atlas_open(const char *name,
                                                 const struct percuta_units *units,
                                                 struct percuta_diag *diag,
                                                 struct percuta_atlas *out);
void percuta_catalogue_atlas_close(struct percuta_atlas *atlas);

/* Whether the file `name` exists inside the data folder. */
bool percuta_catalogue_atlas_exists(const char *name);

/* The scalar `field` of the entry `key` of map `node`, of `dimension`, into SI. On any mistake it
 * is reported and *out stays as it was. */
enum percuta_status percuta_catalogue_atlas_quantity(const struct percuta_atlas *atlas,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const char *dimension, double *out);

/* Reports a mistake at `node` (NULL: the file as a whole) and returns PERCUTA_BAD_INPUT. */
enum percuta_status percuta_catalogue_atlas_mistake(const struct percuta_atlas *atlas,
                                                    const struct percuta_yaml_node *node,
                                                    const char *key, const char *what);

#endif

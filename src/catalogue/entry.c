/* Values with units from the trees of the data files. Tests: tests/unit/test_catalogue.c. */
#include "catalogue/entry.h"

#include <stdio.h>

enum percuta_status percuta_catalogue_entry_mistake(const struct percuta_entry *entry,
                                                    const struct percuta_yaml_node *node,
                                                    const char *key, const char *what) {
  struct percuta_place place = {
      .file = entry->path, .line = node ? node->line : 0, .column = node ? node->column : 0};
  percuta_base_diag_add(entry->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                               .place = place,
                                                               .key = key,
                                                               .what = what,
                                                               .given = node ? node->text : NULL});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_catalogue_entry_quantity(const struct percuta_entry *entry,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const char *dimension, double *out) {
  const struct percuta_yaml_node *map = percuta_base_yaml_get(node, key);
  const struct percuta_yaml_node *scalar = percuta_base_yaml_get(map, field);
  char what[256];
  if (!scalar || scalar->kind != PERCUTA_YAML_SCALAR) {
    snprintf(what, sizeof what, "lacks `%s` with a `%s`", key, field);
    return percuta_catalogue_entry_mistake(entry, map ? map : node, key, what);
  }
  double value = 0;
  struct percuta_units_mistake why;
  enum percuta_status status =
      percuta_base_units_parse(entry->units, scalar->text, dimension, &value, &why);
  if (status != PERCUTA_OK)
    return percuta_catalogue_entry_mistake(entry, scalar, key, why.what);
  *out = value;
  return PERCUTA_OK;
}

void percuta_catalogue_entry_describe(const struct percuta_yaml_node *node, char *out,
                                      size_t size) {
  const char *evidence = percuta_base_yaml_text(node, "evidence", "");
  snprintf(out, size, "%s%s%s", percuta_base_yaml_text(node, "status", ""), *evidence ? ", " : "",
           evidence);
}

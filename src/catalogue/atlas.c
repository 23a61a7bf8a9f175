#include "catalogue/atlas.h"

#include <stdio.h>
#include <string.h>

#include "base/path.h"

/* Percuta's own files: larger than a scenario, but still bounded. */
static const struct percuta_yaml_limits LIMITS = {.bytes = 1 << 20, .depth = 16, .nodes = 100000};

static enum percuta_status data_path(const char *name, char *out, size_t size) {
  char folder[768];
  enum percuta_status status = percuta_base_path_data(folder, sizeof folder);
  if (status != PERCUTA_OK)
    return status;
  int length = snprintf(out, size, "%s/%s", folder, name);
  return length > 0 && (size_t)length < size ? PERCUTA_OK : PERCUTA_IO;
}

bool percuta_catalogue_atlas_exists(const char *name) {
  char path[1024];
  if (data_path(name, path, sizeof path) != PERCUTA_OK)
    return false;
  FILE *stream = fopen(path, "r");
  if (!stream)
    return false;
  fclose(stream);
  return true;
}

enum percuta_status percuta_catalogue_atlas_open(const char *name,
                                                 const struct percuta_units *units,
                                                 struct percuta_diag *diag,
                                                 struct percuta_atlas *out) {
  struct percuta_atlas atlas = {.diag = diag, .units = units};
  enum percuta_status status = data_path(name, atlas.path, sizeof atlas.path);
  if (status != PERCUTA_OK) {
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NO_DATA,
                                                          .place = {.file = name},
                                                          .what = "the data folder was not found",
                                                          .hint = "set PERCUTA_DATA to it"});
    return status;
  }
  status = percuta_base_yaml_read(atlas.path, atlas.path, LIMITS, diag, NULL, &atlas.root);
  if (status == PERCUTA_OK)
    *out = atlas;
  return status;
}

void percuta_catalogue_atlas_close(struct percuta_atlas *atlas) {
  percuta_base_yaml_destroy(&atlas->root);
}

enum percuta_status percuta_catalogue_atlas_mistake(const struct percuta_atlas *atlas,
                                                    const struct percuta_yaml_node *node,
                                                    const char *key, const char *what) {
  struct percuta_place place = {
      .file = atlas->path, .line = node ? node->line : 0, .column = node ? node->column : 0};
  percuta_base_diag_add(atlas->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                               .place = place,
                                                               .key = key,
                                                               .what = what,
                                                               .given = node ? node->text : NULL});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_catalogue_atlas_quantity(const struct percuta_atlas *atlas,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const char *dimension, double *out) {
  const struct percuta_yaml_node *entry = percuta_base_yaml_get(node, key);
  const struct percuta_yaml_node *scalar = percuta_base_yaml_get(entry, field);
  char what[256];
  if (!scalar || scalar->kind != PERCUTA_YAML_SCALAR) {
    snprintf(what, sizeof what, "lacks `%s` with a `%s`", key, field);
    return percuta_catalogue_atlas_mistake(atlas, entry ? entry : node, key, what);
  }
  double value = 0;
  struct percuta_units_mistake why;
  enum percuta_status status =
      percuta_base_units_parse(atlas->units, scalar->text, dimension, &value, &why);
  if (status != PERCUTA_OK)
    return percuta_catalogue_atlas_mistake(atlas, scalar, key, why.what);
  *out = value;
  return PERCUTA_OK;
}

#include "catalogue/entry.h"

#include <stdio.h>
#include <string.h>

/* Opens `file` and finds `id` in its map `map`. */
static enum percuta_status open_entry(const char *file, const char *map, const char *id,
                                      struct percuta_diag *diag, struct percuta_catalogue *out) {
  *out = (struct percuta_catalogue){.entry = NULL};
  const enum percuta_status status = percuta_catalogue_atlas_open(file, NULL, diag, &out->atlas);
  if (status == PERCUTA_OK)
    out->entry = percuta_base_yaml_get(percuta_base_yaml_get(out->atlas.root, map), id);
  return status;
}

enum percuta_status percuta_catalogue_entry_open_site(const char *id, struct percuta_diag *diag,
                                                      struct percuta_catalogue *out) {
  return open_entry("skin/atlas.yaml", "sites", id, diag, out);
}

enum percuta_status percuta_catalogue_entry_open_condition(const char *id,
                                                           struct percuta_diag *diag,
                                                           struct percuta_catalogue *out) {
  return open_entry("skin/conditions.yaml", "conditions", id, diag, out);
}

enum percuta_status percuta_catalogue_entry_open_device(const char *id, struct percuta_diag *diag,
                                                        struct percuta_catalogue *out) {
  char own[256];
  snprintf(own, sizeof own, "devices/%.200s.yaml", id);
  if (strcmp(id, "presets") == 0 || !percuta_catalogue_atlas_exists(own))
    return open_entry("devices/presets.yaml", "presets", id, diag, out);
  *out = (struct percuta_catalogue){.entry = NULL};
  const enum percuta_status status = percuta_catalogue_atlas_open(own, NULL, diag, &out->atlas);
  if (status == PERCUTA_OK)
    out->entry = out->atlas.root;
  return status;
}

void percuta_catalogue_entry_close(struct percuta_catalogue *catalogue) {
  if (catalogue->atlas.root != NULL)
    percuta_catalogue_atlas_close(&catalogue->atlas);
  *catalogue = (struct percuta_catalogue){.entry = NULL};
}

void percuta_catalogue_entry_describe(const struct percuta_yaml_node *node, char *out,
                                      size_t size) {
  const char *evidence = percuta_base_yaml_text(node, "evidence", "");
  snprintf(out, size, "%s%s%s", percuta_base_yaml_text(node, "status", ""), *evidence ? ", " : "",
           evidence);
}

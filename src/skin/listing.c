#include "skin/listing.h"

#include <stdio.h>
#include <stdlib.h>

#include "skin/atlas.h"

static enum percuta_status copy_entries(const struct percuta_yaml_node *map,
                                        struct percuta_list_entry **out, size_t *count) {
  size_t total = 0;
  const struct percuta_yaml_node *node = map ? map->child : NULL;
  for (; node; node = node->next)
    total++;
  if (total == 0)
    return PERCUTA_BAD_INPUT;
  struct percuta_list_entry *entries = calloc(total, sizeof *entries);
  if (!entries)
    return PERCUTA_MEMORY;
  struct percuta_list_entry *entry = entries;
  for (node = map->child; node; node = node->next, entry++) {
    snprintf(entry->id, sizeof entry->id, "%s", node->key);
    snprintf(entry->name, sizeof entry->name, "%s", percuta_yaml_text(node, "name", node->key));
    snprintf(entry->detail, sizeof entry->detail, "%s", percuta_yaml_text(node, "known", ""));
  }
  *out = entries;
  *count = total;
  return PERCUTA_OK;
}

enum percuta_status percuta_listing_read(const char *name, const char *map,
                                         struct percuta_list_entry **out, size_t *count) {
  struct percuta_diag *diag = NULL;
  if (percuta_diag_create(&diag))
    return PERCUTA_MEMORY;
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_atlas_open(name, NULL, diag, &atlas);
  if (status == PERCUTA_OK) {
    status = copy_entries(percuta_yaml_get(atlas.root, map), out, count);
    percuta_atlas_close(&atlas);
  }
  percuta_diag_destroy(&diag);
  return status;
}

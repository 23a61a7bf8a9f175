#include "catalogue/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/atlas.h"

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
    snprintf(entry->name, sizeof entry->name, "%s",
             percuta_base_yaml_text(node, "name", node->key));
    snprintf(entry->detail, sizeof entry->detail, "%s", percuta_base_yaml_text(node, "known", ""));
  }
  *out = entries;
  *count = total;
  return PERCUTA_OK;
}

enum percuta_status percuta_catalogue_listing_read(const char *name, const char *map,
                                                   struct percuta_list_entry **out, size_t *count) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag))
    return PERCUTA_MEMORY;
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_catalogue_atlas_open(name, NULL, diag, &atlas);
  if (status == PERCUTA_OK) {
    status = copy_entries(percuta_base_yaml_get(atlas.root, map), out, count);
    percuta_catalogue_atlas_close(&atlas);
  }
  percuta_base_diag_destroy(&diag);
  return status;
}

/* Words in lower case with a blank around each; the rest of a text that is too long is left out. */
static void simplify(const char *text, char *out, size_t size) {
  size_t used = 0;
  out[used++] = ' ';
  for (; *text != '\0' && used + 2 < size; text++) {
    const char c = *text;
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
    if (kept)
      out[used++] = (char)(upper ? c - 'A' + 'a' : c);
    else if (out[used - 1] != ' ')
      out[used++] = ' ';
  }
  if (out[used - 1] != ' ')
    out[used++] = ' ';
  out[used] = '\0';
}

static void lower(const char *text, char *out, size_t size) {
  size_t i = 0;
  for (; text[i] != '\0' && i + 1 < size; i++)
    out[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
  out[i] = '\0';
}

void percuta_catalogue_listing_nearest(const struct percuta_list_entry *entries, size_t count,
                                       const char *word, bool *known, char *out, size_t size) {
  const size_t length = strlen(word);
  int best = length < 4 ? 2 : (int)(length / 3) + 1; /* the first distance that is too far */
  char given[64], id[64], phrase[72], text[384], both[384];
  *known = false;
  out[0] = '\0';
  if (length >= sizeof given)
    return;
  lower(word, given, sizeof given);
  for (size_t i = 0; i < count; i++) {
    lower(entries[i].id, id, sizeof id);
    const int distance = percuta_base_yaml_distance(given, id);
    *known = *known || strcmp(word, entries[i].id) == 0;
    if (distance < best) {
      best = distance;
      snprintf(out, size, "%s", entries[i].id);
    }
  }
  simplify(word, phrase, sizeof phrase);
  for (size_t i = 0; i < count && length > 2 && out[0] == '\0'; i++) {
    snprintf(both, sizeof both, "%s; %s", entries[i].name, entries[i].detail);
    simplify(both, text, sizeof text);
    if (strstr(text, phrase) != NULL)
      snprintf(out, size, "%s", entries[i].id);
  }
}

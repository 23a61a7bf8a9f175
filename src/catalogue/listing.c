/* Lists of what a scenario can name, and the name that a misspelt one was probably meant to be.
 * Tests: tests/unit/test_catalogue.c, test_scenario.c. */
#include "catalogue/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known, and for a product of what kind it is, for a compound its size and lipophilicity.
 */
static void describe(enum percuta_kind kind, const struct percuta_yaml_node *root, char *out,
                     size_t size) {
  const char *known = percuta_base_yaml_text(root, "known", "");
  const char *gap = *known != '\0' ? "; " : "";
  if (kind == PERCUTA_PRODUCTS)
    snprintf(out, size, "%s%s%s, %s", known, gap, percuta_base_yaml_text(root, "kind", ""),
             strcmp(percuta_base_yaml_text(root, "sterile", ""), "true") == 0 ? "sterile"
                                                                              : "not sterile");
  else if (kind == PERCUTA_COMPOUNDS)
    snprintf(out, size, "%s%s%s, log Kow %s", known, gap,
             percuta_base_yaml_text(percuta_base_yaml_get(root, "molar_mass"), "value", ""),
             percuta_base_yaml_text(percuta_base_yaml_get(root, "log_kow"), "value", ""));
  else
    snprintf(out, size, "%s", known);
}

enum percuta_status percuta_catalogue_listing_make(const struct percuta_catalogue *catalogue,
                                                   enum percuta_kind kind,
                                                   struct percuta_listing *out) {
  struct percuta_entry entry;
  const char *id = NULL;
  size_t count = 0;
  while (percuta_catalogue_at(catalogue, kind, count, &id, &entry))
    count++;
  struct percuta_listing listing = {.entry = calloc(count + 1, sizeof *listing.entry)};
  if (listing.entry == NULL)
    return PERCUTA_MEMORY;
  for (; listing.count < count; listing.count++) {
    struct percuta_listing_entry *item = &listing.entry[listing.count];
    (void)percuta_catalogue_at(catalogue, kind, listing.count, &id, &entry);
    snprintf(item->id, sizeof item->id, "%s", id);
    snprintf(item->name, sizeof item->name, "%s", percuta_base_yaml_text(entry.root, "name", id));
    describe(kind, entry.root, item->detail, sizeof item->detail);
  }
  *out = listing;
  return PERCUTA_OK;
}

void percuta_catalogue_listing_clear(struct percuta_listing *listing) {
  free(listing->entry);
  *listing = (struct percuta_listing){.entry = NULL};
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

void percuta_catalogue_listing_nearest(const struct percuta_listing *listing, const char *word,
                                       bool *known, char *out, size_t size) {
  const struct percuta_listing_entry *entries = listing->entry;
  const size_t count = listing->count;
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

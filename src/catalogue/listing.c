/* Lists of what a scenario can name, and the name that a misspelt one was probably meant to be.
 * Tests: tests/unit/test_catalogue.c, test_scenario.c. */
#include "catalogue/listing.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"

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

/* How far apart the numbers of two ids are that differ in nothing else: the sum of the logarithms
 * of their ratios; -1 when they differ in more, or in no number. */
static double apart(const char *a, const char *b) {
  double sum = 0;
  while (*a != '\0' || *b != '\0') {
    double x = 0, y = 0;
    const size_t here = *a >= '0' && *a <= '9' ? percuta_base_number_scan(a, &x) : 0;
    const size_t there = *b >= '0' && *b <= '9' ? percuta_base_number_scan(b, &y) : 0;
    if (here > 0 && there > 0) {
      sum += x > 0 && y > 0 ? fabs(log(x / y)) : fabs(x - y);
      a += here;
      b += there;
    } else if (*a++ != *b++) {
      return -1;
    }
  }
  return sum > 0 ? sum : -1;
}

/* The id that differs in a number alone, by the smallest ratio: of a needle length or a strength
 * that is not known, the nearest. */
static const char *nearest_in_number(const struct percuta_listing *listing, const char *given) {
  const char *nearest = NULL;
  double best = HUGE_VAL;
  char id[64];
  for (size_t i = 0; i < listing->count; i++) {
    lower(listing->entry[i].id, id, sizeof id);
    const double distance = apart(given, id);
    if (distance >= 0 && distance < best) {
      best = distance;
      nearest = listing->entry[i].id;
    }
  }
  return nearest;
}

/* The id in other capitals. */
static const char *same_but_for_case(const struct percuta_listing *listing, const char *given) {
  char id[64];
  for (size_t i = 0; i < listing->count; i++) {
    lower(listing->entry[i].id, id, sizeof id);
    if (strcmp(given, id) == 0)
      return listing->entry[i].id;
  }
  return NULL;
}

static const char *nearest_in_spelling(const struct percuta_listing *listing, const char *given) {
  int best = INT_MAX;
  const char *nearest = NULL;
  for (size_t i = 0; i < listing->count; i++) {
    const int distance = percuta_base_nearest_distance(given, listing->entry[i].id);
    if (distance >= 0 && distance < best) {
      best = distance;
      nearest = listing->entry[i].id;
    }
  }
  return nearest;
}

/* Whether a word says what a thing is, between blanks: it has letters and is no mere form. */
static bool tells(const char *word) {
  static const char form[] = " cream gel serum lotion ointment solution the for ";
  return strlen(word) > 4 && strpbrk(word, "abcdefghijklmnopqrstuvwxyz") != NULL &&
         strstr(form, word) == NULL;
}

/* How many letters of the words of `phrase`, which has a blank around each, stand in `text` as
 * words; all of them, and more, when the phrase does; none when a word that tells does not. */
static size_t shared(const char *phrase, const char *text) {
  size_t letters = strstr(text, phrase) != NULL ? strlen(phrase) : 0;
  char word[72];
  for (const char *start = phrase; start[1] != '\0';) {
    const char *end = strchr(start + 1, ' ');
    const size_t length = (size_t)(end - start) + 1;
    snprintf(word, sizeof word, "%.*s", (int)length, start);
    if (tells(word) && strstr(text, word) == NULL)
      return 0;
    letters += tells(word) ? length : 0;
    start = end;
  }
  return letters;
}

/* The thing whose id, name or description has most of the words. */
static const char *nearest_in_words(const struct percuta_listing *listing, const char *word) {
  char phrase[72], text[512], all[512];
  const char *nearest = NULL;
  size_t best = 0;
  simplify(word, phrase, sizeof phrase);
  for (size_t i = 0; i < listing->count && strlen(word) > 2 && strchr(word, '/') == NULL; i++) {
    const struct percuta_listing_entry *entry = &listing->entry[i];
    snprintf(all, sizeof all, "%s; %s; %s", entry->id, entry->name, entry->detail);
    simplify(all, text, sizeof text);
    const size_t letters = shared(phrase, text);
    if (letters > best) {
      best = letters;
      nearest = entry->id;
    }
  }
  return nearest;
}

void percuta_catalogue_listing_nearest(const struct percuta_listing *listing, const char *word,
                                       bool *known, char *out, size_t size) {
  char given[64];
  *known = false;
  out[0] = '\0';
  if (strlen(word) >= sizeof given)
    return;
  for (size_t i = 0; i < listing->count; i++)
    *known = *known || strcmp(word, listing->entry[i].id) == 0;
  lower(word, given, sizeof given);
  const char *nearest = same_but_for_case(listing, given);
  if (nearest == NULL)
    nearest = nearest_in_number(listing, given);
  if (nearest == NULL)
    nearest = nearest_in_spelling(listing, given);
  if (nearest == NULL)
    nearest = nearest_in_words(listing, word);
  if (nearest != NULL)
    snprintf(out, size, "%s", nearest);
}

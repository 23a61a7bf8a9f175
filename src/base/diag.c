/* A list of mistakes, kept sorted by place; of those at the same place, the first to come stands
 * first. Tested by tests/unit/test_diag.c. */
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Longer texts are cut: a mistake must fit on a screen whatever the input holds. */
enum { TEXT_BYTES = 600 };

struct percuta_diag {
  struct percuta_mistake entry[PERCUTA_DIAG_MAX]; /* all their texts are owned */
  size_t kept;                                    /* entries in use */
  size_t count;                                   /* mistakes, including those only counted */
};

int percuta_base_diag_create(struct percuta_diag **out) {
  struct percuta_diag *diag = calloc(1, sizeof *diag);
  if (diag == NULL)
    return -1;
  *out = diag;
  return 0;
}

/* Frees a text that an entry owns; who looks at it sees it as const. */
static void free_text(const char *text) {
  free((void *)(uintptr_t)text);
}

static void clear(struct percuta_mistake *entry) {
  free_text(entry->place.file);
  free_text(entry->key);
  free_text(entry->what);
  free_text(entry->given);
  free_text(entry->allowed);
  free_text(entry->hint);
  *entry = (struct percuta_mistake){.code = PERCUTA_CODE_NONE};
}

void percuta_base_diag_destroy(struct percuta_diag **diag) {
  if (diag == NULL || *diag == NULL)
    return;
  for (size_t i = 0; i < (*diag)->kept; i++)
    clear(&(*diag)->entry[i]);
  free(*diag);
  *diag = NULL;
}

/* A copy that is safe to show; NULL stays NULL. *failed is set when out of memory. */
static char *copy(const char *text, bool *failed) {
  char *out = text != NULL ? percuta_base_utf8_shown(text, TEXT_BYTES) : NULL;
  *failed = *failed || (text != NULL && out == NULL);
  return out;
}

static int order_of(long long a, long long b) {
  return (a > b) - (a < b);
}

/* Below, at or above 0 as `a` stands before, at or behind `b`. */
static int compare(const struct percuta_place *a, const struct percuta_place *b) {
  int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
  if (order == 0)
    order = order_of(a->line, b->line);
  return order != 0 ? order : order_of(a->column, b->column);
}

/* Puts `entry` behind all those that do not stand behind it. */
static void insert(struct percuta_diag *diag, const struct percuta_mistake *entry) {
  size_t at = diag->kept++;
  for (; at > 0 && compare(&diag->entry[at - 1].place, &entry->place) > 0; at--)
    diag->entry[at] = diag->entry[at - 1];
  diag->entry[at] = *entry;
}

void percuta_base_diag_add(struct percuta_diag *diag, const struct percuta_mistake *mistake) {
  diag->count++;
  if (diag->kept == PERCUTA_DIAG_MAX)
    return;
  bool failed = false;
  struct percuta_mistake entry = *mistake;
  entry.place.file = copy(mistake->place.file, &failed);
  entry.key = copy(mistake->key, &failed);
  entry.what = copy(mistake->what, &failed);
  entry.given = copy(mistake->given, &failed);
  entry.allowed = copy(mistake->allowed, &failed);
  entry.hint = copy(mistake->hint, &failed);
  if (failed) /* the mistake still counts, so that the input is refused all the same */
    clear(&entry);
  else
    insert(diag, &entry);
}

size_t percuta_base_diag_count(const struct percuta_diag *diag) {
  return diag->count;
}

size_t percuta_base_diag_kept(const struct percuta_diag *diag) {
  return diag->kept;
}

const struct percuta_mistake *percuta_base_diag_at(const struct percuta_diag *diag, size_t index) {
  return &diag->entry[index];
}

void percuta_base_diag_set_hint(struct percuta_diag *diag, size_t index, const char *hint) {
  bool failed = false;
  const char *text = copy(hint, &failed);
  if (failed)
    return;
  free_text(diag->entry[index].hint);
  diag->entry[index].hint = text;
}

static bool is_said(const char *text) {
  return text != NULL && *text != '\0';
}

static void print(const struct percuta_mistake *entry, FILE *stream) {
  if (is_said(entry->place.file)) {
    fputs(entry->place.file, stream);
    if (entry->place.line > 0)
      fprintf(stream, ":%d", entry->place.line);
    if (entry->place.line > 0 && entry->place.column > 0)
      fprintf(stream, ":%d", entry->place.column);
    fputs(": ", stream);
  }
  if (is_said(entry->key))
    fprintf(stream, "%s: ", entry->key);
  fputs(is_said(entry->what) ? entry->what : "is not right", stream);
  if (is_said(entry->allowed))
    fprintf(stream, "; %s", entry->allowed);
  if (is_said(entry->hint))
    fprintf(stream, "; %s", entry->hint);
  fputc('\n', stream);
}

void percuta_base_diag_print(const struct percuta_diag *diag, FILE *stream) {
  for (size_t i = 0; i < diag->kept; i++)
    print(&diag->entry[i], stream);
  if (diag->count > diag->kept)
    fprintf(stream, "… and %zu more not shown\n", diag->count - diag->kept);
  if (diag->count > 1)
    fprintf(stream, "%zu mistakes\n", diag->count);
}

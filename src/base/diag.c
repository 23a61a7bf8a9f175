/* Entries are kept in the order of arrival, which breaks ties when they are sorted for printing. */
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Longer texts are cut: a mistake must fit on a screen whatever the input holds. */
enum { TEXT_BYTES = 600 };

struct entry {
  char *file; /* owned, as are the other texts; NULL = not given */
  int line, column;
  char *key, *what, *allowed, *hint;
  size_t order;
};

struct percuta_diag {
  struct entry entries[PERCUTA_DIAG_MAX];
  size_t kept;  /* entries in use */
  size_t count; /* mistakes, including those only counted */
};

int percuta_base_diag_create(struct percuta_diag **out) {
  struct percuta_diag *diag = calloc(1, sizeof *diag);
  if (diag == NULL)
    return -1;
  *out = diag;
  return 0;
}

static void clear(struct entry *entry) {
  free(entry->file);
  free(entry->key);
  free(entry->what);
  free(entry->allowed);
  free(entry->hint);
  *entry = (struct entry){0};
}

void percuta_base_diag_destroy(struct percuta_diag **diag) {
  if (diag == NULL || *diag == NULL)
    return;
  for (size_t i = 0; i < (*diag)->kept; i++)
    clear(&(*diag)->entries[i]);
  free(*diag);
  *diag = NULL;
}

/* Writes one character as a terminal may safely show it; returns the bytes written, at most 8. */
static size_t show(char *out, const char *text, int length, uint32_t code) {
  if (length == 0)
    return (size_t)snprintf(out, 9, "\\x%02X", (unsigned)(unsigned char)text[0]);
  if (code == '\n' || code == '\t' || code == '\r')
    return (size_t)snprintf(out, 9, "\\%c", code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
  if (percuta_base_utf8_is_control(code) || percuta_base_utf8_is_bidi(code))
    return (size_t)snprintf(out, 9, code < 0x80 ? "\\x%02X" : "\\u%04X", (unsigned)code);
  memcpy(out, text, (size_t)length);
  return (size_t)length;
}

/* A copy of `text` with control characters escaped and its end cut off if long; NULL stays NULL.
 * *failed is set when out of memory. */
static char *copy(const char *text, bool *failed) {
  static const char CUT[] = "…";
  if (text == NULL)
    return NULL;
  char *out = malloc(TEXT_BYTES + 9 + sizeof CUT);
  if (out == NULL) {
    *failed = true;
    return NULL;
  }
  size_t used = 0, left = strlen(text);
  while (left > 0 && used < TEXT_BYTES) {
    uint32_t code = 0;
    const int length = percuta_base_utf8_next(text, left, &code);
    const size_t taken = length == 0 ? 1 : (size_t)length;
    used += show(out + used, text, length, code);
    text += taken;
    left -= taken;
  }
  memcpy(out + used, left > 0 ? CUT : "", left > 0 ? sizeof CUT : 1);
  return out;
}

void percuta_base_diag_add(struct percuta_diag *diag, struct percuta_place place, const char *key,
                           const char *what, const char *allowed, const char *hint) {
  const size_t order = diag->count++;
  if (diag->kept == PERCUTA_DIAG_MAX)
    return;
  bool failed = false;
  struct entry entry = {.file = copy(place.file, &failed),
                        .line = place.line,
                        .column = place.column,
                        .key = copy(key, &failed),
                        .what = copy(what, &failed),
                        .allowed = copy(allowed, &failed),
                        .hint = copy(hint, &failed),
                        .order = order};
  if (failed) /* the mistake still counts, so that the input is refused all the same */
    clear(&entry);
  else
    diag->entries[diag->kept++] = entry;
}

size_t percuta_base_diag_count(const struct percuta_diag *diag) {
  return diag->count;
}

static int order_of(long long a, long long b) {
  return (a > b) - (a < b);
}

static int compare(const void *left, const void *right) {
  const struct entry *a = *(const struct entry *const *)left;
  const struct entry *b = *(const struct entry *const *)right;
  int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
  if (order == 0)
    order = order_of(a->line, b->line);
  if (order == 0)
    order = order_of(a->column, b->column);
  return order != 0 ? order : order_of((long long)a->order, (long long)b->order);
}

static bool is_said(const char *text) {
  return text != NULL && *text != '\0';
}

static void print(const struct entry *entry, FILE *stream) {
  if (is_said(entry->file)) {
    fputs(entry->file, stream);
    if (entry->line > 0)
      fprintf(stream, ":%d", entry->line);
    if (entry->line > 0 && entry->column > 0)
      fprintf(stream, ":%d", entry->column);
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
  const struct entry *sorted[PERCUTA_DIAG_MAX];
  for (size_t i = 0; i < diag->kept; i++)
    sorted[i] = &diag->entries[i];
  qsort(sorted, diag->kept, sizeof sorted[0], compare);
  for (size_t i = 0; i < diag->kept; i++)
    print(sorted[i], stream);
  if (diag->count > diag->kept)
    fprintf(stream, "… and %zu more not shown\n", diag->count - diag->kept);
  if (diag->count > 1)
    fprintf(stream, "%zu mistakes\n", diag->count);
}

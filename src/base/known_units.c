/* Sorted by text, so that a unit is found by halving. Tests: test_units.c. */
#include "base/known_units.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum { MOST = 256 };

struct percuta_known_units {
  ut_system *system;                     /* borrowed */
  struct percuta_known_unit *unit[MOST]; /* owned; sorted */
  size_t count;
  const struct percuta_known_unit *latest; /* found */
};

static void forget(struct percuta_known_unit *unit) {
  if (unit == NULL)
    return;
  if (unit->to_si != NULL)
    cv_free(unit->to_si);
  ut_free(unit->base);
  ut_free(unit->unit);
  free(unit->text);
  free(unit);
}

/* Forgets all but one, or all. */
static void forget_all(struct percuta_known_units *known, const struct percuta_known_unit *but) {
  size_t kept = 0;
  for (size_t i = 0; i < known->count; i++) {
    if (known->unit[i] == but)
      known->unit[kept++] = known->unit[i];
    else
      forget(known->unit[i]);
  }
  known->count = kept;
}

enum percuta_status percuta_base_known_units_create(ut_system *system,
                                                    struct percuta_known_units **out) {
  struct percuta_known_units *known = calloc(1, sizeof *known);
  if (known == NULL)
    return PERCUTA_MEMORY;
  known->system = system;
  *out = known;
  return PERCUTA_OK;
}

void percuta_base_known_units_destroy(struct percuta_known_units **known) {
  if (*known == NULL)
    return;
  forget_all(*known, NULL);
  free(*known);
  *known = NULL;
}

/* The SI base unit of the same dimension as `unit`, to be freed by the caller, or NULL. */
static ut_unit *base_unit(const struct percuta_known_units *known, const ut_unit *unit) {
  char text[128];
  const int length = ut_format(unit, text, sizeof text, UT_ASCII | UT_DEFINITION);
  if (length <= 0 || (size_t)length >= sizeof text)
    return NULL;
  char *shift = strstr(text, " @ "); /* "K @ 273.15" is kelvin, shifted */
  if (shift != NULL)
    *shift = '\0';
  const char *start = text;
  double factor = 0;
  const size_t digits = percuta_base_number_scan(text, &factor);
  if (digits > 0 && text[digits] == ' ') /* "0.001 m3" is m3, scaled */
    start = text + digits + 1;
  return ut_parse(known->system, start, UT_ASCII);
}

bool percuta_base_known_units_alike(const struct percuta_known_unit *a,
                                    const struct percuta_known_unit *b) {
  return a->base != NULL && b->base != NULL && ut_compare(a->base, b->base) == 0;
}

/* Understands a text; NULL when it names no unit. */
static struct percuta_known_unit *learn(const struct percuta_known_units *known, const char *text) {
  struct percuta_known_unit *unit = calloc(1, sizeof *unit);
  if (unit == NULL)
    return NULL;
  unit->text = strdup(text);
  unit->unit = unit->text ? ut_parse(known->system, text, UT_UTF8) : NULL;
  if (unit->unit == NULL) {
    forget(unit);
    return NULL;
  }
  unit->base = base_unit(known, unit->unit);
  unit->to_si = unit->base ? ut_get_converter(unit->unit, unit->base) : NULL;
  return unit;
}

const struct percuta_known_unit *percuta_base_known_units_find(struct percuta_known_units *known,
                                                               const char *text) {
  if (known->count == MOST)
    forget_all(known, known->latest);
  size_t low = 0, high = known->count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const int order = strcmp(known->unit[middle]->text, text);
    if (order == 0)
      return known->latest = known->unit[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  struct percuta_known_unit *unit = learn(known, text);
  if (unit == NULL)
    return NULL;
  memmove(&known->unit[low + 1], &known->unit[low], (known->count - low) * sizeof *known->unit);
  known->unit[low] = unit;
  known->count++;
  return known->latest = unit;
}

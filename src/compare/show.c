/* Numbers and texts of a comparison for a reader. Test: tests/unit/test_compare.c. */
#include "compare/show.h"

#include <math.h>
#include <string.h>

static double in_words(const struct percuta_compare_key *key, double value) {
  return key != NULL && key->change ? 100 * value : value;
}

/* Three digits; of changes and points two decimals, as more would mean nothing. */
static struct percuta_compare_text write(const char *sign, double value, bool change) {
  struct percuta_compare_text out = {"-"};
  const double size = fabs(value);
  if (!isfinite(value))
    return out;
  if (change && (size >= 0.05 || size == 0))
    snprintf(out.text, sizeof out.text, "%s%.*f", sign, size < 0.995 ? 2 : 1, size);
  else if (size >= 999.5 && size < 1e7)
    snprintf(out.text, sizeof out.text, "%s%.0f", sign, size);
  else
    snprintf(out.text, sizeof out.text, "%s%.*g", sign, change ? 1 : 3, size);
  return out;
}

struct percuta_compare_text percuta_compare_show_value(const struct percuta_compare_key *key,
                                                       double value) {
  const bool change = key != NULL && key->change;
  const double shown = change ? 100 * (value - 1) : value;
  return write(shown < 0 ? "-" : change && shown > 0 ? "+" : "", shown, change);
}

struct percuta_compare_text percuta_compare_show_difference(const struct percuta_compare_key *key,
                                                            double value) {
  return write(value < 0 ? "-" : value > 0 ? "+" : "", in_words(key, value), key && key->change);
}

struct percuta_compare_text percuta_compare_show_size(const struct percuta_compare_key *key,
                                                      double value) {
  return write("", in_words(key, value), key && key->change);
}

const char *percuta_compare_show_unit(const struct percuta_compare_key *key,
                                      const struct percuta_compare_row *row) {
  if (key != NULL && key->change)
    return "%";
  return strcmp(row->reading->unit, "1") == 0 ? "" : row->reading->unit;
}

const char *percuta_compare_show_difference_unit(const struct percuta_compare_key *key,
                                                 const struct percuta_compare_row *row) {
  const char *unit = percuta_compare_show_unit(key, row);
  return strcmp(unit, "%") == 0 ? "points" : unit;
}

const char *percuta_compare_show_origin(const char *origin) {
  const char *colon = strrchr(origin, ':'), *name = origin;
  if (colon == NULL || colon[1] == '\0' || strspn(colon + 1, "0123456789") != strlen(colon + 1))
    return origin;
  for (const char *at = origin; at < colon; ++at)
    if (*at == '/')
      name = at + 1;
  return name;
}

static bool begins_character(char byte) {
  return ((unsigned char)byte & 0xC0U) != 0x80U;
}

int percuta_compare_show_width(const char *text) {
  int width = 0;
  for (; *text != '\0'; ++text)
    width += begins_character(*text);
  return width;
}

void percuta_compare_show_fitted(FILE *stream, const char *text, int width, bool to_the_right) {
  const int own = percuta_compare_show_width(text);
  if (own > width) {
    for (int skip = own - width + 1; skip > 0; --skip)
      do
        ++text;
      while (!begins_character(*text));
    fprintf(stream, "…%s", text);
    return;
  }
  fprintf(stream, "%*s%s%*s", to_the_right ? width - own : 0, "", text,
          to_the_right ? 0 : width - own, "");
}

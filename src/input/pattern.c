/* A decimal x is at most b when its whole part is shorter than that of b, or as long and smaller in
 * the first digit that differs, or equal with a fraction of which the same holds; and at least a
 * likewise. Both at once are a look-ahead and a match. With an exponent the mantissa is compared
 * where the exponent is that of a limit. Tests: tests/cli/schema.sh. */
#include "input/pattern.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANY_NUMBER "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?"

enum { DIGITS = 400, MOST_UNITS = 64 };

/* A limit as digits: without zeros before its whole part and behind its fraction. */
struct decimal {
  char whole[DIGITS], part[DIGITS];
};

static struct decimal decimal_of(double value) {
  struct decimal out;
  char text[DIGITS];
  const int places = value > 0 ? 11 - (int)floor(log10(value)) : 0;
  snprintf(text, sizeof text, "%.*f", places > 0 ? places : 0, value);
  char *point = strchr(text, '.');
  snprintf(out.part, sizeof out.part, "%s", point ? point + 1 : "");
  if (point != NULL)
    *point = '\0';
  for (size_t length = strlen(out.part); length > 0 && out.part[length - 1] == '0'; length--)
    out.part[length - 1] = '\0';
  snprintf(out.whole, sizeof out.whole, "%s", text + strspn(text, "0"));
  return out;
}

/* "|" before every alternative but the first. */
static void begin_choice(FILE *out, bool *first) {
  if (!*first)
    fputc('|', out);
  *first = false;
}

/* Digits of the length of `digits` (or longer, where `more` follow) that are smaller, or larger,
 * from some digit on. */
static void write_beyond(FILE *out, const char *digits, bool smaller, bool open, bool *first) {
  const size_t length = strlen(digits);
  for (size_t i = 0; i < length; i++) {
    const char digit = digits[i];
    if (digit == (smaller ? '0' : '9'))
      continue;
    begin_choice(out, first);
    fprintf(out, "%.*s[%c-%c]", (int)i, digits, smaller ? '0' : digit + 1,
            smaller ? digit - 1 : '9');
    if (open)
      fputs("\\d*", out);
    else
      fprintf(out, "\\d{%zu}", length - i - 1);
  }
}

/* Decimals up to `value`, without sign. */
static void write_most(FILE *out, double value) {
  const struct decimal limit = decimal_of(value);
  const size_t length = strlen(limit.whole);
  bool first = false, first_part = true;
  fputs("0*(?:", out);
  if (length > 0) {
    fprintf(out, "(?:\\d{0,%zu}", length - 1);
    write_beyond(out, limit.whole, true, false, &first);
    fputs(")(?:\\.\\d*)?|", out);
  }
  fprintf(out, "%s(?:\\.(?:", limit.whole);
  write_beyond(out, limit.part, true, true, &first_part);
  for (size_t i = 0; i < strlen(limit.part); i++) {
    begin_choice(out, &first_part);
    fprintf(out, "%.*s", (int)i, limit.part);
  }
  begin_choice(out, &first_part);
  fprintf(out, "%s0*))?)", limit.part);
}

/* Decimals from `value` on, without sign, to their end. */
static void write_least(FILE *out, double value) {
  const struct decimal limit = decimal_of(value);
  bool first = false, first_part = true;
  fprintf(out, "0*(?:(?:[1-9]\\d{%zu,}", strlen(limit.whole));
  write_beyond(out, limit.whole, false, false, &first);
  fprintf(out, ")(?:\\.\\d*)?|%s", limit.whole);
  if (*limit.part == '\0') {
    fputs("(?:\\.\\d*)?)", out);
  } else {
    fputs("\\.(?:", out);
    write_beyond(out, limit.part, false, true, &first_part);
    begin_choice(out, &first_part);
    fprintf(out, "%s\\d*))", limit.part);
  }
  fputs("(?![\\d.])", out);
}

static void write_exponent(FILE *out, int power) {
  if (power == 0)
    fputs("[eE][-+]?0+", out);
  else
    fprintf(out, "[eE]%s0*%d", power < 0 ? "-" : "\\+?", abs(power));
}

/* "[eE]-0*(?:4|5|6…)": exponents below `top`, all that there are when it is not negative. */
static void write_exponents_below(FILE *out, int top) {
  if (top > 0)
    fputs("[eE](?:-0*\\d+|\\+?0*(?:0", out);
  else
    fprintf(out, "[eE](?:-0*(?:[1-9]\\d+");
  for (int power = 1; power < top; power++)
    fprintf(out, "|%d", power);
  for (int power = 1 - top; top <= 0 && power < 10; power++)
    fprintf(out, "|%d", power);
  fputs("))", out);
}

/* Mantissas of one digit before the point, with the exponents that lie within the limits, and any
 * other mantissa. */
static void write_scientific(FILE *out, double low, double high) {
  const int top = (int)floor(log10(high) + 1e-12);
  const int bottom = low > 0 ? (int)floor(log10(low) + 1e-12) : top;
  if (!(low > 0)) {
    fputs("|[1-9](?:\\.\\d*)?", out);
    write_exponents_below(out, top);
  }
  for (int power = bottom; power <= top; power++) {
    fputs("|(?=[1-9][.eE])", out);
    if (power == bottom && low > 0) {
      fputs("(?=", out);
      write_least(out, low / pow(10, bottom));
      fputs(")", out);
    }
    if (power == top)
      write_most(out, high / pow(10, top));
    else
      fputs("\\d(?:\\.\\d*)?", out);
    write_exponent(out, power);
  }
  fputs("|(?=[0.]*[1-9])(?:0\\d*(?:\\.\\d*)?|[1-9]\\d+(?:\\.\\d*)?|\\.\\d+)[eE][-+]?\\d+", out);
}

static void write_unsigned(FILE *out, double low, double high) {
  fputs("(?=\\.?\\d)(?:", out);
  if (low > 0) {
    fputs("(?=", out);
    write_least(out, low);
    fputs(")", out);
  }
  write_most(out, high);
  write_scientific(out, low, high);
  fputs(")", out);
}

static void write_number(FILE *out, double low, double high, bool or_zero) {
  fputs("(?:\\+?", out);
  write_unsigned(out, fmax(low, 0), high);
  if (low < 0) {
    fputs("|-", out);
    write_unsigned(out, 0, -low);
  }
  if (or_zero || low <= 0)
    fputs("|[-+]?(?:0+\\.?0*|\\.0+)(?:[eE][-+]?\\d+)?", out);
  fputs(")", out);
}

char *percuta_input_pattern_number(double low, double high) {
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  if (out == NULL)
    return NULL;
  fputs("^\\s*", out);
  write_number(out, low, high, false);
  fputs("\\s*$", out);
  return fclose(out) == 0 ? text : NULL;
}

/* A unit with its letters as they are, in any case of the first where it is a word. */
static void write_unit(FILE *out, const char *unit) {
  const size_t letters = strspn(unit, "abcdefghijklmnopqrstuvwxyz");
  const bool word = letters >= 4 && letters == strlen(unit);
  if (word)
    fprintf(out, "[%c%c]", unit[0], unit[0] - 'a' + 'A');
  for (const char *c = unit + word; *c != '\0'; c++) {
    if (*c == ' ')
      fputs("\\s*", out);
    else
      fprintf(out, "%s%c", strchr("^.()*+/", *c) ? "\\" : "", *c);
  }
}

/* What is written. */
struct writing {
  const struct percuta_units *units;
  const char *unit; /* of the limits */
  double low, high;
  bool or_zero, limited;
  double size[MOST_UNITS]; /* of the usual units, in the unit of the limits */
  FILE *out;
};

/* One of `unit` in the unit of the limits. */
static double size_of(const struct writing *writing, const char *unit) {
  double si = NAN, one = NAN;
  char text[80];
  snprintf(text, sizeof text, "1 %s", unit);
  (void)percuta_base_units_parse(writing->units, text, writing->unit, &si, NULL);
  (void)percuta_base_units_to_si(writing->units, 1, writing->unit, &one);
  return si / one;
}

static bool is_same(double a, double b) {
  return fabs(a - b) <= 1e-12 * fabs(b);
}

/* The number in units of the size of number `index` of the usual ones, and those units. */
static void write_group(const struct writing *writing, const struct percuta_usual *usual,
                        int index) {
  const double size = writing->size[index];
  const char *joint = "\\s*(?:";
  char unit[64];
  if (writing->limited)
    write_number(writing->out, writing->low / size, writing->high / size, writing->or_zero);
  else
    fputs(ANY_NUMBER, writing->out);
  for (int i = index; percuta_base_usual_unit(usual, i, unit, sizeof unit); i++) {
    if (writing->limited && !is_same(writing->size[i], size))
      continue;
    fputs(joint, writing->out);
    write_unit(writing->out, unit);
    joint = "|";
  }
  fputs(")", writing->out);
}

static void write_quantity(struct writing *writing, const struct percuta_usual *usual) {
  char unit[64];
  const char *joint = "";
  for (int i = 0; i < MOST_UNITS && percuta_base_usual_unit(usual, i, unit, sizeof unit); i++) {
    writing->size[i] = writing->limited ? size_of(writing, unit) : 1;
  }
  for (int i = 0; i < MOST_UNITS && percuta_base_usual_unit(usual, i, unit, sizeof unit); i++) {
    bool done = (i > 0 && !writing->limited) || !isfinite(writing->size[i]);
    for (int k = 0; k < i && !done; k++)
      done = is_same(writing->size[k], writing->size[i]);
    if (done)
      continue;
    fputs(joint, writing->out);
    write_group(writing, usual, i);
    joint = "|";
  }
}

static char *write_pattern(struct writing *writing) {
  char *text = NULL;
  size_t length = 0;
  const bool pure = strcmp(writing->unit, "1") == 0;
  const struct percuta_usual *usual =
      percuta_base_units_usual(writing->units, pure ? "%" : writing->unit);
  writing->out = open_memstream(&text, &length);
  if (writing->out == NULL)
    return NULL;
  fputs("^\\s*(?:", writing->out);
  if (pure && writing->limited) {
    write_number(writing->out, writing->low, writing->high, writing->or_zero);
    fputs("|", writing->out);
  } else if (pure) {
    fputs(ANY_NUMBER "|", writing->out);
  }
  if (usual != NULL)
    write_quantity(writing, usual);
  else
    fputs(ANY_NUMBER "\\s*[^\\d\\s].*", writing->out);
  fputs(")\\s*$", writing->out);
  return fclose(writing->out) == 0 ? text : NULL;
}

char *percuta_input_pattern_quantity(const struct percuta_units *units,
                                     const struct percuta_key *key) {
  struct writing writing = {.units = units,
                            .unit = key->unit,
                            .low = key->low,
                            .high = key->high,
                            .or_zero = percuta_input_keys_may_be_zero(key),
                            .limited = true};
  return write_pattern(&writing);
}

char *percuta_input_pattern_any(const struct percuta_units *units, const char *unit) {
  struct writing writing = {.units = units, .unit = unit};
  return write_pattern(&writing);
}

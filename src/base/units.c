/* UDUNITS-2 with a few units of our own: cells are plain numbers, and week, month and year have the
 * round lengths of units.h instead of astronomical ones. An angle is, unlike in UDUNITS-2, no plain
 * number, alone or within a unit: "5" is no angle, "5 deg" no fraction and "5 rad/s" no rate. What
 * is counted (revolutions, cycles, strokes) is a plain number: 3000 rpm are 50 Hz. Test:
 * tests/unit/test_units.c. */
#include "base/units.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <udunits2.h>

#include "base/known_units.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/spelling.h"
#include "base/usual.h"
#include "base/utf8.h"

enum { UNIT_BYTES = 64, SHOWN_BYTES = 40, PLAIN_BYTES = 256 };

struct percuta_units {
  ut_system *system;                 /* owned */
  struct percuta_known_units *known; /* owned; grows while the units are used */
};

/* A unit that we add, or whose length we set. */
struct own_unit {
  const char *name;
  const char *base;
  double factor;
};

static const struct own_unit OWN_UNITS[] = {
    {"cell", "1", 1},
    {"cells", "1", 1},
    {"deg", "degree", 1},
    {"week", "second", PERCUTA_WEEK},
    {"weeks", "second", PERCUTA_WEEK},
    {"month", "second", PERCUTA_MONTH},
    {"months", "second", PERCUTA_MONTH},
    {"year", "second", PERCUTA_YEAR},
    {"years", "second", PERCUTA_YEAR},
    {"yr", "second", PERCUTA_YEAR},
    {"yrs", "second", PERCUTA_YEAR},
    {"y", "second", PERCUTA_YEAR},
    {"yo", "second", PERCUTA_YEAR},
    {"mo", "second", PERCUTA_MONTH},
    {"mos", "second", PERCUTA_MONTH},
    {"mth", "second", PERCUTA_MONTH},
    {"mths", "second", PERCUTA_MONTH},
    {"wk", "second", PERCUTA_WEEK},
    {"wks", "second", PERCUTA_WEEK},
    {"hrs", "second", PERCUTA_HOUR},
    {"mins", "second", PERCUTA_HOUR / 60},
    {"mcg", "kg", 1e-9},
    {"gm", "kg", 1e-3},
    {"gms", "kg", 1e-3},
    {"lbs", "pound", 1},
    {"revolution", "1", 1},
    {"revolutions", "1", 1},
    {"rev", "1", 1},
    {"revs", "1", 1},
    {"cycle", "1", 1},
    {"cycles", "1", 1},
    {"stroke", "1", 1},
    {"strokes", "1", 1},
    {"needle", "1", 1},
    {"needles", "1", 1},
    {"puncture", "1", 1},
    {"punctures", "1", 1},
    {"rpm", "1/minute", 1},
    {"revolutions_per_minute", "1/minute", 1},
    {"spm", "1/minute", 1},
    {"cpm", "1/minute", 1},
    {"rps", "1/second", 1},
    {"cps", "1/second", 1},
};

/* Maps the name of `own` to its unit, in place of what UDUNITS-2 may know by that name. */
static bool add_unit(ut_system *system, const struct own_unit *own) {
  ut_unit *base = ut_parse(system, own->base, UT_ASCII);
  ut_unit *unit = base ? ut_scale(own->factor, base) : NULL;
  (void)ut_unmap_name_to_unit(system, own->name, UT_ASCII);
  (void)ut_unmap_symbol_to_unit(system, own->name, UT_ASCII);
  const bool good = unit != NULL && ut_map_name_to_unit(own->name, UT_ASCII, unit) == UT_SUCCESS;
  ut_free(unit);
  ut_free(base);
  return good;
}

enum percuta_status percuta_base_units_create(struct percuta_units **out) {
  *out = NULL;
  struct percuta_units *units = calloc(1, sizeof *units);
  if (units == NULL)
    return PERCUTA_MEMORY;
  (void)ut_set_error_message_handler(ut_ignore);
  units->system = ut_read_xml(NULL);
  bool good = units->system != NULL;
  for (size_t i = 0; good && i < sizeof OWN_UNITS / sizeof OWN_UNITS[0]; i++)
    good = add_unit(units->system, &OWN_UNITS[i]);
  const enum percuta_status status =
      good ? percuta_base_known_units_create(units->system, &units->known) : PERCUTA_IO;
  if (status == PERCUTA_OK)
    *out = units;
  else
    percuta_base_units_destroy(&units);
  return status;
}

void percuta_base_units_destroy(struct percuta_units **units) {
  if (units == NULL || *units == NULL)
    return;
  percuta_base_known_units_destroy(&(*units)->known);
  ut_free_system((*units)->system);
  free(*units);
  *units = NULL;
}

/* Whether a number stands by itself in a unit, as in "m 3"; "mg/100 cm^2" is fine. */
static bool has_number(const char *text) {
  for (const char *space = strchr(text, ' '); space != NULL; space = strchr(space + 1, ' '))
    if (strchr("0123456789.", space[1]) != NULL && (space == text || space[-1] != '/'))
      return true;
  return false;
}

/* Whether `text` can be handed to UDUNITS-2: short, no shifted or dated unit ("s since 2000-01-01",
 * "K @ 273"), and a number at the start only as in "1/cm^3". */
static bool is_plain_unit(const char *text) {
  if (*text == '\0' || strlen(text) > UNIT_BYTES || strpbrk(text, "@,:;+#\"'") != NULL ||
      has_number(text))
    return false;
  static const char *const words[] = {"since", "from", "after", "ref", "SINCE", "FROM", "AFTER"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strstr(text, words[i]) != NULL)
      return false;
  if (strchr("0123456789.-", *text) == NULL)
    return true;
  const char *after = text + 1 + strspn(text + 1, " ");
  if (text[0] != '1' || (*after != '\0' && *after != '/'))
    return false;
  after += *after == '/';
  return strchr("0123456789.", after[strspn(after, " ")]) == NULL ||
         *after == '\0'; /* "1 1/2 mm" */
}

/* The unit that `text` names, or NULL. */
static const struct percuta_known_unit *find_unit(const struct percuta_units *units,
                                                  const char *text) {
  return is_plain_unit(text) ? percuta_base_known_units_find(units->known, text) : NULL;
}

/* Whether `text` names a unit of the dimension of `other`. */
static bool is_of_dimension(const struct percuta_units *units, const char *text,
                            const char *other) {
  const struct percuta_known_unit *a = find_unit(units, text), *b = find_unit(units, other);
  return a != NULL && b != NULL && percuta_base_known_units_alike(a, b);
}

enum percuta_status percuta_base_units_convert(const struct percuta_units *units, double value,
                                               const char *from, const char *to, double *out) {
  const struct percuta_known_unit *given = find_unit(units, from), *wanted = find_unit(units, to);
  cv_converter *converter = NULL;
  if (given != NULL && wanted != NULL && percuta_base_known_units_alike(given, wanted))
    converter = ut_get_converter(given->unit, wanted->unit);
  if (converter == NULL)
    return PERCUTA_BAD_INPUT;
  *out = cv_convert_double(converter, value);
  cv_free(converter);
  return PERCUTA_OK;
}

enum percuta_status percuta_base_units_to_si(const struct percuta_units *units, double value,
                                             const char *from, double *out) {
  const struct percuta_known_unit *given = find_unit(units, from);
  if (given == NULL || given->to_si == NULL)
    return PERCUTA_BAD_INPUT;
  *out = cv_convert_double(given->to_si, value);
  return PERCUTA_OK;
}

static const struct percuta_usual *find_dimension(const struct percuta_units *units,
                                                  const char *text) {
  const struct percuta_usual *usual = NULL;
  for (size_t i = 0; (usual = percuta_base_usual_at(i)) != NULL; i++)
    if (is_of_dimension(units, text, usual->unit))
      return usual;
  return NULL;
}

const struct percuta_usual *percuta_base_units_usual(const struct percuta_units *units,
                                                     const char *unit) {
  return find_dimension(units, unit);
}

/* What percuta_base_units_parse works on. */
struct task {
  const struct percuta_units *units;
  const char *text;                  /* as given */
  const char *dimension;             /* a unit of the dimension wanted */
  bool bare;                         /* no share either: "7.4 %" is no pH */
  struct percuta_units_mistake *why; /* NULL: nobody asks */
};

/* Writes "`text` says", with the text cut at a character if long, and returns BAD_INPUT. */
__attribute__((format(printf, 3, 4))) static enum percuta_status
refuse(const struct task *task, enum percuta_code why, const char *format, ...) {
  if (task->why == NULL)
    return PERCUTA_BAD_INPUT;
  const size_t length = strlen(task->text);
  size_t shown = 0;
  while (shown < length && shown < SHOWN_BYTES) {
    uint32_t code = 0;
    const int bytes = percuta_base_utf8_next(task->text + shown, length - shown, &code);
    shown += bytes > 0 ? (size_t)bytes : 1;
  }
  char says[300];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(says, sizeof says, format, arguments);
  va_end(arguments);
  task->why->code = why;
  snprintf(task->why->what, sizeof task->why->what, "`%.*s%s` %s", (int)shown, task->text,
           shown < length ? "…" : "", says);
  return PERCUTA_BAD_INPUT;
}

/* The unit to propose: what the caller named if people use it, else an example of its dimension. */
static const char *example_of(const struct task *task, const struct percuta_usual *dimension) {
  const bool si = dimension != NULL && strcmp(dimension->unit, task->dimension) == 0;
  return si ? dimension->example : task->dimension;
}

static enum percuta_status refuse_number(const struct task *task, const char *number) {
  if (*number == '\0')
    return refuse(task, PERCUTA_CODE_EMPTY, "is empty; give a number%s",
                  strcmp(task->dimension, "1") == 0 ? "" : " with a unit");
  return refuse(task, PERCUTA_CODE_NOT_A_NUMBER, "does not begin with a number");
}

/* Whether three digits and no more stand here, as behind the comma of 7,000. */
static bool is_thousands(const char *text) {
  return strspn(text, "0123456789") == 3;
}

/* The usual unit of the dimension that is a misspelt word, as `weks` is; "" when none is near. */
static void find_nearest(const struct percuta_usual *usual, const char *word, char *out,
                         size_t size) {
  int best = INT_MAX;
  char unit[UNIT_BYTES];
  for (int i = 0; usual != NULL && percuta_base_usual_unit(usual, i, unit, sizeof unit); i++) {
    const int distance =
        strlen(word) > 3 ? percuta_base_nearest_distance(word, unit) : -1; /* mn is no mm */
    if (distance < 0)
      continue;
    if (distance < best || (distance == best && *out != '\0' && strlen(unit) > strlen(out))) {
      best = distance;
      snprintf(out, size, "%s", unit);
    }
  }
}

static enum percuta_status refuse_unit(const struct task *task, const char *unit) {
  const char *why = percuta_base_spelling_refusal(unit, strcmp(task->dimension, "%") == 0);
  if (why != NULL)
    return refuse(task, PERCUTA_CODE_UNKNOWN_UNIT, "%s", why);
  if (*unit == ',')
    return refuse(task, PERCUTA_CODE_NOT_A_NUMBER, "has a comma; write the decimal point as `.`%s",
                  is_thousands(unit + 1) ? ", and thousands without a mark" : "");
  if (strchr("0123456789.+-", *unit) != NULL || strncmp(unit, "to ", 3) == 0)
    return refuse(task, PERCUTA_CODE_NOT_A_NUMBER, "is more than one number");
  if (strcmp(task->dimension, "1") == 0)
    return refuse(task, PERCUTA_CODE_UNKNOWN_UNIT,
                  "has something after the number that is no unit: `%.*s`", SHOWN_BYTES, unit);
  const struct percuta_usual *dimension = find_dimension(task->units, task->dimension);
  char nearest[UNIT_BYTES] = "";
  find_nearest(dimension, unit, nearest, sizeof nearest);
  if (*nearest != '\0')
    return refuse(task, PERCUTA_CODE_UNKNOWN_UNIT,
                  "has the unknown unit `%.*s`; did you mean `%s`?", SHOWN_BYTES, unit, nearest);
  return refuse(task, PERCUTA_CODE_UNKNOWN_UNIT,
                "has the unknown unit `%.*s`; give a unit such as %s", SHOWN_BYTES, unit,
                example_of(task, dimension));
}

static enum percuta_status refuse_missing(const struct task *task) {
  const struct percuta_usual *dimension = find_dimension(task->units, task->dimension);
  return refuse(task, PERCUTA_CODE_NO_UNIT, "has no unit; give a unit, such as %s",
                example_of(task, dimension));
}

static enum percuta_status refuse_dimension(const struct task *task, const char *unit) {
  const struct percuta_usual *given = find_dimension(task->units, unit);
  const char *name = given ? given->name : "something else";
  if (strcmp(task->dimension, "1") == 0)
    return refuse(task, PERCUTA_CODE_WRONG_DIMENSION,
                  "is %s, not a plain number; leave out the unit", name);
  const struct percuta_usual *wanted = find_dimension(task->units, task->dimension);
  const char *example = example_of(task, wanted);
  if (wanted == NULL || given == NULL)
    return refuse(task, PERCUTA_CODE_WRONG_DIMENSION,
                  "has a unit of another kind; give a unit such as %s", example);
  return refuse(task, PERCUTA_CODE_WRONG_DIMENSION, "is %s, not %s; give a unit such as %s", name,
                wanted->name, example);
}

/* Converts the number of a unit, both read from the text, into SI. */
static enum percuta_status convert_given(const struct task *task, double number, const char *unit,
                                         double *out) {
  double value = 0;
  if (find_unit(task->units, unit) == NULL)
    return refuse_unit(task, unit);
  if (!is_of_dimension(task->units, unit, task->dimension))
    return strcmp(unit, "1") == 0 ? refuse_missing(task) : refuse_dimension(task, unit);
  if (percuta_base_units_to_si(task->units, number, unit, &value) != PERCUTA_OK || !isfinite(value))
    return refuse(task, PERCUTA_CODE_OUT_OF_RANGE, "is too large");
  *out = value;
  return PERCUTA_OK;
}

/* Reads `text`, in which blanks are blanks. */
static enum percuta_status parse_plain(const struct task *task, const char *text, double *out) {
  static const char BLANK[] = " \t\n";
  const char *number = text + strspn(text, BLANK);
  double value = 0;
  const size_t digits = percuta_base_number_scan(number, &value);
  if (digits == 0)
    return refuse_number(task, number);
  if (!isfinite(value))
    return refuse(task, PERCUTA_CODE_OUT_OF_RANGE, "is too large");
  const char *rest = number + digits + strspn(number + digits, BLANK);
  if (*rest == '\0') /* "5" is 500 %, but seldom meant so */
    return strcmp(task->dimension, "%") == 0 ? refuse_missing(task)
                                             : convert_given(task, value, "1", out);
  char unit[UNIT_BYTES + 1];
  size_t length = strlen(rest);
  while (length > 0 && strchr(BLANK, rest[length - 1]) != NULL)
    length--;
  const size_t one = *rest == '/'; /* "50/s" is 50 1/s */
  if (length + one > UNIT_BYTES)
    return refuse(task, PERCUTA_CODE_UNKNOWN_UNIT, "has too long a unit");
  unit[0] = '1';
  memcpy(unit + one, rest, length);
  length += one;
  unit[length] = '\0';
  if (length > 1 && unit[length - 1] == '.' &&
      find_unit(task->units, percuta_base_spelling_unit(unit)) == NULL)
    unit[length - 1] = '\0';  /* "5 min." */
  if (strcmp(unit, "1") == 0) /* a unit in data, but not in "5 1" */
    return refuse_unit(task, unit);
  if (task->bare && is_of_dimension(task->units, percuta_base_spelling_unit(unit), "1"))
    return refuse(task, PERCUTA_CODE_WRONG_DIMENSION,
                  "is a share, not a plain number; leave out the unit");
  return convert_given(task, value, percuta_base_spelling_unit(unit), out);
}

enum percuta_status percuta_base_units_parse(const struct percuta_units *units, const char *text,
                                             const char *dimension, double *out,
                                             struct percuta_units_mistake *why) {
  const bool bare = *dimension == '\0';
  const struct task task = {units, text, bare ? "1" : dimension, bare, why};
  char plain[PLAIN_BYTES];
  const bool fits = percuta_base_spelling_plain(text, plain, sizeof plain);
  return parse_plain(&task, fits ? plain : text, out);
}

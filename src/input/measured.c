/* A table in comma-separated text, units in its head:
 *   time [h], amount [ug/cm^2] or flux [ug/cm^2/h], and if known spread [same] and place
 * place: needled or intact. Lines that begin with # and empty ones are passed over.
 * Tests: tests/robustness, tests/cli/franz.sh. */
#include "input/measured.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "base/path.h"
#include "input/products.h"

enum { COLUMNS = 8, LIMIT = 1 << 18, MOST_POINTS = 500 };

enum column { NONE, TIME, AMOUNT, FLUX, SPREAD, PLACE };
static const char *const NAMES[] = {"", "time", "amount", "flux", "spread", "place"};
static const char *const SHOWN[] = {"", "h", "ug/cm^2", "ug/cm^2/h", "", ""};

/* One file being read. */
struct table {
  struct percuta_resolve *resolve;
  const char *path;
  struct percuta_measured *out;
  int line;
  int columns;
  enum column column[COLUMNS];
  double factor[COLUMNS]; /* of its unit, in SI */
};

/* A cell of the line, without blanks around it, and where it begins. */
struct cell {
  char text[80];
  int column;
};

static void report(const struct table *table, enum percuta_code code, int column, const char *what,
                   const char *given, const char *allowed, const char *hint) {
  char said[256];
  if (given && *given && strchr(what, '`') == NULL) {
    snprintf(said, sizeof said, "`%.80s` %.150s", given, what);
    what = said;
  }
  percuta_base_diag_add(table->resolve->diag,
                        &(struct percuta_mistake){.code = code,
                                                  .place = {table->path, table->line, column},
                                                  .key = "measured",
                                                  .what = what,
                                                  .given = given,
                                                  .allowed = allowed,
                                                  .hint = hint});
}

/* Cuts the next cell off *rest; false when there is none. */
static bool next_cell(const char *line, const char **rest, struct cell *cell) {
  if (*rest == NULL)
    return false;
  const char *start = *rest + strspn(*rest, " \t");
  const size_t length = strcspn(*rest, ",\r\n");
  const char *end = *rest + length;
  while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  cell->column = (int)(start - line) + 1;
  snprintf(cell->text, sizeof cell->text, "%.*s", end > start ? (int)(end - start) : 0, start);
  *rest = (*rest)[length] == ',' ? *rest + length + 1 : NULL;
  return true;
}

/* "amount [ug/cm^2]" or "amount (ug/cm^2)": the name, and its unit in `unit`. */
static enum column read_name(const struct cell *cell, char *unit, size_t size) {
  const size_t name = strcspn(cell->text, " [(");
  const char *open = strpbrk(cell->text, "[(");
  snprintf(unit, size, "%.*s", open ? (int)strcspn(open + 1, "])") : 0, open ? open + 1 : "");
  for (int i = TIME; i <= PLACE; i++)
    if (strlen(NAMES[i]) == name && strncasecmp(cell->text, NAMES[i], name) == 0)
      return (enum column)i;
  return NONE;
}

/* The factor of a column's unit, of the dimension of `like`. */
static void read_unit(struct table *table, int at, const struct cell *cell, const char *unit,
                      const char *like) {
  struct percuta_units_mistake why;
  char one[96], allowed[96];
  snprintf(one, sizeof one, "1 %s", unit);
  snprintf(allowed, sizeof allowed, "%s with a unit such as [%s]", NAMES[table->column[at]], like);
  table->factor[at] = 1;
  if (*unit == '\0')
    report(table, PERCUTA_CODE_NO_UNIT, cell->column, "has no unit", cell->text, allowed, NULL);
  else if (percuta_base_units_parse(table->resolve->scenario->units, one, like, &table->factor[at],
                                    &why) != PERCUTA_OK)
    report(table, why.code, cell->column, why.what, cell->text, allowed, NULL);
}

static int column_of(const struct table *table, enum column which) {
  for (int i = 0; i < table->columns; i++)
    if (table->column[i] == which)
      return i;
  return -1;
}

static void check_head(struct table *table) {
  const bool amount = column_of(table, AMOUNT) >= 0, flux = column_of(table, FLUX) >= 0;
  if (column_of(table, TIME) < 0)
    report(table, PERCUTA_CODE_MISSING, 1, "there is no column of times", NULL,
           "a head such as: time [h], amount [ug/cm^2], with commas between", NULL);
  if (!amount && !flux)
    report(table, PERCUTA_CODE_MISSING, 1, "there is no column of values", NULL,
           "amount [ug/cm^2] or flux [ug/cm^2/h]", NULL);
  if (amount && flux)
    report(table, PERCUTA_CODE_CONFLICT, 1, "there are amounts and fluxes", NULL,
           "one of them in a file", NULL);
  table->out->flux = flux;
  table->out->spread_given = column_of(table, SPREAD) >= 0;
}

/* A name that is none of a column, with the one that was meant if that can be told. */
static void report_name(const struct table *table, const struct cell *cell) {
  char word[80], hint[64];
  int best = NONE, limit = INT_MAX;
  snprintf(word, sizeof word, "%.*s", (int)strcspn(cell->text, " [("), cell->text);
  for (int i = TIME; i <= PLACE; i++) {
    const int distance = percuta_base_nearest_distance(word, NAMES[i]);
    if (distance >= 0 && distance < limit) {
      limit = distance;
      best = i;
    }
  }
  snprintf(hint, sizeof hint, "did you mean `%s`?", NAMES[best]);
  report(table, PERCUTA_CODE_UNKNOWN_NAME, cell->column, "is no column that is read here",
         cell->text, "time, amount, flux, spread, place", best != NONE ? hint : NULL);
}

static void read_head(struct table *table, const char *line) {
  const char *rest = line;
  struct cell cell, spread = {.column = 0};
  char unit[64], spread_unit[64] = "";
  while (next_cell(line, &rest, &cell)) {
    if (table->columns == COLUMNS) {
      report(table, PERCUTA_CODE_WRONG_COUNT, cell.column, "is one column too many", cell.text,
             "up to 8", NULL);
      return;
    }
    const enum column which = read_name(&cell, unit, sizeof unit);
    const bool twice = which != NONE && column_of(table, which) >= 0;
    const int at = table->columns++;
    table->column[at] = which;
    table->factor[at] = 1;
    if (which == NONE)
      report_name(table, &cell);
    else if (twice)
      report(table, PERCUTA_CODE_DOUBLE_KEY, cell.column, "stands there twice", cell.text,
             "each column once", NULL);
    else if (table->column[at] == SPREAD) {
      spread = cell;
      snprintf(spread_unit, sizeof spread_unit, "%s", unit);
    } else if (table->column[at] != PLACE)
      read_unit(table, at, &cell, unit, SHOWN[table->column[at]]);
  }
  check_head(table);
  if (spread.column > 0)
    read_unit(table, column_of(table, SPREAD), &spread, spread_unit,
              SHOWN[table->out->flux ? FLUX : AMOUNT]);
}

/* A number of a cell in SI, not below 0; NAN with the mistake said. */
static double read_number(const struct table *table, int at, const struct cell *cell) {
  char *end = NULL;
  const double value = strtod(cell->text, &end);
  if (table->column[at] == SPREAD && cell->text[0] == '\0')
    return NAN;
  if (end != cell->text && *end == '\0' && isfinite(value) && value >= 0)
    return value * table->factor[at];
  report(table, PERCUTA_CODE_OUT_OF_RANGE, cell->column,
         cell->text[0] ? "is not a number from 0 up" : "is empty", cell->text,
         "0 or more, with a decimal point", NULL);
  return NAN;
}

static void read_place(const struct table *table, const struct cell *cell,
                       struct percuta_measured_point *point) {
  point->intact = strcasecmp(cell->text, "intact") == 0;
  if (!point->intact && strcasecmp(cell->text, "needled") != 0)
    report(table, PERCUTA_CODE_NOT_A_CHOICE, cell->column, "is not one of the choices", cell->text,
           "needled or intact", NULL);
}

static void read_row(struct table *table, const char *line) {
  struct percuta_measured_point point = {.spread = NAN, .line = table->line};
  const char *rest = line;
  struct cell cell;
  int at = 0;
  for (; next_cell(line, &rest, &cell); at++) {
    if (at >= table->columns)
      continue;
    if (table->column[at] == PLACE)
      read_place(table, &cell, &point);
    else if (table->column[at] == TIME)
      point.time = read_number(table, at, &cell);
    else if (table->column[at] == SPREAD)
      point.spread = read_number(table, at, &cell);
    else if (table->column[at] != NONE) /* of which it has been said what is wrong */
      point.value = read_number(table, at, &cell);
  }
  if (at != table->columns)
    report(table, PERCUTA_CODE_WRONG_COUNT, 1, "has more or fewer cells than the head", NULL, NULL,
           NULL);
  else if (table->out->count == MOST_POINTS)
    report(table, PERCUTA_CODE_TOO_LARGE, 1, "there are too many points", NULL, "up to 500", NULL);
  else
    table->out->point[table->out->count++] = point;
}

static enum percuta_status read_text(struct table *table) {
  table->out->point = calloc(MOST_POINTS + 1, sizeof *table->out->point);
  if (table->out->point == NULL)
    return PERCUTA_MEMORY;
  const size_t mark =
      strncmp(table->out->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* of bytes' order */
  for (const char *line = table->out->text + mark;
       *line != '\0' && table->out->count <= MOST_POINTS;) {
    const size_t length = strcspn(line, "\n");
    char *copy = strndup(line, length);
    if (copy == NULL)
      return PERCUTA_MEMORY;
    table->line++;
    const bool passed = copy[strspn(copy, " \t\r")] == '\0' || copy[0] == '#';
    if (!passed && table->columns == 0)
      read_head(table, copy);
    else if (!passed)
      read_row(table, copy);
    free(copy);
    line += length + (line[length] == '\n');
  }
  if (table->out->count == 0 && percuta_base_diag_count(table->resolve->diag) == 0)
    report(table, PERCUTA_CODE_EMPTY, 1, "there is no point in it", NULL, "a head and rows", NULL);
  return PERCUTA_OK;
}

static void path_beside(const char *beside, const char *name, char *out, size_t size) {
  const char *slash = strrchr(beside, '/');
  snprintf(out, size, "%.*s%s", slash ? (int)(slash - beside) + 1 : 0, beside, name);
}

void percuta_input_measured_path(const struct percuta_scenario *scenario, const char *name,
                                 char *out, size_t size) {
  path_beside(scenario->path, name, out, size);
}

/* A file beside the scenario whose copy in a result's folder takes the place of none there. */
static bool is_name(const char *name) {
  static const char *const taken[] = {"timeline.csv", "channels.csv", "penetration.csv",
                                      "numbing.csv"};
  const size_t length = strlen(name);
  bool fine = length > 4 && strcasecmp(name + length - 4, ".csv") == 0 &&
              strpbrk(name, "/\\") == NULL && name[0] != '.';
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    fine = fine && strcasecmp(name, taken[i]) != 0;
  return fine;
}

static enum percuta_status read_file(struct percuta_resolve *resolve,
                                     struct percuta_product_plan *plan, int number) {
  char path[1024], key[64];
  struct table table = {.resolve = resolve, .path = path};
  const struct percuta_given_entry *list =
      &resolve->given->key[percuta_input_keys_find("session.topicals")];
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_UNREADABLE_FILE,
                                    .place = list->place,
                                    .key = key,
                                    .given = plan->measured_file,
                                    .what = "cannot be read",
                                    .allowed = "the name of a .csv file beside the scenario"};
  percuta_input_measured_path(resolve->scenario, plan->measured_file, path, sizeof path);
  snprintf(key, sizeof key, "session.topicals[%d].measured", number);
  plan->measured = calloc(1, sizeof *plan->measured);
  if (plan->measured == NULL)
    return PERCUTA_MEMORY;
  table.out = plan->measured;
  if (is_name(plan->measured_file)) {
    const enum percuta_status status =
        percuta_base_path_read(path, LIMIT, &plan->measured->text, &plan->measured->length);
    if (status == PERCUTA_OK)
      return read_text(&table);
    if (status == PERCUTA_MEMORY)
      return status;
  } else {
    mistake.what = "is no file that can be beside a scenario and a result";
  }
  percuta_base_diag_add(resolve->diag, &mistake);
  return PERCUTA_OK;
}

enum percuta_status percuta_input_measured_read(struct percuta_resolve *resolve) {
  struct percuta_session *session = &resolve->scenario->session;
  enum percuta_status status = PERCUTA_OK;
  for (int i = 0; i < session->product_count && status == PERCUTA_OK; i++)
    if (session->products[i].measured_file && session->products[i].measured_file[0] != '\0')
      status = read_file(resolve, &session->products[i], i);
  return status;
}

void percuta_input_measured_write(const struct percuta_scenario *scenario, FILE *stream) {
  for (int i = 0; i < scenario->session.product_count; i++) {
    const struct percuta_measured *measured = scenario->session.products[i].measured;
    if (measured && measured->text)
      fwrite(measured->text, 1, measured->length, stream);
  }
}

enum percuta_status percuta_input_measured_copy(const struct percuta_scenario *scenario,
                                                const char *path) {
  for (int i = 0; i < scenario->session.product_count; i++) {
    const struct percuta_product_plan *plan = &scenario->session.products[i];
    char target[1024];
    FILE *stream = NULL;
    if (!plan->measured || !plan->measured->text ||
        percuta_input_products_same_folder(scenario->path, path))
      continue;
    path_beside(path, plan->measured_file, target, sizeof target);
    PERCUTA_TRY(percuta_base_path_open(target, &stream));
    if (fwrite(plan->measured->text, 1, plan->measured->length, stream) != plan->measured->length) {
      percuta_base_path_abandon(target, &stream);
      return PERCUTA_IO;
    }
    PERCUTA_TRY(percuta_base_path_commit(target, &stream));
  }
  return PERCUTA_OK;
}

/* The table of `percuta compare` for a terminal: up to four runs side by side, more of them below
 * one another. Test: tests/cli/compare.sh. */
#include "compare/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/notes.h"
#include "compare/rows.h"
#include "compare/show.h"

enum {
  WIDTH = 80,
  BESIDE = 4,
  NAME = 20,
  LABEL = 17,
  BELOW = 3,
  SHOWN = 52,
  MOST_KEYS = 24,
  CELL_BYTES = 160
};

static bool is_beside(const struct percuta_comparison *comparison) {
  return comparison->count <= BESIDE;
}

/* Places of one run's column. */
static int room(const struct percuta_comparison *comparison) {
  return (WIDTH - NAME) / comparison->count;
}

static void print_line(const char *name, FILE *stream) {
  percuta_compare_show_fitted(stream, name, NAME, false);
}

static void print_runs(const struct percuta_comparison *comparison, FILE *stream) {
  fprintf(stream, "%d runs\n", comparison->count);
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_run *run = &comparison->run[i];
    const int width = percuta_compare_show_width(run->label);
    fprintf(stream, "%4d  ", i + 1);
    percuta_compare_show_fitted(stream, run->label, width < SHOWN ? width : SHOWN, false);
    fprintf(stream, "%s%s\n", i == comparison->baseline ? "  (baseline)" : "",
            run->stale ? "  (stale)" : "");
  }
}

/* The text, behind `indent` blanks, in lines of at most 80 places, later ones two further in. */
static void print_wrapped(int indent, const char *text, size_t length, FILE *stream) {
  int column = indent;
  fprintf(stream, "%*s", indent, "");
  for (size_t at = 0; at < length;) {
    const size_t word = strcspn(text + at, " \n");
    const size_t take = word < length - at ? word : length - at;
    char cut[256];
    snprintf(cut, sizeof cut, "%.*s", (int)take, text + at);
    const int own = percuta_compare_show_width(cut);
    const char *joint = at > 0 ? " " : "";
    if (at > 0 && column + 1 + own > WIDTH) {
      column = indent + 2;
      fprintf(stream, "\n%*s", column, "");
      joint = "";
    }
    fprintf(stream, "%s%.*s", joint, (int)take, text + at);
    column += own + (int)strlen(joint);
    at += take + 1;
  }
  fputc('\n', stream);
}

static void print_notes(char *notes, FILE *stream) {
  for (const char *at = notes; at != NULL && *at != '\0';) {
    const size_t length = strcspn(at, "\n");
    print_wrapped(0, at, length, stream);
    at += length + (at[length] == '\n');
  }
  free(notes);
}

static void print_numbers(const struct percuta_comparison *comparison, FILE *stream) {
  print_line("", stream);
  for (int i = 0; i < comparison->count; ++i) {
    char number[16];
    snprintf(number, sizeof number, "%d", i + 1);
    percuta_compare_show_fitted(stream, number, room(comparison), true);
  }
  fputc('\n', stream);
}

/* A value that may have to be cut, with a blank before it. */
static void print_cell(const char *text, int width, FILE *stream) {
  fputc(' ', stream);
  percuta_compare_show_fitted(stream, text, width - 1, true);
}

static const char *value_of(const struct percuta_compare_difference *difference, int run) {
  return difference->value[run] != NULL ? difference->value[run] : "not there";
}

static void print_input_beside(const struct percuta_comparison *comparison,
                               const struct percuta_compare_difference *difference, FILE *stream) {
  print_line(difference->key, stream);
  for (int i = 0; i < comparison->count; ++i)
    print_cell(value_of(difference, i), room(comparison), stream);
  fputc('\n', stream);
}

/* Whether there is room for its key and, in a column to each run, its values. */
static bool fits_beside(const struct percuta_comparison *comparison,
                        const struct percuta_compare_difference *difference) {
  bool fits = is_beside(comparison) && percuta_compare_show_width(difference->key) <= NAME;
  for (int i = 0; i < comparison->count && fits; ++i)
    fits = percuta_compare_show_width(value_of(difference, i)) < room(comparison);
  return fits;
}

/* Each value once, with the runs that have it. */
static void print_input_below(const struct percuta_comparison *comparison,
                              const struct percuta_compare_difference *difference, FILE *stream) {
  fprintf(stream, "%s\n", difference->key);
  for (int i = 0; i < comparison->count; ++i) {
    bool told = false;
    for (int k = 0; k < i; ++k)
      told = told || strcmp(value_of(difference, k), value_of(difference, i)) == 0;
    if (told)
      continue;
    char *line = NULL;
    size_t length = 0;
    FILE *text = open_memstream(&line, &length);
    if (text == NULL)
      return;
    fprintf(text, "%s: run", value_of(difference, i));
    for (int k = i; k < comparison->count; ++k)
      if (strcmp(value_of(difference, k), value_of(difference, i)) == 0)
        fprintf(text, " %d", k + 1);
    if (fclose(text) == 0)
      print_wrapped(2, line, length, stream);
    free(line);
  }
}

static void print_inputs(const struct percuta_comparison *comparison, FILE *stream) {
  size_t given = 0;
  while (given < comparison->difference_count && comparison->difference[given].given)
    ++given;
  fprintf(stream, "\nInputs that differ: %zu given, %zu that follow from them; %zu are equal\n",
          given, comparison->difference_count - given, comparison->equal_count);
  const size_t shown = given > 0 ? given : comparison->difference_count;
  if (is_beside(comparison) && shown > 0)
    print_numbers(comparison, stream);
  for (size_t i = 0; i < shown && i < MOST_KEYS; ++i)
    if (fits_beside(comparison, &comparison->difference[i]))
      print_input_beside(comparison, &comparison->difference[i], stream);
    else
      print_input_below(comparison, &comparison->difference[i], stream);
  if (shown > MOST_KEYS)
    fprintf(stream, "and %zu more, in compare.html\n", shown - MOST_KEYS);
}

/* The head of its line. */
static void name_key(const struct percuta_compare_key *key, const struct percuta_compare_row *row,
                     char *out, size_t size) {
  const char *unit = percuta_compare_show_unit(key, row);
  snprintf(out, size, "%s%s%s", key->title, *unit ? " " : "", unit);
}

/* Whether runs differ, but by no more than error or noise. */
static bool is_open(const struct percuta_compare_row *row,
                    const struct percuta_compare_cell *cell) {
  return cell->difference != 0 && !percuta_compare_rows_resolved(row, cell);
}

/* Lines of an outcome, and their heads; that of the first is the outcome's name. */
enum line { VALUE, INTERVAL, DIFFERENCE, MEAN, ERROR, NOISE, LINES };
static const char *const HEAD[LINES] = {
    NULL, "  interval", "  difference", "  over seeds, 95 %", "  numerical error", "  seed noise"};

/* With two digits where three have no room. */
static void write_interval(const struct percuta_compare_key *key,
                           const struct percuta_outcome_value *value, int width,
                           char text[CELL_BYTES]) {
  const int length =
      snprintf(text, CELL_BYTES, "%s to %s", percuta_compare_show_value(key, value->low).text,
               percuta_compare_show_value(key, value->high).text);
  if (length > width && !key->change)
    snprintf(text, CELL_BYTES, "%.2g to %.2g", value->low, value->high);
}

/* What a run has in this line; "" where nothing is known. */
static void write_cell(const struct percuta_compare_key *key, const struct percuta_compare_row *row,
                       const struct percuta_compare_cell *cell, enum line line, int width,
                       char text[CELL_BYTES]) {
  const struct percuta_outcome_value *value = &cell->value;
  const bool other = isfinite(cell->difference);
  text[0] = '\0';
  if (line == VALUE)
    snprintf(text, CELL_BYTES, "%s", percuta_compare_show_value(key, value->value).text);
  else if (line == INTERVAL && isfinite(value->low))
    write_interval(key, value, width, text);
  else if (line == DIFFERENCE && other)
    snprintf(text, CELL_BYTES, "%s%s", is_open(row, cell) ? "~ " : "",
             percuta_compare_show_difference(key, cell->difference).text);
  else if (line == MEAN && isfinite(cell->low))
    snprintf(text, CELL_BYTES, "%s to %s", percuta_compare_show_difference(key, cell->low).text,
             percuta_compare_show_difference(key, cell->high).text);
  else if (line == ERROR && other && isfinite(cell->error))
    snprintf(text, CELL_BYTES, "%s", percuta_compare_show_size(key, cell->error).text);
  else if (line == NOISE && other && isfinite(row->seed_sd))
    snprintf(text, CELL_BYTES, "%s", percuta_compare_show_size(key, row->seed_sd).text);
}

/* Each on a line of its own if any run has one. */
static void print_key_beside(const struct percuta_comparison *comparison,
                             const struct percuta_compare_key *key,
                             const struct percuta_compare_row *row, FILE *stream) {
  char text[BESIDE][CELL_BYTES], name[80];
  name_key(key, row, name, sizeof name);
  for (enum line line = VALUE; line < LINES; ++line) {
    bool any = false;
    for (int i = 0; i < comparison->count; ++i) {
      write_cell(key, row, &row->cell[i], line, room(comparison) - 1, text[i]);
      any = any || text[i][0] != '\0';
    }
    if (!any)
      continue;
    print_line(HEAD[line] ? HEAD[line] : name, stream);
    for (int i = 0; i < comparison->count; ++i)
      print_cell(text[i], room(comparison), stream);
    fputc('\n', stream);
  }
}

/* Up to three outcomes as columns, each with the difference in brackets, and a run a line. */
static void print_keys_below(const struct percuta_comparison *comparison,
                             const struct percuta_compare_key *const *key,
                             const struct percuta_compare_row *const *row, int count,
                             FILE *stream) {
  const int width = (WIDTH - LABEL - 5) / BELOW;
  char text[160];
  fprintf(stream, "\n%*s", LABEL + 5, "");
  for (int k = 0; k < count; ++k)
    print_cell(key[k]->title, width, stream);
  fprintf(stream, "\n%*s", LABEL + 5, "");
  for (int k = 0; k < count; ++k)
    print_cell(percuta_compare_show_unit(key[k], row[k]), width, stream);
  fputc('\n', stream);
  for (int i = 0; i < comparison->count; ++i) {
    fprintf(stream, "%3d  ", i + 1);
    percuta_compare_show_fitted(stream, comparison->run[i].label, LABEL, false);
    for (int k = 0; k < count; ++k) {
      const struct percuta_compare_cell *cell = &row[k]->cell[i];
      snprintf(text, sizeof text, "%s", percuta_compare_show_value(key[k], cell->value.value).text);
      if (isfinite(cell->difference))
        snprintf(text + strlen(text), sizeof text - strlen(text), " (%s%s)",
                 is_open(row[k], cell) ? "~" : "",
                 percuta_compare_show_difference(key[k], cell->difference).text);
      print_cell(text, width, stream);
    }
    fputc('\n', stream);
  }
}

static void print_outcomes(const struct percuta_comparison *comparison, FILE *stream) {
  const struct percuta_compare_key *key[BELOW];
  const struct percuta_compare_row *row[BELOW];
  int count = 0;
  fprintf(stream, "\nOutcomes; months after the %s session; ~ no more than error or noise\n",
          comparison->derived_count > 0 ? "last" : "first");
  if (is_beside(comparison))
    print_numbers(comparison, stream);
  for (int i = 0; i < percuta_compare_notes_key_count(); ++i) {
    key[count] = percuta_compare_notes_key(i);
    row[count] = percuta_compare_notes_row(comparison, key[count]);
    if (row[count] == NULL)
      continue;
    if (is_beside(comparison))
      print_key_beside(comparison, key[count], row[count], stream);
    else if (++count == BELOW)
      print_keys_below(comparison, key, row, count, stream);
    count = count == BELOW ? 0 : count;
  }
  if (count > 0)
    print_keys_below(comparison, key, row, count, stream);
}

enum percuta_status percuta_compare_table_print(const struct percuta_comparison *comparison,
                                                FILE *stream) {
  char *runs = percuta_compare_notes_runs(comparison);
  char *reading = percuta_compare_notes_reading(comparison);
  if (runs == NULL || reading == NULL) {
    free(runs);
    free(reading);
    return PERCUTA_MEMORY;
  }
  print_runs(comparison, stream);
  if (*runs != '\0')
    fputc('\n', stream);
  print_notes(runs, stream);
  print_inputs(comparison, stream);
  print_outcomes(comparison, stream);
  fputc('\n', stream);
  print_notes(reading, stream);
  return PERCUTA_OK;
}

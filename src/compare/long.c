/* The long table: one row for each outcome, time and run, as CSV and as JSON. No text of a stranger
 * begins a cell with a sign that a spreadsheet would compute. Test: tests/cli/compare.sh. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/version.h"
#include "compare/long.h"
#include "compare/notes.h"

/* Calls NUMBER(name, value) or TEXT(name, value) for each column in its order. */
#define COLUMNS(NUMBER, TEXT)                                                                      \
  TEXT(run, of->label)                                                                             \
  TEXT(outcome, row->reading->name)                                                                \
  NUMBER(time, row->reading->day)                                                                  \
  TEXT(since, row->reading->since)                                                                 \
  NUMBER(value, cell->value.value)                                                                 \
  TEXT(unit, row->reading->unit)                                                                   \
  NUMBER(low, cell->value.low)                                                                     \
  NUMBER(high, cell->value.high)                                                                   \
  NUMBER(level, cell->value.level)                                                                 \
  NUMBER(difference, cell->difference)                                                             \
  NUMBER(pairs, cell->pairs > 1 ? (double)cell->pairs : (double)NAN)                               \
  NUMBER(mean_difference, cell->mean)                                                              \
  NUMBER(difference_low, cell->low)                                                                \
  NUMBER(difference_high, cell->high)                                                              \
  NUMBER(seed_sd, row->seed_sd)                                                                    \
  NUMBER(numerical_error, isfinite(cell->difference) ? cell->error : NAN)                          \
  TEXT(seed, of->seed)                                                                             \
  TEXT(fidelity, of->fidelity)                                                                     \
  TEXT(status, status_of(of))

static const char *status_of(const struct percuta_compare_run *run) {
  const bool early = run->given < run->planned || run->end < run->follow_up * (1 - 1e-6);
  return run->stale != NULL ? early ? "stale stopped-early" : "stale"
         : early            ? "stopped-early"
                            : "ok";
}

static void write_text(FILE *stream, const char *text) {
  char safe[512];
  snprintf(safe, sizeof safe, "%s%.500s", *text != '\0' && strchr("=+-@\t", *text) ? "'" : "",
           text);
  percuta_base_csv_write_cell(stream, safe);
}

static void write_number(FILE *stream, double value) {
  if (isfinite(value))
    percuta_base_csv_write_number(stream, value);
}

static void write_row(const struct percuta_compare_run *of, const struct percuta_compare_row *row,
                      const struct percuta_compare_cell *cell, FILE *stream) {
  const char *joint = "";
#define WRITE_NUMBER(name, number)                                                                 \
  fputs(joint, stream);                                                                            \
  write_number(stream, number);                                                                    \
  joint = ",";
#define WRITE_TEXT(name, text)                                                                     \
  fputs(joint, stream);                                                                            \
  write_text(stream, text);                                                                        \
  joint = ",";
  COLUMNS(WRITE_NUMBER, WRITE_TEXT)
#undef WRITE_NUMBER
#undef WRITE_TEXT
  fputc('\n', stream);
}

void percuta_compare_long_csv(const struct percuta_comparison *comparison, FILE *stream) {
  const char *joint = "";
#define WRITE_NAME(name, value)                                                                    \
  fprintf(stream, "%s%s", joint, #name);                                                           \
  joint = ",";
  COLUMNS(WRITE_NAME, WRITE_NAME)
#undef WRITE_NAME
  fputc('\n', stream);
  for (size_t r = 0; r < comparison->row_count; ++r)
    for (int i = 0; i < comparison->count; ++i)
      if (isfinite(comparison->row[r].cell[i].value.value))
        write_row(&comparison->run[i], &comparison->row[r], &comparison->row[r].cell[i], stream);
}

/* ---- JSON ---- */

static void add_number(cJSON *object, const char *name, double value) {
  char text[32];
  if (!isfinite(value))
    return;
  snprintf(text, sizeof text, "%.9g", value);
  cJSON_AddRawToObject(object, name, text);
}

static void add_text(cJSON *object, const char *name, const char *text) {
  if (text != NULL && *text != '\0')
    cJSON_AddStringToObject(object, name, text);
}

static cJSON *make_row(const struct percuta_compare_run *of, const struct percuta_compare_row *row,
                       const struct percuta_compare_cell *cell) {
  cJSON *object = cJSON_CreateObject();
#define ADD_NUMBER(name, number) add_number(object, #name, number);
#define ADD_TEXT(name, text) add_text(object, #name, text);
  COLUMNS(ADD_NUMBER, ADD_TEXT)
#undef ADD_NUMBER
#undef ADD_TEXT
  return object;
}

static void add_runs(const struct percuta_comparison *comparison, cJSON *root) {
  cJSON *list = cJSON_AddArrayToObject(root, "runs");
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_run *run = &comparison->run[i];
    char hash[20];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
    add_text(object, "run", run->label);
    add_text(object, "title", run->title);
    add_text(object, "version", run->version);
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)run->hash);
    add_text(object, "scenario_hash", hash);
    add_text(object, "fidelity", run->fidelity);
    add_text(object, "seed", run->seed);
    cJSON_AddNumberToObject(object, "scenario", run->scenario);
    cJSON_AddBoolToObject(object, "baseline", i == comparison->baseline);
    cJSON_AddNumberToObject(object, "sessions_planned", run->planned);
    cJSON_AddNumberToObject(object, "sessions_given", run->given);
    add_number(object, "end_d", run->end);
    add_text(object, "status", status_of(run));
    add_text(object, "stale", run->stale);
  }
}

static void add_inputs(const struct percuta_comparison *comparison, cJSON *root) {
  cJSON *list = cJSON_AddArrayToObject(root, "inputs");
  for (size_t d = 0; d < comparison->difference_count; ++d) {
    const struct percuta_compare_difference *difference = &comparison->difference[d];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
    add_text(object, "key", difference->key);
    add_text(object, "unit", difference->unit);
    cJSON_AddBoolToObject(object, "given", difference->given);
    cJSON *values = cJSON_AddArrayToObject(object, "values");
    cJSON *origins = cJSON_AddArrayToObject(object, "origins");
    for (int i = 0; i < comparison->count; ++i) {
      const bool there = difference->value[i] != NULL;
      cJSON_AddItemToArray(values,
                           there ? cJSON_CreateString(difference->value[i]) : cJSON_CreateNull());
      cJSON_AddItemToArray(origins,
                           there ? cJSON_CreateString(difference->origin[i]) : cJSON_CreateNull());
    }
  }
  cJSON_AddNumberToObject(root, "inputs_equal", (double)comparison->equal_count);
}

static enum percuta_status add_notes(cJSON *root, char *text) {
  cJSON *list = cJSON_GetObjectItem(root, "notes");
  if (text == NULL)
    return PERCUTA_MEMORY;
  for (char *at = text; *at != '\0';) {
    char *end = at + strcspn(at, "\n");
    const bool more = *end != '\0';
    *end = '\0';
    cJSON_AddItemToArray(list, cJSON_CreateString(at));
    at = end + more;
  }
  free(text);
  return PERCUTA_OK;
}

enum percuta_status percuta_compare_long_json(const struct percuta_comparison *comparison,
                                              cJSON *root) {
  cJSON_AddStringToObject(root, "version", PERCUTA_VERSION);
  add_runs(comparison, root);
  add_inputs(comparison, root);
  cJSON_AddArrayToObject(root, "notes");
  PERCUTA_TRY(add_notes(root, percuta_compare_notes_runs(comparison)));
  PERCUTA_TRY(add_notes(root, percuta_compare_notes_reading(comparison)));
  cJSON *list = cJSON_AddArrayToObject(root, "outcomes");
  for (size_t r = 0; r < comparison->row_count; ++r)
    for (int i = 0; i < comparison->count; ++i)
      if (isfinite(comparison->row[r].cell[i].value.value))
        cJSON_AddItemToArray(
            list, make_row(&comparison->run[i], &comparison->row[r], &comparison->row[r].cell[i]));
  return PERCUTA_OK;
}

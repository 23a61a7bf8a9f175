/* table.csv: a row for every outcome of every run, and one for each run that failed; and
 * datapackage.json (Frictionless Data Package), which says what its columns are. Test:
 * tests/cli/study.sh. */
#include "cohort/table.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/csv.h"
#include "base/path.h"
#include "base/version.h"

/* Columns of table.csv, in their order. */
static const struct {
  const char *name, *type, *unit, *meaning;
} COLUMN[] = {
    {"run", "integer", "", "number of the run, from 1"},
    {"person", "integer", "", "number of the person, from 1; empty: the scenario's own"},
    {"arm", "string", "", "what is varied, or the name of the arm"},
    {"outcome", "string", "", "as `percuta list outcomes` has it; empty of a run that failed"},
    {"time", "number", "d", "since the first session; empty: of the course as a whole"},
    {"value", "number", "", "in the unit of its row"},
    {"low", "number", "", "lower end of its interval, where one is known"},
    {"high", "number", "", "upper end of its interval"},
    {"unit", "string", "", "of value, low and high"},
    {"status", "string", "", "ok, or `failed: ` and the reason"},
};
enum { COLUMNS = sizeof COLUMN / sizeof *COLUMN, PATH_SIZE = 4096 };

static void put_number(FILE *stream, double value) {
  if (isfinite(value))
    percuta_base_csv_write_number(stream, value);
  fputc(',', stream);
}

static void put_text(FILE *stream, const char *text) {
  percuta_base_csv_write_cell(stream, text ? text : "");
  fputc(',', stream);
}

static enum percuta_status put_row(void *context, const struct percuta_cohort_row *row) {
  FILE *stream = context;
  fprintf(stream, "%d,", row->run);
  if (row->person > 0)
    fprintf(stream, "%d", row->person);
  fputc(',', stream);
  put_text(stream, row->name);
  put_text(stream, row->outcome);
  put_number(stream, row->day);
  put_number(stream, row->value);
  put_number(stream, row->low);
  put_number(stream, row->high);
  put_text(stream, row->unit);
  if (row->reason) {
    char status[PERCUTA_COHORT_REASON + 16];
    snprintf(status, sizeof status, "failed: %s", row->reason);
    percuta_base_csv_write_cell(stream, status);
  } else {
    percuta_base_csv_write_cell(stream, row->status);
  }
  fputc('\n', stream);
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

static enum percuta_status write_table(struct percuta_cohort_store *store, const char *path) {
  FILE *stream = NULL;
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  for (int c = 0; c < COLUMNS; ++c)
    fprintf(stream, "%s%s", c ? "," : "", COLUMN[c].name);
  fputc('\n', stream);
  const enum percuta_status status = percuta_cohort_store_rows(store, put_row, stream);
  if (status == PERCUTA_OK)
    return percuta_base_path_commit(path, &stream);
  percuta_base_path_abandon(path, &stream);
  return status;
}

static cJSON *describe(void) {
  cJSON *root = cJSON_CreateObject(), *resource = cJSON_CreateObject();
  cJSON_AddStringToObject(root, "name", "percuta-study");
  cJSON_AddStringToObject(root, "created_by", "Percuta " PERCUTA_VERSION);
  cJSON_AddItemToArray(cJSON_AddArrayToObject(root, "resources"), resource);
  cJSON_AddStringToObject(resource, "name", "table");
  cJSON_AddStringToObject(resource, "path", "table.csv");
  cJSON_AddStringToObject(resource, "format", "csv");
  cJSON *fields = cJSON_AddArrayToObject(cJSON_AddObjectToObject(resource, "schema"), "fields");
  for (int c = 0; c < COLUMNS; ++c) {
    cJSON *field = cJSON_CreateObject();
    cJSON_AddStringToObject(field, "name", COLUMN[c].name);
    cJSON_AddStringToObject(field, "type", COLUMN[c].type);
    if (*COLUMN[c].unit)
      cJSON_AddStringToObject(field, "unit", COLUMN[c].unit);
    cJSON_AddStringToObject(field, "description", COLUMN[c].meaning);
    cJSON_AddItemToArray(fields, field);
  }
  return root;
}

static enum percuta_status write_package(const char *path) {
  cJSON *root = describe();
  char *text = cJSON_Print(root);
  FILE *stream = NULL;
  cJSON_Delete(root);
  enum percuta_status status = text ? percuta_base_path_open(path, &stream) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK) {
    fprintf(stream, "%s\n", text);
    status = percuta_base_path_commit(path, &stream);
  }
  cJSON_free(text);
  return status;
}

enum percuta_status percuta_cohort_table_write(struct percuta_cohort_store *store,
                                               const char *folder) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s/table.csv", folder);
  PERCUTA_TRY(write_table(store, path));
  snprintf(path, sizeof path, "%s/datapackage.json", folder);
  return write_package(path);
}

/* The columns of timeline.csv that this program knows; others are left alone.
 * Test: tests/unit/test_compare.c. */
#include "compare/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"

enum { MOST_ROWS = 100000 };

struct percuta_compare_column_text percuta_compare_timeline_column(int column) {
  static const struct percuta_compare_column_text TEXT[] = {
#define PERCUTA_COMPARE_TEXT(name, part, unit, text) {#name, unit, text},
      PERCUTA_COLUMN_LIST(PERCUTA_COMPARE_TEXT)
#undef PERCUTA_COMPARE_TEXT
  };
  return TEXT[column];
}

/* All members of a row are numbers, in the order of the list. */
static double *place(struct percuta_timeline_row *row, int column) {
  return (double *)(void *)row + column;
}

double percuta_compare_timeline_value(const struct percuta_compare_run *run, size_t row,
                                      int column) {
  return *place(&run->timeline.row[row], column);
}

static enum percuta_status wrong(struct percuta_diag *diag, const struct percuta_compare_run *run,
                                 const char *what) {
  percuta_compare_wrong(diag, run->folder, "timeline.csv", what, NULL);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status fill_column(const struct percuta_csv *csv, size_t at, int column,
                                       struct percuta_diag *diag, struct percuta_compare_run *run) {
  char what[160];
  for (size_t row = 0; row < csv->rows; ++row) {
    const char *cell = csv->cell[(row + 1) * csv->columns + at];
    double *out = place(&run->timeline.row[row], column);
    *out = NAN;
    if (*cell == '\0' || percuta_base_number_parse(cell, out) == PERCUTA_OK)
      continue;
    snprintf(what, sizeof what, "row %zu, %s: `%.40s` is no number", row + 1, csv->cell[at], cell);
    return wrong(diag, run, what);
  }
  run->has[column] = true;
  return PERCUTA_OK;
}

static enum percuta_status fill(const struct percuta_csv *csv, struct percuta_diag *diag,
                                struct percuta_compare_run *run) {
  run->timeline.row = calloc(csv->rows + 1, sizeof *run->timeline.row);
  if (run->timeline.row == NULL)
    return PERCUTA_MEMORY;
  run->timeline.count = run->timeline.capacity = csv->rows;
  for (int column = 0; column < PERCUTA_COMPARE_COLUMNS; ++column) {
    const char *name = percuta_compare_timeline_column(column).name;
    size_t at = 0;
    while (at < csv->columns && strcmp(csv->cell[at], name) != 0)
      ++at;
    if (at < csv->columns)
      PERCUTA_TRY(fill_column(csv, at, column, diag, run));
    for (size_t row = 0; row < csv->rows && at == csv->columns; ++row)
      *place(&run->timeline.row[row], column) = NAN;
  }
  if (!run->has[PERCUTA_COMPARE_COLUMN_time_d])
    return wrong(diag, run, "has no column time_d");
  for (size_t row = 1; row < csv->rows; ++row)
    if (!(run->timeline.row[row].time_d >= run->timeline.row[row - 1].time_d))
      return wrong(diag, run, "its times do not rise");
  run->end = csv->rows > 0 ? run->timeline.row[csv->rows - 1].time_d : 0;
  return PERCUTA_OK;
}

enum percuta_status percuta_compare_timeline_read(struct percuta_diag *diag,
                                                  struct percuta_compare_run *run) {
  char path[4096];
  struct percuta_csv csv = {0};
  const size_t before = percuta_base_diag_count(diag);
  snprintf(path, sizeof path, "%s/timeline.csv", run->folder);
  enum percuta_status status = percuta_base_csv_read(path, diag, &csv);
  if (status != PERCUTA_OK && status != PERCUTA_MEMORY && percuta_base_diag_count(diag) == before)
    status = wrong(diag, run, "cannot be read");
  if (status != PERCUTA_OK)
    return status;
  status = csv.rows <= MOST_ROWS ? fill(&csv, diag, run) : wrong(diag, run, "has too many rows");
  percuta_base_csv_clear(&csv);
  return status;
}

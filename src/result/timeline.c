/* timeline.csv: one row per output time, columns from PERCUTA_COLUMN_LIST; behind them, where joint
 * draws were followed, both ends of the band of each that has one.
 * Test: tests/unit/test_timeline.c. */
#include <math.h>

#include "base/csv.h"
#include "base/path.h"
#include "outcome/spread.h"
#include "result/result.h"

/* One end of a band; empty where there is none. */
static void write_end(FILE *stream, double value) {
  fputc(',', stream);
  if (isfinite(value))
    percuta_base_csv_write_number(stream, value);
}

static bool has_bands(const struct percuta_record *record) {
  return record->spread && record->spread->state == PERCUTA_SPREAD_DRAWN &&
         record->spread->rows == record->timeline.count;
}

/* Behind the columns: ",name_low,name_high" of each with a band. */
static void write_band_names(FILE *stream, const struct percuta_record *record) {
#define PERCUTA_COLUMN_ENDS(name, part, unit, text)                                                \
  if (PERCUTA_COLUMN_ON(&record->layout, part) && percuta_outcome_spread_has_column(#name))        \
    fprintf(stream, ",%s_low,%s_high", #name, #name);
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_ENDS)
#undef PERCUTA_COLUMN_ENDS
}

static void write_band_row(FILE *stream, const struct percuta_record *record, size_t row) {
  const struct percuta_timeline_row *low = &record->spread->low[row],
                                    *high = &record->spread->high[row];
#define PERCUTA_COLUMN_ENDS(name, part, unit, text)                                                \
  if (PERCUTA_COLUMN_ON(&record->layout, part) && percuta_outcome_spread_has_column(#name)) {      \
    write_end(stream, low->name);                                                                  \
    write_end(stream, high->name);                                                                 \
  }
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_ENDS)
#undef PERCUTA_COLUMN_ENDS
}

static void write_row(FILE *stream, const struct percuta_layout *layout,
                      const struct percuta_timeline_row *row) {
  const char *separator = "";
#define PERCUTA_COLUMN_PRINT(name, part, unit, text)                                               \
  if (PERCUTA_COLUMN_ON(layout, part)) {                                                           \
    fputs(separator, stream);                                                                      \
    percuta_base_csv_write_number(stream, row->name);                                              \
    separator = ",";                                                                               \
  }
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_PRINT)
#undef PERCUTA_COLUMN_PRINT
}

enum percuta_status percuta_result_timeline_write(const struct percuta_record *record,
                                                  const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK) {
    return status;
  }
  const char *separator = "";
#define PERCUTA_COLUMN_HEAD(name, part, unit, text)                                                \
  if (PERCUTA_COLUMN_ON(&record->layout, part)) {                                                  \
    fprintf(stream, "%s%s", separator, #name);                                                     \
    separator = ",";                                                                               \
  }
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_HEAD)
#undef PERCUTA_COLUMN_HEAD
  if (has_bands(record))
    write_band_names(stream, record);
  fputc('\n', stream);
  for (size_t i = 0; i < record->timeline.count; ++i) {
    write_row(stream, &record->layout, &record->timeline.row[i]);
    if (has_bands(record))
      write_band_row(stream, record, i);
    fputc('\n', stream);
  }
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

/* timeline.csv: one row per output time, columns from PERCUTA_COLUMN_LIST.
 * Test: tests/unit/test_timeline.c. */
#include "base/csv.h"
#include "base/path.h"
#include "result/result.h"

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
  fputc('\n', stream);
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
  fputc('\n', stream);
  for (size_t i = 0; i < record->timeline.count; ++i) {
    write_row(stream, &record->layout, &record->timeline.row[i]);
  }
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

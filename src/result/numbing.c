/* numbing.csv: how deep the skin is numb, and what of the cream is in the blood, in time.
 * Test: tests/unit/test_penetration.c. */
#include "base/path.h"
#include "result/penetration_columns.h"
#include "result/result.h"

static void write_head(FILE *stream, const struct percuta_numbing *numbing) {
  const char *separator = "";
#define PERCUTA_NUMBING_HEAD(name, unit, format, value, text)                                      \
  fprintf(stream, "%s%s", separator, #name);                                                       \
  separator = ",";
  PERCUTA_NUMBING_COLUMN_LIST(PERCUTA_NUMBING_HEAD)
#undef PERCUTA_NUMBING_HEAD
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    if (numbing->active[a].plasma != NULL) {
      fprintf(stream, "," PERCUTA_NUMBING_PLASMA, numbing->penetration.active[a].of.compound.id);
    }
  }
  fputc('\n', stream);
}

static void write_row(FILE *stream, const struct percuta_numbing *numbing, int i) {
  const char *separator = "";
#define PERCUTA_NUMBING_PRINT(name, unit, format, value, text)                                     \
  fprintf(stream, "%s" format, separator, value);                                                  \
  separator = ",";
  PERCUTA_NUMBING_COLUMN_LIST(PERCUTA_NUMBING_PRINT)
#undef PERCUTA_NUMBING_PRINT
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    if (numbing->active[a].plasma != NULL) {
      fprintf(stream, ",%.9g", numbing->active[a].plasma[i] / PERCUTA_PENETRATION_UG_PER_ML);
    }
  }
  fputc('\n', stream);
}

enum percuta_status percuta_result_numbing_write(const struct percuta_record *record,
                                                 const char *path) {
  const struct percuta_numbing *numbing = &record->numbing;
  if (!numbing->used) {
    return percuta_base_path_remove(path);
  }
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK) {
    return status;
  }
  write_head(stream, numbing);
  for (int i = 0; i < numbing->penetration.count; ++i) {
    write_row(stream, numbing, i);
  }
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

/* penetration.csv: where the compounds of every product are, in time.
 * Test: tests/unit/test_penetration.c. */
#include "base/path.h"
#include "result/penetration_columns.h"
#include "result/result.h"

static void write_row(FILE *stream, int number, const struct percuta_penetration *penetration,
                      const struct percuta_penetration_active *active, const char *place,
                      const struct percuta_permeation *course, int i) {
  const char *separator = "";
#define PERCUTA_PENETRATION_PRINT(name, unit, format, value, text)                                 \
  fprintf(stream, "%s" format, separator, value);                                                  \
  separator = ",";
  PERCUTA_PENETRATION_COLUMN_LIST(PERCUTA_PENETRATION_PRINT)
#undef PERCUTA_PENETRATION_PRINT
  fputc('\n', stream);
}

/* Needled skin is left out where no puncture was open under the product. */
static void write_product(FILE *stream, int number, const struct percuta_penetration *penetration) {
  for (int a = 0; a < penetration->active_count; ++a) {
    const struct percuta_penetration_active *active = &penetration->active[a];
    const struct percuta_permeation *needled =
        percuta_outcome_products_needled(penetration, active);
    for (int i = 0; i < penetration->count && needled != NULL; ++i) {
      write_row(stream, number, penetration, active, "needled", needled, i);
    }
    for (int i = 0; i < penetration->count && active->intact != NULL; ++i) {
      write_row(stream, number, penetration, active, "intact", active->intact, i);
    }
  }
}

enum percuta_status percuta_result_penetration_write(const struct percuta_record *record,
                                                     const char *path) {
  const int count = percuta_outcome_products_count(record);
  if (count == 0) {
    return percuta_base_path_remove(path);
  }
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK) {
    return status;
  }
  const char *separator = "";
#define PERCUTA_PENETRATION_HEAD(name, unit, format, value, text)                                  \
  fprintf(stream, "%s%s", separator, #name);                                                       \
  separator = ",";
  PERCUTA_PENETRATION_COLUMN_LIST(PERCUTA_PENETRATION_HEAD)
#undef PERCUTA_PENETRATION_HEAD
  fputc('\n', stream);
  for (int p = 0; p < count; ++p) {
    write_product(stream, p + 1, percuta_outcome_products_at(record, p));
  }
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

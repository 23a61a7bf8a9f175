/* channels.csv: one row per strike of every session that was given.
 * Test: tests/unit/test_channels.c. */
#include "base/number.h"
#include "base/path.h"
#include "result/channel_columns.h"
#include "result/result.h"

#define PERCUTA_CHANNEL_COUNT(name, unit, value, text) +1
enum { COLUMNS = 0 PERCUTA_CHANNEL_COLUMN_LIST(PERCUTA_CHANNEL_COUNT) };
#undef PERCUTA_CHANNEL_COUNT

static void write_row(FILE *stream, const struct percuta_skin *skin, int session, size_t strike,
                      const struct percuta_channel *c, const struct percuta_bleed *b) {
  char row[COLUMNS * (PERCUTA_BASE_NUMBER_BYTES + 1)], *to = row;
#define PERCUTA_CHANNEL_PRINT(name, unit, value, text)                                             \
  to += percuta_base_number_write((double)(value), to);                                            \
  *to++ = ',';
  PERCUTA_CHANNEL_COLUMN_LIST(PERCUTA_CHANNEL_PRINT)
#undef PERCUTA_CHANNEL_PRINT
  to[-1] = '\n';
  fwrite(row, 1, (size_t)(to - row), stream);
}

static void write_session(FILE *stream, const struct percuta_skin *skin,
                          const struct percuta_session_record *session) {
  static const struct percuta_bleed nothing = {0};
  for (size_t i = 0; i < session->channels.count; ++i) {
    const struct percuta_bleed *bleed =
        i < session->bleeding.count ? &session->bleeding.item[i] : &nothing;
    write_row(stream, skin, session->number, i + 1, &session->channels.item[i], bleed);
  }
}

enum percuta_status percuta_result_channels_write(const struct percuta_record *record,
                                                  const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK) {
    return status;
  }
  const char *separator = "";
#define PERCUTA_CHANNEL_HEAD(name, unit, value, text)                                              \
  fprintf(stream, "%s%s", separator, #name);                                                       \
  separator = ",";
  PERCUTA_CHANNEL_COLUMN_LIST(PERCUTA_CHANNEL_HEAD)
#undef PERCUTA_CHANNEL_HEAD
  fputc('\n', stream);
  for (int i = 0; i < record->session_count; ++i) {
    if (record->session[i].given) {
      write_session(stream, record->skin, &record->session[i]);
    }
  }
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

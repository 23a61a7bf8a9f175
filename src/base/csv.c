/* Comma-separated text, RFC 4180, cut in place.
 * Tests: tests/unit/test_validate.c. */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/path.h"

enum { SIZE_LIMIT = 1 << 22 }; /* [bytes] far more than any of Percuta's own tables */

/* Cuts the cell that begins at *at out of the text and moves *at behind its comma or line end;
 * returns the byte that ended it: ',', '\n' or '\0'. */
static char cut_cell(char **at, char **cell) {
  char *from = *at, *to = from;
  *cell = to;
  if (*from == '"') {
    for (from++; *from != '\0'; from++) {
      if (*from == '"' && from[1] != '"') {
        from++;
        break;
      }
      if (*from == '"')
        from++;
      *to++ = *from;
    }
  }
  while (*from != ',' && *from != '\n' && *from != '\0') {
    if (*from != '\r')
      *to++ = *from;
    from++;
  }
  char end = *from;
  *at = end == '\0' ? from : from + 1;
  *to = '\0';
  return end;
}

/* Cells at most: one more than there are commas and line ends. */
static size_t count_cells(const char *text) {
  size_t count = 1;
  for (const char *c = text; *c != '\0'; c++)
    count += *c == ',' || *c == '\n';
  return count;
}

static enum percuta_status cut(const char *path, struct percuta_diag *diag,
                               struct percuta_csv *csv) {
  char *at = csv->text;
  size_t filled = 0, row = 0;
  while (*at != '\0') {
    size_t in_row = 0;
    char end = ',';
    while (end == ',') {
      end = cut_cell(&at, &csv->cell[filled++]);
      in_row++;
    }
    if (row == 0)
      csv->columns = in_row;
    if (in_row != csv->columns) {
      struct percuta_place place = {.file = path, .line = (int)row + 1};
      percuta_base_diag_add(
          diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                          .place = place,
                                          .what = "a row with more or fewer cells than the first"});
      return PERCUTA_BAD_INPUT;
    }
    row++;
  }
  csv->rows = row > 0 ? row - 1 : 0;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_csv_read(const char *path, struct percuta_diag *diag,
                                          struct percuta_csv *out) {
  struct percuta_csv csv = {0};
  size_t length = 0;
  enum percuta_status status = percuta_base_path_read(path, SIZE_LIMIT, &csv.text, &length);
  if (status != PERCUTA_OK)
    return status;
  csv.cell = calloc(count_cells(csv.text), sizeof *csv.cell);
  status = csv.cell == NULL ? PERCUTA_MEMORY : cut(path, diag, &csv);
  if (status == PERCUTA_OK)
    *out = csv;
  else
    percuta_base_csv_clear(&csv);
  return status;
}

void percuta_base_csv_clear(struct percuta_csv *csv) {
  free(csv->text);
  free(csv->cell);
  *csv = (struct percuta_csv){0};
}

const char *percuta_base_csv_cell(const struct percuta_csv *csv, size_t row, const char *name) {
  for (size_t i = 0; i < csv->columns && row < csv->rows; i++)
    if (strcmp(csv->cell[i], name) == 0)
      return csv->cell[(row + 1) * csv->columns + i];
  return NULL;
}

void percuta_base_csv_write_cell(FILE *stream, const char *text) {
  if (strpbrk(text, ",\"\r\n") == NULL) {
    fputs(text, stream);
    return;
  }
  fputc('"', stream);
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      fputc('"', stream);
    fputc(*c, stream);
  }
  fputc('"', stream);
}

void percuta_base_csv_write_number(FILE *stream, double value) {
  char text[PERCUTA_BASE_NUMBER_BYTES];
  fwrite(text, 1, percuta_base_number_write(value, text), stream);
}

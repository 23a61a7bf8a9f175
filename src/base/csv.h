/* Tables in comma-separated text (RFC 4180): first row the names of the columns, cells in double
 * quotes may hold commas, quotes (doubled) and line ends. */
#ifndef PERCUTA_BASE_CSV_H
#define PERCUTA_BASE_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/status.h"

struct percuta_csv {
  char *text;  /* owned; the file, cut into cells */
  char **cell; /* owned array; texts borrowed from `text`; the names first, then row by row */
  size_t rows; /* without the names */
  size_t columns;
};

/* Reads the file at `path`; a row with more or fewer cells than the first is a mistake, added to
 * `diag`. PERCUTA_IO when it cannot be read. Release with percuta_base_csv_clear. */
enum percuta_status percuta_base_csv_read(const char *path, struct percuta_diag *diag,
                                          struct percuta_csv *out);
void percuta_base_csv_clear(struct percuta_csv *csv);

/* The cell of `row` (from 0, without the names) in the column `name`; NULL when there is none. */
const char *percuta_base_csv_cell(const struct percuta_csv *csv, size_t row, const char *name);

/* Writes one cell, in quotes where it needs them. */
void percuta_base_csv_write_cell(FILE *stream, const char *text);

/* Writes one number, with nine significant digits. */
void percuta_base_csv_write_number(FILE *stream, double value);

#endif

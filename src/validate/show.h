/* Comparisons as text for people and as comma-separated text for programs. */
#ifndef PERCUTA_VALIDATE_SHOW_H
#define PERCUTA_VALIDATE_SHOW_H

#include "validate/validate.h"

/* "within", "outside", "shown" or "not compared". */
const char *percuta_validate_show_verdict(enum percuta_verdict verdict);

/* The published value as printed, e.g. "152.5 ± 9.6"; the prediction with its interval, e.g.
 * "148 (60.1 to 402)"; the band, e.g. "143 to 162" or "up to 0.5". At most `size` bytes. */
void percuta_validate_show_published(const struct percuta_comparison *item, char *out, size_t size);
void percuta_validate_show_predicted(const struct percuta_comparison *item, char *out, size_t size);
void percuta_validate_show_band(const struct percuta_comparison *item, char *out, size_t size);

/* The stage as a table for a terminal. */
void percuta_validate_show_stage(const struct percuta_validation *validation, FILE *stream);

/* The names of the columns; the rows of one stage. */
void percuta_validate_show_csv_head(FILE *stream);
void percuta_validate_show_csv_stage(const struct percuta_validation *validation, FILE *stream);

#endif

/* A value lies at 0 and the end of its band at 1 (percuta_study_fit_residual). A bound lies at 0
 * too; as it has no width of its own, a factor of 1.5 counts as one, and of plain numbers a quarter
 * of it. Rows share a study when they name the same source. Tests:
 * tests/verification/test_posterior_study.c. */
#include "study/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double FURTHEST = 8; /* half bands; beyond them all is equally wrong (rows.h) */

/* One-sided bands: bounds, and signs, whose bound is no change. */
static bool is_bound(const struct percuta_band *band) {
  return !isfinite(band->low) || !isfinite(band->high);
}

static double bound_of(const struct percuta_band *band) {
  return isfinite(band->low) ? band->low : band->high;
}

static double place_of_bound(const struct percuta_fit_row *row, double predicted) {
  const double bound = bound_of(&row->band);
  if (strcmp(row->row->scale, "amount") == 0 && bound > 0)
    return predicted > 0 ? log(predicted / bound) / log(PERCUTA_STUDY_FIT_FINEST) : -FURTHEST;
  if (strcmp(row->row->scale, "change") == 0)
    return predicted > -100
               ? (log1p(predicted / 100) - log1p(bound / 100)) / log(PERCUTA_STUDY_FIT_FINEST)
               : -FURTHEST;
  const double width = fabs(row->band.centre) / 4;
  return (predicted - bound) / (width > 0 ? width : 1);
}

/* What did not come about is on the wrong side of a bound, and as an amount of nothing far below.
 */
static bool is_nothing(const struct percuta_fit_row *row, double predicted) {
  return strcmp(row->row->scale, "amount") == 0 && isfinite(predicted) && !(predicted > 0);
}

double percuta_study_rows_place(const struct percuta_fit_row *row, double predicted) {
  if (is_nothing(row, predicted) ||
      (!isfinite(predicted) && is_bound(&row->band) && isfinite(row->band.low)))
    return -FURTHEST;
  const double place = isfinite(predicted) && is_bound(&row->band)
                           ? place_of_bound(row, predicted)
                           : percuta_study_fit_residual(row, predicted);
  return fmin(fmax(place, -FURTHEST), FURTHEST);
}

static enum percuta_datum_kind kind_of(const struct percuta_fit_row *row) {
  if (!is_bound(&row->band))
    return PERCUTA_DATUM_VALUE;
  if (strcmp(row->row->scale, "sign") == 0)
    return isfinite(row->band.low) ? PERCUTA_DATUM_ORDER : PERCUTA_DATUM_AT_MOST;
  return isfinite(row->band.low) ? PERCUTA_DATUM_AT_LEAST : PERCUTA_DATUM_AT_MOST;
}

/* The first row with the same source. */
static int study_of(const struct percuta_fit *fit, int row) {
  int first = 0;
  while (strcmp(fit->row[first].row->source, fit->row[row].row->source) != 0)
    ++first;
  return first;
}

enum percuta_status percuta_study_rows_create(const struct percuta_fit *fit,
                                              struct percuta_rows *out) {
  *out = (struct percuta_rows){.count = fit->rows};
  out->row = calloc((size_t)fit->rows + 1, sizeof *out->row);
  out->datum = calloc((size_t)fit->rows + 1, sizeof *out->datum);
  if (!out->row || !out->datum)
    return PERCUTA_MEMORY;
  int put = 0;
  for (int study = 0; study < fit->rows; ++study) {
    for (int r = study; r < fit->rows; ++r) {
      if (study_of(fit, r) != study)
        continue;
      out->row[put] = r;
      out->datum[put++] =
          (struct percuta_datum){.kind = kind_of(&fit->row[r]), .spread = 1, .study = study};
    }
  }
  return PERCUTA_OK;
}

void percuta_study_rows_clear(struct percuta_rows *rows) {
  free(rows->row);
  free(rows->datum);
  *rows = (struct percuta_rows){.count = 0};
}

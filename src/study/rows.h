/* The rows of a fit as data for a likelihood: on scales on which half of a row's band is one. */
#ifndef PERCUTA_STUDY_ROWS_H
#define PERCUTA_STUDY_ROWS_H

#include "inference/likelihood.h"
#include "study/fit.h"

/* Rows with those of one study together. */
struct percuta_rows {
  int count;
  int *row;                    /* owned; index in the fit */
  struct percuta_datum *datum; /* owned; number 0 */
};

/* Release with percuta_study_rows_clear, also when it fails. */
enum percuta_status percuta_study_rows_create(const struct percuta_fit *fit,
                                              struct percuta_rows *out);
void percuta_study_rows_clear(struct percuta_rows *rows);

/* Where a prediction of a row lies on its scale, 0 being what was published or the bound; no
 * further out than 8, beyond which all is equally wrong. */
double percuta_study_rows_place(const struct percuta_fit_row *row, double predicted);

#endif

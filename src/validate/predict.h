/* The predictions of many rows, with their intervals, by all ranks of a crew. */
#ifndef PERCUTA_VALIDATE_PREDICT_H
#define PERCUTA_VALIDATE_PREDICT_H

#include "numerics/deal.h"
#include "validate/evidence.h"
#include "validate/interval.h"
#include "validate/predictor.h"

/* One row; the pointers are borrowed. */
struct percuta_predict {
  const struct percuta_evidence_row *row;
  const struct percuta_predictor *predictor; /* NULL: it is not predicted */
  struct percuta_prediction found;           /* [SI] what is predicted of it */
  double drawn[PERCUTA_INTERVAL_DRAWS];      /* [SI] the same of draws that have it */
  int drawn_count;
};

/* Predicts `count` rows into their `found`, the intervals that no function knows by itself from
 * `draws` draws of the parameters of the predictor's tables (interval.h; 0: none): their 5th and
 * 95th percentile. What is read off a course takes the
 * joint draws of the data folder, where it has them. Draws whose prediction fails do not count.
 * Courses under the same conditions are followed once for all rows, drawn ones for those that rest
 * on the same tables. Mistakes are added to the `diag` of rank 0. Collective over the crew (NULL:
 * alone). */
enum percuta_status percuta_validate_predict_rows(const struct percuta_catalogue *catalogue,
                                                  const struct percuta_crew *crew,
                                                  struct percuta_predict *item, size_t count,
                                                  int draws, struct percuta_diag *diag);

#endif

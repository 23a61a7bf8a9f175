/* Courses with drawn parameters beside a run: the bands of its record. */
#ifndef PERCUTA_STUDY_SPREAD_H
#define PERCUTA_STUDY_SPREAD_H

#include "numerics/deal.h"
#include "outcome/spread.h"

/* Follows scenario->model.draws of the data folder's joint draws, each as a course in a column, and
 * one with the parameters as they are; fills `out` for `record` (on ranks that have it, NULL on
 * others), which `rows` times [d] of its timeline describe on all of them. Courses that cannot be
 * followed are counted as lost. Mistakes in the file of draws go to `diag`. Collective over the
 * crew (NULL: alone); release with percuta_outcome_spread_clear. Theory: docs/theory/intervals.md.
 */
struct percuta_spread_request {
  const struct percuta_scenario *scenario;
  const struct percuta_record *record;
  const double *day; /* of each row */
  size_t rows;
  const char *file; /* of draws; NULL: that of the data folder */
};
enum percuta_status percuta_study_spread_follow(const struct percuta_spread_request *request,
                                                const struct percuta_crew *crew,
                                                struct percuta_diag *diag,
                                                struct percuta_spread *out);

#endif

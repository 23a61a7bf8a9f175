/* Rows of a study gathered by arm: what the page shows. */
#ifndef PERCUTA_COHORT_SUMMARY_H
#define PERCUTA_COHORT_SUMMARY_H

#include "cohort/store.h"

/* An outcome at a time, over all runs. */
struct percuta_cohort_column {
  const struct percuta_outcome *outcome;
  int position; /* of its readings */
  double day;   /* since the first session, in the first run; NAN: of the course as a whole */
  /* By arm, of the runs that have it. Owned. */
  int *count;
  double *mean, *square; /* and the sum of squared differences from the mean */
  double *value;         /* owned; of the runs that are shown one by one; NAN where not there */
};

struct percuta_cohort_failure {
  int run, arm, person;
  char reason[PERCUTA_COHORT_REASON];
};

enum { PERCUTA_COHORT_SHOWN = 2000, PERCUTA_COHORT_FAILURES = 20 };

struct percuta_cohort_summary {
  int arms; /* that are summed up: the first of them */
  int runs, failed;
  int shown; /* runs that are kept one by one: the first of them */
  int columns, room;
  struct percuta_cohort_column *column;                           /* owned */
  int *failed_of;                                                 /* owned; by arm */
  struct percuta_cohort_failure failure[PERCUTA_COHORT_FAILURES]; /* the first of them */
};

/* Reads all rows of the store once. Release in every case. */
enum percuta_status percuta_cohort_summary_read(const struct percuta_cohort_plan *plan,
                                                struct percuta_cohort_store *store,
                                                struct percuta_cohort_summary *out);
void percuta_cohort_summary_clear(struct percuta_cohort_summary *summary);

/* The standard deviation within an arm; NAN of fewer than two. */
double percuta_cohort_summary_spread(const struct percuta_cohort_column *column, int arm);

#endif

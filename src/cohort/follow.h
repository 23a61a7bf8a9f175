/* One run of a study, followed in memory, and what is read off it. PETSc must have been started. */
#ifndef PERCUTA_COHORT_FOLLOW_H
#define PERCUTA_COHORT_FOLLOW_H

#include "cohort/plan.h"

/* An outcome, at a time where it has one. */
struct percuta_cohort_reading {
  int position; /* its place among a run's, the same in all runs */
  const struct percuta_outcome *outcome;
  double day; /* since the first session; NAN: of the course as a whole */
  struct percuta_outcome_value value;
};

/* A kept column of the timeline at one of its rows. */
struct percuta_cohort_point {
  int column;
  double day, value;
};

enum { PERCUTA_COHORT_REASON = 400 };

/* What a run leaves. A run that cannot be followed leaves its reason. */
struct percuta_cohort_result {
  int run, arm, person; /* numbered from 1; person 0: the scenario's own */
  bool failed;
  char reason[PERCUTA_COHORT_REASON];
  double seconds; /* that it took */
  int count;
  struct percuta_cohort_reading *reading; /* owned */
  int points;
  struct percuta_cohort_point *point; /* owned */
};

/* Follows run number `run` of the plan. PERCUTA_MEMORY, or PERCUTA_OK, also when the run failed.
 * Release with percuta_cohort_follow_clear in every case. */
enum percuta_status percuta_cohort_follow(const struct percuta_cohort_plan *plan, int run,
                                          struct percuta_cohort_result *out);
void percuta_cohort_follow_clear(struct percuta_cohort_result *result);

#endif

/* A clinical trial with the people of a study: what is measured of them, how it is analysed, and
 * how often such a trial finds what is there. */
#ifndef PERCUTA_COHORT_TRIAL_H
#define PERCUTA_COHORT_TRIAL_H

#include "cohort/store.h"

/* How often something was found in many trials, and the standard error that their number leaves. */
struct percuta_cohort_share {
  double share, error;
};

enum { PERCUTA_COHORT_SIZES = 3 }; /* half as many people, as many, twice as many */

/* One arm beside the control. */
struct percuta_cohort_effect {
  int people; /* of whom both arms could be followed */
  double
      difference; /* in the model: mean difference of the same people, without noise; NAN: none */
  double mean;    /* of the arm, likewise */
  double responders; /* share, likewise; NAN where no one is asked for */
  /* In the first of the trials: estimate, 95 % interval (level 1 - alpha), p, who is in it. */
  double estimate, low, high, p;
  int observed[2];                                         /* control, arm */
  struct percuta_cohort_share power[PERCUTA_COHORT_SIZES]; /* p < alpha */
};

/* What one person of the first trial was. */
struct percuta_cohort_subject {
  int person; /* of the study */
  int arm;    /* from 0; of paired designs the first of two, or that of the left side */
  int last;   /* visits that he came to */
};

struct percuta_cohort_trial {
  const struct percuta_cohort_plan *plan; /* borrowed */
  double *value;       /* owned; the endpoint, of person, arm and visit; NAN: not there */
  double *seen;        /* owned; as measured in the first trial, of subject, side and visit */
  int subjects, sides; /* of the first trial; 2 sides: paired */
  struct percuta_cohort_subject *subject; /* owned */
  struct percuta_cohort_effect *effect;   /* owned; by arm; of the control its mean only */
  struct percuta_cohort_share false_found[PERCUTA_COHORT_SIZES]; /* type I error: control twice */
  int size[PERCUTA_COHORT_SIZES];
};

/* Gathers the endpoint of all rows and makes the trials. Release in every case. */
enum percuta_status percuta_cohort_trial_make(const struct percuta_cohort_plan *plan,
                                              struct percuta_cohort_store *store,
                                              struct percuta_cohort_trial *out);
void percuta_cohort_trial_clear(struct percuta_cohort_trial *trial);

/* The difference of two samples as a trial's analysis has it: Welch's, or of paired differences
 * when `count[1]` is 0; NAN where there are too few. */
struct percuta_cohort_analysis {
  double estimate, low, high, p;
};
struct percuta_cohort_analysis percuta_cohort_trial_analyse(const double *first, int first_count,
                                                            const double *second, int second_count,
                                                            double alpha);

#endif

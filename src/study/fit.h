/* Fitting parameters to published calibration rows. */
#ifndef PERCUTA_STUDY_FIT_H
#define PERCUTA_STUDY_FIT_H

#include <stdio.h>

#include "insertion/draws.h"
#include "numerics/deal.h"
#include "validate/validate.h"

/* What is known of a parameter before the rows are. */
enum percuta_prior {
  PERCUTA_PRIOR_LOG,     /* normal in its logarithm; the range is that of two standard deviations */
  PERCUTA_PRIOR_UNIFORM, /* anything within its range alike */
  PERCUTA_PRIOR_DRAW     /* the number of a joint draw of the insertion parameters */
};

/* A parameter to be fitted or drawn. */
struct percuta_fit_parameter {
  char name[96], unit[32];
  enum percuta_prior kind;
  double prior, low, high; /* in `unit` */
};

/* What a product of powers of parameters must stay below, for skin to rest. */
struct percuta_fit_bound {
  double below;
  double *power; /* owned, one for each parameter */
};

/* A published row, and what stands for its conditions. */
struct percuta_fit_row {
  const struct percuta_evidence_row *row; /* borrowed */
  struct percuta_band band;
  const struct percuta_predictor *predictor;
  int course; /* index of its scenario */
};

struct percuta_fit {
  const struct percuta_catalogue *catalogue; /* borrowed */
  const struct percuta_crew *crew;           /* borrowed; NULL: alone */
  /* Owned. The first `emulated` are those that the rows tell of; those after, `beside`, are drawn
   * from their priors, whatever the rows then make of them. */
  struct percuta_fit_parameter *parameter;
  int parameters, emulated;
  struct percuta_fit_bound *bound; /* owned */
  int bounds;
  struct percuta_insertion_draws *insertion; /* owned; NULL: its parameters stay as they are */
  struct percuta_fit_row *row;               /* owned */
  int rows;
  struct percuta_scenario **scenario; /* owned array of owned; one for each set of conditions */
  int courses;
  struct percuta_evidence evidence; /* owned */
  struct percuta_diag *diag;        /* borrowed */
};

/* Reads the list at `path`, for the crew (NULL: alone) that is to share its courses: stage,
 * parameters with prior and range, others drawn beside them, bounds of products, the core, and the
 * ids of rows, which must be calibration rows that have a predictor. Mistakes go to `diag`. Release
 * with percuta_study_fit_clear.
 */
enum percuta_status percuta_study_fit_read(const struct percuta_catalogue *catalogue,
                                           const char *path, const struct percuta_crew *crew,
                                           struct percuta_diag *diag, struct percuta_fit *out);
void percuta_study_fit_clear(struct percuta_fit *fit);

/* The value of a parameter at z, standard normal before the rows are known: standard deviations of
 * its prior above the prior's middle where that is normal. */
double percuta_study_fit_value(const struct percuta_fit_parameter *parameter, double z);

/* The z of a value. */
double percuta_study_fit_place(const struct percuta_fit_parameter *parameter, double value);

/* What is predicted of every row, in its unit, with the parameters at each of `count` points z, one
 * after the other; predictions likewise. A point is `lost` when no step led through one of its
 * courses. Collective over the crew. */
enum percuta_status percuta_study_fit_predict(const struct percuta_fit *fit, int count,
                                              const double *z, double *predicted, bool *lost);

/* How far a prediction lies from the middle of the row's band, in halves of the band's width; of
 * positive amounts and of changes in their logarithm, and of amounts no finer than a factor of 1.5.
 * PERCUTA_STUDY_FIT_NOT_REACHED for what did not come about. */
double percuta_study_fit_residual(const struct percuta_fit_row *row, double predicted);
extern const double PERCUTA_STUDY_FIT_NOT_REACHED;
/* No amount or change is taken to be known better than to this factor. A judgement. */
extern const double PERCUTA_STUDY_FIT_FINEST;

/* The fit: where sum residual^2 + sum z^2 is least, and what is known there. Collective over the
 * crew. Arrays of
 * `parameters`, the matrix row by row; owned. */
struct percuta_fit_result {
  double *z, *sd;         /* place and spread, in standard deviations of the prior */
  double *correlation;    /* parameters x parameters */
  double *before, *after; /* owned, rows: predicted at the prior's middle and at the fit */
  double misfit[2];       /* sum of squared residuals before and after */
  int evaluations;
};
enum percuta_status percuta_study_fit_solve(const struct percuta_fit *fit,
                                            struct percuta_fit_result *out);
void percuta_study_fit_solve_clear(struct percuta_fit_result *result);

/* Pairs of parameters whose correlation (parameters x parameters) says that the rows do not tell
 * them apart, a line each. */
void percuta_study_fit_page_pairs(const struct percuta_fit *fit, const double *correlation,
                                  FILE *stream);

/* Writes result.yaml and page.md into `folder`. */
enum percuta_status percuta_study_fit_page_write(const struct percuta_fit *fit,
                                                 const struct percuta_fit_result *result,
                                                 const char *folder);

#endif

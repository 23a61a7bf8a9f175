/* What published calibration rows leave of the parameters of a list (fit.h): draws from their joint
 * posterior. */
#ifndef PERCUTA_STUDY_POSTERIOR_H
#define PERCUTA_STUDY_POSTERIOR_H

#include "inference/chains.h"
#include "inference/likelihood.h"
#include "study/fit.h"

/* How it is sought. */
struct percuta_posterior_plan {
  uint64_t seed;
  int points; /* at which courses are followed in each round */
  int rounds; /* of points, surfaces and samplers; the first spread over the prior */
  int ship;   /* draws wanted */
  int moves;  /* of each of them, which the model itself decides on */
};

/* Besides the parameters the spread of two errors is drawn: of what the rows of a study share, and
 * of what the stage's model cannot do. Both in halves of a row's band. */
enum { PERCUTA_POSTERIOR_STUDY, PERCUTA_POSTERIOR_STAGE, PERCUTA_POSTERIOR_ERRORS };

struct percuta_posterior {
  int parameters, emulated, rows, ship;
  double *z;              /* owned, ship x parameters: standard deviations of the prior */
  double *error;          /* owned, ship x PERCUTA_POSTERIOR_ERRORS */
  double *predicted;      /* owned, ship x rows, by the model itself, in units of the rows */
  double *log_likelihood; /* owned, ship; of the rows, by the model itself */
  double *emulator_error; /* owned, rows: halves of a row's band */
  struct percuta_mixing
      *mixing;        /* owned, emulated parameters and errors; the worse of two samplers */
  double apart;       /* largest difference of a mean between the two samplers, in
                         standard deviations */
  double worth;       /* share of the draws that is left when they are weighted by the
                         model in place of its emulator */
  double accepted;    /* share of the moves that the model agreed to */
  int followed, lost; /* points, and of them those that no step led through */
};

/* Points a round that tell all terms of the response surfaces of a list apart. */
int percuta_study_posterior_points(const struct percuta_fit *fit);

/* Draws `plan->ship` points: courses at points spread over the prior give a response surface for
 * every row; two samplers draw from the posterior under it; courses at points drawn there give
 * better surfaces; the model itself is run at what the samplers then draw, which is resampled by
 * the model's own likelihood and moved by a chain that the model decides on. Parameters beside
 * those that are emulated are drawn from their priors at every point: what they do is error of the
 * surfaces until the model's likelihood counts. PERCUTA_NUMERICS when nearly all courses are lost.
 * Collective over the crew. Release with percuta_study_posterior_clear, also when it fails. Theory:
 * docs/theory/calibration.md. */
enum percuta_status percuta_study_posterior_draw(const struct percuta_fit *fit,
                                                 const struct percuta_posterior_plan *plan,
                                                 struct percuta_posterior *out);
void percuta_study_posterior_clear(struct percuta_posterior *posterior);

/* Logarithm of the likelihood of all rows for a prediction of each by the model, `error` as above.
 */
double percuta_study_posterior_likelihood(const struct percuta_fit *fit, const double *predicted,
                                          const double *error);

/* Writes draws.csv and posterior.md into `folder`. */
enum percuta_status percuta_study_posterior_page_write(const struct percuta_fit *fit,
                                                       const struct percuta_posterior *posterior,
                                                       const char *folder);

#endif

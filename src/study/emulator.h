/* The model's answers at points of a list's parameters, and response surfaces that stand for it
 * between them. */
#ifndef PERCUTA_STUDY_EMULATOR_H
#define PERCUTA_STUDY_EMULATOR_H

#include "inference/surface.h"
#include "study/posterior.h"
#include "study/rows.h"

/* Points at which the model was asked, and where its answers lie on the rows' scales. */
struct percuta_asked {
  int count;
  double *z, *place; /* owned; emulated parameters; rows in the order of percuta_rows */
};

struct percuta_emulator {
  const struct percuta_fit *fit; /* borrowed */
  uint64_t seed;
  int rounds; /* of points that were laid out, each with its own random numbers */
  struct percuta_rows rows;
  struct percuta_asked asked;
  int of_prior; /* answers in `asked`, first, that are spread over the prior */
  struct percuta_surfaces surfaces;
  double *term, *answer, *error; /* owned; room for the surfaces, their errors */
  int followed, lost;
};

/* Release with percuta_study_emulator_clear, also when it fails. */
enum percuta_status percuta_study_emulator_create(const struct percuta_fit *fit, uint64_t seed,
                                                  struct percuta_emulator *out);
void percuta_study_emulator_clear(struct percuta_emulator *emulator);

/* Numbers of a point of the posterior: emulated parameters, then the logarithms of the errors. */
int percuta_study_emulator_dims(const struct percuta_fit *fit);

/* `count` points of all parameters, spread over their priors; owned by the caller. */
enum percuta_status percuta_study_emulator_lay_out(struct percuta_emulator *emulator, int count,
                                                   double **out);

/* The same, of them `count` at which skin can rest; as many more are laid out as it takes. */
enum percuta_status percuta_study_emulator_lay_out_allowed(struct percuta_emulator *emulator,
                                                           int count, double **out);

/* Asks the model at `count` points z of all parameters; those it could not follow are left out. */
enum percuta_status percuta_study_emulator_ask(struct percuta_emulator *emulator, int count,
                                               const double *z);

/* Drops the first `count` answers. */
void percuta_study_emulator_forget(struct percuta_emulator *emulator, int count);

/* Lays surfaces through all answers. */
enum percuta_status percuta_study_emulator_fit(struct percuta_emulator *emulator);

/* Middle of the prior of both errors, in halves of a band; a judgement, hence drawn widely: the
 * standard deviation of its logarithm is one. */
extern const double PERCUTA_STUDY_EMULATOR_USUAL_ERROR;

/* Errors that a point stands for. */
void percuta_study_emulator_errors(const struct percuta_fit *fit, const double *point,
                                   double error[PERCUTA_POSTERIOR_ERRORS]);

/* Logarithm of the likelihood of all rows at a point, under the surfaces with their own error; and
 * of the density there: the likelihood times the prior. -INFINITY where no skin could rest. */
double percuta_study_emulator_likelihood(struct percuta_emulator *emulator, const double *point);
double percuta_study_emulator_density(void *emulator, const double *point);

/* The same likelihood for a prediction of each row by the model itself. */
double percuta_study_emulator_likelihood_of(const struct percuta_emulator *emulator,
                                            const double *predicted,
                                            const double error[PERCUTA_POSTERIOR_ERRORS]);

#endif

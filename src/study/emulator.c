/* Surfaces of inference/surface.h through where a row's prediction lies on its scale (rows.h).
 * Prior: z standard normal (fit.h), and of the logarithm of both errors normal around 0.3 of half a
 * band, a factor of e as its standard deviation. Likelihood: inference/likelihood.h. Theory:
 * docs/theory/calibration.md. Tests: tests/verification/test_posterior_study.c. */
#include "study/emulator.h"
#include "study/fit_beside.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "inference/design.h"
#include "study/fit_wrong.h"

const double PERCUTA_STUDY_EMULATOR_USUAL_ERROR = 0.3;

int percuta_study_emulator_dims(const struct percuta_fit *fit) {
  return fit->emulated + PERCUTA_POSTERIOR_ERRORS;
}

enum percuta_status percuta_study_emulator_create(const struct percuta_fit *fit, uint64_t seed,
                                                  struct percuta_emulator *out) {
  const size_t rows = (size_t)fit->rows;
  *out = (struct percuta_emulator){.fit = fit,
                                   .seed = seed,
                                   .answer = calloc(rows + 1, sizeof *out->answer),
                                   .error = calloc(rows + 1, sizeof *out->error)};
  PERCUTA_TRY(percuta_study_rows_create(fit, &out->rows));
  return out->answer && out->error ? PERCUTA_OK : PERCUTA_MEMORY;
}

void percuta_study_emulator_clear(struct percuta_emulator *emulator) {
  percuta_study_rows_clear(&emulator->rows);
  percuta_inference_surface_clear(&emulator->surfaces);
  free(emulator->asked.z);
  free(emulator->asked.place);
  free(emulator->term);
  free(emulator->answer);
  free(emulator->error);
}

enum percuta_status percuta_study_emulator_lay_out(struct percuta_emulator *emulator, int count,
                                                   double **out) {
  const int parameters = emulator->fit->parameters;
  const uint64_t seed = emulator->seed + (uint64_t)emulator->rounds++;
  *out = calloc((size_t)count * (size_t)parameters + 1, sizeof **out);
  return *out ? percuta_inference_design_normal(seed, count, parameters, *out) : PERCUTA_MEMORY;
}

enum percuta_status percuta_study_emulator_lay_out_allowed(struct percuta_emulator *emulator,
                                                           int count, double **out) {
  enum { MOST_TRIES = 1000 };
  const size_t parameters = (size_t)emulator->fit->parameters;
  int found = 0;
  *out = calloc((size_t)count * parameters + 1, sizeof **out);
  enum percuta_status status = *out ? PERCUTA_OK : PERCUTA_MEMORY;
  for (int tries = 0; found < count && status == PERCUTA_OK; ++tries) {
    double *z = NULL;
    status = tries < MOST_TRIES
                 ? percuta_study_emulator_lay_out(emulator, count, &z)
                 : percuta_study_fit_wrong_lost(emulator->fit->diag,
                                                "of the points of the prior hardly any meets the "
                                                "list's bounds");
    for (int i = 0; i < count && found < count && status == PERCUTA_OK; ++i) {
      const double *point = z + (size_t)i * parameters;
      if (percuta_study_fit_beside_allows(emulator->fit, point))
        memcpy(*out + (size_t)found++ * parameters, point, parameters * sizeof *point);
    }
    free(z);
  }
  return status;
}

/* Room for `count` more answers. */
static bool widen(struct percuta_emulator *emulator, int count) {
  struct percuta_asked *asked = &emulator->asked;
  const size_t all = (size_t)(asked->count + count);
  double *z = realloc(asked->z, all * (size_t)emulator->fit->emulated * sizeof *z);
  asked->z = z ? z : asked->z;
  double *place = realloc(asked->place, all * (size_t)emulator->fit->rows * sizeof *place);
  asked->place = place ? place : asked->place;
  return z && place;
}

static void keep_answer(struct percuta_emulator *emulator, const double *z,
                        const double *predicted) {
  const struct percuta_rows *rows = &emulator->rows;
  const size_t at = (size_t)emulator->asked.count++, emulated = (size_t)emulator->fit->emulated;
  memcpy(emulator->asked.z + at * emulated, z, emulated * sizeof *z);
  for (int r = 0; r < rows->count; ++r)
    emulator->asked.place[at * (size_t)rows->count + (size_t)r] =
        percuta_study_rows_place(&emulator->fit->row[rows->row[r]], predicted[rows->row[r]]);
}

enum percuta_status percuta_study_emulator_ask(struct percuta_emulator *emulator, int count,
                                               const double *z) {
  const struct percuta_fit *fit = emulator->fit;
  double *predicted = calloc((size_t)count * (size_t)fit->rows + 1, sizeof *predicted);
  bool *lost = calloc((size_t)count + 1, sizeof *lost);
  const bool room = widen(emulator, count) && predicted && lost;
  enum percuta_status status =
      percuta_numerics_deal_agree(fit->crew, room ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_study_fit_predict(fit, count, z, predicted, lost);
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    ++emulator->followed;
    emulator->lost += lost[i];
    if (!lost[i])
      keep_answer(emulator, z + (size_t)i * (size_t)fit->parameters,
                  predicted + (size_t)i * (size_t)fit->rows);
  }
  free(predicted);
  free(lost);
  return status;
}

void percuta_study_emulator_forget(struct percuta_emulator *emulator, int count) {
  struct percuta_asked *asked = &emulator->asked;
  const size_t left = (size_t)(asked->count - count), emulated = (size_t)emulator->fit->emulated,
               rows = (size_t)emulator->fit->rows;
  memmove(asked->z, asked->z + (size_t)count * emulated, left * emulated * sizeof *asked->z);
  memmove(asked->place, asked->place + (size_t)count * rows, left * rows * sizeof *asked->place);
  asked->count -= count;
}

enum percuta_status percuta_study_emulator_fit(struct percuta_emulator *emulator) {
  const struct percuta_fit *fit = emulator->fit;
  percuta_inference_surface_clear(&emulator->surfaces);
  if (emulator->asked.count < 2 * fit->emulated + 2)
    return percuta_study_fit_wrong_lost(
        fit->diag, "too few of the points asked could be followed for surfaces through them");
  PERCUTA_TRY(percuta_inference_surface_fit(fit->emulated, fit->rows, emulator->asked.count,
                                            emulator->asked.z, emulator->asked.place,
                                            &emulator->surfaces));
  free(emulator->term);
  emulator->term = calloc((size_t)emulator->surfaces.terms, sizeof *emulator->term);
  for (int r = 0; r < fit->rows; ++r)
    emulator->error[r] = emulator->surfaces.surface[r].error;
  return emulator->term ? PERCUTA_OK : PERCUTA_MEMORY;
}

void percuta_study_emulator_errors(const struct percuta_fit *fit, const double *point,
                                   double error[PERCUTA_POSTERIOR_ERRORS]) {
  for (int e = 0; e < PERCUTA_POSTERIOR_ERRORS; ++e)
    error[e] = PERCUTA_STUDY_EMULATOR_USUAL_ERROR * exp(point[fit->emulated + e]);
}

static double likelihood(const struct percuta_rows *rows, const double *place, const double *error,
                         const double *emulator) {
  const struct percuta_datum_errors errors = {.study = error[PERCUTA_POSTERIOR_STUDY],
                                              .stage = &error[PERCUTA_POSTERIOR_STAGE],
                                              .emulator = emulator};
  return percuta_inference_likelihood_log(rows->count, rows->datum, place, &errors);
}

double percuta_study_emulator_likelihood(struct percuta_emulator *emulator, const double *point) {
  double error[PERCUTA_POSTERIOR_ERRORS];
  percuta_study_emulator_errors(emulator->fit, point, error);
  percuta_inference_surface_at(&emulator->surfaces, point, emulator->term, emulator->answer);
  return likelihood(&emulator->rows, emulator->answer, error, emulator->error);
}

double percuta_study_emulator_density(void *emulator, const double *point) {
  const struct percuta_fit *fit = ((struct percuta_emulator *)emulator)->fit;
  if (!percuta_study_fit_beside_allows(fit, point))
    return -INFINITY;
  double sum = percuta_study_emulator_likelihood(emulator, point);
  for (int d = 0; d < percuta_study_emulator_dims(fit); ++d)
    sum -= 0.5 * point[d] * point[d];
  return sum;
}

double percuta_study_emulator_likelihood_of(const struct percuta_emulator *emulator,
                                            const double *predicted,
                                            const double error[PERCUTA_POSTERIOR_ERRORS]) {
  for (int r = 0; r < emulator->rows.count; ++r) {
    const int row = emulator->rows.row[r];
    emulator->answer[r] = percuta_study_rows_place(&emulator->fit->row[row], predicted[row]);
  }
  return likelihood(&emulator->rows, emulator->answer, error, NULL);
}

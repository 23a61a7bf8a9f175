/* Draws from the joint posterior of a list's parameters: points, surfaces and samplers in turns
 * (emulator.h), then the model itself (pool.h). Theory: docs/theory/calibration.md. Tests:
 * tests/verification/test_posterior_study.c. */
#include "study/posterior.h"
#include "study/fit_beside.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "inference/design.h"
#include "inference/metropolis.h"
#include "inference/stretch.h"
#include "study/emulator.h"
#include "study/pool.h"

static const double WIDER = 1.3; /* later rounds reach this much further than the draws */
/* Enough for a leave-one-out error to mean something. */
enum { POINTS_A_TERM = 3, LEAST_POINTS = 200 };
/* Steps grow with the dimensions, as a chain takes of the order of d steps to forget where it was.
 */
enum { WARM_A_DIM = 200, KEEP = 1000, THIN_A_DIM = 2, LEAST_CHAINS = 16 };
enum { SPARE = 3 }; /* draws that the model is run at for each that ships */

int percuta_study_posterior_points(const struct percuta_fit *fit) {
  const int terms = 1 + 2 * fit->emulated + fit->emulated * (fit->emulated - 1) / 2;
  return terms * POINTS_A_TERM > LEAST_POINTS ? terms * POINTS_A_TERM : LEAST_POINTS;
}

/* Where chains begin: spread over the prior where skin can rest, and over that of the errors. */
static enum percuta_status start_chains(struct percuta_emulator *emulator, int chains,
                                        double **out) {
  const struct percuta_fit *fit = emulator->fit;
  const size_t dims = (size_t)percuta_study_emulator_dims(fit);
  double *z = NULL;
  *out = calloc((size_t)chains * dims, sizeof **out);
  enum percuta_status status =
      *out ? percuta_inference_design_normal(emulator->seed, chains, (int)dims, *out)
           : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = percuta_study_emulator_lay_out_allowed(emulator, chains, &z);
  for (int c = 0; c < chains && status == PERCUTA_OK; ++c)
    memcpy(*out + (size_t)c * dims, z + (size_t)c * (size_t)fit->parameters,
           (size_t)fit->emulated * sizeof *z);
  free(z);
  return status;
}

/* Both samplers; out[0] is the one with independent chains, which draws are taken from. */
static enum percuta_status sample(struct percuta_emulator *emulator, struct percuta_chains out[2]) {
  const int dims = percuta_study_emulator_dims(emulator->fit);
  const struct percuta_target target = {
      .dims = dims, .context = emulator, .log_density = percuta_study_emulator_density};
  struct percuta_sampler_plan sampling = {
      .seed = emulator->seed, .warm = WARM_A_DIM * dims, .keep = KEEP, .thin = THIN_A_DIM * dims};
  sampling.chains = 2 * dims + 2 > LEAST_CHAINS ? 2 * dims + 2 : LEAST_CHAINS;
  double *start = NULL;
  enum percuta_status status = start_chains(emulator, sampling.chains, &start);
  if (status == PERCUTA_OK)
    status = percuta_inference_metropolis_sample(&target, &sampling, start, &out[0]);
  if (status == PERCUTA_OK)
    status = percuta_inference_stretch_sample(&target, &sampling, start, &out[1]);
  free(start);
  return status;
}

static enum percuta_status ask_prior(struct percuta_emulator *emulator, int count) {
  double *z = NULL;
  enum percuta_status status = percuta_numerics_deal_agree(
      emulator->fit->crew, percuta_study_emulator_lay_out_allowed(emulator, count, &z));
  if (status == PERCUTA_OK)
    status = percuta_study_emulator_ask(emulator, count, z);
  free(z);
  return status;
}

/* Points of a later round: draws, further from their mean than they are, unless no skin could rest
 * there. */
static enum percuta_status ask_near(struct percuta_emulator *emulator,
                                    const struct percuta_chains *chains, int count) {
  const struct percuta_fit *fit = emulator->fit;
  const int emulated = fit->emulated;
  double *z = NULL, *mean = calloc((size_t)emulated + 1, sizeof *mean);
  enum percuta_status status = percuta_numerics_deal_agree(
      fit->crew, mean ? percuta_study_emulator_lay_out(emulator, count, &z) : PERCUTA_MEMORY);
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    for (int p = 0; p < emulated; ++p)
      mean[p] += percuta_study_pool_drawn(chains, i, count)[p] / count;
  }
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    const double *drawn = percuta_study_pool_drawn(chains, i, count);
    double *point = z + (size_t)i * (size_t)fit->parameters;
    for (int p = 0; p < emulated; ++p)
      point[p] = mean[p] + WIDER * (drawn[p] - mean[p]);
    if (!percuta_study_fit_beside_allows(fit, point))
      memcpy(point, drawn, (size_t)emulated * sizeof *point);
  }
  if (status == PERCUTA_OK)
    status = percuta_study_emulator_ask(emulator, count, z);
  free(z);
  free(mean);
  return status;
}

/* Mean and standard deviation of dimension `d` over all draws. */
static void moments(const struct percuta_chains *chains, int d, double *mean, double *deviation) {
  const size_t all = (size_t)chains->chains * (size_t)chains->keep;
  double sum = 0, square = 0;
  for (size_t i = 0; i < all; ++i) {
    const double x = chains->point[i * (size_t)chains->dims + (size_t)d];
    sum += x / (double)all;
    square += x * x / (double)all;
  }
  *mean = sum;
  *deviation = sqrt(fmax(square - sum * sum, 0));
}

static enum percuta_status judge_chains(const struct percuta_chains chains[2],
                                        struct percuta_posterior *out) {
  const int all = chains[0].chains * chains[0].keep;
  double *draw = calloc((size_t)all, sizeof *draw);
  enum percuta_status status = draw ? PERCUTA_OK : PERCUTA_MEMORY;
  for (int d = 0; d < chains[0].dims && status == PERCUTA_OK; ++d) {
    double mean[2], deviation[2];
    for (int s = 0; s < 2 && status == PERCUTA_OK; ++s) {
      struct percuta_mixing mixing;
      moments(&chains[s], d, &mean[s], &deviation[s]);
      for (int i = 0; i < all; ++i)
        draw[i] = chains[s].point[(size_t)i * (size_t)chains[s].dims + (size_t)d];
      status = percuta_inference_chains_mixing(chains[s].chains, chains[s].keep, draw, &mixing);
      if (s == 0 || mixing.rhat > out->mixing[d].rhat)
        out->mixing[d].rhat = mixing.rhat;
      if (s == 0 || mixing.effective < out->mixing[d].effective)
        out->mixing[d].effective = mixing.effective;
    }
    out->apart = fmax(out->apart, fabs(mean[0] - mean[1]) / deviation[0]);
  }
  free(draw);
  return status;
}

/* Draws of the model's own posterior into `out`. */
static enum percuta_status finish(struct percuta_emulator *emulator,
                                  const struct percuta_posterior_plan *plan,
                                  const struct percuta_chains *chains,
                                  struct percuta_posterior *out) {
  const struct percuta_fit *fit = emulator->fit;
  struct percuta_pool wide = {0}, pool = {0};
  enum percuta_status status = percuta_study_pool_run(emulator, chains, SPARE * plan->ship, &wide);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal_agree(
        fit->crew, percuta_study_pool_resample(emulator, &wide, plan->ship, &pool, &out->worth));
  if (status == PERCUTA_OK)
    status = percuta_study_pool_move(emulator, chains, plan->moves, &pool, &out->accepted);
  if (status == PERCUTA_OK) {
    const size_t dims = (size_t)percuta_study_emulator_dims(fit);
    for (int i = 0; i < plan->ship; ++i)
      percuta_study_emulator_errors(fit, pool.point + (size_t)i * dims,
                                    out->error + (size_t)i * PERCUTA_POSTERIOR_ERRORS);
    for (int r = 0; r < fit->rows; ++r)
      out->emulator_error[emulator->rows.row[r]] = emulator->error[r];
    out->ship = plan->ship;
    out->z = pool.z;
    out->predicted = pool.predicted;
    out->log_likelihood = pool.log_likelihood;
    pool.z = pool.predicted = pool.log_likelihood = NULL;
  }
  percuta_study_pool_clear(&wide);
  percuta_study_pool_clear(&pool);
  return status;
}

static enum percuta_status open_posterior(const struct percuta_fit *fit, int ship,
                                          struct percuta_posterior *out) {
  *out = (struct percuta_posterior){
      .parameters = fit->parameters,
      .emulated = fit->emulated,
      .rows = fit->rows,
      .error = calloc((size_t)ship * PERCUTA_POSTERIOR_ERRORS + 1, sizeof *out->error),
      .emulator_error = calloc((size_t)fit->rows + 1, sizeof *out->emulator_error),
      .mixing = calloc((size_t)percuta_study_emulator_dims(fit), sizeof *out->mixing)};
  return out->error && out->emulator_error && out->mixing ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* A round: surfaces through the points asked, and draws under them. From the third on points of
 * the prior are forgotten: the surfaces need not hold where the rows do not lead. */
static enum percuta_status go_round(struct percuta_emulator *emulator,
                                    const struct percuta_posterior_plan *plan, int round,
                                    struct percuta_chains chains[2]) {
  if (round == 2)
    percuta_study_emulator_forget(emulator, emulator->of_prior);
  percuta_inference_chains_clear(&chains[0]);
  percuta_inference_chains_clear(&chains[1]);
  const struct percuta_crew *crew = emulator->fit->crew;
  PERCUTA_TRY(percuta_numerics_deal_agree(crew, percuta_study_emulator_fit(emulator)));
  PERCUTA_TRY(percuta_numerics_deal_agree(crew, sample(emulator, chains)));
  return round + 1 < plan->rounds ? ask_near(emulator, &chains[0], plan->points) : PERCUTA_OK;
}

enum percuta_status percuta_study_posterior_draw(const struct percuta_fit *fit,
                                                 const struct percuta_posterior_plan *plan,
                                                 struct percuta_posterior *out) {
  struct percuta_emulator emulator;
  struct percuta_chains chains[2] = {{0}, {0}};
  enum percuta_status status = open_posterior(fit, plan->ship, out);
  const enum percuta_status opened = percuta_study_emulator_create(fit, plan->seed, &emulator);
  status = percuta_numerics_deal_agree(fit->crew, status == PERCUTA_OK ? opened : status);
  if (status == PERCUTA_OK)
    status = ask_prior(&emulator, plan->points);
  emulator.of_prior = emulator.asked.count;
  for (int round = 0; round < plan->rounds && status == PERCUTA_OK; ++round)
    status = go_round(&emulator, plan, round, chains);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal_agree(fit->crew, judge_chains(chains, out));
  if (status == PERCUTA_OK)
    status = finish(&emulator, plan, &chains[0], out);
  out->followed = emulator.followed;
  out->lost = emulator.lost;
  percuta_inference_chains_clear(&chains[0]);
  percuta_inference_chains_clear(&chains[1]);
  percuta_study_emulator_clear(&emulator);
  return status;
}

void percuta_study_posterior_clear(struct percuta_posterior *posterior) {
  free(posterior->z);
  free(posterior->error);
  free(posterior->predicted);
  free(posterior->log_likelihood);
  free(posterior->emulator_error);
  free(posterior->mixing);
  *posterior = (struct percuta_posterior){.parameters = 0};
}

double percuta_study_posterior_likelihood(const struct percuta_fit *fit, const double *predicted,
                                          const double *error) {
  struct percuta_emulator emulator;
  const double sum = percuta_study_emulator_create(fit, 0, &emulator) == PERCUTA_OK
                         ? percuta_study_emulator_likelihood_of(&emulator, predicted, error)
                         : NAN;
  percuta_study_emulator_clear(&emulator);
  return sum;
}

/* Draws from the joint posterior of a list's parameters. Prior: z standard normal (fit.h), and of
 * the logarithm of both errors normal around 0.3 of half a band, a factor of e as its standard
 * deviation. Likelihood: inference/likelihood.h, the surfaces' own error included while they stand
 * for the model. Theory: docs/theory/calibration.md. Tests:
 * tests/verification/test_posterior_study.c. */
#include "study/posterior.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "inference/design.h"
#include "inference/metropolis.h"
#include "inference/stretch.h"
#include "inference/surface.h"
#include "study/rows.h"

static const double USUAL_ERROR = 0.3; /* halves of a band; a judgement, hence drawn widely */
static const double WIDER = 1.3; /* the second round reaches this much further than the draws */
enum { POINTS_A_TERM = 3, LEAST_POINTS = 200 };
enum { WARM = 4000, KEEP = 1000, THIN = 10, SPARE = 3, LEAST_CHAINS = 16 };

/* Points at which the model was asked, and where its answers lie on the rows' scales. */
struct asked {
  int count;
  double *z, *place; /* owned; rows in the order of percuta_rows */
};

struct work {
  const struct percuta_fit *fit;
  const struct percuta_posterior_plan *plan;
  int rounds; /* of points that were laid out, each with its own random numbers */
  struct percuta_rows rows;
  struct asked asked;
  struct percuta_surfaces surfaces;
  double *term, *answer, *error; /* owned; room for the surfaces, their errors */
  int followed, lost;
};

static int dims_of(const struct percuta_fit *fit) {
  return fit->emulated + PERCUTA_POSTERIOR_ERRORS;
}

int percuta_study_posterior_points(const struct percuta_fit *fit) {
  const int terms = 1 + 2 * fit->emulated + fit->emulated * (fit->emulated - 1) / 2;
  return terms * POINTS_A_TERM > LEAST_POINTS ? terms * POINTS_A_TERM : LEAST_POINTS;
}

static double error_at(double u) {
  return USUAL_ERROR * exp(u);
}

static double likelihood(const struct percuta_rows *rows, const double *place, const double *error,
                         const double *emulator) {
  const struct percuta_datum_errors errors = {.study = error[PERCUTA_POSTERIOR_STUDY],
                                              .stage = &error[PERCUTA_POSTERIOR_STAGE],
                                              .emulator = emulator};
  return percuta_inference_likelihood_log(rows->count, rows->datum, place, &errors);
}

/* Under the surfaces, of a point: z, then the logarithms of the errors. */
static double likelihood_emulated(struct work *work, const double *point) {
  double error[PERCUTA_POSTERIOR_ERRORS];
  for (int e = 0; e < PERCUTA_POSTERIOR_ERRORS; ++e)
    error[e] = error_at(point[work->fit->emulated + e]);
  percuta_inference_surface_at(&work->surfaces, point, work->term, work->answer);
  return likelihood(&work->rows, work->answer, error, work->error);
}

static double log_density(void *context, const double *point) {
  struct work *work = context;
  if (!percuta_study_fit_allows(work->fit, point))
    return -INFINITY;
  double sum = likelihood_emulated(work, point);
  for (int d = 0; d < dims_of(work->fit); ++d)
    sum -= 0.5 * point[d] * point[d];
  return sum;
}

/* `count` points of all parameters, spread over their priors; owned by the caller. */
static enum percuta_status lay_out(struct work *work, int count, double **out) {
  const int parameters = work->fit->parameters;
  const uint64_t seed = work->plan->seed + (uint64_t)work->rounds++;
  *out = calloc((size_t)count * (size_t)parameters + 1, sizeof **out);
  return *out ? percuta_inference_design_normal(seed, count, parameters, *out) : PERCUTA_MEMORY;
}

/* The same, of them `count` at which skin can rest; as many more are laid out as it takes. */
static enum percuta_status lay_out_allowed(struct work *work, int count, double **out) {
  enum { MOST_TRIES = 10000 };
  const size_t parameters = (size_t)work->fit->parameters;
  double *z = NULL;
  enum percuta_status status = lay_out(work, count, out);
  for (int i = 0, tried = 0, tries = 0; i < count && status == PERCUTA_OK;) {
    const double *point = z ? z + (size_t)tried * parameters : *out + (size_t)tried * parameters;
    if (percuta_study_fit_allows(work->fit, point))
      memmove(*out + (size_t)i++ * parameters, point, parameters * sizeof *point);
    if (++tried < count || i == count)
      continue;
    free(z);
    z = NULL;
    tried = 0;
    status = ++tries < MOST_TRIES ? lay_out(work, count, &z) : PERCUTA_NUMERICS;
  }
  free(z);
  return status;
}

/* Asks the model at `count` points z; those it could not follow are left out. */
static enum percuta_status ask(struct work *work, int count, const double *z) {
  const int rows = work->fit->rows;
  const size_t parameters = (size_t)work->fit->parameters, emulated = (size_t)work->fit->emulated;
  const size_t all = (size_t)(work->asked.count + count);
  double *predicted = calloc((size_t)count * (size_t)rows + 1, sizeof *predicted);
  bool *lost = calloc((size_t)count + 1, sizeof *lost);
  double *wider_z = realloc(work->asked.z, all * emulated * sizeof *wider_z);
  work->asked.z = wider_z ? wider_z : work->asked.z;
  double *wider_place = realloc(work->asked.place, all * (size_t)rows * sizeof *wider_place);
  work->asked.place = wider_place ? wider_place : work->asked.place;
  enum percuta_status status = percuta_numerics_deal_agree(
      work->fit->crew, predicted && lost && wider_z && wider_place ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_study_fit_predict(work->fit, count, z, predicted, lost);
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    const size_t at = (size_t)work->asked.count;
    ++work->followed;
    work->lost += lost[i];
    if (lost[i])
      continue;
    memcpy(work->asked.z + at * emulated, z + (size_t)i * parameters, emulated * sizeof *z);
    for (int r = 0; r < rows; ++r)
      work->asked.place[at * (size_t)rows + (size_t)r] = percuta_study_rows_place(
          &work->fit->row[work->rows.row[r]], predicted[i * rows + work->rows.row[r]]);
    ++work->asked.count;
  }
  free(predicted);
  free(lost);
  return status;
}

static enum percuta_status fit_surfaces(struct work *work) {
  percuta_inference_surface_clear(&work->surfaces);
  if (work->asked.count < 2 * work->fit->emulated + 2)
    return PERCUTA_NUMERICS;
  PERCUTA_TRY(percuta_inference_surface_fit(work->fit->emulated, work->fit->rows, work->asked.count,
                                            work->asked.z, work->asked.place, &work->surfaces));
  free(work->term);
  work->term = calloc((size_t)work->surfaces.terms, sizeof *work->term);
  for (int r = 0; r < work->fit->rows; ++r)
    work->error[r] = work->surfaces.surface[r].error;
  return work->term ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* Where chains begin: spread over the prior where skin can rest, and over that of the errors. */
static enum percuta_status start_chains(struct work *work, int chains, double **out) {
  const int dims = dims_of(work->fit);
  double *z = NULL;
  *out = calloc((size_t)chains * (size_t)dims, sizeof **out);
  enum percuta_status status =
      *out ? percuta_inference_design_normal(work->plan->seed, chains, dims, *out) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = lay_out_allowed(work, chains, &z);
  for (int c = 0; c < chains && status == PERCUTA_OK; ++c)
    memcpy(*out + (size_t)c * (size_t)dims, z + (size_t)c * (size_t)work->fit->parameters,
           (size_t)work->fit->emulated * sizeof *z);
  free(z);
  return status;
}

/* Both samplers; out[0] is the one with independent chains, which draws are taken from. */
static enum percuta_status sample(struct work *work, struct percuta_chains out[2]) {
  const int dims = dims_of(work->fit);
  const struct percuta_target target = {.dims = dims, .context = work, .log_density = log_density};
  struct percuta_sampler_plan sampling = {
      .seed = work->plan->seed, .warm = WARM, .keep = KEEP, .thin = THIN};
  sampling.chains = 2 * dims + 2 > LEAST_CHAINS ? 2 * dims + 2 : LEAST_CHAINS;
  double *start = NULL;
  enum percuta_status status = start_chains(work, sampling.chains, &start);
  if (status == PERCUTA_OK)
    status = percuta_inference_metropolis_sample(&target, &sampling, start, &out[0]);
  if (status == PERCUTA_OK)
    status = percuta_inference_stretch_sample(&target, &sampling, start, &out[1]);
  free(start);
  return status;
}

/* Draw `index` of `wanted` that stand evenly over all chains. */
static const double *drawn(const struct percuta_chains *chains, int index, int wanted) {
  const size_t all = (size_t)chains->chains * (size_t)chains->keep;
  const size_t at = (size_t)(((double)index + 0.5) * (double)all / wanted);
  return chains->point + at * (size_t)chains->dims;
}

/* Points of the second round: draws, further from their mean than they are, unless no skin could
 * rest there. */
static enum percuta_status ask_near(struct work *work, const struct percuta_chains *chains) {
  const int count = work->plan->points, emulated = work->fit->emulated;
  double *z = NULL, *mean = calloc((size_t)emulated + 1, sizeof *mean);
  enum percuta_status status = percuta_numerics_deal_agree(
      work->fit->crew, mean ? lay_out(work, count, &z) : PERCUTA_MEMORY);
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    for (int p = 0; p < emulated; ++p)
      mean[p] += drawn(chains, i, count)[p] / count;
  }
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    double *point = z + (size_t)i * (size_t)work->fit->parameters;
    for (int p = 0; p < emulated; ++p)
      point[p] = mean[p] + WIDER * (drawn(chains, i, count)[p] - mean[p]);
    if (!percuta_study_fit_allows(work->fit, point))
      memcpy(point, drawn(chains, i, count), (size_t)emulated * sizeof *point);
  }
  if (status == PERCUTA_OK)
    status = ask(work, count, z);
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

/* Draws, the model's answers there, and their weights. */
struct pool {
  int count;
  const struct percuta_chains *chains;
  double *z, *predicted, *log_likelihood, *weight; /* owned */
  bool *lost;                                      /* owned */
};

static void close_pool(struct pool *pool) {
  free(pool->z);
  free(pool->predicted);
  free(pool->log_likelihood);
  free(pool->weight);
  free(pool->lost);
}

/* Release with close_pool, also when it fails. */
static enum percuta_status run_pool(struct work *work, const struct percuta_chains *chains,
                                    struct pool *pool) {
  const int parameters = work->fit->parameters, rows = work->fit->rows;
  *pool = (struct pool){.count = SPARE * work->plan->ship, .chains = chains};
  const size_t count = (size_t)pool->count;
  const enum percuta_status laid_out = lay_out(work, pool->count, &pool->z);
  pool->predicted = calloc(count * (size_t)rows + 1, sizeof *pool->predicted);
  pool->log_likelihood = calloc(count + 1, sizeof *pool->log_likelihood);
  pool->weight = calloc(count + 1, sizeof *pool->weight);
  pool->lost = calloc(count + 1, sizeof *pool->lost);
  const bool room = laid_out == PERCUTA_OK && pool->predicted && pool->log_likelihood &&
                    pool->weight && pool->lost;
  PERCUTA_TRY(percuta_numerics_deal_agree(work->fit->crew, room ? PERCUTA_OK : PERCUTA_MEMORY));
  for (int i = 0; i < pool->count; ++i)
    memcpy(pool->z + (size_t)i * (size_t)parameters, drawn(chains, i, pool->count),
           (size_t)work->fit->emulated * sizeof *pool->z);
  work->followed += pool->count;
  return percuta_study_fit_predict(work->fit, pool->count, pool->z, pool->predicted, pool->lost);
}

/* Weights of the draws: the model's likelihood over that of its emulator, the largest being one. */
static void weigh(struct work *work, struct pool *pool) {
  double most = -INFINITY;
  for (int i = 0; i < pool->count; ++i) {
    const double *point = drawn(pool->chains, i, pool->count);
    double error[PERCUTA_POSTERIOR_ERRORS];
    for (int e = 0; e < PERCUTA_POSTERIOR_ERRORS; ++e)
      error[e] = error_at(point[work->fit->emulated + e]);
    work->lost += pool->lost[i];
    pool->log_likelihood[i] =
        pool->lost[i]
            ? -INFINITY
            : percuta_study_posterior_likelihood(
                  work->fit, pool->predicted + (size_t)i * (size_t)work->fit->rows, error);
    pool->weight[i] = pool->log_likelihood[i] - likelihood_emulated(work, point);
    most = fmax(most, pool->weight[i]);
  }
  for (int i = 0; i < pool->count; ++i)
    pool->weight[i] = isfinite(most) ? exp(pool->weight[i] - most) : 0;
}

/* Share of the draws that weighted ones are worth (Kish 1965). */
static double worth_of(const struct pool *pool, double *sum) {
  double square = 0;
  *sum = 0;
  for (int i = 0; i < pool->count; ++i) {
    *sum += pool->weight[i];
    square += pool->weight[i] * pool->weight[i];
  }
  return square > 0 ? *sum * *sum / square / pool->count : 0;
}

static void ship(const struct work *work, const struct pool *pool, int from,
                 struct percuta_posterior *out) {
  const size_t parameters = (size_t)out->parameters, rows = (size_t)out->rows;
  const size_t to = (size_t)out->ship;
  const double *point = drawn(pool->chains, from, pool->count);
  memcpy(out->z + to * parameters, pool->z + (size_t)from * parameters,
         parameters * sizeof *out->z);
  for (int e = 0; e < PERCUTA_POSTERIOR_ERRORS; ++e)
    out->error[to * PERCUTA_POSTERIOR_ERRORS + (size_t)e] =
        error_at(point[work->fit->emulated + e]);
  memcpy(out->predicted + to * rows, pool->predicted + (size_t)from * rows,
         rows * sizeof *out->predicted);
  out->log_likelihood[to] = pool->log_likelihood[from];
  ++out->ship;
}

/* Systematic resampling: a draw is shipped as often as its weight says, give or take one. */
static enum percuta_status resample(struct work *work, const struct pool *pool,
                                    struct percuta_posterior *out) {
  const struct percuta_random_key key = {.seed = work->plan->seed, .purpose = PERCUTA_RANDOM_CHAIN};
  double u[4], sum, passed = 0;
  percuta_base_random_uniform4(key, UINT32_MAX, 0, u);
  out->worth = worth_of(pool, &sum);
  if (!(sum > 0))
    return PERCUTA_NUMERICS;
  for (int i = 0; i < pool->count; ++i) {
    passed += pool->weight[i];
    while (out->ship < work->plan->ship && (out->ship + u[0]) * sum <= passed * work->plan->ship)
      ship(work, pool, i, out);
  }
  return out->ship == work->plan->ship ? PERCUTA_OK : PERCUTA_NUMERICS;
}

static enum percuta_status open_work(struct work *work, struct percuta_posterior *out) {
  const size_t rows = (size_t)work->fit->rows, parameters = (size_t)work->fit->parameters;
  const size_t wanted = (size_t)work->plan->ship;
  work->answer = calloc(rows + 1, sizeof *work->answer);
  work->error = calloc(rows + 1, sizeof *work->error);
  out->z = calloc(wanted * parameters + 1, sizeof *out->z);
  out->error = calloc(wanted * PERCUTA_POSTERIOR_ERRORS + 1, sizeof *out->error);
  out->predicted = calloc(wanted * rows + 1, sizeof *out->predicted);
  out->log_likelihood = calloc(wanted + 1, sizeof *out->log_likelihood);
  out->emulator_error = calloc(rows + 1, sizeof *out->emulator_error);
  out->mixing = calloc((size_t)dims_of(work->fit), sizeof *out->mixing);
  PERCUTA_TRY(percuta_study_rows_create(work->fit, &work->rows));
  return work->answer && work->error && out->z && out->error && out->predicted &&
                 out->log_likelihood && out->emulator_error && out->mixing
             ? PERCUTA_OK
             : PERCUTA_MEMORY;
}

static void close_work(struct work *work) {
  percuta_study_rows_clear(&work->rows);
  percuta_inference_surface_clear(&work->surfaces);
  free(work->asked.z);
  free(work->asked.place);
  free(work->term);
  free(work->answer);
  free(work->error);
}

static enum percuta_status ask_prior(struct work *work) {
  double *z = NULL;
  enum percuta_status status =
      percuta_numerics_deal_agree(work->fit->crew, lay_out_allowed(work, work->plan->points, &z));
  if (status == PERCUTA_OK)
    status = ask(work, work->plan->points, z);
  free(z);
  return status;
}

static enum percuta_status finish(struct work *work, const struct percuta_chains chains[2],
                                  struct percuta_posterior *out) {
  struct pool pool = {0};
  enum percuta_status status =
      percuta_numerics_deal_agree(work->fit->crew, judge_chains(chains, out));
  if (status == PERCUTA_OK)
    status = run_pool(work, &chains[0], &pool);
  if (status == PERCUTA_OK) {
    weigh(work, &pool);
    status = percuta_numerics_deal_agree(work->fit->crew, resample(work, &pool, out));
  }
  for (int r = 0; r < out->rows && status == PERCUTA_OK; ++r)
    out->emulator_error[work->rows.row[r]] = work->error[r];
  close_pool(&pool);
  return status;
}

enum percuta_status percuta_study_posterior_draw(const struct percuta_fit *fit,
                                                 const struct percuta_posterior_plan *plan,
                                                 struct percuta_posterior *out) {
  struct work work = {.fit = fit, .plan = plan};
  struct percuta_chains chains[2] = {{0}, {0}};
  *out = (struct percuta_posterior){
      .parameters = fit->parameters, .emulated = fit->emulated, .rows = fit->rows};
  enum percuta_status status = percuta_numerics_deal_agree(fit->crew, open_work(&work, out));
  if (status == PERCUTA_OK)
    status = ask_prior(&work);
  for (int round = 0; round < 2 && status == PERCUTA_OK; ++round) {
    percuta_inference_chains_clear(&chains[0]);
    percuta_inference_chains_clear(&chains[1]);
    status = percuta_numerics_deal_agree(fit->crew, fit_surfaces(&work));
    if (status == PERCUTA_OK)
      status = percuta_numerics_deal_agree(fit->crew, sample(&work, chains));
    if (status == PERCUTA_OK && round == 0)
      status = ask_near(&work, &chains[0]);
  }
  if (status == PERCUTA_OK)
    status = finish(&work, chains, out);
  out->followed = work.followed;
  out->lost = work.lost;
  percuta_inference_chains_clear(&chains[0]);
  percuta_inference_chains_clear(&chains[1]);
  close_work(&work);
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
  struct percuta_rows rows;
  double sum = NAN;
  double *place = calloc((size_t)fit->rows + 1, sizeof *place);
  if (percuta_study_rows_create(fit, &rows) == PERCUTA_OK && place) {
    for (int r = 0; r < rows.count; ++r)
      place[r] = percuta_study_rows_place(&fit->row[rows.row[r]], predicted[rows.row[r]]);
    sum = likelihood(&rows, place, error, NULL);
  }
  percuta_study_rows_clear(&rows);
  free(place);
  return sum;
}

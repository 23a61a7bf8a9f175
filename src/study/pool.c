/* Weights: the model's likelihood over that of its emulator; systematic resampling; Kish's share.
 * A move is the surrogate transition of Liu 2001 (Monte Carlo Strategies in Scientific Computing,
 * 9.4.3): steps along differences of archived draws (ter Braak & Vrugt 2008, Stat Comput 18:435)
 * that leave the emulator's posterior as it is, from x to y, then
 *   accept with probability min(1, [L(y)/E(y)] / [L(x)/E(x)]),
 * L the likelihood by the model, E by its emulator. Parameters beside those that are emulated step
 * from their prior (Neal 1999): z' = sqrt(1 - b^2) z + b xi.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_posterior_study.c. */
#include "study/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "study/fit_wrong.h"

enum { STEPS = 30 };               /* with the emulator, to a move */
static const double STRIDE = 0.5;  /* b: how far parameters beside go */
static const double JITTER = 1e-3; /* standard deviations of the prior; no step stays on a plane */
static const double LEAPS = 0.1;   /* share of steps of full length, from one mode to another */

const double *percuta_study_pool_drawn(const struct percuta_chains *chains, int index, int wanted) {
  const size_t all = (size_t)chains->chains * (size_t)chains->keep;
  const size_t at = (size_t)(((double)index + 0.5) * (double)all / wanted);
  return chains->point + at * (size_t)chains->dims;
}

void percuta_study_pool_clear(struct percuta_pool *pool) {
  free(pool->point);
  free(pool->z);
  free(pool->predicted);
  free(pool->log_likelihood);
  free(pool->emulated);
  free(pool->lost);
}

/* Room for draws. Release with percuta_study_pool_clear, also when it fails. */
static enum percuta_status create(const struct percuta_fit *fit, int count,
                                  struct percuta_pool *out) {
  const size_t many = (size_t)count, dims = (size_t)percuta_study_emulator_dims(fit);
  *out = (struct percuta_pool){.count = count,
                               .point = calloc(many * dims + 1, sizeof *out->point),
                               .z = calloc(many * (size_t)fit->parameters + 1, sizeof *out->z),
                               .predicted =
                                   calloc(many * (size_t)fit->rows + 1, sizeof *out->predicted),
                               .log_likelihood = calloc(many + 1, sizeof *out->log_likelihood),
                               .emulated = calloc(many + 1, sizeof *out->emulated),
                               .lost = calloc(many + 1, sizeof *out->lost)};
  return out->point && out->z && out->predicted && out->log_likelihood && out->emulated && out->lost
             ? PERCUTA_OK
             : PERCUTA_MEMORY;
}

/* Runs the model at all draws; both likelihoods there. */
static enum percuta_status judge(struct percuta_emulator *emulator, struct percuta_pool *pool) {
  const struct percuta_fit *fit = emulator->fit;
  const size_t dims = (size_t)percuta_study_emulator_dims(fit);
  PERCUTA_TRY(percuta_study_fit_predict(fit, pool->count, pool->z, pool->predicted, pool->lost));
  emulator->followed += pool->count;
  for (int i = 0; i < pool->count; ++i) {
    const double *point = pool->point + (size_t)i * dims;
    double error[PERCUTA_POSTERIOR_ERRORS];
    percuta_study_emulator_errors(fit, point, error);
    emulator->lost += pool->lost[i];
    pool->emulated[i] = percuta_study_emulator_likelihood(emulator, point);
    pool->log_likelihood[i] =
        pool->lost[i] ? -INFINITY
                      : percuta_study_emulator_likelihood_of(
                            emulator, pool->predicted + (size_t)i * (size_t)fit->rows, error);
  }
  return PERCUTA_OK;
}

static void put_emulated(const struct percuta_fit *fit, struct percuta_pool *pool, int i) {
  memcpy(pool->z + (size_t)i * (size_t)fit->parameters,
         pool->point + (size_t)i * (size_t)percuta_study_emulator_dims(fit),
         (size_t)fit->emulated * sizeof *pool->z);
}

enum percuta_status percuta_study_pool_run(struct percuta_emulator *emulator,
                                           const struct percuta_chains *chains, int count,
                                           struct percuta_pool *out) {
  const struct percuta_fit *fit = emulator->fit;
  const size_t dims = (size_t)chains->dims;
  double *z = NULL;
  enum percuta_status status = create(fit, count, out);
  if (status == PERCUTA_OK)
    status = percuta_study_emulator_lay_out(emulator, count, &z);
  PERCUTA_TRY(percuta_numerics_deal_agree(fit->crew, status));
  free(out->z);
  out->z = z;
  for (int i = 0; i < count; ++i) {
    memcpy(out->point + (size_t)i * dims, percuta_study_pool_drawn(chains, i, count),
           dims * sizeof *out->point);
    put_emulated(fit, out, i);
  }
  return judge(emulator, out);
}

static void copy_draw(const struct percuta_fit *fit, const struct percuta_pool *from, int i,
                      struct percuta_pool *to, int j) {
  const size_t a = (size_t)i, b = (size_t)j, dims = (size_t)percuta_study_emulator_dims(fit),
               parameters = (size_t)fit->parameters, rows = (size_t)fit->rows;
  memcpy(to->point + b * dims, from->point + a * dims, dims * sizeof *to->point);
  memcpy(to->z + b * parameters, from->z + a * parameters, parameters * sizeof *to->z);
  memcpy(to->predicted + b * rows, from->predicted + a * rows, rows * sizeof *to->predicted);
  to->log_likelihood[b] = from->log_likelihood[a];
  to->emulated[b] = from->emulated[a];
}

/* Weights relative to the largest; their sum. */
static double weigh(const struct percuta_pool *pool, double *weight, double *worth) {
  double most = -INFINITY, sum = 0, square = 0;
  for (int i = 0; i < pool->count; ++i) {
    weight[i] = pool->log_likelihood[i] - pool->emulated[i];
    most = fmax(most, weight[i]);
  }
  for (int i = 0; i < pool->count; ++i) {
    weight[i] = isfinite(most) ? exp(weight[i] - most) : 0;
    sum += weight[i];
    square += weight[i] * weight[i];
  }
  *worth = square > 0 ? sum * sum / square / pool->count : 0;
  return sum;
}

enum percuta_status percuta_study_pool_resample(struct percuta_emulator *emulator,
                                                const struct percuta_pool *from, int count,
                                                struct percuta_pool *out, double *worth) {
  const struct percuta_random_key key = {.seed = emulator->seed, .purpose = PERCUTA_RANDOM_CHAIN};
  double u[4], passed = 0, *weight = calloc((size_t)from->count + 1, sizeof *weight);
  int taken = 0;
  enum percuta_status status = create(emulator->fit, count, out);
  if (status != PERCUTA_OK || !weight) {
    free(weight);
    return PERCUTA_MEMORY;
  }
  const double sum = weigh(from, weight, worth);
  percuta_base_random_uniform4(key, UINT32_MAX, 0, u);
  for (int i = 0; i < from->count && sum > 0; ++i) {
    passed += weight[i];
    while (taken < count && (taken + u[0]) * sum <= passed * count)
      copy_draw(emulator->fit, from, i, out, taken++);
  }
  free(weight);
  return taken == count ? PERCUTA_OK
                        : percuta_study_fit_wrong_lost(emulator->fit->diag,
                                                       "no draw has a likelihood above nothing");
}

/* Where a step along the difference of two archived draws leads. */
static void stride(const struct percuta_chains *chains, const double u[4], const double noise[2],
                   const double *from, double *to) {
  const int all = chains->chains * chains->keep;
  const double *a = percuta_study_pool_drawn(chains, (int)(u[0] * all), all),
               *b = percuta_study_pool_drawn(chains, (int)(u[1] * all), all);
  /* 2.38/sqrt(2 d) is best for a normal density, and some full steps (ter Braak 2006) */
  const double scale = u[2] < LEAPS ? 1 : 2.38 / sqrt(2.0 * chains->dims);
  for (int d = 0; d < chains->dims; ++d)
    to[d] = from[d] + scale * (a[d] - b[d]) + JITTER * noise[d % 2];
}

/* Steps that leave the emulator's posterior as it is, from `point` and back into it. */
static void walk(struct percuta_emulator *emulator, const struct percuta_chains *chains,
                 uint32_t move, uint32_t draw, double *point, double *room) {
  const struct percuta_random_key key = {
      .seed = emulator->seed, .session = move + 1, .purpose = PERCUTA_RANDOM_CHAIN};
  double density = percuta_study_emulator_density(emulator, point);
  for (uint32_t step = 0; step < STEPS; ++step) {
    double u[4], noise[2];
    percuta_base_random_uniform4(key, draw, 2 * step, u);
    percuta_base_random_normal2(key, draw, 2 * step + 1, noise);
    stride(chains, u, noise, point, room);
    const double there = percuta_study_emulator_density(emulator, room);
    if (!(log(u[3]) < there - density))
      continue;
    density = there;
    memcpy(point, room, (size_t)chains->dims * sizeof *point);
  }
}

/* Parameters beside the emulated ones, by random numbers of the move. */
static void stroll(const struct percuta_emulator *emulator, uint32_t move, uint32_t draw,
                   double *z) {
  const struct percuta_random_key key = {
      .seed = emulator->seed, .session = move + 1, .purpose = PERCUTA_RANDOM_PARAMETER};
  for (int p = emulator->fit->emulated; p < emulator->fit->parameters; ++p) {
    double noise[2];
    percuta_base_random_normal2(key, draw, (uint32_t)p, noise);
    z[p] = sqrt(1 - STRIDE * STRIDE) * z[p] + STRIDE * noise[0];
  }
}

/* Proposes a move of every draw and takes those that the model agrees to; how many. */
static enum percuta_status move_all(struct percuta_emulator *emulator,
                                    const struct percuta_chains *chains, uint32_t move,
                                    struct percuta_pool *pool, struct percuta_pool *proposed,
                                    int *taken) {
  const struct percuta_fit *fit = emulator->fit;
  const struct percuta_random_key key = {
      .seed = emulator->seed, .session = move + 1, .purpose = PERCUTA_RANDOM_TRAJECTORY};
  double *room = calloc((size_t)chains->dims, sizeof *room);
  PERCUTA_TRY(percuta_numerics_deal_agree(fit->crew, room ? PERCUTA_OK : PERCUTA_MEMORY));
  for (int i = 0; i < pool->count; ++i) {
    copy_draw(fit, pool, i, proposed, i);
    walk(emulator, chains, move, (uint32_t)i, proposed->point + (size_t)i * (size_t)chains->dims,
         room);
    stroll(emulator, move, (uint32_t)i, proposed->z + (size_t)i * (size_t)fit->parameters);
    put_emulated(fit, proposed, i);
  }
  free(room);
  PERCUTA_TRY(judge(emulator, proposed));
  for (int i = 0; i < pool->count; ++i) {
    double u[4];
    percuta_base_random_uniform4(key, (uint32_t)i, 0, u);
    const double before = pool->log_likelihood[i] - pool->emulated[i],
                 after = proposed->log_likelihood[i] - proposed->emulated[i];
    if (!(log(u[0]) < after - before))
      continue;
    copy_draw(fit, proposed, i, pool, i);
    ++*taken;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_pool_move(struct percuta_emulator *emulator,
                                            const struct percuta_chains *chains, int moves,
                                            struct percuta_pool *pool, double *accepted) {
  struct percuta_pool proposed;
  int taken = 0;
  enum percuta_status status = percuta_numerics_deal_agree(
      emulator->fit->crew, create(emulator->fit, pool->count, &proposed));
  for (int move = 0; move < moves && status == PERCUTA_OK; ++move)
    status = move_all(emulator, chains, (uint32_t)move, pool, &proposed, &taken);
  percuta_study_pool_clear(&proposed);
  *accepted = moves > 0 ? (double)taken / moves / pool->count : 0;
  return status;
}

/* Steps are (s L) n with n standard normal, L L' the covariance of what the chain has seen (and a
 * little more in every direction) and s tuned while warming up to an acceptance of a quarter, which
 * is best for many dimensions (Roberts, Gelman & Gilks 1997, Ann Appl Probab 7:110).
 * Tests: tests/verification/test_inference.c. */
#include "inference/metropolis.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "inference/chains.h"

static const double WANTED = 0.234;        /* share of proposals that are accepted */
static const double FLOOR = 1e-10;         /* of a variance, so that L exists */
static const double FIRST_STEP = 0.1;      /* before anything has been seen */
enum { LEARN_EVERY = 50, LEARN_FROM = 4 }; /* steps; steps to a dimension */

/* One chain. */
struct chain {
  const struct percuta_target *target;
  uint64_t seed;
  uint32_t number;
  gsl_vector *place, *step, *mean; /* owned */
  gsl_matrix *seen, *factor;       /* owned; sums around the mean, L */
  double log_density, scale;       /* scale: the logarithm of s */
  long count;                      /* of what was seen */
  long moved, asked;
};

static void draw_step(struct chain *chain, uint32_t index, double *u) {
  const struct percuta_random_key normal = {
      .seed = chain->seed, .session = 1, .purpose = PERCUTA_RANDOM_CHAIN};
  const struct percuta_random_key uniform = {
      .seed = chain->seed, .session = 2, .purpose = PERCUTA_RANDOM_CHAIN};
  const size_t dims = chain->place->size;
  double pair[2], four[4];
  for (size_t d = 0; d < dims; d += 2) {
    /* a chain has a counter of its own, with room for 65,536 pairs of dimensions */
    percuta_base_random_normal2(normal, (chain->number << 16) + (uint32_t)(d / 2), index, pair);
    gsl_vector_set(chain->step, d, pair[0]);
    if (d + 1 < dims)
      gsl_vector_set(chain->step, d + 1, pair[1]);
  }
  percuta_base_random_uniform4(uniform, chain->number, index, four);
  *u = four[0];
  gsl_blas_dtrmv(CblasLower, CblasNoTrans, CblasNonUnit, chain->factor, chain->step);
}

/* One step; the probability with which it was accepted. */
static double move(struct chain *chain, uint32_t index) {
  double u;
  draw_step(chain, index, &u);
  gsl_vector_scale(chain->step, exp(chain->scale));
  gsl_vector_add(chain->step, chain->place);
  const double density = chain->target->log_density(chain->target->context, chain->step->data);
  const double gain = isnan(density) ? -INFINITY : density - chain->log_density;
  ++chain->asked;
  if (log(u) < gain) {
    ++chain->moved;
    chain->log_density = density;
    gsl_vector_memcpy(chain->place, chain->step);
  }
  return exp(fmin(gain, 0));
}

/* Running mean and sums of products (Welford). `step` is free between moves. */
static void see(struct chain *chain) {
  ++chain->count;
  gsl_vector_memcpy(chain->step, chain->place);
  gsl_vector_sub(chain->step, chain->mean);
  gsl_blas_dsyr(CblasLower, (double)(chain->count - 1) / (double)chain->count, chain->step,
                chain->seen);
  gsl_blas_daxpy(1.0 / (double)chain->count, chain->step, chain->mean);
}

static void learn(struct chain *chain) {
  const size_t dims = chain->place->size;
  double variance = 0;
  for (size_t d = 0; d < dims; ++d)
    variance += gsl_matrix_get(chain->seen, d, d) / (double)dims;
  if (chain->count < LEARN_FROM * (long)dims || !(variance > 0))
    return;
  gsl_matrix_memcpy(chain->factor, chain->seen);
  for (size_t d = 0; d < dims; ++d)
    *gsl_matrix_ptr(chain->factor, d, d) += FLOOR * variance;
  gsl_matrix_scale(chain->factor, 1.0 / (double)(chain->count - 1));
  gsl_linalg_cholesky_decomp1(chain->factor);
}

/* What was seen on the way in is forgotten halfway, as it is not what is sampled. */
static void forget(struct chain *chain) {
  gsl_matrix_set_zero(chain->seen);
  gsl_vector_set_zero(chain->mean);
  chain->count = 0;
}

static void warm_up(struct chain *chain, int steps) {
  for (int i = 0; i < steps; ++i) {
    const double accepted = move(chain, (uint32_t)i);
    chain->scale += (accepted - WANTED) / sqrt(1.0 + i % (steps / 2 + 1));
    see(chain);
    if (i == steps / 2)
      forget(chain);
    if (i % LEARN_EVERY == LEARN_EVERY - 1)
      learn(chain);
  }
}

static void close_chain(struct chain *chain) {
  gsl_vector_free(chain->place);
  gsl_vector_free(chain->step);
  gsl_vector_free(chain->mean);
  gsl_matrix_free(chain->seen);
  gsl_matrix_free(chain->factor);
}

static struct chain open_chain(const struct percuta_target *target, uint64_t seed, int number,
                               const double *start) {
  const size_t dims = (size_t)target->dims;
  struct chain chain = {.target = target,
                        .seed = seed,
                        .number = (uint32_t)number,
                        .place = gsl_vector_alloc(dims),
                        .step = gsl_vector_alloc(dims),
                        .mean = gsl_vector_calloc(dims),
                        .seen = gsl_matrix_calloc(dims, dims),
                        .factor = gsl_matrix_alloc(dims, dims)};
  memcpy(chain.place->data, start, dims * sizeof *start);
  chain.log_density = target->log_density(target->context, start);
  chain.scale = log(2.38 / sqrt((double)dims));
  gsl_matrix_set_identity(chain.factor);
  gsl_matrix_scale(chain.factor, FIRST_STEP);
  return chain;
}

static void keep_draws(struct chain *chain, const struct percuta_sampler_plan *sampling,
                       struct percuta_chains *out) {
  const size_t dims = chain->place->size;
  chain->moved = chain->asked = 0;
  for (int i = 0; i < sampling->keep; ++i) {
    for (int step = 0; step < sampling->thin; ++step)
      (void)move(chain, (uint32_t)(sampling->warm + i * sampling->thin + step));
    const size_t at = (size_t)chain->number * (size_t)out->keep + (size_t)i;
    memcpy(out->point + at * dims, chain->place->data, dims * sizeof *out->point);
    out->log_density[at] = chain->log_density;
  }
}

enum percuta_status percuta_inference_metropolis_sample(const struct percuta_target *target,
                                                        const struct percuta_sampler_plan *sampling,
                                                        const double *start,
                                                        struct percuta_chains *out) {
  enum percuta_status status =
      percuta_inference_chains_create(sampling->chains, sampling->keep, target->dims, out);
  for (int c = 0; c < sampling->chains && status == PERCUTA_OK; ++c) {
    struct chain chain =
        open_chain(target, sampling->seed, c, start + (size_t)c * (size_t)target->dims);
    if (!isfinite(chain.log_density))
      status = PERCUTA_NUMERICS;
    if (status == PERCUTA_OK) {
      warm_up(&chain, sampling->warm);
      keep_draws(&chain, sampling, out);
    }
    out->accepted += chain.asked ? (double)chain.moved / (double)chain.asked / out->chains : 0;
    close_chain(&chain);
  }
  return status;
}

/* A walker at x proposes y = z x' + (1 - z) x, x' a walker of the other half and z of density
 * 1/sqrt(z) between 1/2 and 2, and goes there with probability min(1, z^(d-1) p(y)/p(x)).
 * Tests: tests/verification/test_inference.c. */
#include "inference/stretch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "inference/chains.h"

static const double WIDEST = 2.0; /* of z, and 1/WIDEST the least */

/* Where the walkers are. */
struct flock {
  const struct percuta_target *target;
  int walkers;
  uint64_t seed;
  double *place, *log_density; /* owned */
  double *proposed;            /* owned; one place */
  long moved, asked;
};

static double *place_of(const struct flock *flock, int walker) {
  return flock->place + (size_t)walker * (size_t)flock->target->dims;
}

static void move(struct flock *flock, int walker, int step) {
  const int dims = flock->target->dims, half = flock->walkers / 2;
  const struct percuta_random_key key = {.seed = flock->seed, .purpose = PERCUTA_RANDOM_CHAIN};
  double u[4];
  percuta_base_random_uniform4(key, (uint32_t)walker, (uint32_t)step, u);
  const double root = (sqrt(WIDEST) - 1 / sqrt(WIDEST)) * u[0] + 1 / sqrt(WIDEST);
  const double z = root * root;
  const int other = (walker < half ? half : 0) + (int)(u[1] * half);
  double *here = place_of(flock, walker);
  const double *there = place_of(flock, other);
  for (int d = 0; d < dims; ++d)
    flock->proposed[d] = there[d] + z * (here[d] - there[d]);
  const double density = flock->target->log_density(flock->target->context, flock->proposed);
  ++flock->asked;
  if (!(log(u[2]) < (dims - 1) * log(z) + density - flock->log_density[walker]))
    return;
  ++flock->moved;
  flock->log_density[walker] = density;
  memcpy(here, flock->proposed, (size_t)dims * sizeof *here);
}

/* Every walker once, one half after the other, so that none looks at one that moves with it. */
static void step_all(struct flock *flock, int step) {
  for (int walker = 0; walker < flock->walkers; ++walker)
    move(flock, walker, step);
}

static void record(const struct flock *flock, int index, struct percuta_chains *out) {
  for (int walker = 0; walker < flock->walkers; ++walker) {
    const size_t at = (size_t)walker * (size_t)out->keep + (size_t)index;
    memcpy(out->point + at * (size_t)out->dims, place_of(flock, walker),
           (size_t)out->dims * sizeof *out->point);
    out->log_density[at] = flock->log_density[walker];
  }
}

static enum percuta_status begin(struct flock *flock, const double *start) {
  const struct percuta_target *target = flock->target;
  memcpy(flock->place, start, (size_t)flock->walkers * (size_t)target->dims * sizeof *flock->place);
  for (int walker = 0; walker < flock->walkers; ++walker) {
    flock->log_density[walker] = target->log_density(target->context, place_of(flock, walker));
    if (!isfinite(flock->log_density[walker]))
      return PERCUTA_NUMERICS;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_inference_stretch_sample(const struct percuta_target *target,
                                                     const struct percuta_sampler_plan *sampling,
                                                     const double *start,
                                                     struct percuta_chains *out) {
  const size_t dims = (size_t)target->dims;
  struct flock flock = {.target = target, .walkers = sampling->chains, .seed = sampling->seed};
  flock.place = calloc((size_t)flock.walkers * dims + 1, sizeof *flock.place);
  flock.log_density = calloc((size_t)flock.walkers + 1, sizeof *flock.log_density);
  flock.proposed = calloc(dims + 1, sizeof *flock.proposed);
  enum percuta_status status =
      percuta_inference_chains_create(sampling->chains, sampling->keep, target->dims, out);
  if (!flock.place || !flock.log_density || !flock.proposed)
    status = PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = begin(&flock, start);
  for (int step = 0; step < sampling->warm && status == PERCUTA_OK; ++step)
    step_all(&flock, step);
  flock.moved = flock.asked = 0;
  for (int i = 0; i < sampling->keep && status == PERCUTA_OK; ++i) {
    for (int step = 0; step < sampling->thin; ++step)
      step_all(&flock, sampling->warm + i * sampling->thin + step);
    record(&flock, i, out);
  }
  out->accepted = flock.asked ? (double)flock.moved / (double)flock.asked : 0;
  free(flock.place);
  free(flock.log_density);
  free(flock.proposed);
  return status;
}

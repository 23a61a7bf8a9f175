/* What is sampled, and the draws of it. */
#ifndef PERCUTA_INFERENCE_TARGET_H
#define PERCUTA_INFERENCE_TARGET_H

#include <stdint.h>

#include "base/status.h"

/* A density over `dims` numbers: its logarithm, but for a constant; -INFINITY where there is none.
 */
struct percuta_target {
  int dims;
  void *context;
  double (*log_density)(void *context, const double *point);
};

/* How it is sampled. */
struct percuta_sampler_plan {
  uint64_t seed;
  int chains; /* that run beside one another */
  int warm;   /* steps of each that are thrown away */
  int keep;   /* draws of each that are kept */
  int thin;   /* steps to a draw that is kept */
};

/* Draws of all chains: point[(chain * keep + i) * dims + d], and the density's logarithm at each.
 */
struct percuta_chains {
  int chains, keep, dims;
  double *point, *log_density; /* owned */
  double accepted;             /* share of the proposals, after warming up */
};

#endif

/* The adaptive Metropolis sampler of Haario, Saksman & Tamminen 2001 (Bernoulli 7:223): each chain
 * proposes normal steps shaped like what it has seen. It learns while it warms up and keeps to what
 * it has learnt after that, so that the draws that are kept are those of a plain Metropolis chain.
 */
#ifndef PERCUTA_INFERENCE_METROPOLIS_H
#define PERCUTA_INFERENCE_METROPOLIS_H

#include "inference/target.h"

/* Samples `target` with chains that know nothing of one another and start at start[chain * dims +
 * d]. PERCUTA_NUMERICS when one starts where there is no density. Release with
 * percuta_inference_chains_clear, also when it fails. */
enum percuta_status percuta_inference_metropolis_sample(const struct percuta_target *target,
                                                        const struct percuta_sampler_plan *sampling,
                                                        const double *start,
                                                        struct percuta_chains *out);

#endif

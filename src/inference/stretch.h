/* The affine-invariant ensemble sampler of Goodman & Weare 2010 (Commun Appl Math Comput Sci 5:65):
 * walkers move along the line to another walker. */
#ifndef PERCUTA_INFERENCE_STRETCH_H
#define PERCUTA_INFERENCE_STRETCH_H

#include "inference/target.h"

/* Samples `target` with an even number of walkers, at least two to a dimension, which start at
 * start[chain * dims + d]; not all on one plane. PERCUTA_NUMERICS when one starts where there is no
 * density. Release with percuta_inference_chains_clear, also when it fails. */
enum percuta_status percuta_inference_stretch_sample(const struct percuta_target *target,
                                                     const struct percuta_sampler_plan *sampling,
                                                     const double *start,
                                                     struct percuta_chains *out);

#endif

/* Points that fill a space evenly, at which a model is asked. */
#ifndef PERCUTA_INFERENCE_DESIGN_H
#define PERCUTA_INFERENCE_DESIGN_H

#include <stdint.h>

#include "base/status.h"

/* A Latin hypercube: `count` points of `dims` numbers in (0, 1), one after the other; in every
 * dimension each of `count` equal strata holds one point. The same for the same seed.
 * Source: McKay, Beckman & Conover 1979, Technometrics 21:239. */
enum percuta_status percuta_inference_design_hypercube(uint64_t seed, int count, int dims,
                                                       double *point);

/* The same as standard normal numbers. */
enum percuta_status percuta_inference_design_normal(uint64_t seed, int count, int dims,
                                                    double *point);

#endif

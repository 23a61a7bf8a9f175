/* Latin hypercubes: in every dimension the strata are dealt to the points in an order of their own
 * (sorted by random keys), and a point lies anywhere in its stratum.
 * Tests: tests/verification/test_inference.c. */
#include "inference/design.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

#include "base/random.h"

/* Where a point's number comes in the order of its dimension, and its place within the stratum. */
struct card {
  double key, within;
  int point;
};

static int by_key(const void *left, const void *right) {
  const struct card *a = left, *b = right;
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;
  return a->point - b->point;
}

enum percuta_status percuta_inference_design_hypercube(uint64_t seed, int count, int dims,
                                                       double *point) {
  const struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_DESIGN};
  struct card *card = calloc((size_t)count + 1, sizeof *card);
  if (!card)
    return PERCUTA_MEMORY;
  for (int d = 0; d < dims; ++d) {
    for (int i = 0; i < count; ++i) {
      double u[4];
      percuta_base_random_uniform4(key, (uint32_t)d, (uint32_t)i, u);
      card[i] = (struct card){.key = u[0], .within = u[1], .point = i};
    }
    qsort(card, (size_t)count, sizeof *card, by_key);
    for (int i = 0; i < count; ++i)
      point[(size_t)card[i].point * (size_t)dims + (size_t)d] = (i + card[i].within) / count;
  }
  free(card);
  return PERCUTA_OK;
}

enum percuta_status percuta_inference_design_normal(uint64_t seed, int count, int dims,
                                                    double *point) {
  enum percuta_status status = percuta_inference_design_hypercube(seed, count, dims, point);
  for (size_t i = 0; i < (size_t)count * (size_t)dims && status == PERCUTA_OK; ++i)
    point[i] = gsl_cdf_ugaussian_Pinv(point[i]);
  return status;
}

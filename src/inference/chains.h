/* Chains of draws: whether they have mixed, and how many independent draws they are worth. */
#ifndef PERCUTA_INFERENCE_CHAINS_H
#define PERCUTA_INFERENCE_CHAINS_H

#include "inference/target.h"

/* Room for the draws of a sampling. Release with percuta_inference_chains_clear, also when it
 * fails.
 */
enum percuta_status percuta_inference_chains_create(int chains, int keep, int dims,
                                                    struct percuta_chains *out);
void percuta_inference_chains_clear(struct percuta_chains *chains);

/* Of one quantity, draw[chain * keep + i]: */
struct percuta_mixing {
  double rhat;      /* of ranks, chains cut in halves; near 1 when they have mixed */
  double effective; /* independent draws that tell the middle as well */
};

/* Rank-normalised split R-hat and bulk effective sample size of Vehtari et al. 2021 (Bayesian Anal
 * 16:667). A quantity that never changes has R-hat 1 and is worth all its draws. PERCUTA_MEMORY
 * when out of it; needs four draws to a chain. */
enum percuta_status percuta_inference_chains_mixing(int chains, int keep, const double *draw,
                                                    struct percuta_mixing *out);

#endif

/* Draws that the model itself is run at: weighted, resampled and moved until they are those of its
 * own posterior. */
#ifndef PERCUTA_STUDY_POOL_H
#define PERCUTA_STUDY_POOL_H

#include "study/emulator.h"

struct percuta_pool {
  int count;
  double *point;                     /* owned, count x dims of the emulator */
  double *z;                         /* owned, count x all parameters */
  double *predicted;                 /* owned, count x rows */
  double *log_likelihood, *emulated; /* owned, by the model and by its emulator */
  bool *lost;                        /* owned */
};

/* `count` draws that stand evenly over all `chains`, and the model's answers there. Release with
 * percuta_study_pool_clear, also when it fails. */
enum percuta_status percuta_study_pool_run(struct percuta_emulator *emulator,
                                           const struct percuta_chains *chains, int count,
                                           struct percuta_pool *out);
void percuta_study_pool_clear(struct percuta_pool *pool);

/* Draw `index` of `wanted` that stand evenly over all chains. */
const double *percuta_study_pool_drawn(const struct percuta_chains *chains, int index, int wanted);

/* `count` draws of equal weight, each as often as the model's likelihood over that of its emulator
 * says; the share that the weights leave of the pool to `worth`. */
enum percuta_status percuta_study_pool_resample(struct percuta_emulator *emulator,
                                                const struct percuta_pool *from, int count,
                                                struct percuta_pool *out, double *worth);

/* Moves every draw `moves` times: some steps with the emulator, at whose end the model is run and
 * decides; the share of moves that it agreed to goes to `accepted`. */
enum percuta_status percuta_study_pool_move(struct percuta_emulator *emulator,
                                            const struct percuta_chains *chains, int moves,
                                            struct percuta_pool *pool, double *accepted);

#endif

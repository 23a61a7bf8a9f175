/* Hair on the scalp: follicles that grow, rest and wait. Theory: docs/theory/hair.md. */
#ifndef PERCUTA_OUTCOME_HAIR_H
#define PERCUTA_OUTCOME_HAIR_H

#include "outcome/injection.h"
#include "scenario/scenario.h"

struct percuta_record;

/* Shares of the follicles. */
struct percuta_hair_state {
  double anagen, telogen, latent;
};

/* Mean durations [s] of the phases. */
struct percuta_hair_cycle {
  double anagen, telogen, latent;
};

struct percuta_hair_law {
  double follicles;                     /* [1/m^2] of this person's scalp */
  struct percuta_hair_cycle cycle;      /* as it is without treatment */
  struct percuta_outcome_range needled; /* latency while needling acts, over that before */
  double minoxidil;                     /* the same with minoxidil twice a day */
  double lasts;                         /* [s] that a session acts */
};

enum percuta_status percuta_outcome_hair_read(const struct percuta_scenario *scenario,
                                              struct percuta_diag *diag,
                                              struct percuta_hair_law *out);

/* Shares that stay as they are. */
struct percuta_hair_state percuta_outcome_hair_rest(const struct percuta_hair_cycle *cycle);

/* Moves `state` on by `step` [s], short beside every phase. */
void percuta_outcome_hair_step(const struct percuta_hair_cycle *cycle, double step,
                               struct percuta_hair_state *state);

#endif

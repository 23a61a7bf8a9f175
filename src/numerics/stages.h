/* The stages of one Rosenbrock-W step, in few passes over the state: each visits a depth row while
 * it is in the cache and does there all that can be done. */
#ifndef PERCUTA_NUMERICS_STAGES_H
#define PERCUTA_NUMERICS_STAGES_H

#include <stdbool.h>

#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_stages;

/* Collective. Mesh and problem are borrowed until destroy. */
PetscErrorCode percuta_numerics_stages_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_stages **out);
PetscErrorCode percuta_numerics_stages_destroy(struct percuta_stages **stages); /* accepts NULL */

/* Computes all stages of a step from `u` at `time`. `z` gets the value of the last stage, or, with
 * *finite false, of the first in which a value is no number or absurd. Arrays of this rank's
 * fields. Collective. */
PetscErrorCode percuta_numerics_stages_compute(struct percuta_stages *stages, double time,
                                               double step, const double *u, double *z,
                                               bool *finite);

/* No field of a sane problem comes near; squares of what is below can still be summed. */
static const double PERCUTA_STAGES_LARGEST = 1e100;

/* What the end of a step comes to, over all ranks. */
struct percuta_stages_end {
  double error;                              /* of the step over the tolerance; one: just allowed */
  double lifted[PERCUTA_PROBLEM_MAX_FIELDS]; /* amount of each field that was below zero */
  double total[PERCUTA_PROBLEM_MAX_FIELDS];  /* of each field after it was lifted to it */
};

/* Makes of the last stage's `z` the new state, lifted to zero where it is below. The error allowed
 * in a field is absolute[f] + relative |value|; its square is averaged over cells and fields.
 * Collective. */
PetscErrorCode percuta_numerics_stages_finish(struct percuta_stages *stages, const double *absolute,
                                              double relative, double *z,
                                              struct percuta_stages_end *out);

/* The state at the share `theta` of the step that led from `u`, lifted to zero where it is below;
 * borrowed, until the next call of any function here. */
const double *percuta_numerics_stages_between(struct percuta_stages *stages, double theta,
                                              const double *u);

#endif

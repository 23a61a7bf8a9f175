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

/* No field of a sane problem comes near; squares of what is below can still be summed. */
static const double PERCUTA_STAGES_LARGEST = 1e100;

/* The error allowed in a field: absolute[f] + relative |value|. */
struct percuta_stages_allowed {
  double absolute[PERCUTA_PROBLEM_MAX_FIELDS], relative;
};

/* What a step comes to, over all ranks. */
struct percuta_stages_end {
  bool finite;  /* false: a value was no number or absurd, and nothing else here counts */
  double error; /* over what is allowed, root mean square over cells and fields */
  double lifted[PERCUTA_PROBLEM_MAX_FIELDS]; /* amount of each field that was below zero */
  double total[PERCUTA_PROBLEM_MAX_FIELDS];  /* of each field after it was lifted to it */
};

/* Takes a step from `u` at `time`: `z` gets the new state, lifted to zero where it is below, or
 * what it was found in that is no number. Arrays of this rank's fields. Collective. */
PetscErrorCode percuta_numerics_stages_step(struct percuta_stages *stages, double time, double step,
                                            const struct percuta_stages_allowed *allowed,
                                            const double *u, double *z,
                                            struct percuta_stages_end *out);

/* Of the state at the share `theta` of the step that led from `u`, lifted to zero where it is
 * below, `count` values from number `at` of this rank's on. Any number of threads may ask. */
void percuta_numerics_stages_between(const struct percuta_stages *stages, double theta,
                                     const double *u, size_t at, size_t count, double *out);

#endif

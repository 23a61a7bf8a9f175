/* The inverse of (shift I - J) for fields that follow others (struct percuta_motion): diffusion in
 * all directions at once, what is lost at the largest rate of each depth row, what drivers make.
 * Such fields are mostly far faster than the steps are long; factors one after the other would hold
 * their pattern still instead of letting it follow. */
#ifndef PERCUTA_NUMERICS_FOLLOW_H
#define PERCUTA_NUMERICS_FOLLOW_H

#include <stdbool.h>

#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_follow;

PetscErrorCode percuta_numerics_follow_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_follow **out);
PetscErrorCode percuta_numerics_follow_destroy(struct percuta_follow **follow); /* accepts NULL */

/* Whether field f is solved for here. */
bool percuta_numerics_follow_does(const struct percuta_problem *problem, int f);

/* Prepares solves at `shift` [1/s] with the reaction's slopes, of this rank's fields. Collective.
 */
PetscErrorCode percuta_numerics_follow_factor(struct percuta_follow *follow, double shift,
                                              const double *slope);

/* Solves in place for all followers among this rank's fields `x`, in which all others are solved
 * for. Collective. */
PetscErrorCode percuta_numerics_follow_solve(struct percuta_follow *follow, double *x);

#endif

/* The approximate inverse of (shift I - J) that the Rosenbrock-W method is given: one factor for
 * the reaction's slopes and one for each direction of movement, so that a solve is three sweeps of
 * line solves and no iteration. */
#ifndef PERCUTA_NUMERICS_SPLITTING_H
#define PERCUTA_NUMERICS_SPLITTING_H

#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_splitting;

PetscErrorCode percuta_numerics_splitting_create(const struct percuta_mesh *mesh,
                                                 const struct percuta_problem *problem,
                                                 struct percuta_splitting **out);
PetscErrorCode
percuta_numerics_splitting_destroy(struct percuta_splitting **splitting); /* accepts NULL */

/* Prepares solves at state `u` (this rank's fields) and `shift` [1/s]. Collective. */
PetscErrorCode percuta_numerics_splitting_factor(struct percuta_splitting *splitting, double time,
                                                 double shift, const double *u);

/* x = the approximate inverse applied to b; arrays of this rank's fields. Collective. */
PetscErrorCode percuta_numerics_splitting_solve(struct percuta_splitting *splitting,
                                                const double *b, double *x);

#endif

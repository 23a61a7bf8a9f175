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

/* Prepares solves at state `u` (this rank's fields) and `shift` [1/s]: movement, which is
 * collective; then, piece by piece (reaction.h), the reaction. */
PetscErrorCode percuta_numerics_splitting_factor(struct percuta_splitting *splitting, double shift,
                                                 const double *u);
void percuta_numerics_splitting_factor_piece(struct percuta_splitting *splitting, double time,
                                             const struct percuta_cells *piece, const double *u);

/* A solve in place, in which each depth row is ready for the next thing as soon as it is done:
 * `piece` takes all pieces of `rows` depth rows from k on (percuta_numerics_reaction_rows of them),
 * then `down` these rows, from the first to the last; then `across`, which is collective; then `up`
 * one row of a field at a time, from the last to the first; then `follow`, which is collective, for
 * the fields that follow others. */
void percuta_numerics_splitting_piece(const struct percuta_splitting *splitting,
                                      const struct percuta_cells *piece, double *x);
void percuta_numerics_splitting_down(struct percuta_splitting *splitting, int k, int rows,
                                     double *x);
PetscErrorCode percuta_numerics_splitting_across(struct percuta_splitting *splitting, double *x);
void percuta_numerics_splitting_up(const struct percuta_splitting *splitting, int f, int k,
                                   double *x);
PetscErrorCode percuta_numerics_splitting_follow(struct percuta_splitting *splitting, double *x);

/* The same at once: x = the approximate inverse applied to b; arrays of this rank's fields.
 * Collective. */
PetscErrorCode percuta_numerics_splitting_solve(struct percuta_splitting *splitting,
                                                const double *b, double *x);

#endif

/* Hands the cells of a grid to a problem's functions, many at a time. */
#ifndef PERCUTA_NUMERICS_REACTION_H
#define PERCUTA_NUMERICS_REACTION_H

#include <stdbool.h>

#include "numerics/mesh.h"
#include "numerics/problem.h"

/* Whether field f changes in depth row k. */
static inline bool percuta_numerics_reaction_lives(const struct percuta_problem *problem, int f,
                                                   int k) {
  return !problem->kind || problem->lives[f] >> problem->kind[k] & 1U;
}

/* How many depth rows from k on are worked on together: one, or where these have few cells as many
 * of one kind as make a few hundred. */
int percuta_numerics_reaction_rows(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, int k);

/* Adds the reaction in `rows` depth rows from k on to `rate`; `u` and `rate` hold all fields of
 * this rank. */
void percuta_numerics_reaction_add(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, double time, int k,
                                   int rows, const double *u, double *rate);

/* Adds the reaction's slopes to `slope` there. */
void percuta_numerics_reaction_slope(const struct percuta_mesh *mesh,
                                     const struct percuta_problem *problem, double time, int k,
                                     int rows, const double *u, double *slope);

#endif

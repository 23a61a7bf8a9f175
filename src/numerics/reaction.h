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

/* The cells of `rows` depth rows from k on come in so many pieces, whose values stay in the nearest
 * caches; and the piece of a number, from 0. */
int percuta_numerics_reaction_pieces(const struct percuta_mesh *mesh, int rows);
struct percuta_cells percuta_numerics_reaction_piece(const struct percuta_mesh *mesh, int k,
                                                     int rows, int index);

/* Adds the reaction in a piece to `rate`, or its slopes to `slope`; `u`, `rate` and `slope` hold
 * all fields of this rank. */
void percuta_numerics_reaction_add(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, double time,
                                   const struct percuta_cells *piece, const double *u,
                                   double *rate);
void percuta_numerics_reaction_slope(const struct percuta_mesh *mesh,
                                     const struct percuta_problem *problem, double time,
                                     const struct percuta_cells *piece, const double *u,
                                     double *slope);

#endif

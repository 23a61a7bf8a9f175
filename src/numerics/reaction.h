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

/* The cells of `rows` depth rows from k on come in pieces, whose values stay in the nearest caches:
 *   for (struct percuta_cells piece = percuta_numerics_reaction_first(mesh, k, rows);
 *        piece.count > 0; percuta_numerics_reaction_next(mesh, k, rows, &piece)) */
struct percuta_cells percuta_numerics_reaction_first(const struct percuta_mesh *mesh, int k,
                                                     int rows);
void percuta_numerics_reaction_next(const struct percuta_mesh *mesh, int k, int rows,
                                    struct percuta_cells *piece);

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

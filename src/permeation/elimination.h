/* Direct solution of (E + L) x = b without a single subtraction, where E > 0 is diagonal and L is
 * the Laplacian of a network: L x at node i is the sum over its links of link * (x_i - x_j), links
 * > 0.
 *
 * Diagonals are never stored: what remains of a row after an elimination is again an excess plus
 * links, and both only grow. So every entry of x has a small relative error however stiff the
 * network is (layers of 1e-4 and 1e4 side by side), is positive where b is, and amounts balance to
 * round-off. (Grassmann, Taksar & Heyman 1985 for Markov chains; Alfa, Xue & Ye 2002 for diagonally
 * dominant M-matrices.) Links reach at most `band` nodes ahead. No PETSc. */
#ifndef PERCUTA_PERMEATION_ELIMINATION_H
#define PERCUTA_PERMEATION_ELIMINATION_H

#include <stddef.h>

/* In place: link[k * band + d - 1] joins nodes k and k + d and becomes the factor's (over
 * the pivot); links past the last node must be 0. `excess` is used up, inverse[k] becomes one over
 * the pivot. */
void percuta_permeation_elimination_factor(int n, int band, double *link, double *excess,
                                           double *inverse);

/* x: in the right-hand side, out the solution. */
void percuta_permeation_elimination_solve(int n, int band, const double *link,
                                          const double *inverse, double *x);

#endif

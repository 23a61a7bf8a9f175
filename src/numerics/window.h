/* Depth rows of fields with a rim of neighbours in x and y, three at a time: what the fluxes of the
 * middle one are taken from. Only the rims between ranks are kept for all of the depth. */
#ifndef PERCUTA_NUMERICS_WINDOW_H
#define PERCUTA_NUMERICS_WINDOW_H

#include "numerics/mesh.h"

struct percuta_window;

/* For the `count` fields `field` of states on the mesh, which is borrowed. Collective. */
PetscErrorCode percuta_numerics_window_create(const struct percuta_mesh *mesh, int count,
                                              const int *field, struct percuta_window **out);
PetscErrorCode percuta_numerics_window_destroy(struct percuta_window **window); /* accepts NULL */

/* Fetches from the other ranks the rims of the fields of `u`, which must stay as it is while its
 * rows are loaded. Collective. */
PetscErrorCode percuta_numerics_window_begin(struct percuta_window *window, const double *u);

/* Loads row j (-1 and y_count: the rims) of depth row k, in the place of that of k - 3. */
void percuta_numerics_window_load(struct percuta_window *window, int k, int j, const double *u);

/* Cells of a row with its rim: nx + 2, from the neighbour before the first. */
size_t percuta_numerics_window_stride(const struct percuta_window *window);

/* Depth row k of the field number `index` of those given, with its rim: cell (i, j) of this rank
 * stands at (j + 1) * stride + i + 1. */
double *percuta_numerics_window_row(const struct percuta_window *window, int index, int k);

#endif

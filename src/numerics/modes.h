/* Sideways modes of a grid: in them diffusion across a depth row is a number for each. A periodic
 * row has waves, rings have the vectors of their own operator. */
#ifndef PERCUTA_NUMERICS_MODES_H
#define PERCUTA_NUMERICS_MODES_H

#include "numerics/mesh.h"

struct percuta_modes;

PetscErrorCode percuta_numerics_modes_create(const struct percuta_mesh *mesh,
                                             struct percuta_modes **out);
PetscErrorCode percuta_numerics_modes_destroy(struct percuta_modes **modes); /* accepts NULL */

/* Numbers that stand for a whole depth row; and what sideways diffusion of one makes of each,
 * without its sign [1/m^2]. */
size_t percuta_numerics_modes_count(const struct percuta_modes *modes);
const double *percuta_numerics_modes_damping(const struct percuta_modes *modes);

/* A whole depth row `plane` into its modes `out`, and back; `mode` is used up. */
void percuta_numerics_modes_of(const struct percuta_modes *modes, const double *plane, double *out);
void percuta_numerics_modes_back(const struct percuta_modes *modes, double *mode, double *plane);

#endif

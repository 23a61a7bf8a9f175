/* Finite-volume rates of movement: diffusion, crowding-dependent and guided diffusion, chemotaxis.
 */
#ifndef PERCUTA_NUMERICS_MOTION_H
#define PERCUTA_NUMERICS_MOTION_H

#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_motion_work; /* rows of the moving fields, conductances of depth faces */

PetscErrorCode percuta_numerics_motion_create(const struct percuta_mesh *mesh,
                                              const struct percuta_problem *problem,
                                              struct percuta_motion_work **out);
PetscErrorCode
percuta_numerics_motion_destroy(struct percuta_motion_work **work); /* accepts NULL */

/* Fetches what lies on other ranks beside the fields of `u`; then the movement of each depth row is
 * written to `rate` by itself, one after the other from the first on. Collective, the second not.
 */
PetscErrorCode percuta_numerics_motion_begin(struct percuta_motion_work *work, const double *u);
void percuta_numerics_motion_row(struct percuta_motion_work *work, int k, const double *u,
                                 double *rate);

/* rate = movement + reaction at `time`; both arrays hold all fields of this rank. Collective. */
PetscErrorCode percuta_numerics_motion_rate(struct percuta_motion_work *work, double time,
                                            const double *u, double *rate);

/* Per depth row, the largest u_0 + u_1 anywhere in it, over all ranks; `most` has nz entries. */
PetscErrorCode percuta_numerics_motion_crowding(const struct percuta_mesh *mesh, const double *u,
                                                double *most);

/* Per depth row, the largest guidance anywhere in it, over all ranks; `most` has nz entries. */
PetscErrorCode percuta_numerics_motion_guidance(const struct percuta_mesh *mesh,
                                                const struct percuta_problem *problem,
                                                const double *u, double *most);

/* The harmonic mean of a coefficient at a face between cells of heights `a` and `b`, divided by the
 * distance of their centres: flux per difference of values [m/s]. */
double percuta_numerics_motion_face(double coefficient_a, double a, double coefficient_b, double b);

#endif

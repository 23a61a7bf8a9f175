/* A grid spread over MPI ranks. Ranks own slabs in y, so that lines in x and z are whole on every
 * rank. A state is one vector, field by field on every rank, each field with x fastest, then y,
 * then z: the diffusion sweeps run over contiguous memory, the reaction over rows of cells. */
#ifndef PERCUTA_NUMERICS_MESH_H
#define PERCUTA_NUMERICS_MESH_H

#include "numerics/grid.h"
#include "numerics/petsc_compat.h"

struct percuta_mesh {
  MPI_Comm comm;
  const struct percuta_grid *grid; /* borrowed */
  DM dm;                           /* owned; one scalar, stencil width 1, periodic in x and y */
  int fields;                      /* in a state */
  int nx, ny, nz;                  /* of the whole grid */
  int y_start, y_count;            /* this rank's slab */
  size_t local;                    /* cells of one field on this rank: nx * y_count * nz */
  int threads;                     /* that work on this rank's cells */
  double *east, *west; /* owned, nx [1/m^2]: face area over distance and cell volume, to either side
                          in x; 0 at the walls of a grid of rings */
  double *weight;      /* owned, nx * y_count: area of a cell over that of the first */
};

/* How many of `ranks` a grid can use: one, or as many as it has rows in y. */
int percuta_numerics_mesh_usable_ranks(const struct percuta_grid *grid, int ranks);

/* Collective. The communicator must not be larger than percuta_numerics_mesh_usable_ranks. */
PetscErrorCode percuta_numerics_mesh_create(MPI_Comm comm, const struct percuta_grid *grid,
                                            int fields, struct percuta_mesh **out);
PetscErrorCode percuta_numerics_mesh_destroy(struct percuta_mesh **mesh); /* accepts NULL */

/* A new state vector of zeros, owned by the caller. */
PetscErrorCode percuta_numerics_mesh_create_state(const struct percuta_mesh *mesh, Vec *out);

/* Gathers field `field` of `state` on rank 0 in grid order (x, y, z) into `values`, of all cells
 * there and unused elsewhere; and the reverse. Collective. */
PetscErrorCode percuta_numerics_mesh_gather(const struct percuta_mesh *mesh, Vec state, int field,
                                            double *values);
PetscErrorCode percuta_numerics_mesh_scatter(const struct percuta_mesh *mesh, const double *values,
                                             int field, Vec state);

#endif

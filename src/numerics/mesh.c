/* The grid as slabs in y on ranks, and a field's way to one rank and back.
 * Theory: docs/theory/numerics.md. Verified: tests/verification/test_ranks.c (ranks agree),
 * test_motion.c (order in rings). */
#include "numerics/mesh.h"

#include <math.h>
#include <stdbool.h>

#include "base/threads.h"

int percuta_numerics_mesh_usable_ranks(const struct percuta_grid *grid, int ranks) {
  return ranks < grid->ny ? ranks : grid->ny;
}

/* The middle [m] of cell i along x. */
static double middle(const struct percuta_grid *grid, int i) {
  return 0.5 * (percuta_numerics_grid_x(grid, i) + percuta_numerics_grid_x(grid, i + 1));
}

/* Conductance of face i along x, 1 to nx - 1: its length over the distance between the middles of
 * its cells; in rings its length is 2 pi r. */
static double conductance(const struct percuta_grid *grid, int i) {
  return 2 * M_PI * percuta_numerics_grid_x(grid, i) / (middle(grid, i) - middle(grid, i - 1));
}

/* Conductances in x over the cell's area: 1/dx^2 in boxes; in rings of equal width, i/(i + 1/2)
 * times that to the west of ring i and (i + 1)/(i + 1/2) times that to the east. */
static PetscErrorCode set_lateral(struct percuta_mesh *mesh) {
  const struct percuta_grid *grid = mesh->grid;
  const bool rings = grid->metric == PERCUTA_CYLINDRICAL;
  const double even = 1.0 / (grid->dx * grid->dx);

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc3(mesh->nx, &mesh->east, mesh->nx, &mesh->west,
                         (size_t)mesh->nx * (size_t)mesh->y_count, &mesh->weight));
  for (int i = 0; i < mesh->nx; ++i) {
    const double area = percuta_numerics_grid_cell_area(grid, i);
    mesh->west[i] = !rings ? even : i > 0 ? conductance(grid, i) / area : 0.0;
    mesh->east[i] = !rings ? even : i + 1 < mesh->nx ? conductance(grid, i + 1) / area : 0.0;
    for (int j = 0; j < mesh->y_count; ++j)
      mesh->weight[j * mesh->nx + i] = area / percuta_numerics_grid_cell_area(grid, 0);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode set_threads(struct percuta_mesh *mesh) {
  MPI_Comm machine;
  PetscMPIInt processes;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_split_type(mesh->comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine));
  PetscCallMPI(MPI_Comm_size(machine, &processes));
  PetscCallMPI(MPI_Comm_free(&machine));
  mesh->threads = percuta_threads_for(mesh->local, processes);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_mesh_create(MPI_Comm comm, const struct percuta_grid *grid,
                                            int fields, struct percuta_mesh **out) {
  struct percuta_mesh *mesh;
  PetscMPIInt size;
  PetscInt y_start, y_count;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&mesh));
  mesh->comm = comm;
  mesh->grid = grid;
  mesh->fields = fields;
  mesh->nx = grid->nx;
  mesh->ny = grid->ny;
  mesh->nz = grid->nz;
  PetscCallMPI(MPI_Comm_size(comm, &size));
  /* rings keep a rim of cells at their walls too, so that all grids share one layout; it is never
     read with a weight other than zero */
  DMBoundaryType x_end =
      grid->metric == PERCUTA_CYLINDRICAL ? DM_BOUNDARY_GHOSTED : DM_BOUNDARY_PERIODIC;
  PetscCall(DMDACreate3d(comm, x_end, DM_BOUNDARY_PERIODIC, DM_BOUNDARY_NONE, DMDA_STENCIL_STAR,
                         grid->nx, grid->ny, grid->nz, 1, size, 1, 1, 1, NULL, NULL, NULL,
                         &mesh->dm));
  PetscCall(DMSetUp(mesh->dm));
  PetscCall(DMDAGetCorners(mesh->dm, NULL, &y_start, NULL, NULL, &y_count, NULL));
  mesh->y_start = (int)y_start;
  mesh->y_count = (int)y_count;
  mesh->local = (size_t)mesh->nx * (size_t)mesh->y_count * (size_t)mesh->nz;
  PetscCall(set_threads(mesh));
  PetscCall(set_lateral(mesh));
  *out = mesh;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_mesh_destroy(struct percuta_mesh **mesh) {
  PetscFunctionBeginUser;
  if (*mesh) {
    PetscCall(DMDestroy(&(*mesh)->dm));
    PetscCall(PetscFree3((*mesh)->east, (*mesh)->west, (*mesh)->weight));
    PetscCall(PetscFree(*mesh));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_mesh_create_state(const struct percuta_mesh *mesh, Vec *out) {
  PetscFunctionBeginUser;
  PetscCall(VecCreateMPI(mesh->comm, (PetscInt)(mesh->local * (size_t)mesh->fields),
                         PETSC_DETERMINE, out));
  PetscCall(VecSet(*out, 0.0));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A scatter from a scalar of the mesh, put into grid order, to all of it on rank 0. */
static PetscErrorCode create_gather(const struct percuta_mesh *mesh, Vec *natural, Vec *all,
                                    VecScatter *scatter) {
  PetscFunctionBeginUser;
  PetscCall(DMDACreateNaturalVector(mesh->dm, natural));
  PetscCall(VecScatterCreateToZero(*natural, scatter, all));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_mesh_gather(const struct percuta_mesh *mesh, Vec state, int field,
                                            double *values) {
  Vec scalar, natural, all;
  VecScatter scatter;
  const PetscScalar *from;
  PetscScalar *to;
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  if (mesh->y_count == mesh->ny) { /* this rank has it all, in this order */
    PetscCall(VecGetArrayRead(state, &from));
    PetscCall(PetscArraycpy(values, from + (size_t)field * mesh->local, mesh->local));
    PetscCall(VecRestoreArrayRead(state, &from));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(DMGetGlobalVector(mesh->dm, &scalar));
  PetscCall(create_gather(mesh, &natural, &all, &scatter));
  PetscCall(VecGetArrayRead(state, &from));
  PetscCall(VecGetArrayWrite(scalar, &to));
  PetscCall(PetscArraycpy(to, from + (size_t)field * mesh->local, mesh->local));
  PetscCall(VecRestoreArrayWrite(scalar, &to));
  PetscCall(VecRestoreArrayRead(state, &from));
  PetscCall(DMDAGlobalToNaturalBegin(mesh->dm, scalar, INSERT_VALUES, natural));
  PetscCall(DMDAGlobalToNaturalEnd(mesh->dm, scalar, INSERT_VALUES, natural));
  PetscCall(VecScatterBegin(scatter, natural, all, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecScatterEnd(scatter, natural, all, INSERT_VALUES, SCATTER_FORWARD));
  if (rank == 0) {
    PetscCall(VecGetArrayRead(all, &from));
    PetscCall(PetscArraycpy(values, from, percuta_numerics_grid_cell_count(mesh->grid)));
    PetscCall(VecRestoreArrayRead(all, &from));
  }
  PetscCall(VecScatterDestroy(&scatter));
  PetscCall(VecDestroy(&all));
  PetscCall(VecDestroy(&natural));
  PetscCall(DMRestoreGlobalVector(mesh->dm, &scalar));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_mesh_scatter(const struct percuta_mesh *mesh, const double *values,
                                             int field, Vec state) {
  Vec scalar, natural, all;
  VecScatter scatter;
  const PetscScalar *from;
  PetscScalar *to;
  PetscMPIInt rank;

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  if (mesh->y_count == mesh->ny) { /* this rank has it all, in this order */
    PetscCall(VecGetArray(state, &to));
    PetscCall(PetscArraycpy(to + (size_t)field * mesh->local, values, mesh->local));
    PetscCall(VecRestoreArray(state, &to));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(DMGetGlobalVector(mesh->dm, &scalar));
  PetscCall(create_gather(mesh, &natural, &all, &scatter));
  if (rank == 0) {
    PetscCall(VecGetArrayWrite(all, &to));
    PetscCall(PetscArraycpy(to, values, percuta_numerics_grid_cell_count(mesh->grid)));
    PetscCall(VecRestoreArrayWrite(all, &to));
  }
  PetscCall(VecScatterBegin(scatter, all, natural, INSERT_VALUES, SCATTER_REVERSE));
  PetscCall(VecScatterEnd(scatter, all, natural, INSERT_VALUES, SCATTER_REVERSE));
  PetscCall(DMDANaturalToGlobalBegin(mesh->dm, natural, INSERT_VALUES, scalar));
  PetscCall(DMDANaturalToGlobalEnd(mesh->dm, natural, INSERT_VALUES, scalar));
  PetscCall(VecGetArrayRead(scalar, &from));
  PetscCall(VecGetArray(state, &to));
  PetscCall(PetscArraycpy(to + (size_t)field * mesh->local, from, mesh->local));
  PetscCall(VecRestoreArray(state, &to));
  PetscCall(VecRestoreArrayRead(scalar, &from));
  PetscCall(VecScatterDestroy(&scatter));
  PetscCall(VecDestroy(&all));
  PetscCall(VecDestroy(&natural));
  PetscCall(DMRestoreGlobalVector(mesh->dm, &scalar));
  PetscFunctionReturn(PETSC_SUCCESS);
}

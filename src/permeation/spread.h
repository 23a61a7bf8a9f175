/* Columns nx by ny, periodic across, spread over ranks, black ones before red ones, no two red ones
 * side by side. Values of all rows of them stand in arrays of two widths: `own`, of this rank's
 * columns, or `wide`, with those of other ranks behind that are beside its own; the value of row k
 * of column c at k * width + c. */
#ifndef PERCUTA_PERMEATION_SPREAD_H
#define PERCUTA_PERMEATION_SPREAD_H

#include <stddef.h>

#include "numerics/petsc_compat.h"

enum { PERCUTA_SPREAD_SIDES = 4, PERCUTA_SPREAD_BLOCK = 64 };

/* Neighbours in memory whose neighbours are so too. */
struct percuta_spread_run {
  size_t from;
  int count;
  size_t beside[PERCUTA_SPREAD_SIDES]; /* of the first: west, east, south, north */
};

/* Columns of one colour that are worked on together. */
struct percuta_spread_block {
  size_t from;
  int count, run, runs;
};

struct percuta_spread {
  MPI_Comm comm;
  int nx, ny, nz;
  int xs, ys, xm, ym; /* this rank's */
  size_t black, own, wide;
  int *column;                        /* owned; of each i + xm j of this rank */
  int *place;                         /* owned; the i + xm j of each column */
  PetscInt *beside;                   /* owned; of each column, its sides' */
  struct percuta_spread_run *run;     /* owned */
  struct percuta_spread_block *block; /* owned; black, then red */
  int blacks, reds;                   /* blocks */
  PetscSF others; /* owned; where the columns of others come from; NULL: of one rank */
};

/* Collective. nx and ny at least 3. */
PetscErrorCode percuta_permeation_spread_create(MPI_Comm comm, int nx, int ny, int nz,
                                                struct percuta_spread **out);
PetscErrorCode percuta_permeation_spread_destroy(struct percuta_spread **spread); /* NULL too */

/* Where a column is; which one is at (i, j), or -1 if another rank has it. */
void percuta_permeation_spread_place(const struct percuta_spread *spread, size_t column, int *i,
                                     int *j);
int percuta_permeation_spread_find(const struct percuta_spread *spread, int i, int j);

/* Gets the columns of others in a wide array. Collective. */
PetscErrorCode percuta_permeation_spread_fetch(const struct percuta_spread *spread, double *values);

#endif

/* Which rank has which columns is a DMDA's doing; the order of them, the list of others that are
 * looked at and the cutting into blocks and runs, so that loops go over neighbours in memory, are
 * done here. Test: tests/unit/test_boxes.c, on several ranks tests/verification/
 * several_ranks_permeation.sh. */
#include "permeation/spread.h"

#include <stdbool.h>

void percuta_permeation_spread_place(const struct percuta_spread *spread, size_t column, int *i,
                                     int *j) {
  *i = spread->xs + spread->place[column] % spread->xm;
  *j = spread->ys + spread->place[column] / spread->xm;
}

int percuta_permeation_spread_find(const struct percuta_spread *spread, int i, int j) {
  const int x = i - spread->xs, y = j - spread->ys;
  const bool here = x >= 0 && x < spread->xm && y >= 0 && y < spread->ym;
  return here ? spread->column[x + spread->xm * y] : -1;
}

/* Where a circle of columns is odd, the last has a neighbour of its own colour: it is black. */
static bool is_red(const struct percuta_spread *s, int i, int j) {
  return (i + j) % 2 == 1 && !(s->nx % 2 == 1 && i == s->nx - 1) &&
         !(s->ny % 2 == 1 && j == s->ny - 1);
}

static void number_columns(struct percuta_spread *s) {
  size_t next = 0;
  for (int red = 0; red < 2; ++red) {
    for (int at = 0; at < s->xm * s->ym; ++at) {
      if (is_red(s, s->xs + at % s->xm, s->ys + at / s->xm) != (red == 1))
        continue;
      s->place[next] = at;
      s->column[at] = (int)next++;
    }
    if (!red)
      s->black = next;
  }
}

/* The column at one side of another, on whatever rank. */
static void neighbour(const struct percuta_spread *s, size_t column, int side, int *i, int *j) {
  static const int EAST[PERCUTA_SPREAD_SIDES] = {-1, 1, 0, 0},
                   NORTH[PERCUTA_SPREAD_SIDES] = {0, 0, -1, 1};
  percuta_permeation_spread_place(s, column, i, j);
  *i = (*i + EAST[side] + s->nx) % s->nx;
  *j = (*j + NORTH[side] + s->ny) % s->ny;
}

/* Who has column (i, j), and as which of its places. */
static PetscErrorCode find_owner(DM dm, int i, int j, PetscSFNode *out) {
  const PetscInt *lx, *ly;
  PetscInt across, x = 0, y = 0;
  PetscFunctionBeginUser;
  PetscCall(DMDAGetOwnershipRanges(dm, &lx, &ly, NULL));
  PetscCall(DMDAGetInfo(dm, NULL, NULL, NULL, NULL, &across, NULL, NULL, NULL, NULL, NULL, NULL,
                        NULL, NULL));
  for (; i >= lx[x]; ++x)
    i -= (int)lx[x];
  for (; j >= ly[y]; ++y)
    j -= (int)ly[y];
  *out = (PetscSFNode){.rank = x + across * y, .index = i + lx[x] * j};
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Numbers what is beside each column; the columns of others come after our own. `from`: place for
 * as many of them as there can be. */
static PetscErrorCode find_neighbours(struct percuta_spread *s, DM dm, PetscSFNode *from) {
  PetscFunctionBeginUser;
  s->wide = s->own;
  for (size_t c = 0; c < s->own; ++c) {
    for (int side = 0; side < PERCUTA_SPREAD_SIDES; ++side) {
      int i, j;
      neighbour(s, c, side, &i, &j);
      const int mine = percuta_permeation_spread_find(s, i, j);
      s->beside[c * PERCUTA_SPREAD_SIDES + (size_t)side] = mine >= 0 ? mine : (PetscInt)s->wide;
      if (mine >= 0)
        continue;
      PetscCall(find_owner(dm, i, j, &from[s->wide - s->own]));
      s->wide += 1;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From places on other ranks to the values of all rows there: each owner tells the number of the
 * column and how wide its rows are. */
static PetscErrorCode connect(struct percuta_spread *s, PetscSFNode *from) {
  const PetscInt count = (PetscInt)(s->wide - s->own), rows = s->nz;
  PetscSF places;
  PetscInt *told, *heard, *leaf;
  PetscSFNode *root;
  PetscFunctionBeginUser;
  PetscCall(PetscMalloc2(2 * s->own, &told, 2 * (size_t)count, &heard));
  PetscCall(PetscMalloc1((size_t)(count * rows), &leaf));
  PetscCall(PetscMalloc1((size_t)(count * rows), &root));
  for (size_t at = 0; at < s->own; ++at) {
    told[2 * at] = s->column[at];
    told[2 * at + 1] = (PetscInt)s->wide;
  }
  PetscCall(PetscSFCreate(s->comm, &places));
  PetscCall(PetscSFSetGraph(places, (PetscInt)s->own, count, NULL, PETSC_COPY_VALUES, from,
                            PETSC_COPY_VALUES));
  PetscCall(PetscSFBcastBegin(places, MPIU_2INT, told, heard, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(places, MPIU_2INT, told, heard, MPI_REPLACE));
  PetscCall(PetscSFDestroy(&places));
  for (PetscInt k = 0; k < rows; ++k) {
    for (PetscInt at = 0; at < count; ++at) {
      leaf[k * count + at] = k * (PetscInt)s->wide + (PetscInt)s->own + at;
      root[k * count + at] =
          (PetscSFNode){.rank = from[at].rank, .index = k * heard[2 * at + 1] + heard[2 * at]};
    }
  }
  PetscCall(PetscFree2(told, heard));
  PetscCall(PetscSFCreate(s->comm, &s->others));
  PetscCall(PetscSFSetGraph(s->others, rows * (PetscInt)s->wide, count * rows, leaf,
                            PETSC_OWN_POINTER, root, PETSC_OWN_POINTER));
  PetscCall(PetscSFSetUp(s->others));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_spread_fetch(const struct percuta_spread *s, double *values) {
  PetscFunctionBeginUser;
  if (!s->others)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscSFBcastBegin(s->others, MPI_DOUBLE, values, values, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(s->others, MPI_DOUBLE, values, values, MPI_REPLACE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static bool continues(const struct percuta_spread *s, const struct percuta_spread_run *run,
                      size_t column) {
  for (int side = 0; side < PERCUTA_SPREAD_SIDES; ++side) {
    if ((size_t)s->beside[column * PERCUTA_SPREAD_SIDES + (size_t)side] !=
        run->beside[side] + (size_t)run->count)
      return false;
  }
  return true;
}

/* Cuts the columns of each colour into blocks, and blocks into runs. */
static void cut(struct percuta_spread *s) {
  const size_t end[] = {s->black, s->own};
  int blocks = 0, runs = 0;
  size_t c = 0;
  for (int red = 0; red < 2; ++red) {
    while (c < end[red]) {
      struct percuta_spread_block *block = &s->block[blocks++];
      *block = (struct percuta_spread_block){.from = c, .run = runs};
      for (; c < end[red] && block->count < PERCUTA_SPREAD_BLOCK; ++c, ++block->count) {
        if (block->runs > 0 && continues(s, &s->run[runs - 1], c)) {
          s->run[runs - 1].count += 1;
          continue;
        }
        struct percuta_spread_run *run = &s->run[runs++];
        *run = (struct percuta_spread_run){.from = c, .count = 1};
        for (int side = 0; side < PERCUTA_SPREAD_SIDES; ++side)
          run->beside[side] = (size_t)s->beside[c * PERCUTA_SPREAD_SIDES + (size_t)side];
        block->runs += 1;
      }
    }
    *(red ? &s->reds : &s->blacks) = red ? blocks - s->blacks : blocks;
  }
}

static PetscErrorCode lay_out(struct percuta_spread *s, DM dm) {
  PetscSFNode *from;
  PetscMPIInt ranks;
  PetscFunctionBeginUser;
  s->own = (size_t)s->xm * (size_t)s->ym;
  PetscCall(PetscMalloc1(s->own, &s->column));
  PetscCall(PetscMalloc1(s->own, &s->place));
  PetscCall(PetscMalloc1(s->own * PERCUTA_SPREAD_SIDES, &s->beside));
  PetscCall(PetscMalloc1(s->own, &s->run));
  PetscCall(PetscMalloc1(s->own / PERCUTA_SPREAD_BLOCK + 2, &s->block));
  PetscCall(PetscMalloc1(s->own * PERCUTA_SPREAD_SIDES, &from));
  number_columns(s);
  PetscCall(find_neighbours(s, dm, from));
  PetscCallMPI(MPI_Comm_size(s->comm, &ranks));
  if (ranks > 1)
    PetscCall(connect(s, from));
  PetscCall(PetscFree(from));
  cut(s);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_spread_create(MPI_Comm comm, int nx, int ny, int nz,
                                                struct percuta_spread **out) {
  struct percuta_spread *s;
  DM dm;
  DMDALocalInfo box;
  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  s->comm = comm;
  s->nx = nx;
  s->ny = ny;
  s->nz = nz;
  PetscCall(DMDACreate2d(comm, DM_BOUNDARY_PERIODIC, DM_BOUNDARY_PERIODIC, DMDA_STENCIL_STAR, nx,
                         ny, PETSC_DECIDE, PETSC_DECIDE, 1, 1, NULL, NULL, &dm));
  PetscCall(DMSetUp(dm));
  PetscCall(DMDAGetLocalInfo(dm, &box));
  s->xs = (int)box.xs;
  s->ys = (int)box.ys;
  s->xm = (int)box.xm;
  s->ym = (int)box.ym;
  PetscCall(lay_out(s, dm));
  PetscCall(DMDestroy(&dm));
  *out = s;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_spread_destroy(struct percuta_spread **spread) {
  struct percuta_spread *s = *spread;
  PetscFunctionBeginUser;
  if (!s)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscSFDestroy(&s->others));
  PetscCall(PetscFree(s->block));
  PetscCall(PetscFree(s->run));
  PetscCall(PetscFree(s->beside));
  PetscCall(PetscFree(s->place));
  PetscCall(PetscFree(s->column));
  PetscCall(PetscFree(*spread));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One course's healing, from its first session on, by several time steppers: the same right-hand
 * side, the same tolerances, the same split inverse. Internal to bench/stepping/. */
#ifndef PERCUTA_BENCH_STEPPING_H
#define PERCUTA_BENCH_STEPPING_H

#include "numerics/mesh.h"
#include "numerics/motion.h"
#include "numerics/problem.h"
#include "numerics/reaction.h"
#include "numerics/splitting.h"

struct stepping {
  const struct percuta_mesh *mesh;
  const struct percuta_problem *problem;
  const double *scale; /* one typical size for each field */
  double tolerance;    /* relative and, times `scale`, absolute */
  double end;          /* [s] from time 0 */
  Vec state;           /* in and out */
  long steps, rejected;
  struct percuta_motion_work *motion;  /* for peers: their right-hand side */
  struct percuta_splitting *splitting; /* and the inverse they are given */
};

/* Prepares the inverse of shift I - J at `u`. */
PetscErrorCode stepping_factor(struct stepping *job, double time, double shift, const double *u);

/* The absolute tolerance of each value, in a vector of its own. */
void stepping_absolute(const struct stepping *job, double *out);

PetscErrorCode stepping_own(struct stepping *job);
PetscErrorCode stepping_rosw(struct stepping *job);    /* PETSc's TSROSW, ra34pw2 */
PetscErrorCode stepping_arkimex(struct stepping *job); /* PETSc's TSARKIMEX, all implicit */
PetscErrorCode stepping_arkode(struct stepping *job);  /* SUNDIALS ARKODE, DIRK of order 3 */

#endif

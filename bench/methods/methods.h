/* Other ways to take the same steps, to choose by measurement. Internal to bench/methods/. */
#ifndef PERCUTA_BENCH_METHODS_H
#define PERCUTA_BENCH_METHODS_H

#include "numerics/petsc_compat.h"
#include "problem.h"

struct methods_options {
  const char *method; /* krylov, rosw, fastdiag */
  const char *pc;     /* of krylov: PETSc's name of the preconditioner */
  bool two_stage;     /* krylov: the two-stage scheme instead of Crank-Nicolson */
  long pairs;
  double tolerance; /* of krylov's residual, or of rosw's steps */
};

struct methods_run {
  double seconds, setup_seconds;
  long steps, iterations; /* iterations 0 where there are none */
  const char *name;
};

/* Crank-Nicolson or the two-stage scheme of lod/lod.h; every step's system by conjugate
 * gradients with the preconditioner `pc`. */
PetscErrorCode methods_krylov(struct bench_problem *problem, const struct methods_options *options,
                              struct methods_run *run);

/* Percuta's own stepper: Rosenbrock-W with approximate matrix factorisation. Needs diffusivities by
 * row; periodic sides stand for walls, which by symmetry makes no difference here. */
PetscErrorCode methods_rosw(struct bench_problem *problem, const struct methods_options *options,
                            struct methods_run *run);

/* Diffusion exactly, in the eigenvectors of each direction; needs diffusivities by row that are the
 * same in all. With diffusivities by cell: preconditions krylov's systems. */
PetscErrorCode methods_fastdiag(struct bench_problem *problem,
                                const struct methods_options *options, struct methods_run *run);

#endif

/* The reference problems R1, R2 and R3: a cube of side 2 mm, cells of equal size, nothing passes
 * the walls. x fastest, then y, then z from the surface down; z = row 0 is the top. */
#ifndef PERCUTA_BENCH_PROBLEM_H
#define PERCUTA_BENCH_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "numerics/lod.h"

enum { BENCH_MOST_FIELDS = 8 };

struct bench_options {
  const char *problem;
  int cells;    /* along an edge */
  int fields;   /* substances of R1; R2 has 3, R3 has 1 */
  long pairs;   /* of steps */
  bool by_cell; /* R1 with diffusivities held for every cell */
  enum percuta_lod_scheme scheme;
  const char *reference; /* file of a finer run to compare with, or NULL */
  const char *write;     /* file to write the result to, or NULL */
};

struct bench_state {
  const struct bench_options *options;
  struct percuta_grid *grid; /* owned */
  size_t cells;
  int fields;
  double *u[BENCH_MOST_FIELDS]; /* owned */
  double error, least;          /* set by run and judge */
  double seconds, setup_seconds;
  size_t bytes; /* held besides the fields */
};

/* Each fills the fields, then runs and sets `seconds` (the run), `setup_seconds` and `bytes`. */
bool bench_r1(struct bench_state *state);
bool bench_r2(struct bench_state *state);
bool bench_r3(struct bench_state *state);

/* Relative L2 error of R1 against the exact solution, a Gaussian with its mirror images. */
double bench_r1_error(const struct bench_state *state);

double bench_now(void); /* [s] wall clock */

#endif

/* The reference problems: R1, R2 and R3 in a cube of side 2 mm with cells of equal size whose walls
 * let nothing pass, and D, the signal of the demo's patch by itself. Fields have x fastest, then y,
 * then z from the surface down. */
#ifndef PERCUTA_BENCH_PROBLEM_H
#define PERCUTA_BENCH_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "lod/lod.h"

enum { BENCH_MOST_FIELDS = 8 };

struct bench_problem {
  char name[8];
  struct percuta_grid *grid; /* owned */
  size_t cells;
  int fields;
  double *u[BENCH_MOST_FIELDS]; /* owned; as they start */
  double *by_row, *by_cell;     /* owned; [m^2/s]; of R2 g's, f's in by_row + nz */
  double loss, end;             /* [1/s] or, R2, [1/d] of g; [s] or [d] */
  bool walls;
};

/* `name` is r1, r2, r3 or d; `cells` along an edge of the cube; `substrates` and `by_cell`, which
 * holds its one diffusivity for every cell, are for R1. NULL when there is no such problem, or no
 * memory. */
struct bench_problem *bench_problem_create(const char *name, int cells, int substrates,
                                           bool by_cell);
void bench_problem_destroy(struct bench_problem **problem);

/* Of the last field of R1: relative L2 distance from the exact solution, a Gaussian with its mirror
 * images. NAN for the others. */
double bench_problem_error(const struct bench_problem *problem);

/* The largest over the fields of the relative L2 distance from a file of the same cells, as written
 * by bench_problem_write; NAN when it cannot be read. */
double bench_problem_distance(const struct bench_problem *problem, const char *path);
bool bench_problem_write(const struct bench_problem *problem, const char *path);
double bench_problem_least(const struct bench_problem *problem);

/* R2 by steps of length end / pairs; `diffuse` moves field 0 (g) or 1 (f) by half a step, down and
 * then up, or by a whole one. */
enum bench_part { BENCH_DOWN, BENCH_UP, BENCH_WHOLE };
typedef void bench_diffuse(void *context, int field, double *u, enum bench_part part);
void bench_r2_run(struct bench_problem *problem, long pairs, bench_diffuse *diffuse, void *context);

/* Adds R2's rates [1/d] of a run of cells. */
void bench_r2_rates(size_t count, const double *g, const double *f, const double *c, double *dg,
                    double *df, double *dc);

double bench_now(void); /* [s] wall clock */

#endif

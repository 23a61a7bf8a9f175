/* Rows of depth in pieces of a few hundred cells, whose values stay in the nearest caches.
 * Verified: tests/verification/test_manufactured.c, test_healing.c (patch and column agree). */
#include "numerics/reaction.h"

enum { TOGETHER = 256 }; /* cells handed over at once */

static size_t plane_of(const struct percuta_mesh *mesh) {
  return (size_t)mesh->nx * (size_t)mesh->y_count;
}

int percuta_numerics_reaction_rows(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, int k) {
  const size_t plane = plane_of(mesh);
  int rows = 1;
  if (!problem->kind)
    return rows;
  while (k + rows < mesh->nz && problem->kind[k + rows] == problem->kind[k] &&
         (size_t)(rows + 1) * plane <= TOGETHER)
    ++rows;
  return rows;
}

/* Calls `function` for pieces of the cells of `rows` depth rows. */
static void hand_over(const struct percuta_mesh *mesh, const struct percuta_problem *problem,
                      percuta_reaction_fn *function, double time, int k, int rows, const double *u,
                      double *out) {
  const size_t begin = (size_t)k * plane_of(mesh), end = begin + (size_t)rows * plane_of(mesh);
  const double *from[PERCUTA_PROBLEM_MAX_FIELDS];
  double *to[PERCUTA_PROBLEM_MAX_FIELDS];
  for (size_t at = begin; at < end; at += TOGETHER) {
    const struct percuta_cells cells = {
        .k = k, .count = (int)(end - at < TOGETHER ? end - at : TOGETHER), .offset = at};
    for (int f = 0; f < problem->fields; ++f) {
      from[f] = u + (size_t)f * mesh->local + at;
      to[f] = out + (size_t)f * mesh->local + at;
    }
    function(problem->context, time, &cells, from, to);
  }
}

void percuta_numerics_reaction_add(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, double time, int k,
                                   int rows, const double *u, double *rate) {
  if (problem->reaction)
    hand_over(mesh, problem, problem->reaction, time, k, rows, u, rate);
}

void percuta_numerics_reaction_slope(const struct percuta_mesh *mesh,
                                     const struct percuta_problem *problem, double time, int k,
                                     int rows, const double *u, double *slope) {
  if (problem->slope)
    hand_over(mesh, problem, problem->slope, time, k, rows, u, slope);
}

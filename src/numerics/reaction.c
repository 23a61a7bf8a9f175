/* Rows of depth in pieces of cells, whose values stay in the nearest caches.
 * Verified: tests/verification/test_manufactured.c, test_healing.c (patch and column agree). */
#include "numerics/reaction.h"

enum { TOGETHER = 256, PIECE = 128 }; /* cells of short rows; handed over at once */

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

int percuta_numerics_reaction_pieces(const struct percuta_mesh *mesh, int rows) {
  return (int)(((size_t)rows * plane_of(mesh) + PIECE - 1) / PIECE);
}

struct percuta_cells percuta_numerics_reaction_piece(const struct percuta_mesh *mesh, int k,
                                                     int rows, int index) {
  const size_t from = (size_t)index * PIECE, left = (size_t)rows * plane_of(mesh) - from;
  return (struct percuta_cells){.k = k,
                                .count = (int)(left < PIECE ? left : PIECE),
                                .offset = (size_t)k * plane_of(mesh) + from};
}

static void hand_over(const struct percuta_mesh *mesh, const struct percuta_problem *problem,
                      percuta_reaction_fn *function, double time, const struct percuta_cells *piece,
                      const double *u, double *out) {
  const double *from[PERCUTA_PROBLEM_MAX_FIELDS];
  double *to[PERCUTA_PROBLEM_MAX_FIELDS];
  for (int f = 0; f < problem->fields; ++f) {
    from[f] = u + (size_t)f * mesh->local + piece->offset;
    to[f] = out + (size_t)f * mesh->local + piece->offset;
  }
  function(problem->context, time, piece, from, to);
}

void percuta_numerics_reaction_add(const struct percuta_mesh *mesh,
                                   const struct percuta_problem *problem, double time,
                                   const struct percuta_cells *piece, const double *u,
                                   double *rate) {
  if (problem->reaction)
    hand_over(mesh, problem, problem->reaction, time, piece, u, rate);
}

void percuta_numerics_reaction_slope(const struct percuta_mesh *mesh,
                                     const struct percuta_problem *problem, double time,
                                     const struct percuta_cells *piece, const double *u,
                                     double *slope) {
  if (problem->slope)
    hand_over(mesh, problem, problem->slope, time, piece, u, slope);
}

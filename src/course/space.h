/* The space a run computes in: its grid, and the memory that takes. Needs neither MPI nor PETSc. */
#ifndef PERCUTA_COURSE_SPACE_H
#define PERCUTA_COURSE_SPACE_H

#include "numerics/grid.h"
#include "scenario/scenario.h"
#include "skin/skin.h"

/* The grid that the scenario's fidelity asks for; `window` [m] is what a column samples across.
 * Owned by the caller. */
enum percuta_status percuta_course_space_grid(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin, double window,
                                              struct percuta_grid **out);

/* What a run holds for every cell, and the peak [bytes] of all its processes together; within 15 %
 * of what Linux counts, by test. */
size_t percuta_course_space_bytes_per_cell(const struct percuta_scenario *scenario);
double percuta_course_space_bytes(const struct percuta_scenario *scenario,
                                  const struct percuta_grid *grid, int processes);

#endif

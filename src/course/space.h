/* The space a run computes in: its grid, and the memory that takes. Needs neither MPI nor PETSc. */
#ifndef PERCUTA_COURSE_SPACE_H
#define PERCUTA_COURSE_SPACE_H

#include "numerics/grid.h"
#include "scenario/scenario.h"
#include "skin/skin.h"

/* The grid that the scenario's fidelity asks for. Owned by the caller. */
enum percuta_status percuta_course_space_grid(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_grid **out);

/* Strikes that a session is expected to make on the skin that is followed; `window` [m] is the side
 * of the square that they are laid on where that is no patch. */
double percuta_course_space_strikes(const struct percuta_scenario *scenario, double window);

/* What a run holds for every cell, and the peak [bytes] of all its processes together, with the
 * strikes of all sessions, which each of them holds; within 15 % of what Linux counts, by test. */
size_t percuta_course_space_bytes_per_cell(const struct percuta_scenario *scenario);
double percuta_course_space_bytes(const struct percuta_scenario *scenario,
                                  const struct percuta_grid *grid, double strikes, int processes);

/* What the result folder takes at most [bytes], kept fields, checkpoint and channels.csv. */
double percuta_course_space_disk(const struct percuta_scenario *scenario,
                                 const struct percuta_grid *grid, double strikes);

#endif

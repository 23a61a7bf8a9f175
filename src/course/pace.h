/* How long a run takes, predicted. Needs neither MPI nor PETSc. */
#ifndef PERCUTA_COURSE_PACE_H
#define PERCUTA_COURSE_PACE_H

#include "healing/cascade.h"
#include "numerics/grid.h"

struct percuta_pace {
  double steps;     /* of time, expected */
  double seconds;   /* on one process of this machine, as busy as it is now */
  double low, high; /* [s] between which nine of ten runs lie */
};

/* Measures for some milliseconds how fast this machine computes the rates of healing in a cell, and
 * multiplies by what a run of `strikes` a session on the grid has to do. */
struct percuta_pace percuta_course_pace_predict(const struct percuta_scenario *scenario,
                                                const struct percuta_cascade *cascade,
                                                const struct percuta_grid *grid, double strikes);

#endif

/* A run on this process alone, to its end, that leaves no trace but its books and the track of a
 * needle: for comparisons with published rows, fits and sensitivities. PETSc must have been
 * started. */
#ifndef PERCUTA_COURSE_TRIAL_H
#define PERCUTA_COURSE_TRIAL_H

#include "course/run.h"
#include "numerics/deal.h"

/* All fields in one cell of the grid at one time; idle values where not computed. */
struct percuta_trial_state {
  double time; /* [s] since the first session */
  double field[PERCUTA_FIELD_COUNT];
};

struct percuta_trial {
  const struct percuta_crew *crew;     /* borrowed while the run goes on */
  struct percuta_run *run;             /* owned */
  const struct percuta_record *record; /* of the run: what is wanted */
  /* The track of a needle: the cell on the axis, or in the corner of a patch, half way down the
   * treated dermis. One state for every row of the timeline. Owned. */
  struct percuta_trial_state *track;
  size_t track_count, track_capacity;
};

/* Mistakes go to `diag`; PERCUTA_NUMERICS when no step leads on. On success release with
 * percuta_course_trial_clear, which accepts one that failed. `scenario` and `diag` are borrowed
 * until then. `crew` (may be NULL) is told how far it is; the run is this process's alone. */
enum percuta_status percuta_course_trial_run(const struct percuta_scenario *scenario,
                                             const struct percuta_crew *crew,
                                             struct percuta_diag *diag, struct percuta_trial *out);
void percuta_course_trial_clear(struct percuta_trial *trial);

#endif

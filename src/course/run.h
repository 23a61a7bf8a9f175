/* A run: one scenario followed from the first session on. It can be stepped, looked at between
 * steps, saved, written, and made as often as one likes in a process, one after another or several
 * at a time. It prints nothing, handles no signal and never exits.
 *
 *   struct percuta_run *run = NULL;
 *   status = percuta_course_run_create(scenario, PETSC_COMM_SELF, &options, NULL, diag, &run);
 *   if (status == PERCUTA_OK)
 *     status = percuta_course_run_advance(run, 90 * PERCUTA_DAY);
 *   ... percuta_course_look_column(run, "collagen_total_rel", values) ...
 *   if (status == PERCUTA_OK)
 *     status = percuta_course_write(run, "out/mine", percuta_report_write);
 *   percuta_course_run_destroy(&run);
 *
 * MPI and PETSc must have been started (engine/start.h). Functions are collective over the run's
 * communicator unless they say that they are not. After a failure inside PETSc on one of several
 * ranks the others may wait for it for ever: its caller has to end them. */
#ifndef PERCUTA_COURSE_RUN_H
#define PERCUTA_COURSE_RUN_H

#include "course/plan.h"
#include "course/reporter.h"
#include "healing/healing.h"
#include "numerics/stepper.h"
#include "outcome/record.h"

struct percuta_run_options {
  const char *folder; /* copied; fields and checkpoints are kept in it. NULL: no trace is left */
  bool keep_fields;   /* without a folder: keeps fields in memory. With one they always are kept */
  bool pause_rows;    /* the timeline gets a row wherever an advance ends, also between events */
  double since;       /* [s] of base/clock.h from when wall time counts; 0: from create */
};

/* Where the run stands. */
struct percuta_run_state {
  struct percuta_mesh *mesh;              /* owned */
  struct percuta_healing *healing;        /* owned */
  struct percuta_stepper *stepper;        /* owned; holds the fields and the time */
  struct percuta_healing_means reference; /* at rest, over the treated dermis */
  int sessions_done;                      /* given, or given up */
  double last_session;                    /* [s] start of the last one given */
  bool pause_rows;                        /* as in the options */
  double due;          /* [s] time of the stop stepped to; not after now: it has been dealt with */
  unsigned waited_for; /* criteria of healing that have held the next session up so far */
  unsigned unmet;      /* those that the newest row fails; found again with every row */
  float *kept[PERCUTA_CALENDAR_SNAPSHOTS]; /* owned; rank 0 of a run that keeps them in memory */
  double wall_before, solve_s;             /* [s] spent before a resume; spent in solvers */
  bool ended;                              /* the follow-up is over and all is in the books */
};

struct percuta_run {
  struct percuta_run_plan *plan; /* owned */
  struct percuta_run_state state;
  struct percuta_record record;  /* the books; owned parts; borrows from the plan */
  struct percuta_spread *spread; /* owned; of a run that was given its bands for good, else NULL */
  struct percuta_reporter reporter;
  struct percuta_diag *diag;     /* borrowed; takes mistakes in the data met on the way */
  struct percuta_diag *own_diag; /* owned; the same, of a run that was given it for good */
  double since;                  /* [s] of base/clock.h */
  bool busy;                     /* it is being advanced now; for callers that may be called back */
  char failure[1024];            /* what went wrong, in sentences, one to a line; "": nothing yet */
};

/* A run of `scenario` at rest, before its first session. `scenario` and `diag` are borrowed until
 * destroy, `options` and `reporter` (NULL: none) are copied. Mistakes in the data go to `diag`.
 * `comm` may be larger than what the grid can be shared among: on the ranks left over *out is NULL,
 * which every function here accepts, doing nothing. Owned by the caller. */
enum percuta_status percuta_course_run_create(const struct percuta_scenario *scenario,
                                              MPI_Comm comm,
                                              const struct percuta_run_options *options,
                                              const struct percuta_reporter *reporter,
                                              struct percuta_diag *diag, struct percuta_run **out);

/* Follows the course up to `until` [s] after the first session, or to the end of the follow-up if
 * that is before it, with all that happens at or before it: sessions, rows of the timeline, kept
 * fields. Called again with a later time it goes on. A step ends at `until`, so that pauses change
 * the last digits of what follows (within the tolerance); at a session, where fields are kept and
 * at the end, where steps end anyway, they change nothing.
 *
 * PERCUTA_NUMERICS when no step leads on, with words in `failure`; the state is then the last good
 * one, and saved if there is a folder. Else what a stage or the reporter says. */
enum percuta_status percuta_course_run_advance(struct percuta_run *run, double until);

/* [s] since the first session. Not collective. */
double percuta_course_run_time(const struct percuta_run *run);

/* Releases everything; accepts NULL. */
void percuta_course_run_destroy(struct percuta_run **run);

#endif

/* The course: sessions, healing between them, records. Only this file knows what comes after what
 * in a course, and session.c what in a session.
 * Tests: tests/unit/test_run.c, tests/cli/restart.sh, kill.sh. */
#include "course/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "course/failure.h"
#include "course/keep.h"
#include "course/record.h"
#include "course/restart.h"
#include "course/session.h"
#include "course/warnings.h"
#include "numerics/share.h"
#include "numerics/try.h"
#include "outcome/spread.h"

/* Takes as many ranks of `comm` as the grid can use. */
static enum percuta_status place(MPI_Comm comm, struct percuta_run_plan *plan, bool *used) {
  int rank, ranks;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const int usable = percuta_numerics_mesh_usable_ranks(plan->grid, ranks);
  plan->comm = comm;
  plan->rank = rank;
  plan->ranks = usable;
  *used = rank < usable;
  if (usable == ranks)
    return PERCUTA_OK;
  if (MPI_Comm_split(comm, *used ? 0 : MPI_UNDEFINED, rank, &plan->comm) != MPI_SUCCESS)
    return PERCUTA_NUMERICS;
  plan->owns_comm = *used;
  return PERCUTA_OK;
}

static enum percuta_status choose(const struct percuta_run_options *options,
                                  struct percuta_run_plan *plan) {
  if ((options->folder || options->keep_fields) && percuta_scenario_is_alive(plan->scenario))
    percuta_course_calendar_snapshots(plan->scenario->course.follow_up, plan->keep);
  if (!options->folder)
    return PERCUTA_OK;
  plan->folder = strdup(options->folder);
  return plan->folder ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* Builds mesh, model and stepper at rest. */
static enum percuta_status build(struct percuta_run *run) {
  const struct percuta_run_plan *plan = run->plan;
  struct percuta_run_state *state = &run->state;
  PetscScalar *u;
  PERCUTA_PETSC(
      percuta_numerics_mesh_create(plan->comm, plan->grid, plan->layout.count, &state->mesh));
  PERCUTA_PETSC(percuta_healing_create(state->mesh, &plan->skin, &plan->cascade, &state->healing));
  const struct percuta_stepper_options options = {.tolerance = plan->scenario->model.tolerance *
                                                               state->healing->strictness,
                                                  .scale = state->healing->scale,
                                                  .first_step = 1.0,
                                                  .longest_step = 90 * PERCUTA_DAY};
  PERCUTA_PETSC(percuta_numerics_stepper_create(state->mesh, &state->healing->problem, options,
                                                &state->stepper));
  PERCUTA_PETSC(VecGetArray(percuta_numerics_stepper_state(state->stepper), &u));
  percuta_healing_rest(state->healing, u);
  state->solve_s = plan->clot_s;
  PERCUTA_PETSC(VecRestoreArray(percuta_numerics_stepper_state(state->stepper), &u));
  return percuta_course_record_open(run);
}

enum percuta_status percuta_course_run_create(const struct percuta_scenario *scenario,
                                              MPI_Comm comm,
                                              const struct percuta_run_options *options,
                                              const struct percuta_reporter *reporter,
                                              struct percuta_diag *diag, struct percuta_run **out) {
  bool used = true;
  struct percuta_run *run = calloc(1, sizeof *run);
  if (!run)
    return PERCUTA_MEMORY;
  run->diag = diag;
  run->since = options->since > 0 ? options->since : percuta_base_clock();
  run->state.pause_rows = options->pause_rows;
  if (reporter)
    run->reporter = *reporter;
  enum percuta_status status = percuta_course_plan_create(scenario, diag, &run->plan);
  if (status == PERCUTA_OK)
    status = choose(options, run->plan);
  if (status == PERCUTA_OK)
    status = place(comm, run->plan, &used);
  if (status == PERCUTA_OK && used)
    status = build(run);
  if (status != PERCUTA_OK || !used)
    percuta_course_run_destroy(&run);
  if (status == PERCUTA_OK)
    *out = run;
  return status;
}

double percuta_course_run_time(const struct percuta_run *run) {
  return run ? percuta_numerics_stepper_clock(run->state.stepper)->time : 0.0;
}

/* When the next session is due [s]; infinity when all were given. */
static double next_session(const struct percuta_run *run) {
  if (run->state.sessions_done >= run->record.session_count)
    return INFINITY;
  if (run->state.sessions_done == 0)
    return 0.0;
  const struct percuta_session_record *next = &run->record.session[run->state.sessions_done];
  if (run->plan->scenario->course.when_late == PERCUTA_LATE_KEEP)
    return next->planned;
  return fmax(run->state.last_session + (next->planned - next[-1].planned), next->planned);
}

/* Gives the next session if it is due and the skin allows it. */
static enum percuta_status maybe_give(struct percuta_run *run, bool *given) {
  struct percuta_run_state *state = &run->state;
  *given = false;
  if (percuta_course_run_time(run) < next_session(run))
    return PERCUTA_OK;
  if (state->sessions_done > 0 && run->plan->scenario->course.only_if_healed &&
      !percuta_course_record_healed(run)) {
    state->waited_for |= state->unmet;
    return PERCUTA_OK;
  }
  run->record.session[state->sessions_done].waited_for = state->waited_for;
  PERCUTA_TRY(percuta_course_session_give(run, state->sessions_done));
  state->sessions_done += 1;
  /* a fresh cut wants small steps again */
  percuta_numerics_stepper_clock(state->stepper)->next_step = 1.0;
  state->waited_for = 0;
  *given = true;
  return PERCUTA_OK;
}

/* The next time at which a step has to end: a session or, when one waits for the skin, the next
 * time to look at it; fields to be kept; the end. */
static double next_stop(const struct percuta_run *run) {
  double now = percuta_course_run_time(run);
  double next = next_session(run);
  if (next <= now)
    next = percuta_course_calendar_next_output(now, run->state.last_session, true);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i) {
    if (run->plan->keep[i] > now)
      next = fmin(next, run->plan->keep[i]);
  }
  return fmin(next, run->plan->scenario->course.follow_up);
}

/* What happens when a stop's time has come: row, session, fields. */
static enum percuta_status happen(struct percuta_run *run) {
  bool given;
  if (run->state.sessions_done > 0)
    PERCUTA_TRY(percuta_course_record_row(run));
  PERCUTA_TRY(maybe_give(run, &given));
  if (given && percuta_scenario_is_alive(run->plan->scenario))
    PERCUTA_TRY(percuta_course_record_row(run));
  const int next = run->record.snapshot_count;
  if (next < PERCUTA_CALENDAR_SNAPSHOTS && percuta_course_run_time(run) >= run->plan->keep[next])
    PERCUTA_TRY(percuta_course_keep_fields(run));
  return PERCUTA_OK;
}

/* The caller of the run may stop or save; never between an event's time and the event: a run that
 * goes on from there would pass it by. */
static enum percuta_status pause_between(struct percuta_run *run) {
  return run->reporter.between ? run->reporter.between(run->reporter.context, run) : PERCUTA_OK;
}

/* A field's total when it is 1 in all of the dermis, as the stepper adds up. */
static double dermis_total(const struct percuta_run *run) {
  const struct percuta_mesh *mesh = run->state.mesh;
  double across = 0, deep = 0;
  for (int i = 0; i < mesh->nx; ++i)
    across += mesh->weight[i] * mesh->ny;
  for (int k = 0; k < mesh->nz; ++k)
    if (run->state.healing->dermal[k])
      deep += mesh->grid->z_face[k + 1] - mesh->grid->z_face[k];
  return across * deep;
}

/* An injured share of the dermis from which on fields are held to their typical sizes; where less
 * is, what it calls forth is smaller in proportion, and so is what steps may err. */
static const double TYPICAL_INJURY = 0.01, LEAST_PART = 1e-3;

/* By how much what this run calls forth is smaller than typical; from the clot that injuries left,
 * which is part of a checkpoint. */
static double part_of_typical(const struct percuta_run *run) {
  const int clot = run->record.layout.slot[PERCUTA_FIELD_clot];
  if (clot < 0)
    return 1.0;
  const double most =
      percuta_numerics_stepper_clock(run->state.stepper)->totals.most[clot] / dermis_total(run);
  return most > 0 ? fmin(fmax(most / TYPICAL_INJURY, LEAST_PART), 1.0) : 1.0;
}

/* Sizes of all fields for the error control; what is there at rest keeps its own. */
static void find_sizes(const struct percuta_run *run, double *size) {
  const struct percuta_layout *layout = &run->record.layout;
  const double part = part_of_typical(run);
  for (int f = 0; f < layout->count; ++f) {
    const bool rests = percuta_healing_layout_field[layout->field[f]].idle > 0;
    size[f] = run->state.healing->scale[f] * (rests ? 1.0 : part);
  }
}

/* Steps to `end`, at the next stop or before it, with the rows of the timeline on the way. */
static enum percuta_status step_to(struct percuta_run *run, double end) {
  while (percuta_course_run_time(run) < end) {
    PetscBool ok;
    const char *why;
    const double begin = percuta_base_clock();
    double size[PERCUTA_FIELD_COUNT];
    find_sizes(run, size);
    percuta_numerics_stepper_scale(run->state.stepper, size);
    PERCUTA_PETSC(percuta_numerics_stepper_step(run->state.stepper, end, &ok, &why));
    run->state.solve_s += percuta_base_clock() - begin;
    if (!ok) {
      percuta_course_failure_step(run, why);
      if (run->plan->folder)
        (void)percuta_course_restart_save(run); /* it has failed already */
      return PERCUTA_NUMERICS;
    }
    PERCUTA_TRY(percuta_course_record_rows_between(run));
    if (run->reporter.step)
      run->reporter.step(run->reporter.context, run);
    if (percuta_course_run_time(run) < run->state.due)
      PERCUTA_TRY(pause_between(run));
  }
  return PERCUTA_OK;
}

static enum percuta_status follow(struct percuta_run *run, double until) {
  const double end = run->plan->scenario->course.follow_up;
  /* after a resume the state stands where an event has been dealt with, or between two */
  if (run->state.sessions_done == 0 && until >= 0) {
    PERCUTA_TRY(happen(run));
    PERCUTA_TRY(pause_between(run)); /* what the session took long to compute can be kept */
  }
  if (!percuta_scenario_is_alive(run->plan->scenario))
    return PERCUTA_OK; /* nothing happens to it but what passes through, which is in the books */
  while (percuta_course_run_time(run) < fmin(until, end)) {
    if (run->state.due <= percuta_course_run_time(run))
      run->state.due = next_stop(run);
    PERCUTA_TRY(step_to(run, fmin(until, run->state.due)));
    if (percuta_course_run_time(run) >= run->state.due) {
      PERCUTA_TRY(happen(run));
      if (run->state.due < end)
        PERCUTA_TRY(pause_between(run));
    }
  }
  return PERCUTA_OK;
}

/* How much was lifted from below zero: as a share of each field's largest total, and over what all
 * steps together may err by their tolerance, which is of the total and of the typical size. */
static void add_lifted(struct percuta_run *run) {
  const struct percuta_stepper_totals *totals =
      &percuta_numerics_stepper_clock(run->state.stepper)->totals;
  const double tolerance = run->plan->scenario->model.tolerance, dermis = dermis_total(run);
  struct percuta_record *record = &run->record;
  double typical[PERCUTA_FIELD_COUNT];
  find_sizes(run, typical);
  for (int f = 0; f < record->layout.count; ++f) {
    const double lifted = totals->clipped[f], most = totals->most[f];
    const double size = most + typical[f] * dermis;
    if (!(most > 0))
      continue;
    record->clipped_rel = fmax(record->clipped_rel, lifted / most);
    record->clipped_excess =
        fmax(record->clipped_excess, lifted / (tolerance * (double)totals->steps * size));
  }
}

static void add_cost(struct percuta_run *run) {
  const struct percuta_stepper_totals *totals =
      &percuta_numerics_stepper_clock(run->state.stepper)->totals;
  struct percuta_cost *cost = &run->record.cost;
  /* [MB] all processes together have held at most this */
  cost->peak_memory_mb = 1e-6 * percuta_base_memory_peak();
  MPI_Allreduce(MPI_IN_PLACE, &cost->peak_memory_mb, 1, MPI_DOUBLE, MPI_SUM, run->plan->comm);
  cost->wall_s = run->state.wall_before + percuta_base_clock() - run->since;
  cost->solve_s = run->state.wall_before + run->state.solve_s;
  cost->steps = totals->steps;
  cost->rejected = totals->rejected;
  if (totals->steps > 0)
    add_lifted(run);
}

/* Whether the timeline has no row yet for where the run stands. */
static bool lacks_row(const struct percuta_run *run) {
  const struct percuta_timeline *timeline = &run->record.timeline;
  return timeline->count > 0 && timeline->row[timeline->count - 1].time_d * PERCUTA_DAY <
                                    percuta_course_run_time(run) * (1 - 1e-14);
}

enum percuta_status percuta_course_run_advance(struct percuta_run *run, double until) {
  if (!run || run->state.ended)
    return PERCUTA_OK;
  enum percuta_status status = follow(run, until);
  if (status == PERCUTA_OK && run->state.pause_rows && lacks_row(run))
    status = percuta_course_record_row(run);
  PERCUTA_TRY(status);
  add_cost(run);
  PERCUTA_TRY(percuta_course_record_mechanics(run));
  if (percuta_scenario_is_alive(run->plan->scenario) &&
      percuta_course_run_time(run) < run->plan->scenario->course.follow_up)
    return PERCUTA_OK;
  run->state.ended = true;
  return percuta_course_warnings_add(run);
}

void percuta_course_run_destroy(struct percuta_run **run) {
  if (!*run)
    return;
  struct percuta_run_state *state = &(*run)->state;
  /* nothing to be done about an error here */
  (void)percuta_numerics_stepper_destroy(&state->stepper);
  (void)percuta_healing_destroy(&state->healing);
  (void)percuta_numerics_mesh_destroy(&state->mesh);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i)
    free(state->kept[i]);
  percuta_course_record_clear(&(*run)->record);
  if ((*run)->spread)
    percuta_outcome_spread_clear((*run)->spread);
  free((*run)->spread);
  percuta_course_plan_destroy(&(*run)->plan);
  percuta_base_diag_destroy(&(*run)->own_diag);
  free(*run);
  *run = NULL;
}

/* The course: sessions, healing between them, records, checkpoints. This file alone knows the order
 * in which things happen to skin. */
#include "course/run.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "clot/thrombin.h"
#include "course/failure.h"
#include "course/products.h"
#include "course/progress.h"
#include "course/record.h"
#include "course/restart.h"
#include "course/session.h"
#include "course/space.h"
#include "course/warnings.h"

static enum percuta_status read_course(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag,
                                       struct percuta_course_parameters *out) {
  const struct percuta_parameter_slot slots[] = {
      {"course.healed_barrier", &out->healed_barrier},
      {"course.healed_inflammation", &out->healed_inflammation},
      {"course.healed_clot", &out->healed_clot},
      {"course.healed_signal", &out->healed_signal},
      {"course.healed_cytokine", &out->healed_cytokine},
      {"course.column_window", &out->column_window},
  };
  return percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof slots[0],
                                      diag);
}

enum percuta_status percuta_course_run_prepare(struct percuta_course_run *run,
                                               struct percuta_diag *diag) {
  enum percuta_status status = read_course(run->scenario, diag, &run->parameters);
  if (status == PERCUTA_OK)
    status = percuta_skin_build(run->scenario, diag, &run->skin);
  if (status == PERCUTA_OK)
    status = percuta_transport_reseal_read(run->scenario, &run->skin, diag, &run->reseal);
  if (status == PERCUTA_OK)
    status = percuta_course_space_grid(run->scenario, &run->skin, run->parameters.column_window,
                                       &run->grid);
  if (status == PERCUTA_OK)
    status = percuta_course_products_read(run->scenario, diag, &run->reseal, &run->products);
  if (status != PERCUTA_OK)
    percuta_numerics_grid_destroy(&run->grid);
  return status;
}

struct percuta_diag *percuta_course_run_open_mistakes(const struct percuta_course_run *run) {
  struct percuta_diag *own = NULL;
  if (run->mistakes)
    return run->mistakes;
  return percuta_base_diag_create(&own) == 0 ? own : NULL;
}

void percuta_course_run_close_mistakes(const struct percuta_course_run *run,
                                       struct percuta_diag **mistakes) {
  if (*mistakes == NULL || *mistakes == run->mistakes)
    return;
  if (percuta_base_diag_count(*mistakes) > 0 && run->rank == 0)
    percuta_base_diag_print(*mistakes, stderr);
  percuta_base_diag_destroy(mistakes);
}

/* Builds mesh, model and stepper at rest, and the empty result. */
static PetscErrorCode set_up(MPI_Comm comm, struct percuta_course_run *run,
                             enum percuta_status *status) {
  const struct percuta_scenario *scenario = run->scenario;
  struct percuta_layout layout = percuta_healing_layout_make(scenario);
  struct percuta_cascade cascade;
  struct percuta_diag *diag = percuta_course_run_open_mistakes(run);
  PetscScalar *u;
  PetscMPIInt ranks;

  PetscFunctionBeginUser;
  *status = diag ? PERCUTA_OK : PERCUTA_MEMORY;
  if (*status == PERCUTA_OK)
    *status =
        percuta_healing_cascade_read(&layout, scenario->parameters, &run->skin, diag, &cascade);
  if (*status == PERCUTA_OK)
    PetscCall(percuta_clot_thrombin_compute(scenario, diag, &run->clot, status));
  percuta_course_run_close_mistakes(run, &diag);
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(percuta_numerics_mesh_create(comm, run->grid, layout.count, &run->mesh));
  PetscCall(percuta_healing_create(run->mesh, &run->skin, &cascade, &run->healing));
  struct percuta_stepper_options options = {.tolerance = scenario->model.tolerance *
                                                         run->healing->strictness,
                                            .scale = run->healing->scale,
                                            .first_step = 1.0,
                                            .longest_step = 30 * PERCUTA_DAY};
  PetscCall(
      percuta_numerics_stepper_create(run->mesh, &run->healing->problem, options, &run->stepper));
  PetscCall(VecGetArray(percuta_numerics_stepper_state(run->stepper), &u));
  percuta_healing_rest(run->healing, u);
  PetscCall(VecRestoreArray(percuta_numerics_stepper_state(run->stepper), &u));
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  int sessions = scenario->course.sessions;
  run->record = (struct percuta_record){
      .scenario = scenario,
      .skin = &run->skin,
      .reseal = &run->reseal,
      .grid = run->grid,
      .layout = layout,
      .width = scenario->model.fidelity == PERCUTA_PATCH ? run->grid->dx * run->grid->nx
                                                         : run->parameters.column_window,
      .session = calloc((size_t)sessions, sizeof *run->record.session),
      .session_count = sessions,
      .snapshot_time = calloc(PERCUTA_CALENDAR_SNAPSHOTS, sizeof(double)),
      .runaway_level = percuta_healing_cascade_runaway_level(&cascade),
      .cost = {.cells = (long)percuta_numerics_grid_cell_count(run->grid), .ranks = ranks}};
  if (!run->record.session || !run->record.snapshot_time)
    *status = PERCUTA_MEMORY;
  percuta_skin_relief_lay(&run->skin.relief, run->record.width,
                          scenario->model.fidelity != PERCUTA_PATCH, &run->record.relief);
  if (*status == PERCUTA_OK && run->skin.relief.kind != PERCUTA_RELIEF_FLAT)
    *status = percuta_skin_relief_survey(&run->record.relief, &run->record.texture);
  for (int s = 0; s < sessions && *status == PERCUTA_OK; ++s) {
    run->record.session[s].number = s + 1;
    run->record.session[s].planned = s * scenario->course.interval;
    run->record.session[s].healed_at = -1.0;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* When the next session is due [s]; infinity when all were given. */
static double next_session(const struct percuta_course_run *run) {
  if (run->sessions_done >= run->record.session_count)
    return INFINITY;
  if (run->sessions_done == 0)
    return 0.0;
  return fmax(run->last_session + run->scenario->course.interval,
              run->record.session[run->sessions_done].planned);
}

/* Gives the next session if it is due and the skin allows it. */
static PetscErrorCode maybe_give(struct percuta_course_run *run, bool *given,
                                 enum percuta_status *status) {
  double now = percuta_numerics_stepper_time(run->stepper);

  PetscFunctionBeginUser;
  *given = false;
  if (now < next_session(run))
    PetscFunctionReturn(PETSC_SUCCESS);
  bool wait = run->sessions_done > 0 && run->scenario->course.only_if_healed &&
              !percuta_course_record_healed(run);
  if (wait) {
    run->waited_for |= run->unmet;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  run->record.session[run->sessions_done].waited_for = run->waited_for;
  PetscCall(percuta_course_session_give(run, run->sessions_done, status));
  run->sessions_done += 1;
  /* a fresh cut wants small steps again */
  percuta_numerics_stepper_set(run->stepper, now, 1.0, NULL);
  run->waited_for = 0;
  *given = true;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The next time at which anything has to happen. */
static double next_event(const struct percuta_course_run *run, const double *snapshots) {
  double now = percuta_numerics_stepper_time(run->stepper);
  double due = next_session(run);
  bool waiting = due <= now;
  double next = percuta_course_calendar_next_output(now, run->last_session, waiting);
  if (!waiting)
    next = fmin(next, due);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i) {
    if (snapshots[i] > now)
      next = fmin(next, snapshots[i]);
  }
  return fmin(next, run->scenario->course.follow_up);
}

static PetscErrorCode fail(struct percuta_course_run *run, const char *why,
                           enum percuta_status *status) {
  PetscFunctionBeginUser;
  if (run->options->folder) {
    PetscCall(percuta_course_restart_save(run, status));
    percuta_course_progress_destroy(&run->progress); /* ends its line */
    if (run->rank == 0)
      percuta_course_failure_print_step(run, why);
  }
  *status = PERCUTA_NUMERICS;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Every rank must stop at the same step, so the flag is shared. */
static PetscErrorCode stop_asked(const struct percuta_course_run *run, int *signal) {
  PetscFunctionBeginUser;
  *signal = percuta_course_progress_stop_signal();
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, signal, 1, MPI_INT, MPI_MAX, run->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode stop(struct percuta_course_run *run, int signal,
                           enum percuta_status *status) {
  PetscFunctionBeginUser;
  PetscCall(percuta_course_restart_save(run, status));
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  percuta_course_progress_destroy(&run->progress); /* ends its line */
  if (run->rank == 0) {
    fprintf(stderr,
            "percuta: stopped at day %.4g; go on with: percuta run %s/used_parameters.yaml -o %s "
            "--resume\n",
            percuta_numerics_stepper_time(run->stepper) / PERCUTA_DAY, run->options->folder,
            run->options->folder);
  }
  *status = signal == SIGTERM ? PERCUTA_TERMINATED : PERCUTA_INTERRUPTED;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Whether it is time for a checkpoint; the clock is that of rank 0. */
static PetscErrorCode checkpoint_due(const struct percuta_course_run *run, int *due) {
  const struct percuta_run_options *options = run->options;
  long steps = percuta_numerics_stepper_totals_get(run->stepper).steps - run->last_checkpoint_step;
  double wall = percuta_course_progress_clock() - run->last_checkpoint;

  PetscFunctionBeginUser;
  *due = (options->checkpoint_steps > 0 && steps >= options->checkpoint_steps) ||
         (options->checkpoint_minutes > 0 && steps > 0 && wall >= 60 * options->checkpoint_minutes);
  PetscCallMPI(MPI_Bcast(due, 1, MPI_INT, 0, run->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Stops if asked to, saves from time to time. Never between an event's time and the event: a run
 * that goes on from there would pass it by. */
static PetscErrorCode tend(struct percuta_course_run *run, enum percuta_status *status) {
  int signal, due;

  PetscFunctionBeginUser;
  if (!run->options->folder)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(stop_asked(run, &signal));
  PetscCall(checkpoint_due(run, &due));
  if (signal) {
    PetscCall(stop(run, signal, status));
  } else if (due) {
    PetscCall(percuta_course_restart_save(run, status));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Steps to the next event at `end`. */
static PetscErrorCode advance(struct percuta_course_run *run, double end,
                              enum percuta_status *status) {
  PetscFunctionBeginUser;
  while (percuta_numerics_stepper_time(run->stepper) < end && *status == PERCUTA_OK) {
    PetscBool ok;
    const char *why;
    PetscCall(percuta_numerics_stepper_step(run->stepper, end, &ok, &why));
    if (!ok) {
      PetscCall(fail(run, why, status));
      break;
    }
    if (run->rank == 0 && run->progress) {
      percuta_course_progress_show(run->progress, percuta_numerics_stepper_time(run->stepper),
                                   percuta_numerics_stepper_next_step(run->stepper),
                                   percuta_numerics_stepper_totals_get(run->stepper).steps, 0);
    }
    if (percuta_numerics_stepper_time(run->stepper) < end)
      PetscCall(tend(run, status));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A line in the log for the newest row. Rank 0 writes, all know whether it worked. */
static PetscErrorCode log_row(struct percuta_course_run *run, enum percuta_status *status) {
  const struct percuta_timeline *timeline = &run->record.timeline;

  PetscFunctionBeginUser;
  if (run->log && timeline->count) {
    const struct percuta_timeline_row *row = &timeline->row[timeline->count - 1];
    fprintf(run->log, "day %9.4f  sessions %g  collagen %.6f  signal %.3e  steps %ld\n",
            row->time_d, row->session, row->collagen_total_rel, row->signal_rel,
            percuta_numerics_stepper_totals_get(run->stepper).steps);
    if ((fflush(run->log) != 0 || ferror(run->log)) && *status == PERCUTA_OK) {
      percuta_course_failure_note(run, "run.log", errno);
      *status = PERCUTA_IO;
    }
  }
  int code = (int)*status;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, run->mesh->comm));
  *status = (enum percuta_status)code;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What happens when an event's time has come: session, row, fields. */
static PetscErrorCode happen(struct percuta_course_run *run, const double *snapshots,
                             enum percuta_status *status) {
  double now = percuta_numerics_stepper_time(run->stepper);
  bool given;

  PetscFunctionBeginUser;
  if (run->sessions_done > 0)
    PetscCall(percuta_course_record_row(run, status));
  if (*status == PERCUTA_OK)
    PetscCall(maybe_give(run, &given, status));
  if (*status == PERCUTA_OK && given)
    PetscCall(percuta_course_record_row(run, status));
  int next = run->record.snapshot_count;
  if (*status == PERCUTA_OK && next < PERCUTA_CALENDAR_SNAPSHOTS && now >= snapshots[next]) {
    PetscCall(percuta_course_record_snapshot(run, status));
  }
  PetscCall(log_row(run, status));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode follow(struct percuta_course_run *run, enum percuta_status *status) {
  double snapshots[PERCUTA_CALENDAR_SNAPSHOTS];
  double end = run->scenario->course.follow_up;
  int count = run->options->folder ? percuta_course_calendar_snapshots(end, snapshots) : 0;

  PetscFunctionBeginUser;
  for (int i = count; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i)
    snapshots[i] = INFINITY;
  /* after a resume the state stands where an event has been dealt with, or between two */
  if (run->sessions_done == 0)
    PetscCall(happen(run, snapshots, status));
  while (*status == PERCUTA_OK && percuta_numerics_stepper_time(run->stepper) < end) {
    double next = next_event(run, snapshots);
    PetscCall(advance(run, next, status));
    if (*status == PERCUTA_OK)
      PetscCall(happen(run, snapshots, status));
    if (*status == PERCUTA_OK && percuta_numerics_stepper_time(run->stepper) < end)
      PetscCall(tend(run, status));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* [MB] All processes together have held at most this. */
static PetscErrorCode measure_memory(MPI_Comm comm, double *megabytes) {
  PetscFunctionBeginUser;
  *megabytes = 1e-6 * percuta_base_memory_peak();
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, megabytes, 1, MPI_DOUBLE, MPI_SUM, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode add_cost(struct percuta_course_run *run, double solve) {
  struct percuta_stepper_totals totals = percuta_numerics_stepper_totals_get(run->stepper);
  struct percuta_cost *cost = &run->record.cost;

  PetscFunctionBeginUser;
  PetscCall(measure_memory(run->mesh->comm, &cost->peak_memory_mb));
  cost->wall_s = run->wall_before + percuta_course_progress_clock() - run->wall_start;
  cost->solve_s = run->wall_before + solve;
  cost->steps = totals.steps;
  cost->rejected = totals.rejected;
  for (int f = 0; f < run->record.layout.count; ++f) {
    if (!(totals.most[f] > 0))
      continue;
    run->record.clipped_rel = fmax(run->record.clipped_rel, totals.clipped[f] / totals.most[f]);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Writes all results; the checkpoints go only after this, so that a run that is killed here, or
 * meets a full disk, can be ended later. */
static enum percuta_status write_results(struct percuta_course_run *run) {
  typedef enum percuta_status writer(const struct percuta_record *record, const char *path);
  static const struct {
    const char *name;
    writer *write;
    bool in_folder; /* takes the folder, not the file's path */
  } files[] = {{"fields.h5", percuta_result_fields_write, true},
               {"timeline.csv", percuta_result_timeline_write, false},
               {"channels.csv", percuta_result_channels_write, false},
               {"penetration.csv", percuta_result_penetration_write, false},
               {"numbing.csv", percuta_result_numbing_write, false},
               {"summary.json", percuta_result_summary_write, false},
               {"report.html", percuta_report_write, true}};
  char path[4096];
  for (size_t i = 0; i < sizeof files / sizeof files[0]; ++i) {
    snprintf(path, sizeof path, "%s/%s", run->options->folder, files[i].name);
    errno = 0;
    enum percuta_status status =
        files[i].write(&run->record, files[i].in_folder ? run->options->folder : path);
    if (status == PERCUTA_IO)
      percuta_course_failure_note(run, files[i].name, errno);
    if (status != PERCUTA_OK)
      return status;
  }
  return PERCUTA_OK;
}

PetscErrorCode percuta_course_run_follow(MPI_Comm comm, struct percuta_course_run *run,
                                         enum percuta_status *status) {
  PetscFunctionBeginUser;
  PetscCall(set_up(comm, run, status));
  if (*status == PERCUTA_OK && run->options->resume)
    PetscCall(percuta_course_restart_load(run, status));
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  double begin = percuta_course_progress_clock();
  run->last_checkpoint = begin;
  PetscCall(follow(run, status));
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(add_cost(run, percuta_course_progress_clock() - begin));
  *status = percuta_course_record_mechanics(run);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_run_execute(MPI_Comm comm, struct percuta_course_run *run,
                                          enum percuta_status *status) {
  PetscFunctionBeginUser;
  PetscCall(percuta_course_run_follow(comm, run, status));
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  *status = percuta_course_warnings_add(run);
  if (run->rank == 0 && *status == PERCUTA_OK)
    *status = write_results(run);
  int code = (int)*status;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, comm));
  *status = (enum percuta_status)code;
  if (*status == PERCUTA_IO) { /* keep what was computed, if there is room for that */
    enum percuta_status saved;
    PetscCall(percuta_course_restart_save(run, &saved));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_run_clear(struct percuta_course_run *run) {
  struct percuta_record *record = &run->record;

  PetscFunctionBeginUser;
  PetscCall(percuta_numerics_stepper_destroy(&run->stepper));
  PetscCall(percuta_healing_destroy(&run->healing));
  PetscCall(percuta_numerics_mesh_destroy(&run->mesh));
  percuta_numerics_grid_destroy(&run->grid);
  percuta_course_products_clear(&run->products);
  percuta_transport_numbing_clear(&record->numbing);
  for (int i = 0; i < record->penetration_count; ++i)
    percuta_transport_penetration_clear(&record->penetration[i]);
  free(record->penetration);
  for (int s = 0; s < record->session_count && record->session; ++s) {
    percuta_insertion_channel_clear(&record->session[s].channels);
    percuta_bleeding_clear(&record->session[s].bleeding);
  }
  percuta_outcome_warnings_clear(&record->warnings);
  free(record->session);
  free(record->snapshot_time);
  free(record->timeline.row);
  PetscFunctionReturn(PETSC_SUCCESS);
}

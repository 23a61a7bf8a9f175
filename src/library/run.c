/* Runs as the library shows them. What PETSc would print of its own errors comes back as a status
 * instead. Tests: tests/library/test_library.c. */
#include "course/run.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "course/look.h"
#include "course/write.h"
#include "engine/start.h"
#include "input/input.h"
#include "library/library.h"
#include "numerics/share.h"
#include "outcome/outcomes.h"
#include "report/report.h"
#include "study/spread.h"

/* From here to the end of a call errors inside PETSc are returned without a trace on stderr. */
static void hush(void) {
  (void)PetscPushErrorHandler(PetscReturnErrorHandler, NULL);
}

static enum percuta_status speak(enum percuta_status status) {
  (void)PetscPopErrorHandler();
  return status;
}

/* A run is spread over all of a communicator or not at all: refused alike on every process. */
static enum percuta_status check_ranks(MPI_Comm comm, struct percuta_diag *diag,
                                       struct percuta_run **run) {
  int idle = *run == NULL;
  if (MPI_Allreduce(MPI_IN_PLACE, &idle, 1, MPI_INT, MPI_MAX, comm) != MPI_SUCCESS)
    return PERCUTA_NUMERICS;
  if (!idle)
    return PERCUTA_OK;
  percuta_course_run_destroy(run);
  percuta_base_diag_add(
      diag,
      &(struct percuta_mistake){.code = PERCUTA_CODE_TOO_LARGE,
                                .key = "communicator",
                                .what = "has more processes than the grid has rows of cells across",
                                .hint = "a column and a channel are for one process"});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_run_create(const struct percuta_scenario *scenario,
                                       const void *communicator, struct percuta_mistakes **mistakes,
                                       struct percuta_run **out) {
  const struct percuta_run_options options = {.keep_fields = true, .pause_rows = true};
  struct percuta_diag *diag = NULL;
  *out = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_engine_start(0, NULL, diag);
  if (status == PERCUTA_OK) {
    const MPI_Comm comm = communicator ? *(const MPI_Comm *)communicator : PETSC_COMM_SELF;
    hush();
    status = percuta_course_run_create(scenario, comm, &options, NULL, diag, out);
    if (status == PERCUTA_OK)
      status = check_ranks(comm, diag, out);
    (void)speak(status);
  }
  if (status != PERCUTA_OK)
    return percuta_library_tell(status, &diag, mistakes);
  (*out)->own_diag = diag;
  return PERCUTA_OK;
}

/* Begins a call that may fail with words: those of the last one are forgotten. */
static void begin(struct percuta_run *run) {
  run->failure[0] = '\0';
  hush();
}

static enum percuta_status refuse(struct percuta_run *run, enum percuta_status status,
                                  const char *why) {
  snprintf(run->failure, sizeof run->failure, "%s", why);
  return status;
}

static bool is_over(void) {
  PetscBool over = PETSC_FALSE;
  return PetscFinalized(&over) != 0 || over;
}

enum percuta_status percuta_run_advance(struct percuta_run *run, double until) {
  if (run == NULL)
    return PERCUTA_BAD_INPUT;
  if (is_over())
    return refuse(run, PERCUTA_NUMERICS, "PETSc, which has been ended, is needed to go on");
  if (run->busy)
    return refuse(run, PERCUTA_BAD_INPUT, "the run is being advanced: its watch may only look");
  if (isnan(until))
    return refuse(run, PERCUTA_BAD_INPUT, "until when to go on is not a number");
  begin(run);
  run->busy = true;
  const enum percuta_status status = percuta_course_run_advance(run, until);
  run->busy = false;
  return speak(status);
}

void percuta_run_watch(struct percuta_run *run, percuta_watch_fn *watch, void *context) {
  if (run != NULL)
    run->reporter = (struct percuta_reporter){.context = context, .between = watch};
}

double percuta_run_time(const struct percuta_run *run) {
  return percuta_course_run_time(run);
}

double percuta_run_end(const struct percuta_run *run) {
  return run ? run->plan->scenario->course.follow_up : 0;
}

const char *percuta_run_message(const struct percuta_run *run) {
  if (run == NULL)
    return "";
  if (run->failure[0] == '\0' && percuta_base_diag_kept(run->diag) > 0)
    return percuta_base_diag_at(run->diag, 0)->what;
  return run->failure;
}

enum percuta_status percuta_run_column(const struct percuta_run *run, const char *name, double *out,
                                       size_t capacity, size_t *count) {
  const size_t rows = percuta_course_look_rows(run);
  double *all = malloc((rows + 1) * sizeof *all);
  const enum percuta_status status =
      all ? percuta_course_look_column(run, name, all) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK) {
    for (size_t i = 0; i < rows && i < capacity; i++)
      out[i] = all[i];
    *count = rows;
  }
  free(all);
  return status;
}

void percuta_run_shape(const struct percuta_run *run, size_t cells[3]) {
  const struct percuta_grid *grid = run ? run->plan->grid : NULL;
  cells[0] = grid ? (size_t)grid->nx : 0;
  cells[1] = grid ? (size_t)grid->ny : 0;
  cells[2] = grid ? (size_t)grid->nz : 0;
}

void percuta_run_faces(const struct percuta_run *run, double *x, double *y, double *z) {
  const struct percuta_grid *grid = run ? run->plan->grid : NULL;
  for (int i = 0; grid && i <= grid->nx; i++)
    x[i] = percuta_numerics_grid_x(grid, i);
  for (int j = 0; grid && j <= grid->ny; j++)
    y[j] = percuta_numerics_grid_y(grid, j);
  for (int k = 0; grid && k <= grid->nz; k++)
    z[k] = grid->z_face[k];
}

enum percuta_status percuta_run_kept(const struct percuta_run *run, size_t index, double *time) {
  if (run == NULL || index >= (size_t)run->record.snapshot_count)
    return PERCUTA_BAD_INPUT;
  *time = run->record.snapshot_time[index];
  return PERCUTA_OK;
}

/* The number of the fields kept at `time`, or -1. */
static int find_kept(const struct percuta_run *run, double time) {
  int number = run->record.snapshot_count - 1;
  while (number >= 0 && run->record.snapshot_time[number] != time)
    number--;
  return number;
}

enum percuta_status percuta_run_field(const struct percuta_run *run, const char *name, double time,
                                      double *out) {
  if (run == NULL)
    return PERCUTA_OK;
  const int number = isnan(time) ? -1 : find_kept(run, time);
  if (number < 0 && !isnan(time))
    return PERCUTA_BAD_INPUT;
  hush();
  enum percuta_status status = number < 0 ? percuta_course_look_field(run, name, out)
                                          : percuta_course_look_kept(run, name, number, out);
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  if (status == PERCUTA_OK && run->plan->ranks > 1 &&
      MPI_Bcast(out, (int)cells, MPI_DOUBLE, 0, run->plan->comm) != MPI_SUCCESS)
    status = PERCUTA_NUMERICS;
  return speak(status);
}

enum percuta_status percuta_run_outcome(const struct percuta_run *run, const char *name,
                                        enum percuta_outcome_since since, double time,
                                        struct percuta_reading *out) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_find(name);
  if (run == NULL || outcome == NULL || run->state.sessions_done == 0)
    return PERCUTA_BAD_INPUT;
  const struct percuta_outcome_value value = percuta_outcome_outcomes_compute(
      &run->record, outcome, (struct percuta_outcome_time){since, time / PERCUTA_DAY});
  if (isnan(value.value))
    return PERCUTA_BAD_INPUT;
  *out = (struct percuta_reading){.value = value.value,
                                  .low = value.low,
                                  .high = value.high,
                                  .level = value.level,
                                  .unit = outcome->unit,
                                  .how_known = percuta_outcome_outcomes_known(outcome, &value)};
  return PERCUTA_OK;
}

/* Rank 0. */
static enum percuta_status write_scenario(const struct percuta_run *run, const char *folder) {
  char path[4096];
  if (run->plan->rank != 0)
    return PERCUTA_OK;
  snprintf(path, sizeof path, "%s/used_parameters.yaml", folder);
  return percuta_input_write_used(run->plan->scenario, run->record.petsc_options, path);
}

/* The courses beside it, as the program follows them; once. */
static enum percuta_status follow_draws(struct percuta_run *run) {
  const struct percuta_timeline *timeline = &run->record.timeline;
  const struct percuta_crew crew = {.comm = run->plan->comm};
  if (run->spread || !percuta_scenario_is_alive(run->plan->scenario))
    return PERCUTA_OK;
  double *day = calloc(timeline->count + 1, sizeof *day);
  struct percuta_spread *spread = calloc(1, sizeof *spread);
  for (size_t i = 0; day && i < timeline->count; i++)
    day[i] = timeline->row[i].time_d;
  const struct percuta_spread_request request = {
      .scenario = run->plan->scenario, .record = &run->record, .day = day, .rows = timeline->count};
  enum percuta_status status =
      percuta_numerics_deal_agree(&crew, day && spread ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_study_spread_follow(&request, &crew, run->diag, spread);
  free(day);
  if (status == PERCUTA_OK) {
    run->record.spread = run->spread = spread;
    return PERCUTA_OK;
  }
  if (spread)
    percuta_outcome_spread_clear(spread);
  free(spread);
  return status;
}

enum percuta_status percuta_run_write(struct percuta_run *run, const char *folder) {
  if (run == NULL)
    return PERCUTA_BAD_INPUT;
  if (is_over())
    return refuse(run, PERCUTA_NUMERICS, "PETSc, which has been ended, is needed to write");
  if (!run->state.ended) {
    char why[128];
    snprintf(why, sizeof why,
             "the course is followed to day %.6g of %.6g: only one that has ended is written",
             percuta_course_run_time(run) / PERCUTA_DAY, percuta_run_end(run) / PERCUTA_DAY);
    return refuse(run, PERCUTA_BAD_INPUT, why);
  }
  begin(run);
  enum percuta_status status = percuta_numerics_share(run->plan->comm, follow_draws(run));
  if (status == PERCUTA_OK)
    status = percuta_course_write(run, folder, percuta_report_write);
  if (status == PERCUTA_OK)
    status = percuta_numerics_share(run->plan->comm, write_scenario(run, folder));
  return speak(status);
}

void percuta_run_destroy(struct percuta_run **run) {
  if (run != NULL)
    percuta_course_run_destroy(run);
}

void percuta_shutdown(void) {
  percuta_engine_start_stop();
}

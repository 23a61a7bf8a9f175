/* `percuta run`: a run object with a folder, a log, checkpoints from time to time, something to see
 * meanwhile and Ctrl-C. Tests: tests/unit/test_engine.c, tests/cli/run.sh, tests/cli/restart.sh,
 * tests/cli/failure.sh. */
#include "engine/engine.h"

#include <math.h>
#include <signal.h>

#include "base/clock.h"
#include "course/restart.h"
#include "course/write.h"
#include "engine/failure.h"
#include "engine/folder.h"
#include "engine/job.h"
#include "engine/signals.h"
#include "engine/start.h"
#include "numerics/share.h"
#include "report/report.h"

static void show_step(void *context, const struct percuta_run *run) {
  const struct percuta_job *job = context;
  const struct percuta_stepper_clock *clock = percuta_numerics_stepper_clock(run->state.stepper);
  if (job->progress)
    percuta_engine_progress_show(job->progress, clock->time, clock->next_step, clock->totals.steps);
}

static enum percuta_status log_row(void *context, const struct percuta_run *run) {
  (void)run;
  return percuta_engine_folder_log(context);
}

static void tell(void *context, const char *sentence) {
  (void)context;
  fprintf(stderr, "percuta: %s\n", sentence);
}

static long steps_of(const struct percuta_run *run) {
  return percuta_numerics_stepper_clock(run->state.stepper)->totals.steps;
}

static enum percuta_status save(struct percuta_job *job, struct percuta_run *run) {
  const enum percuta_status status = percuta_course_restart_save(run);
  job->last_checkpoint = percuta_base_clock();
  job->last_checkpoint_step = steps_of(run);
  return status;
}

/* The signal that asked to stop, and whether it is time for a checkpoint by the steps and the clock
 * of rank 0: the same on all ranks. */
static void agree(const struct percuta_job *job, const struct percuta_run *run, int *asked,
                  int *due) {
  const struct percuta_engine_options *options = job->options;
  const long steps = steps_of(run) - job->last_checkpoint_step;
  const double wall = percuta_base_clock() - job->last_checkpoint;
  *asked = percuta_engine_signals_asked();
  *due = (options->checkpoint_steps > 0 && steps >= options->checkpoint_steps) ||
         (options->checkpoint_minutes > 0 && steps > 0 && wall >= 60 * options->checkpoint_minutes);
  MPI_Allreduce(MPI_IN_PLACE, asked, 1, MPI_INT, MPI_MAX, run->plan->comm);
  MPI_Bcast(due, 1, MPI_INT, 0, run->plan->comm);
}

static enum percuta_status stop(struct percuta_job *job, struct percuta_run *run, int asked) {
  PERCUTA_TRY(save(job, run));
  percuta_engine_progress_destroy(&job->progress); /* ends its line */
  if (job->rank == 0) {
    fprintf(stderr,
            "percuta: stopped at day %.4g; resume with: percuta run %s/used_parameters.yaml -o %s "
            "--resume\n",
            percuta_course_run_time(run) / PERCUTA_DAY, job->options->folder, job->options->folder);
  }
  return asked == SIGTERM ? PERCUTA_TERMINATED : PERCUTA_INTERRUPTED;
}

/* Stops if asked to, saves from time to time. */
static enum percuta_status tend(void *context, struct percuta_run *run) {
  struct percuta_job *job = context;
  int asked, due;
  agree(job, run, &asked, &due);
  if (asked)
    return stop(job, run, asked);
  return due ? save(job, run) : PERCUTA_OK;
}

/* The run with all around it, on the ranks that have one. */
static enum percuta_status follow(struct percuta_job *job) {
  const struct percuta_engine_options *options = job->options;
  MPI_Comm comm = job->run->plan->comm;
  PERCUTA_TRY(
      percuta_numerics_share(comm, job->rank == 0 ? percuta_engine_folder_open(job) : PERCUTA_OK));
  if (options->resume)
    PERCUTA_TRY(percuta_course_restart_load(job->run));
  job->under_way = true;
  job->last_checkpoint = percuta_base_clock();
  job->last_checkpoint_step = steps_of(job->run);
  PERCUTA_TRY(percuta_course_run_advance(job->run, INFINITY));
  const enum percuta_status status =
      percuta_course_write(job->run, options->folder, percuta_report_write);
  if (status == PERCUTA_IO) /* keep what was computed, if there is room for that */
    (void)percuta_course_restart_save(job->run);
  return status;
}

static enum percuta_status create(struct percuta_job *job, double since) {
  const struct percuta_run_options options = {.folder = job->options->folder, .since = since};
  const struct percuta_reporter reporter = {
      .context = job, .step = show_step, .row = log_row, .between = tend, .notice = tell};
  if (percuta_base_diag_create(&job->diag) != 0)
    return PERCUTA_MEMORY;
  if (job->rank == 0)
    PERCUTA_TRY(percuta_engine_progress_create(job->options->progress,
                                               job->scenario->course.follow_up, &job->progress));
  return percuta_course_run_create(job->scenario, MPI_COMM_WORLD, &options, &reporter, job->diag,
                                   &job->run);
}

/* Says how it ended. */
static enum percuta_status conclude(struct percuta_job *job, enum percuta_status status) {
  percuta_engine_progress_destroy(&job->progress); /* ends its line */
  if (status != PERCUTA_OK || percuta_base_diag_count(job->diag) > 0)
    percuta_engine_failure_show(job, status);
  if (job->rank != 0)
    return status;
  const enum percuta_status closed = percuta_engine_folder_close(job, status);
  if (closed != status)
    percuta_engine_failure_show(job, closed);
  if (closed != PERCUTA_OK)
    return closed;
  percuta_engine_folder_tidy(job->options->folder);
  if (job->options->progress == PERCUTA_PROGRESS_LINE) {
    const double wall = job->run->record.cost.wall_s;
    printf("Done in %.*f s. Report: %s/report.html\n", wall < 100 ? 1 : 0, wall,
           job->options->folder);
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_execute(const struct percuta_scenario *scenario,
                                           const struct percuta_engine_options *options) {
  struct percuta_job job = {.scenario = scenario, .options = options};
  const double since = percuta_base_clock();
  PERCUTA_TRY(percuta_engine_start_aloud(options->petsc_argc, options->petsc_argv));
  MPI_Comm_rank(MPI_COMM_WORLD, &job.rank);
  percuta_engine_signals_catch();
  enum percuta_status status =
      percuta_engine_failure_catch_petsc(&job) ? PERCUTA_NUMERICS : PERCUTA_OK;
  if (status == PERCUTA_OK)
    status = create(&job, since);
  if (status == PERCUTA_OK && job.run)
    status = follow(&job);
  status = conclude(&job, status);
  percuta_course_run_destroy(&job.run);
  percuta_base_diag_destroy(&job.diag);
  (void)PetscPopErrorHandler();
  percuta_engine_signals_release();
  int code = (int)status;
  MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return (enum percuta_status)code;
}

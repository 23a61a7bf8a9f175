/* `percuta run`: a run object with a folder, a log, checkpoints from time to time, something to see
 * meanwhile and Ctrl-C. Tests: tests/unit/test_engine.c, tests/cli/run.sh, tests/cli/restart.sh,
 * tests/cli/failure.sh. */
#include "engine/engine.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/path.h"
#include "course/restart.h"
#include "course/write.h"
#include "engine/beside.h"
#include "engine/failure.h"
#include "engine/folder.h"
#include "engine/job.h"
#include "engine/signals.h"
#include "engine/start.h"
#include "numerics/options.h"
#include "numerics/share.h"
#include "outcome/measured.h"
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

enum { RESUME_BYTES = 2600 };

/* How to go on from a checkpoint in the folder, on a command line. */
static void write_resume(const struct percuta_job *job, char *out, size_t size) {
  const char *petsc = job->run->record.petsc_options;
  char scenario[720], folder[680], data[680] = "";
  snprintf(data, sizeof data, "%.600s/used_parameters.yaml", job->options->folder);
  percuta_base_path_quote(data, scenario, sizeof scenario);
  percuta_base_path_quote(job->options->folder, folder, sizeof folder);
  data[0] = '\0';
  if (job->options->data != NULL)
    percuta_base_path_quote(job->options->data, data, sizeof data);
  snprintf(out, size, "percuta run %s -o %s --resume%s%s%s%.400s", scenario, folder,
           data[0] ? " --data " : "", data, petsc[0] ? " -- " : "", petsc);
}

/* What is to be said should the program have to end in the midst of a stage. */
static void set_last_words(const struct percuta_job *job, bool saved) {
  char words[3000], command[RESUME_BYTES];
  write_resume(job, command, sizeof command);
  if (saved)
    snprintf(words, sizeof words,
             "\npercuta: stopped in the midst of a stage; resume from the last "
             "checkpoint with: %s\n",
             command);
  else
    snprintf(words, sizeof words, "\npercuta: stopped before there was anything to save\n");
  percuta_engine_signals_last_words(job->rank == 0 ? words : "");
}

static enum percuta_status save(struct percuta_job *job, struct percuta_run *run) {
  const double begin = percuta_base_clock();
  percuta_engine_signals_saving(true);
  const enum percuta_status status = percuta_course_restart_save(run);
  percuta_engine_signals_saving(false);
  job->last_checkpoint = percuta_base_clock();
  job->checkpoint_cost = job->last_checkpoint - begin;
  job->last_checkpoint_step = steps_of(run);
  if (status == PERCUTA_OK)
    set_last_words(job, true);
  return status;
}

/* Whether a kill might soon cost more than it may: ten seconds, or a tenth of what the run has
 * taken so far, whichever is more. Half of that is waited for, less where saving is cheap; and the
 * next step, which may take as long as the last, counts as well. */
static bool is_due(struct percuta_job *job, double now) {
  const double lost = now - job->last_checkpoint, step = now - job->last_look;
  const double limit = fmax(10.0, 0.1 * (now - job->begin));
  const double wait = fmin(fmax(1.0, 50.0 * job->checkpoint_cost), 0.5 * limit);
  return lost >= wait || lost + step >= 0.8 * limit;
}

/* The signal that asked to stop, and whether it is time for a checkpoint by the steps and the clock
 * of rank 0: the same on all ranks. */
static void agree(struct percuta_job *job, const struct percuta_run *run, int *asked, int *due) {
  const struct percuta_engine_options *options = job->options;
  const long steps = steps_of(run) - job->last_checkpoint_step;
  const double now = percuta_base_clock(), minutes = options->checkpoint_minutes;
  *asked = percuta_engine_signals_asked();
  /* a run at its end is saved before courses beside it are followed, unless it was a moment's */
  const bool ended = minutes < 0 && run->state.ended && now - job->last_checkpoint > 1;
  *due = ended || (options->checkpoint_steps > 0 && steps >= options->checkpoint_steps) ||
         (minutes > 0 && steps > 0 && now - job->last_checkpoint >= 60 * minutes) ||
         (minutes < 0 && is_due(job, now));
  job->last_look = now;
  MPI_Allreduce(MPI_IN_PLACE, asked, 1, MPI_INT, MPI_MAX, run->plan->comm);
  MPI_Bcast(due, 1, MPI_INT, 0, run->plan->comm);
}

static enum percuta_status stop(struct percuta_job *job, struct percuta_run *run, int asked) {
  char command[RESUME_BYTES];
  PERCUTA_TRY(save(job, run));
  percuta_engine_progress_destroy(&job->progress); /* ends its line */
  write_resume(job, command, sizeof command);
  if (job->rank == 0)
    fprintf(stderr, "percuta: stopped at day %.4g; resume with: %s\n",
            percuta_course_run_time(run) / PERCUTA_DAY, command);
  return asked == SIGINT ? PERCUTA_INTERRUPTED : PERCUTA_TERMINATED;
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

/* What the folder makes of the run, told to all of its ranks. */
static enum percuta_status find_way(struct percuta_job *job) {
  MPI_Comm comm = job->run->plan->comm;
  PERCUTA_TRY(
      percuta_numerics_share(comm, job->rank == 0 ? percuta_engine_folder_open(job) : PERCUTA_OK));
  int way = (int)job->way;
  MPI_Bcast(&way, 1, MPI_INT, 0, comm);
  job->way = (enum percuta_way)way;
  if (job->way != PERCUTA_WAY_RESUME)
    return PERCUTA_OK;
  PERCUTA_TRY(percuta_course_restart_load(job->run));
  return percuta_numerics_share(comm,
                                job->rank == 0 ? percuta_engine_folder_resume(job) : PERCUTA_OK);
}

/* The run with all around it, on the ranks that have one. */
static enum percuta_status follow(struct percuta_job *job) {
  PERCUTA_TRY(find_way(job));
  if (job->way == PERCUTA_WAY_DONE)
    return PERCUTA_OK;
  const bool resumed = job->way == PERCUTA_WAY_RESUME;
  if (job->rank == 0 && job->way == PERCUTA_WAY_START && job->words[0] != '\0') {
    fprintf(stderr, "percuta: %s\n", job->words);
    job->words[0] = '\0'; /* else it would be why the run failed */
  }
  job->under_way = true;
  job->begin -= job->run->state.wall_before;
  if (resumed) /* else what was computed so far would be lost by a kill, too */
    job->last_checkpoint = percuta_base_clock();
  job->last_look = percuta_base_clock();
  job->last_checkpoint_step = steps_of(job->run);
  set_last_words(job, resumed);
  PERCUTA_TRY(percuta_course_run_advance(job->run, INFINITY));
  return tend(job, job->run); /* draws and report take their time */
}

static enum percuta_status write_results(struct percuta_job *job) {
  const enum percuta_status status =
      percuta_course_write(job->run, job->options->folder, percuta_report_write);
  if (status == PERCUTA_IO) /* keep what was computed, if there is room for that */
    (void)percuta_course_restart_save(job->run);
  return status;
}

/* The run, the courses beside it, and the files. All ranks take part, also those without a run. */
static enum percuta_status follow_all(struct percuta_job *job) {
  int done = 0;
  PERCUTA_TRY(percuta_numerics_share(MPI_COMM_WORLD, job->run ? follow(job) : PERCUTA_OK));
  done = job->run && job->way == PERCUTA_WAY_DONE;
  MPI_Bcast(&done, 1, MPI_INT, 0, MPI_COMM_WORLD);
  if (done)
    return PERCUTA_OK;
  PERCUTA_TRY(percuta_engine_beside_follow(job));
  return job->run ? write_results(job) : PERCUTA_OK;
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

/* Options of PETSc's that were of no use are told, as PETSc itself would: one of them may be a slip
 * of the pen. */
static void tell_unread(void) {
  char *unread = NULL;
  if (percuta_numerics_options_unread(&unread) == PERCUTA_OK && *unread != '\0')
    fprintf(stderr, "percuta: warning: nothing has read these options of PETSc: %s\n", unread);
  free(unread);
}

/* How the user's own points lie beside what was computed. */
static void say_measured(const struct percuta_record *record) {
  struct percuta_measured_fit fit;
  char text[512];
  for (int i = 0; i < record->penetration_count; ++i) {
    if (!percuta_outcome_measured_fit(record, i, &fit))
      continue;
    percuta_outcome_measured_say(record, i, &fit, text, sizeof text);
    printf("%s\n", text);
  }
}

/* The last of a run that ended well; on rank 0. */
static void say_done(const struct percuta_job *job) {
  if (job->options->progress == PERCUTA_PROGRESS_LINE)
    say_measured(&job->run->record);
  const double wall = job->run->record.cost.wall_s;
  percuta_engine_folder_tidy(job->options->folder);
  if (job->options->progress == PERCUTA_PROGRESS_LINE)
    printf("Done in %.*f s. Report: %s/report.html\n", wall < 100 ? 1 : 0, wall,
           job->options->folder);
}

/* Says how it ended. */
static enum percuta_status conclude(struct percuta_job *job, enum percuta_status status) {
  percuta_engine_progress_destroy(&job->progress); /* ends its line */
  if (status != PERCUTA_OK || (job->diag && percuta_base_diag_count(job->diag) > 0))
    percuta_engine_failure_show(job, status);
  if (job->rank != 0)
    return status;
  if (status == PERCUTA_OK && job->way == PERCUTA_WAY_DONE) {
    fprintf(stderr, "percuta: %s\n", job->words);
    return status;
  }
  if (job->under_way)
    tell_unread();
  const enum percuta_status closed = percuta_engine_folder_close(job, status);
  if (closed != status)
    percuta_engine_failure_show(job, closed);
  if (closed == PERCUTA_OK)
    say_done(job);
  return closed;
}

/* All that is done between starting the libraries and letting go of signals. */
static enum percuta_status carry_out(struct percuta_job *job) {
  const double since = percuta_base_clock();
  job->begin = job->last_checkpoint = since;
  enum percuta_status status =
      percuta_engine_failure_catch_petsc(job) ? PERCUTA_NUMERICS : PERCUTA_OK;
  if (status == PERCUTA_OK)
    status = percuta_numerics_share(MPI_COMM_WORLD,
                                    job->rank == 0 ? percuta_engine_folder_take(job) : PERCUTA_OK);
  if (status == PERCUTA_OK)
    status = create(job, since);
  status = percuta_numerics_share(MPI_COMM_WORLD, status);
  if (status == PERCUTA_OK)
    status = follow_all(job);
  status = conclude(job, status);
  if (job->rank == 0)
    percuta_engine_folder_leave(job);
  percuta_course_run_destroy(&job->run);
  percuta_engine_beside_clear(job);
  percuta_base_diag_destroy(&job->diag);
  (void)PetscPopErrorHandler();
  return status;
}

enum percuta_status percuta_engine_execute(const struct percuta_scenario *scenario,
                                           const struct percuta_engine_options *options) {
  struct percuta_job job = {.scenario = scenario, .options = options};
  PERCUTA_TRY(percuta_engine_start_aloud(options->petsc_argc, options->petsc_argv));
  MPI_Comm_rank(MPI_COMM_WORLD, &job.rank);
  percuta_engine_signals_catch();
  int code = (int)carry_out(&job);
  percuta_engine_signals_release();
  MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return (enum percuta_status)code;
}

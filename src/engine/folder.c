/* A folder holds one run: it is taken up with --resume, or not at all. Tests: tests/cli/restart.sh,
 * tests/cli/kill.sh, tests/cli/failure.sh. */
#include "engine/folder.h"

#include <errno.h>

#include "base/path.h"
#include "base/version.h"
#include "course/failure.h"
#include "course/keep.h"
#include "course/look.h"
#include "input/input.h"
#include "input/products.h"
#include "result/checkpoint.h"

/* Whether what the folder holds goes with --resume or its absence. */
static enum percuta_status check(const struct percuta_engine_options *options) {
  bool unfinished = percuta_result_checkpoint_newest(options->folder) != NULL;
  if (unfinished == options->resume)
    return PERCUTA_OK;
  if (unfinished) {
    fprintf(stderr,
            "percuta: %s holds an unfinished run; resume with --resume, name another folder with "
            "-o, or delete its checkpoints\n",
            options->folder);
  } else {
    fprintf(stderr,
            "percuta: %s holds no checkpoint to go on from: the run there has ended well or not "
            "come to its first one; run it without --resume\n",
            options->folder);
  }
  return PERCUTA_BAD_INPUT;
}

/* A file in the folder that used_parameters.yaml there would read in place of Percuta's would make
 * it another run. */
static enum percuta_status check_products(const struct percuta_job *job, const char *used) {
  const char *hidden = percuta_input_products_hidden(job->scenario, used);
  if (hidden == NULL)
    return PERCUTA_OK;
  fprintf(stderr,
          "percuta: %s holds %s.yaml, which used_parameters.yaml there would read in place of "
          "Percuta's own; move it away, or name another folder with -o\n",
          job->options->folder, hidden);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status fail(struct percuta_job *job, const char *file) {
  return percuta_course_failure_file(job->run, job->options->folder, file, errno);
}

static enum percuta_status write_used(struct percuta_job *job) {
  char path[4096];
  snprintf(path, sizeof path, "%s/used_parameters.yaml", job->options->folder);
  PERCUTA_TRY(check_products(job, path));
  errno = 0;
  const enum percuta_status status = percuta_input_write_used(job->scenario, path);
  return status == PERCUTA_IO ? fail(job, "used_parameters.yaml") : status;
}

static enum percuta_status open_log(struct percuta_job *job) {
  char path[4096];
  snprintf(path, sizeof path, "%s/run.log", job->options->folder);
  errno = 0;
  job->log = fopen(path, job->options->resume ? "a" : "w");
  if (job->log &&
      fprintf(job->log, "percuta %s\nscenario %s\nhash %016llx\n", PERCUTA_VERSION,
              job->scenario->path, (unsigned long long)job->scenario->hash) > 0 &&
      fflush(job->log) == 0)
    return PERCUTA_OK;
  return fail(job, "run.log");
}

enum percuta_status percuta_engine_folder_open(struct percuta_job *job) {
  PERCUTA_TRY(check(job->options));
  errno = 0;
  const enum percuta_status status = percuta_base_path_make_folder(job->options->folder);
  if (status == PERCUTA_IO)
    return fail(job, "");
  PERCUTA_TRY(status);
  /* a resumed run has them already, or is another scenario and will be refused */
  if (!job->options->resume)
    PERCUTA_TRY(write_used(job));
  return open_log(job);
}

enum percuta_status percuta_engine_folder_log(struct percuta_job *job) {
  const struct percuta_timeline_row *row = percuta_course_look_newest(job->run);
  if (!job->log || !row)
    return PERCUTA_OK;
  errno = 0;
  fprintf(job->log, "day %9.4f  sessions %g  collagen %.6f  signal %.3e  steps %ld\n", row->time_d,
          row->session, row->collagen_total_rel, row->signal_rel,
          percuta_numerics_stepper_clock(job->run->state.stepper)->totals.steps);
  return fflush(job->log) == 0 && !ferror(job->log) ? PERCUTA_OK : fail(job, "run.log");
}

enum percuta_status percuta_engine_folder_close(struct percuta_job *job,
                                                enum percuta_status status) {
  if (!job->log)
    return status;
  const bool failed = fprintf(job->log, "ended: %s\n", percuta_base_status_text(status)) < 0;
  const bool closed = fclose(job->log) == 0;
  job->log = NULL;
  if (closed && !failed)
    return status;
  (void)fail(job, "run.log");
  return status == PERCUTA_OK ? PERCUTA_IO : status;
}

/* The checkpoints first, for what is left after them does no harm, but a checkpoint without its
 * kept fields would. */
void percuta_engine_folder_tidy(const char *folder) {
  percuta_result_checkpoint_remove(folder);
  percuta_course_keep_remove(folder);
}

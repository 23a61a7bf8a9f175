/* A folder holds one run, of one scenario: which, and which files are its own, stands in run.log.
 * Tests: tests/cli/folder.sh, tests/cli/restart.sh, tests/cli/kill.sh, tests/cli/failure.sh. */
#include "engine/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/version.h"
#include "course/keep.h"
#include "course/look.h"
#include "course/write.h"
#include "engine/found.h"
#include "input/input.h"
#include "input/products.h"
#include "result/checkpoint.h"

/* Names in a folder besides those of course/write.h, all a run's own. */
static const char *const NAME[] = {
    "used_parameters.yaml",      "run.log",    PERCUTA_CHECKPOINT_FILE,
    PERCUTA_CHECKPOINT_PREVIOUS, ".snapshots", "fields"};
enum { NAMES = sizeof NAME / sizeof *NAME, PATH_SIZE = 4096 };

static void join(char path[PATH_SIZE], const struct percuta_job *job, const char *name) {
  snprintf(path, PATH_SIZE, "%s/%s", job->options->folder, name);
}

/* What a user can do about a folder that cannot be written. */
static enum percuta_status fail(struct percuta_job *job, const char *file) {
  const int reason = errno;
  if (!job->words[0])
    snprintf(job->words, sizeof job->words, "cannot write %.600s%s%.100s: %s", job->options->folder,
             *file ? "/" : "", file, reason ? strerror(reason) : "input or output failed");
  return PERCUTA_IO;
}

static enum percuta_status refuse(struct percuta_job *job, const char *name, const char *what) {
  snprintf(job->words, sizeof job->words, "%.600s%s%.100s %.300s", job->options->folder,
           *name ? "/" : "", name, what);
  return PERCUTA_TAKEN;
}

enum percuta_status percuta_engine_folder_take(struct percuta_job *job) {
  const char *folder = job->options->folder;
  job->made_folder = access(folder, F_OK) != 0;
  errno = 0;
  const enum percuta_status status = percuta_base_path_make_folder(folder);
  if (status == PERCUTA_IO)
    return fail(job, "");
  PERCUTA_TRY(status);
  return percuta_engine_lock_take(folder, &job->lock, job->words, sizeof job->words);
}

void percuta_engine_folder_leave(struct percuta_job *job) {
  percuta_engine_lock_release(&job->lock);
  if (job->made_folder)
    (void)rmdir(job->options->folder); /* which fails when anything is in it */
}

/* Whether `name` may be used by this run: nothing stands there, or what a run of Percuta's left. */
static enum percuta_status check_name(struct percuta_job *job, const struct percuta_found *found,
                                      const char *name) {
  char path[PATH_SIZE];
  join(path, job, name);
  const bool folder = strcmp(name, ".snapshots") == 0 || strcmp(name, "fields") == 0;
  const enum percuta_path_kind kind = percuta_base_path_kind(path);
  if (kind == PERCUTA_PATH_NOTHING)
    return PERCUTA_OK;
  if (kind == PERCUTA_PATH_LINK)
    return refuse(job, name,
                  "is a link, which is not followed; move it away, or name another "
                  "folder with -o DIR");
  if (kind != (folder ? PERCUTA_PATH_FOLDER : PERCUTA_PATH_FILE))
    return refuse(job, name,
                  folder ? "is no folder; move it away, or name another with -o DIR"
                         : "is no file; move it away, or name another folder with -o "
                           "DIR");
  if (!percuta_engine_found_wrote(found, name))
    return refuse(job, name,
                  "is not of Percuta's making and would be lost; move it away, or name "
                  "another folder with -o DIR");
  return PERCUTA_OK;
}

static bool has_text(const char *path, const char *text, size_t length) {
  char *found = NULL;
  size_t size = 0;
  const bool same = percuta_base_path_read(path, length, &found, &size) == PERCUTA_OK &&
                    size == length && memcmp(found, text, length) == 0;
  free(found);
  return same;
}

/* Copies of the user's own products go into the folder: one that is there already must be the
 * same, or of an earlier run that is to be replaced. */
static enum percuta_status check_own(struct percuta_job *job, const struct percuta_found *found) {
  const struct percuta_scenario_files *files = &job->scenario->files;
  char name[128], path[PATH_SIZE];
  for (int i = 0; i < files->count; ++i) {
    if (!files->file[i].own)
      continue;
    snprintf(name, sizeof name, "%.100s.yaml", files->file[i].id);
    join(path, job, name);
    if (has_text(path, files->file[i].text, files->file[i].length))
      continue;
    const bool listed = found->listed && percuta_engine_found_wrote(found, name);
    if (percuta_base_path_kind(path) == PERCUTA_PATH_FILE && listed && job->options->force)
      continue;
    if (percuta_base_path_kind(path) != PERCUTA_PATH_NOTHING)
      return refuse(job, name,
                    "is another file than the one of the scenario and would be lost; "
                    "move it away, or name another folder with -o DIR");
  }
  return PERCUTA_OK;
}

/* A file in the folder that used_parameters.yaml there would read in place of Percuta's would make
 * it another run. */
static enum percuta_status check_hidden(struct percuta_job *job) {
  char used[PATH_SIZE];
  join(used, job, "used_parameters.yaml");
  const char *hidden = percuta_input_products_hidden(job->scenario, used);
  if (hidden == NULL)
    return PERCUTA_OK;
  snprintf(job->words, sizeof job->words,
           "%.600s holds %.100s.yaml, which used_parameters.yaml there would read in place of "
           "Percuta's own; move it away, or name another folder with -o DIR",
           job->options->folder, hidden);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status check_names(struct percuta_job *job, const struct percuta_found *found) {
  for (int i = 0; i < NAMES; ++i)
    PERCUTA_TRY(check_name(job, found, NAME[i]));
  for (int i = 0; percuta_course_write_name(i); ++i)
    PERCUTA_TRY(check_name(job, found, percuta_course_write_name(i)));
  PERCUTA_TRY(check_own(job, found));
  return check_hidden(job);
}

/* What --resume does where this run was before and left no checkpoint: nothing, when its result is
 * whole; else it starts, which is said. */
static void resume_done(struct percuta_job *job, const struct percuta_found *found) {
  const char *folder = job->options->folder;
  char lacks[300];
  percuta_engine_found_lacks(found, folder, job->scenario, lacks, sizeof lacks);
  if (lacks[0] != '\0') {
    snprintf(
        job->words, sizeof job->words,
        "%.600s holds no checkpoint, and of the result no %s: the run starts from the beginning",
        folder, lacks);
    return;
  }
  job->way = PERCUTA_WAY_DONE;
  snprintf(job->words, sizeof job->words,
           "%.600s holds the finished result of this scenario: nothing is left to do", folder);
}

/* Start, resume or nothing, by what is there. */
static enum percuta_status decide(struct percuta_job *job, const struct percuta_found *found) {
  const struct percuta_engine_options *options = job->options;
  const bool same = percuta_engine_found_same(found, job->run->record.hash);
  job->way = PERCUTA_WAY_START;
  if (!found->ours || options->force)
    return PERCUTA_OK;
  if (options->resume && found->checkpoint) { /* whose it is, it says itself */
    job->way = PERCUTA_WAY_RESUME;
    return PERCUTA_OK;
  }
  if (!same)
    return refuse(job, "",
                  found->finished
                      ? "holds the result of another scenario, or of other data, options of PETSc "
                        "or version of Percuta; name another folder with -o DIR, or replace it "
                        "with --force"
                      : "holds an unfinished run of another scenario, or of other data, options of "
                        "PETSc or version of Percuta; name another folder with -o DIR, or replace "
                        "it with --force");
  if (found->checkpoint)
    return refuse(job, "",
                  "holds an unfinished run; continue it with --resume, name another folder "
                  "with -o DIR, or replace it with --force");
  if (options->resume)
    resume_done(job, found);
  return PERCUTA_OK;
}

/* Takes away what another run has left, the summary first: without it nothing is a result. */
static void remove_old(const struct percuta_job *job, const struct percuta_found *found) {
  char path[PATH_SIZE];
  percuta_engine_folder_tidy(job->options->folder);
  if (percuta_engine_found_same(found, job->run->record.hash))
    return; /* files of the same run are replaced one by one */
  join(path, job, "summary.json");
  (void)unlink(path);
  for (int i = 0; percuta_course_write_name(i); ++i) {
    join(path, job, percuta_course_write_name(i));
    (void)unlink(path);
  }
}

/* The names of all files that this run will write, one after the other. */
static void write_names(const struct percuta_job *job, const struct percuta_found *found,
                        FILE *log) {
  const struct percuta_scenario_files *files = &job->scenario->files;
  char path[PATH_SIZE], name[128];
  fputs("files", log);
  for (int i = 0; i < NAMES; ++i)
    fprintf(log, " %s", NAME[i]);
  for (int i = 0; percuta_course_write_name(i); ++i)
    if (percuta_course_write_is_due(job->scenario, percuta_course_write_name(i)))
      fprintf(log, " %s", percuta_course_write_name(i));
  for (int i = 0; i < files->count; ++i) {
    snprintf(name, sizeof name, "%.100s.yaml", files->file[i].id);
    join(path, job, name);
    /* one that was there before, and no run wrote, stays the user's */
    if (files->file[i].own && (percuta_base_path_kind(path) == PERCUTA_PATH_NOTHING ||
                               (found->listed && percuta_engine_found_wrote(found, name))))
      fprintf(log, " %s", name);
  }
  fputc('\n', log);
}

/* A new log takes the place of the old one when its head is whole; a resumed run's is continued. */
static enum percuta_status open_log(struct percuta_job *job, const struct percuta_found *found) {
  const struct percuta_record *record = &job->run->record;
  char path[PATH_SIZE];
  join(path, job, "run.log");
  errno = 0;
  if (job->way == PERCUTA_WAY_RESUME) {
    const int file = percuta_base_path_reopen(path, O_WRONLY | O_APPEND);
    job->log = file >= 0 ? fdopen(file, "a") : NULL;
  }
  const bool anew = job->log == NULL;
  if (anew && percuta_base_path_open(path, &job->log) != PERCUTA_OK)
    return fail(job, "run.log");
  fprintf(job->log, "percuta %s\nscenario %s\nhash %016llx\n", PERCUTA_VERSION, job->scenario->path,
          (unsigned long long)record->hash);
  if (record->petsc_options[0] != '\0')
    fprintf(job->log, "petsc %s\n", record->petsc_options);
  write_names(job, found, job->log);
  const bool written =
      anew ? percuta_base_path_publish(path, job->log) == PERCUTA_OK : fflush(job->log) == 0;
  return written ? PERCUTA_OK : fail(job, "run.log");
}

static enum percuta_status write_used(struct percuta_job *job) {
  char path[PATH_SIZE];
  join(path, job, "used_parameters.yaml");
  errno = 0;
  const enum percuta_status status =
      percuta_input_write_used(job->scenario, job->run->record.petsc_options, path);
  return status == PERCUTA_IO ? fail(job, "used_parameters.yaml") : status;
}

static enum percuta_status prepare(struct percuta_job *job, const struct percuta_found *found) {
  PERCUTA_TRY(check_names(job, found));
  PERCUTA_TRY(decide(job, found));
  if (job->way == PERCUTA_WAY_DONE) {
    percuta_engine_folder_tidy(job->options->folder);
    return PERCUTA_OK;
  }
  if (job->way == PERCUTA_WAY_RESUME)
    return PERCUTA_OK;
  remove_old(job, found);
  job->made_folder = false; /* from here on it is a result's */
  /* the log first: it says which files are the run's */
  PERCUTA_TRY(open_log(job, found));
  return write_used(job);
}

/* Does something with what the folder holds now. */
static enum percuta_status look_and(struct percuta_job *job,
                                    enum percuta_status (*act)(struct percuta_job *,
                                                               const struct percuta_found *)) {
  struct percuta_found found;
  enum percuta_status status = percuta_engine_found_look(job->options->folder, &found);
  if (status == PERCUTA_OK)
    status = act(job, &found);
  percuta_engine_found_clear(&found);
  return status;
}

enum percuta_status percuta_engine_folder_open(struct percuta_job *job) {
  return look_and(job, prepare);
}

enum percuta_status percuta_engine_folder_resume(struct percuta_job *job) {
  return look_and(job, open_log);
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
  errno = 0;
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

/* percuta study, sweep: the folder of a study, its runs over ranks or processes, what is said.
 * Tests: tests/cli/study.sh. */
#include "engine/cohort.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/path.h"
#include "base/version.h"
#include "cohort/store.h"
#include "cohort/table.h"
#include "engine/alone.h"
#include "engine/cohort_files.h"
#include "engine/crew.h"
#include "engine/lock.h"
#include "engine/signals.h"
#include "engine/start.h"
#include "engine/workers.h"

enum { PATH_SIZE = 4096 };

/* A study under way, on one process. */
struct study {
  const struct percuta_cohort_request *request;
  struct percuta_cohort_plan *plan;   /* owned */
  struct percuta_cohort_store *store; /* owned; while rows are written or read */
  struct percuta_lock lock;
  char folder[PATH_SIZE], words[PERCUTA_COHORT_WORDS];
  int *todo; /* owned; numbers of the runs that are to be followed */
  int count;
  int rank;    /* of the launcher's; 0 alone */
  bool shared; /* the store is rank 0's, too: they are on one machine */
  double start, shown;
  struct percuta_progress *progress; /* owned; who speaks */
};

static bool speaks(const struct study *study) {
  return study->rank == 0;
}

static void store_path(const struct study *study, int rank, char *out, size_t size) {
  if (rank == 0)
    snprintf(out, size, "%.4000s/study.sqlite", study->folder);
  else
    snprintf(out, size, "%.4000s/study.rank-%d.sqlite", study->folder, rank);
}

static enum percuta_status open_store(void *context) {
  struct study *study = context;
  char path[PATH_SIZE];
  PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
  store_path(study, study->shared ? 0 : study->rank, path, sizeof path);
  return percuta_cohort_store_open(path, study->plan, study->words, sizeof study->words,
                                   &study->store);
}

static void close_store(void *context) {
  struct study *study = context;
  percuta_cohort_store_close(&study->store);
}

static const char *words_of(void *context) {
  return ((const struct study *)context)->words;
}

static enum percuta_status put(struct study *study, const struct percuta_cohort_result *result) {
  const enum percuta_status status = percuta_cohort_store_put(study->store, study->plan, result);
  if (status == PERCUTA_IO)
    snprintf(study->words, sizeof study->words, "%s", percuta_cohort_store_words(study->store));
  return status;
}

static enum percuta_status run_one(void *context, int index, bool *failed) {
  struct study *study = context;
  struct percuta_cohort_result result;
  enum percuta_status status = percuta_cohort_follow(study->plan, study->todo[index], &result);
  if (status == PERCUTA_OK)
    status = put(study, &result);
  *failed = result.failed;
  percuta_cohort_follow_clear(&result);
  return status;
}

/* A run whose process died is a run that failed. */
static enum percuta_status put_death(void *context, int index, int number) {
  struct study *study = context;
  const int run = study->todo[index];
  struct percuta_cohort_result result = {.run = run,
                                         .arm = percuta_cohort_plan_arm(study->plan, run) + 1,
                                         .person = percuta_cohort_plan_person(study->plan, run),
                                         .failed = true};
  snprintf(result.reason, sizeof result.reason, "its process ended by signal %d (%s)", number,
           strsignal(number));
  enum percuta_status status = open_store(study);
  if (status == PERCUTA_OK)
    status = put(study, &result);
  close_store(study);
  return status;
}

/* How far it is: a line, or a line of JSON, at most once a second. */
static void show(void *context, int done, int failed) {
  struct study *study = context;
  const double now = percuta_base_clock(), passed = now - study->start;
  const double left = done > 0 ? passed * (study->count - done) / done : 0;
  if (study->request->quiet || !speaks(study))
    return;
  if (!study->request->json_progress) {
    char what[80];
    snprintf(what, sizeof what, "study, about %.0f s left", left);
    percuta_engine_progress_show_study(
        study->progress, &(struct percuta_progress_study){.what = done > 0 ? what : "study",
                                                          .done = done,
                                                          .count = study->count});
    return;
  }
  if (now - study->shown < 1 && done < study->count)
    return;
  study->shown = now;
  printf("{\"done\":%d,\"count\":%d,\"failed\":%d,\"elapsed_s\":%.3g,\"eta_s\":%.3g}\n", done,
         study->count, failed, passed, left);
  fflush(stdout);
}

/* Runs that are still to be followed: this part's, but for those that are done. */
static enum percuta_status list_runs(struct study *study) {
  const struct percuta_cohort_request *request = study->request;
  const int runs = percuta_cohort_plan_runs(study->plan);
  enum percuta_cohort_state *state = calloc((size_t)runs + 1, sizeof *state);
  study->todo = calloc((size_t)runs + 1, sizeof *study->todo);
  enum percuta_status status = state && study->todo ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = percuta_cohort_store_states(study->store, runs, state);
  for (int i = 0; i < runs && status == PERCUTA_OK; ++i) {
    const bool mine = request->parts == 0 || i % request->parts == request->part - 1;
    const bool open = state[i] == PERCUTA_COHORT_OPEN ||
                      (state[i] == PERCUTA_COHORT_FAILED && request->rerun_failed);
    if (mine && open)
      study->todo[study->count++] = i + 1;
  }
  free(state);
  return status;
}

/* Says that the folder cannot be used. */
static enum percuta_status refuse(const struct study *study, const char *words, const char *hint) {
  fprintf(stderr, "percuta study: %.600s %.600s%s%s\n", study->folder, words, *hint ? "; " : "",
          hint);
  return PERCUTA_TAKEN;
}

/* A page's study may not be what it was: its scenario and the data are today's. */
static void say_page(const struct percuta_cohort_plan *plan) {
  if (*plan->page_version == '\0')
    return;
  if (plan->hash == plan->page_hash)
    printf("The study of this page holds: the same version, scenario and data\n");
  else
    printf("The page was made by Percuta %s; this is Percuta " PERCUTA_VERSION
           ". Its version or the data have changed since, so that rows may differ\n",
           plan->page_version);
}

/* What other ranks have left when they were on other machines. */
static enum percuta_status take_shards(struct study *study) {
  char path[PATH_SIZE];
  for (int rank = 1; rank < 100000; ++rank) {
    store_path(study, rank, path, sizeof path);
    if (percuta_base_path_kind(path) != PERCUTA_PATH_FILE)
      return PERCUTA_OK;
    PERCUTA_TRY(percuta_cohort_store_absorb(study->store, path));
    PERCUTA_TRY(percuta_base_path_remove(path));
  }
  return PERCUTA_OK;
}

/* The folder, taken; its store, with what is to be done. Rank 0. */
static enum percuta_status open_folder(struct study *study) {
  const struct percuta_cohort_request *request = study->request;
  char path[PATH_SIZE];
  store_path(study, 0, path, sizeof path);
  PERCUTA_TRY(percuta_base_path_make_folder(study->folder));
  enum percuta_status status =
      percuta_engine_lock_take(study->folder, &study->lock, study->words, sizeof study->words);
  if (status != PERCUTA_OK) {
    fprintf(stderr, "percuta study: %s\n", study->words);
    return status;
  }
  if (request->force)
    PERCUTA_TRY(percuta_engine_cohort_files_forget(study->folder));
  const bool there = percuta_base_path_kind(path) != PERCUTA_PATH_NOTHING;
  status = percuta_cohort_store_open(path, study->plan, study->words, sizeof study->words,
                                     &study->store);
  if (status == PERCUTA_TAKEN)
    return refuse(study, study->words, "name another folder with -o DIR, or --force to replace it");
  if (status == PERCUTA_OK)
    status = take_shards(study);
  if (status == PERCUTA_OK)
    status = list_runs(study);
  if (status == PERCUTA_OK && there && study->count > 0 && !request->resume &&
      !request->rerun_failed)
    return refuse(study, "holds rows of this study that is not finished",
                  "--resume goes on, --force starts anew");
  if (status == PERCUTA_OK && there && study->count == 0)
    printf("%s holds all runs of this study already\n", study->folder);
  if (status == PERCUTA_OK)
    status = percuta_engine_cohort_files_keep(study->plan, study->folder);
  percuta_cohort_store_close(&study->store);
  return status;
}

/* All that the rows are shown by. Rank 0, after the last run. */
static enum percuta_status write_results(struct study *study) {
  char path[PATH_SIZE];
  store_path(study, 0, path, sizeof path);
  PERCUTA_TRY(percuta_cohort_store_open(path, study->plan, study->words, sizeof study->words,
                                        &study->store));
  enum percuta_status status = take_shards(study);
  if (status == PERCUTA_OK)
    status = percuta_engine_cohort_files_write(study->plan, study->store, study->folder);
  if (status == PERCUTA_OK)
    status = percuta_cohort_store_settle(study->store);
  if (status == PERCUTA_IO && *percuta_cohort_store_words(study->store))
    snprintf(study->words, sizeof study->words, "%s", percuta_cohort_store_words(study->store));
  percuta_cohort_store_close(&study->store);
  return status;
}

static void say_end(const struct study *study, int done, int failed) {
  if (study->count > 0 && !study->request->json_progress)
    printf("%d of %d runs followed, of which %d failed, in %.1f s\n", done, study->count, failed,
           percuta_base_clock() - study->start);
  if (!study->request->json_progress)
    printf("%s/table.csv, study.sqlite, report.html\n", study->folder);
}

static enum percuta_status finish(struct study *study, enum percuta_status status,
                                  const struct percuta_engine_worked *worked) {
  percuta_engine_progress_destroy(&study->progress);
  percuta_engine_signals_release();
  const bool whole = status == PERCUTA_OK;
  if (!whole)
    snprintf(study->words, sizeof study->words, "%s", worked->words);
  if (whole)
    status = write_results(study);
  const bool none = worked->done > 0 && worked->failed == worked->done;
  if (status == PERCUTA_OK) {
    say_end(study, worked->done, worked->failed);
    status = none ? PERCUTA_NUMERICS : PERCUTA_OK; /* nothing came of it; why, the rows say */
  } else if (status == PERCUTA_INTERRUPTED || status == PERCUTA_TERMINATED)
    fprintf(stderr, "percuta study: stopped after %d of %d runs; --resume goes on\n", worked->done,
            study->count);
  else
    fprintf(stderr, "percuta study: %.600s: %s\n", study->folder,
            *study->words ? study->words : percuta_base_status_text(status));
  return status;
}

/* Without a launcher: processes of this machine. */
static enum percuta_status follow_alone(struct study *study) {
  const struct percuta_engine_work work = {.count = study->count,
                                           .context = study,
                                           .open = open_store,
                                           .close = close_store,
                                           .run = run_one,
                                           .died = put_death,
                                           .show = show,
                                           .words = words_of};
  struct percuta_engine_worked worked = {.done = 0};
  const int most = study->request->jobs > 0 ? study->request->jobs : percuta_engine_workers_most();
  enum percuta_status status = PERCUTA_OK;
  study->shared = true;
  percuta_engine_signals_catch();
  study->start = percuta_base_clock();
  status = percuta_engine_progress_create(PERCUTA_PROGRESS_LINE, 0, &study->progress);
  if (status == PERCUTA_OK && study->count > 0)
    status = percuta_engine_workers_run(&work, study->count < most ? study->count : most, &worked);
  return finish(study, status, &worked);
}

/* What rank 0 has found to do, on all ranks. */
static enum percuta_status share_runs(struct study *study) {
  MPI_Bcast(&study->count, 1, MPI_INT, 0, MPI_COMM_WORLD);
  if (study->rank != 0)
    study->todo = calloc((size_t)study->count + 1, sizeof *study->todo);
  if (!study->todo)
    return PERCUTA_MEMORY;
  MPI_Bcast(study->todo, study->count, MPI_INT, 0, MPI_COMM_WORLD);
  return PERCUTA_OK;
}

/* Whether all ranks are on one machine, so that one store serves them. */
static bool share_machine(void) {
  MPI_Comm near;
  int here = 1, all = 1;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &near);
  MPI_Comm_size(near, &here);
  MPI_Comm_size(MPI_COMM_WORLD, &all);
  MPI_Comm_free(&near);
  int least = here;
  MPI_Allreduce(&here, &least, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return least == all;
}

enum answer { DONE, FAILED, ANSWERS };

static enum percuta_status run_dealt(void *context, int index, struct percuta_diag *diag,
                                     double *out) {
  struct study *study = context;
  bool failed = false;
  (void)diag;
  if (percuta_engine_signals_asked() != 0)
    return PERCUTA_OK; /* left for another time */
  const enum percuta_status status = run_one(study, index, &failed);
  out[DONE] = status == PERCUTA_OK;
  out[FAILED] = failed;
  return status;
}

static void name_dealt(void *context, int index, char *out, size_t size) {
  snprintf(out, size, "run %d", ((const struct study *)context)->todo[index]);
}

static void count_dealt(void *context, int runs, int of) {
  (void)of;
  show(context, runs, 0);
}

/* Runs over the ranks; how many were done, on rank 0. */
static enum percuta_status deal(struct study *study, struct percuta_engine_worked *worked) {
  const struct percuta_crew crew = {
      .comm = MPI_COMM_WORLD, .context = study, .done = speaks(study) ? count_dealt : NULL};
  const struct percuta_deal dealt = {.count = study->count,
                                     .width = ANSWERS,
                                     .context = study,
                                     .run = run_dealt,
                                     .name = name_dealt};
  double *answer = calloc((size_t)study->count * ANSWERS + 1, sizeof *answer);
  enum percuta_status status = answer ? open_store(study) : PERCUTA_MEMORY;
  status = percuta_numerics_deal_agree(&crew, status);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(&crew, &dealt, NULL, answer);
  close_store(study);
  for (int i = 0; i < study->count && status == PERCUTA_OK; ++i) {
    worked->done += answer[i * ANSWERS + DONE] > 0;
    worked->failed += answer[i * ANSWERS + FAILED] > 0;
  }
  free(answer);
  snprintf(worked->words, sizeof worked->words, "%s", study->words);
  if (status == PERCUTA_OK && worked->done < study->count)
    status = percuta_engine_signals_asked() == SIGINT ? PERCUTA_INTERRUPTED : PERCUTA_TERMINATED;
  return percuta_numerics_deal_agree(&crew, status);
}

static enum percuta_status follow_ranks(struct study *study) {
  const struct percuta_crew crew = {.comm = MPI_COMM_WORLD};
  struct percuta_engine_worked worked = {.done = 0};
  PERCUTA_TRY(percuta_numerics_deal_agree(&crew, share_runs(study)));
  study->shared = share_machine();
  percuta_engine_signals_catch();
  study->start = percuta_base_clock();
  enum percuta_status status =
      percuta_engine_progress_create(PERCUTA_PROGRESS_LINE, 0, &study->progress);
  status = percuta_numerics_deal_agree(&crew, status);
  if (status == PERCUTA_OK)
    status = deal(study, &worked);
  if (speaks(study))
    status = finish(study, status, &worked);
  return percuta_numerics_deal_agree(&crew, status);
}

static enum percuta_status follow(struct study *study, struct percuta_diag *diag) {
  const struct percuta_crew crew = {.comm = MPI_COMM_WORLD};
  const struct percuta_cohort_request *request = study->request;
  const bool launched = percuta_engine_alone_launched();
  if (launched) {
    PERCUTA_TRY(percuta_engine_start_aloud(0, NULL));
    MPI_Comm_rank(MPI_COMM_WORLD, &study->rank);
  }
  errno = 0;
  enum percuta_status status =
      percuta_cohort_plan_read(request->catalogue, request->file, diag, &study->plan);
  if (speaks(study) && percuta_base_diag_count(diag) > 0)
    percuta_base_diag_print(diag, stderr);
  if (status == PERCUTA_OK && speaks(study)) {
    say_page(study->plan);
    status = open_folder(study);
    if (status == PERCUTA_IO)
      fprintf(stderr, "percuta study: %.600s could not be written: %s\n", study->folder,
              *study->words ? study->words : strerror(errno));
  }
  if (!launched)
    return status == PERCUTA_OK ? follow_alone(study) : status;
  status = percuta_numerics_deal_agree(&crew, status);
  return status == PERCUTA_OK ? follow_ranks(study) : status;
}

static enum percuta_status run_study(const struct percuta_cohort_request *request) {
  struct study *study = calloc(1, sizeof *study);
  struct percuta_diag *diag = NULL;
  if (study == NULL || percuta_base_diag_create(&diag) != 0) {
    free(study);
    return PERCUTA_MEMORY;
  }
  study->request = request;
  if (request->parts > 0)
    snprintf(study->folder, sizeof study->folder, "%.4000s/part-%d-of-%d", request->folder,
             request->part, request->parts);
  else
    snprintf(study->folder, sizeof study->folder, "%.4000s", request->folder);
  const enum percuta_status status = follow(study, diag);
  percuta_cohort_store_close(&study->store);
  percuta_cohort_plan_destroy(&study->plan);
  percuta_engine_lock_release(&study->lock);
  percuta_base_diag_destroy(&diag);
  free(study->todo);
  free(study);
  return status;
}

enum percuta_status percuta_engine_cohort_run(const struct percuta_cohort_request *request) {
  return request->task == PERCUTA_COHORT_RUN ? run_study(request)
                                             : percuta_engine_cohort_files_task(request);
}

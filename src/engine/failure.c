/* What a user reads when a run does not end well. Test: tests/cli/failure.sh. */
#include "engine/failure.h"

#include <string.h>

#include "result/checkpoint.h"

/* PETSc calls this where an error arises and again in every function that hands it on. */
static PetscErrorCode keep_trace(MPI_Comm comm, int line, const char *function, const char *file,
                                 PetscErrorCode code, PetscErrorType type, const char *message,
                                 void *context) {
  struct percuta_job *job = context;
  (void)comm;
  if (type == PETSC_ERROR_INITIAL && !job->petsc_failed) {
    const char *text = NULL;
    (void)PetscErrorMessage(code, &text, NULL);
    snprintf(job->petsc_said, sizeof job->petsc_said, "%s%s%s", text ? text : "unknown error",
             message && *message ? ": " : "", message ? message : "");
    job->petsc_failed = true;
  }
  if (job->log) {
    fprintf(job->log, "PETSc error %d in %s, %s:%d: %s\n", (int)code, function ? function : "?",
            file ? file : "?", line, type == PETSC_ERROR_INITIAL && message ? message : "");
  }
  return code;
}

PetscErrorCode percuta_engine_failure_catch_petsc(struct percuta_job *job) {
  PetscFunctionBeginUser;
  PetscCall(PetscPushErrorHandler(keep_trace, job));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What a user has left of a run that was under way, and can do now. */
static void print_rest(const struct percuta_job *job, enum percuta_status status) {
  const char *folder = job->options->folder;
  const char *newest = percuta_result_checkpoint_newest(folder);
  const bool resumable = status == PERCUTA_IO;
  if (newest && job->under_way)
    fprintf(stderr, "percuta: the last good state is in %s/%s%s\n", folder, newest,
            resumable ? "; when there is room to write, --resume continues from it" : "");
  if (status == PERCUTA_IO && (job->under_way || job->way != PERCUTA_WAY_RESUME))
    fprintf(stderr,
            "percuta: a folder with more room, or that can be written, is named with -o DIR\n");
  else if (job->way == PERCUTA_WAY_RESUME && !job->under_way)
    fprintf(stderr, "percuta: --force starts the run anew, -o DIR in another folder\n");
}

static void print_lines(const char *text, FILE *stream) {
  while (*text) {
    const int length = (int)strcspn(text, "\n");
    fprintf(stream, "percuta: %.*s\n", length, text);
    text += length + (text[length] == '\n');
  }
}

static void print_petsc(const struct percuta_job *job) {
  int ranks = 1;
  fprintf(stderr, "percuta: the solver's library failed on rank %d: %s", job->rank,
          job->petsc_said);
  if (job->under_way)
    fprintf(stderr, "; %s/run.log has more", job->options->folder);
  fputc('\n', stderr);
  if (job->rank == 0 && job->under_way)
    print_rest(job, PERCUTA_NUMERICS);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks > 1)
    MPI_Abort(MPI_COMM_WORLD, percuta_base_status_exit_code(PERCUTA_NUMERICS));
}

void percuta_engine_failure_show(struct percuta_job *job, enum percuta_status status) {
  const char *words = job->words[0] || !job->run ? job->words : job->run->failure;
  const bool mistakes = job->diag && percuta_base_diag_count(job->diag) > 0;
  if (job->petsc_failed && !mistakes && !words[0] &&
      (status == PERCUTA_NUMERICS || status == PERCUTA_MEMORY)) {
    print_petsc(job);
    return;
  }
  if (job->rank != 0)
    return;
  if (mistakes)
    percuta_base_diag_print(job->diag, stderr);
  if (words[0]) {
    print_lines(words, stderr);
    if (status == PERCUTA_NUMERICS && job->log)
      print_lines(words, job->log);
    if (status == PERCUTA_IO || status == PERCUTA_NUMERICS || status == PERCUTA_TAKEN)
      print_rest(job, status);
  } else if (!mistakes && (status == PERCUTA_NUMERICS || status == PERCUTA_MEMORY)) {
    fprintf(stderr, "percuta: %s\n", percuta_base_status_text(status));
  }
}

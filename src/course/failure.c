#include "course/failure.h"

#include <math.h>
#include <string.h>

static const char *const LAYER_NAME[PERCUTA_LAYER_COUNT] = {
    [PERCUTA_STRATUM_CORNEUM] = "stratum corneum",
    [PERCUTA_VIABLE_EPIDERMIS] = "viable epidermis",
    [PERCUTA_PAPILLARY_DERMIS] = "papillary dermis",
    [PERCUTA_RETICULAR_DERMIS] = "reticular dermis",
    [PERCUTA_HYPODERMIS] = "hypodermis",
};

void percuta_course_failure_note(struct percuta_course_run *run, const char *file, int reason) {
  if (run->trouble_file[0])
    return;
  snprintf(run->trouble_file, sizeof run->trouble_file, "%s", file);
  run->trouble_reason = reason;
}

/* What a user has left, and can do with it. */
static void print_rest(const struct percuta_course_run *run, const char *advice) {
  const char *folder = run->options->folder;
  const char *newest = percuta_result_checkpoint_newest(folder);
  if (newest) {
    fprintf(stderr, "percuta: the last good state is in %s/%s%s\n", folder, newest, advice);
  } else {
    fprintf(stderr, "percuta: there was no checkpoint yet: start the run again\n");
  }
}

void percuta_course_failure_print_io(const struct percuta_course_run *run) {
  fprintf(stderr, "percuta: cannot write %s/%s: %s\n", run->options->folder, run->trouble_file,
          run->trouble_reason ? strerror(run->trouble_reason) : "input or output failed");
  print_rest(run, "; --resume goes on from there");
}

static const char *layer_at(const struct percuta_skin *skin, double depth) {
  int layer = PERCUTA_LAYER_COUNT - 1;
  while (layer > 0 && depth < percuta_skin_layer_top(skin, (enum percuta_layer)layer))
    --layer;
  return LAYER_NAME[layer];
}

static void describe_step(const struct percuta_course_run *run, const char *why, FILE *stream) {
  const struct percuta_stepper_failure *f = percuta_numerics_stepper_failure_get(run->stepper);
  const struct percuta_grid *grid = run->grid;
  double z = 0.5 * (grid->z_face[f->k] + grid->z_face[f->k + 1]);
  char value[32];
  snprintf(value, sizeof value, "%.4g", f->value);
  fprintf(stream,
          "percuta: no step leads on from day %.9g: %ld tried, from %.3g s down to %.3g s; %s\n",
          f->time / PERCUTA_DAY, f->tried, f->longest, f->shortest, why);
  fprintf(stream,
          "percuta: the field %s went from %.4g to %s%s in the %s, cell (%d, %d, %d) at x %.4g mm, "
          "y %.4g mm, depth %.4g mm\n",
          percuta_healing_layout_field[run->record.layout.field[f->field]].title, f->from,
          isnan(f->value) ? "nan" : value, f->finite ? ", the largest change of all," : "",
          layer_at(&run->skin, z), f->i, f->j, f->k, 1e3 * (f->i + 0.5) * grid->dx,
          1e3 * (f->j + 0.5) * grid->dy, 1e3 * z);
}

void percuta_course_failure_print_step(const struct percuta_course_run *run, const char *why) {
  describe_step(run, why, stderr);
  if (run->log)
    describe_step(run, why, run->log);
  print_rest(run, "");
}

/* PETSc calls this where an error arises and again in every function that hands it on. */
static PetscErrorCode keep_trace(MPI_Comm comm, int line, const char *function, const char *file,
                                 PetscErrorCode code, PetscErrorType type, const char *message,
                                 void *context) {
  struct percuta_course_run *run = context;
  (void)comm;
  if (type == PETSC_ERROR_INITIAL && !run->petsc_said[0])
    snprintf(run->petsc_said, sizeof run->petsc_said, "%s", message ? message : "");
  if (run->log) {
    fprintf(run->log, "PETSc error %d in %s, %s:%d: %s\n", (int)code, function ? function : "?",
            file ? file : "?", line, type == PETSC_ERROR_INITIAL && message ? message : "");
  }
  return code;
}

PetscErrorCode percuta_course_failure_catch_petsc(struct percuta_course_run *run) {
  PetscFunctionBeginUser;
  PetscCall(PetscPushErrorHandler(keep_trace, run));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_course_failure_print_petsc(const struct percuta_course_run *run, PetscErrorCode code) {
  const char *text = NULL;
  PetscMPIInt ranks = 1;
  (void)PetscErrorMessage(code, &text, NULL);
  fprintf(stderr, "percuta: the solver's library failed on rank %d: %s%s%s; %s/run.log has more\n",
          run->rank, text ? text : "unknown error", run->petsc_said[0] ? ": " : "", run->petsc_said,
          run->options->folder);
  if (run->rank == 0)
    print_rest(run, "; --resume goes on from there");
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks > 1)
    MPI_Abort(MPI_COMM_WORLD, percuta_base_status_exit_code(PERCUTA_NUMERICS));
}

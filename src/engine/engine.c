/* MPI, PETSc, the result folder: everything around a course that is not the course. */
#include "engine/engine.h"
#include "input/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "course/failure.h"
#include "course/products.h"
#include "course/progress.h"
#include "course/run.h"
#include "input/products.h"

enum { MOST_OPTIONS = 256 }; /* of PETSc's own on a command line */

/* What every rank computes for itself before any of them talks to another: skin and grid. */
static enum percuta_status prepare(struct percuta_course_run *run) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_course_run_prepare(run, diag);
  if (percuta_base_diag_count(diag) && run->rank == 0)
    percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  return status;
}

/* Whether what the folder holds goes with --resume or its absence. */
static enum percuta_status check_folder(const struct percuta_run_options *options) {
  bool unfinished = percuta_result_checkpoint_newest(options->folder) != NULL;
  if (unfinished == options->resume)
    return PERCUTA_OK;
  if (unfinished) {
    fprintf(stderr,
            "percuta: %s holds an unfinished run; go on with --resume, name another folder with "
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

/* Opens the log, which goes on where it ended when a run is resumed. */
static enum percuta_status open_log(struct percuta_course_run *run) {
  char path[4096];
  snprintf(path, sizeof path, "%s/run.log", run->options->folder);
  run->log = fopen(path, run->options->resume ? "a" : "w");
  if (run->log &&
      fprintf(run->log, "percuta %s\nscenario %s\nhash %016llx\n", PERCUTA_VERSION,
              run->scenario->path, (unsigned long long)run->scenario->hash) > 0 &&
      fflush(run->log) == 0)
    return PERCUTA_OK;
  percuta_course_failure_note(run, "run.log", errno);
  return PERCUTA_IO;
}

/* A file in the folder that used_parameters.yaml there would read in place of Percuta's would make
 * it another run. */
static enum percuta_status check_products(const struct percuta_course_run *run, const char *used) {
  const char *hidden = percuta_input_products_hidden(run->scenario, used);
  if (hidden == NULL)
    return PERCUTA_OK;
  fprintf(stderr,
          "percuta: %s holds %s.yaml, which used_parameters.yaml there would read in place of "
          "Percuta's own; move it away, or name another folder with -o\n",
          run->options->folder, hidden);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status open_folder(struct percuta_course_run *run) {
  const char *folder = run->options->folder;
  char path[4096];
  enum percuta_status status = check_folder(run->options);
  if (status != PERCUTA_OK)
    return status;
  errno = 0;
  status = percuta_base_path_make_folder(folder);
  if (status != PERCUTA_OK) {
    percuta_course_failure_note(run, "", errno);
    return status;
  }
  snprintf(path, sizeof path, "%s/used_parameters.yaml", folder);
  /* a resumed run has them already, or is another scenario and will be refused */
  if (!run->options->resume)
    status = check_products(run, path);
  if (!run->options->resume && status == PERCUTA_OK)
    status = percuta_input_write_used(run->scenario, path);
  if (status == PERCUTA_IO)
    percuta_course_failure_note(run, "used_parameters.yaml", errno);
  return status == PERCUTA_OK ? open_log(run) : status;
}

static PetscErrorCode shared_status(MPI_Comm comm, enum percuta_status *status) {
  PetscFunctionBeginUser;
  int code = (int)*status;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, comm));
  *status = (enum percuta_status)code;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Removes what only an unfinished run needs: the checkpoints first, for what is left after them
 * does no harm, but a checkpoint without its snapshots would. */
static void tidy(const char *folder) {
  char path[4096];
  percuta_result_checkpoint_remove(folder);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i) {
    for (int draft = 0; draft < 2; ++draft) {
      snprintf(path, sizeof path, "%s/.snapshots/%03d.f32%s", folder, i, draft ? ".tmp" : "");
      unlink(path);
    }
  }
  snprintf(path, sizeof path, "%s/.snapshots", folder);
  rmdir(path);
}

/* Rank 0. */
static void close_folder(struct percuta_course_run *run, enum percuta_status *status) {
  if (run->log) {
    int failed = fprintf(run->log, "ended: %s\n", percuta_base_status_text(*status)) < 0;
    if (fclose(run->log) != 0 || failed) {
      percuta_course_failure_note(run, "run.log", errno);
      *status = *status == PERCUTA_OK ? PERCUTA_IO : *status;
    }
  }
  run->log = NULL;
  if (*status == PERCUTA_IO)
    percuta_course_failure_print_io(run);
  if (*status != PERCUTA_OK)
    return;
  tidy(run->options->folder);
  if (run->options->progress == PERCUTA_PROGRESS_LINE) {
    printf("Done in %.*f s. Report: %s/report.html\n", run->record.cost.wall_s < 100 ? 1 : 0,
           run->record.cost.wall_s, run->options->folder);
  }
}

static PetscErrorCode execute(MPI_Comm comm, struct percuta_course_run *run,
                              enum percuta_status *status) {
  PetscErrorCode code = PETSC_SUCCESS;

  PetscFunctionBeginUser;
  if (run->rank == 0)
    *status = open_folder(run);
  PetscCall(shared_status(comm, status));
  if (*status == PERCUTA_OK) {
    *status = percuta_course_progress_create(run->options->progress,
                                             run->scenario->course.follow_up, &run->progress);
    percuta_course_progress_catch_signals();
    if (*status == PERCUTA_OK)
      code = percuta_course_run_execute(comm, run, status);
    percuta_course_progress_destroy(&run->progress);
  }
  if (code) {
    *status = code == PETSC_ERR_MEM ? PERCUTA_MEMORY : PERCUTA_NUMERICS;
    percuta_course_failure_print_petsc(run, code);
  }
  if (run->rank == 0)
    close_folder(run, status);
  if (!code) /* else nothing is known of what is owned */
    PetscCall(percuta_course_run_clear(run));
  PetscFunctionReturn(code);
}

/* Starts PETSc on as many ranks as the grid can use; the others have nothing to do. */
static PetscErrorCode run_petsc(MPI_Comm comm, struct percuta_course_run *run,
                                enum percuta_status *status) {
  const struct percuta_run_options *options = run->options;
  char name[] = "percuta";
  char *list[MOST_OPTIONS + 2] = {name};
  char **argv = list;
  int argc = 1;
  for (int i = 0; i < options->petsc_argc && argc <= MOST_OPTIONS; ++i) {
    list[argc++] = options->petsc_argv[i];
  }

  PETSC_COMM_WORLD = comm;
  PetscErrorCode code = PetscInitialize(&argc, &argv, NULL, NULL);
  if (code)
    return code;
  code = PetscPopSignalHandler(); /* Percuta's own handler writes a checkpoint */
  if (!code)
    code = percuta_course_failure_catch_petsc(run);
  if (!code)
    code = execute(comm, run, status);
  PetscErrorCode ended = PetscFinalize();
  return code ? code : ended;
}

enum percuta_status percuta_engine_execute(const struct percuta_scenario *scenario,
                                           const struct percuta_run_options *options) {
  struct percuta_course_run run = {.scenario = scenario, .options = options};
  int rank = 0, ranks = 1, provided;
  MPI_Comm comm;
  run.wall_start = percuta_course_progress_clock();
  percuta_course_progress_ignore_file_limit();
  if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) {
    fprintf(stderr, "percuta: MPI does not start\n");
    return PERCUTA_NUMERICS;
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  run.rank = rank;
  enum percuta_status status = prepare(&run);
  if (status == PERCUTA_OK) {
    int usable = percuta_numerics_mesh_usable_ranks(run.grid, ranks);
    MPI_Comm_split(MPI_COMM_WORLD, rank < usable ? 0 : MPI_UNDEFINED, rank, &comm);
    if (rank < usable) {
      if (run_petsc(comm, &run, &status) != 0 && status == PERCUTA_OK)
        status = PERCUTA_NUMERICS;
      MPI_Comm_free(&comm);
    } else {
      percuta_numerics_grid_destroy(&run.grid);
      percuta_course_products_clear(&run.products);
    }
    int code = (int)status;
    MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
    status = (enum percuta_status)code;
  }
  MPI_Finalize();
  return status;
}

/* MPI, PETSc, the result folder: everything around a course that is not the course. */
#include "course/engine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "course/course.h"
#include "course/progress.h"

enum { MOST_OPTIONS = 256 }; /* of PETSc's own on a command line */

static enum percuta_status read_course(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag,
                                       struct percuta_course_parameters *out) {
  const struct percuta_parameter_slot slots[] = {
      {"course.closure_half_lives", &out->closure_half_lives},
      {"course.healed_inflammation", &out->healed_inflammation},
      {"course.healed_clot", &out->healed_clot},
      {"course.healed_signal", &out->healed_signal},
      {"course.column_window", &out->column_window},
  };
  return percuta_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof slots[0], diag);
}

/* What every rank computes for itself before any of them talks to another: skin and grid. */
static enum percuta_status prepare(struct percuta_course_run *run) {
  struct percuta_diag *diag = NULL;
  if (percuta_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = read_course(run->scenario, diag, &run->parameters);
  if (status == PERCUTA_OK)
    status = percuta_skin_build(run->scenario, diag, &run->skin);
  if (status == PERCUTA_OK) {
    status =
        percuta_course_grid(run->scenario, &run->skin, run->parameters.column_window, &run->grid);
  }
  if (percuta_diag_count(diag) && run->rank == 0)
    percuta_diag_print(diag, stderr);
  percuta_diag_destroy(&diag);
  return status;
}

static enum percuta_status open_folder(struct percuta_course_run *run) {
  const char *folder = run->options->folder;
  char path[4096];
  if (run->options->resume && !percuta_checkpoint_exists(folder)) {
    fprintf(stderr, "percuta: %s holds no checkpoint to go on from; run it without --resume\n",
            folder);
    return PERCUTA_BAD_INPUT;
  }
  enum percuta_status status = percuta_path_make_folder(folder);
  if (status != PERCUTA_OK) {
    fprintf(stderr, "percuta: cannot make the folder %s\n", folder);
    return status;
  }
  if (!run->options->resume && percuta_checkpoint_exists(folder)) {
    fprintf(stderr,
            "percuta: %s holds an unfinished run; go on with --resume, name another folder with "
            "-o, or delete its checkpoints\n",
            folder);
    return PERCUTA_BAD_INPUT;
  }
  snprintf(path, sizeof path, "%s/used_parameters.yaml", folder);
  /* a resumed run has them already, or is another scenario and will be refused */
  if (!run->options->resume)
    status = percuta_scenario_write_used(run->scenario, path);
  snprintf(path, sizeof path, "%s/run.log", folder);
  if (status == PERCUTA_OK)
    run->log = fopen(path, run->options->resume ? "a" : "w");
  if (!run->log) {
    fprintf(stderr, "percuta: cannot write into %s\n", folder);
    return PERCUTA_IO;
  }
  fprintf(run->log, "percuta %s\nscenario %s\nhash %016llx\n", PERCUTA_VERSION, run->scenario->path,
          (unsigned long long)run->scenario->hash);
  return PERCUTA_OK;
}

static PetscErrorCode shared_status(MPI_Comm comm, enum percuta_status *status) {
  PetscFunctionBeginUser;
  int code = (int)*status;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, comm));
  *status = (enum percuta_status)code;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void close_folder(struct percuta_course_run *run, enum percuta_status status) {
  char path[4096];
  if (!run->log)
    return;
  fprintf(run->log, "ended: %s\n", percuta_status_text(status));
  fclose(run->log);
  run->log = NULL;
  if (status == PERCUTA_IO) {
    fprintf(stderr, "percuta: writing into %s failed; what was there before is kept\n",
            run->options->folder);
  }
  if (status != PERCUTA_OK)
    return;
  percuta_checkpoint_remove(run->options->folder);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i) {
    snprintf(path, sizeof path, "%s/.snapshots/%03d.f32", run->options->folder, i);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/.snapshots", run->options->folder);
  rmdir(path);
  if (run->options->progress == PERCUTA_PROGRESS_LINE) {
    printf("Done in %.3g s. Report: %s/report.html\n", run->result.cost.wall_s,
           run->options->folder);
  }
}

static PetscErrorCode execute(MPI_Comm comm, struct percuta_course_run *run,
                              enum percuta_status *status) {
  PetscFunctionBeginUser;
  if (run->rank == 0)
    *status = open_folder(run);
  PetscCall(shared_status(comm, status));
  if (*status == PERCUTA_OK) {
    *status = percuta_progress_create(run->options->progress, run->scenario->course.follow_up,
                                      &run->progress);
    percuta_progress_catch_signals();
    if (*status == PERCUTA_OK)
      PetscCall(percuta_course_execute(comm, run, status));
    percuta_progress_destroy(&run->progress);
  }
  if (run->rank == 0)
    close_folder(run, *status);
  PetscCall(percuta_course_clear(run));
  PetscFunctionReturn(PETSC_SUCCESS);
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
    code = execute(comm, run, status);
  PetscErrorCode ended = PetscFinalize();
  return code ? code : ended;
}

enum percuta_status percuta_engine_execute(const struct percuta_scenario *scenario,
                                           const struct percuta_run_options *options) {
  struct percuta_course_run run = {.scenario = scenario, .options = options};
  int rank = 0, ranks = 1, provided;
  MPI_Comm comm;
  run.wall_start = percuta_progress_clock();
  if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) {
    fprintf(stderr, "percuta: MPI does not start\n");
    return PERCUTA_NUMERICS;
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  run.rank = rank;
  enum percuta_status status = prepare(&run);
  if (status == PERCUTA_OK) {
    int usable = percuta_mesh_usable_ranks(run.grid, ranks);
    MPI_Comm_split(MPI_COMM_WORLD, rank < usable ? 0 : MPI_UNDEFINED, rank, &comm);
    if (rank < usable) {
      if (run_petsc(comm, &run, &status) != 0 && status == PERCUTA_OK)
        status = PERCUTA_NUMERICS;
      MPI_Comm_free(&comm);
    } else {
      percuta_grid_destroy(&run.grid);
    }
    int code = (int)status;
    MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
    status = (enum percuta_status)code;
  }
  MPI_Finalize();
  return status;
}

/* Fields are kept as floats: what pictures and fields.h5 need. Tests: tests/unit/test_run.c,
 * tests/cli/kill.sh. */
#include "course/keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "course/failure.h"
#include "numerics/share.h"
#include "numerics/try.h"
#include "result/result.h"

/* How many floats all fields take. */
static size_t size_of(const struct percuta_run *run) {
  return percuta_numerics_grid_cell_count(run->plan->grid) * (size_t)run->record.layout.count;
}

/* All fields on rank 0, owned by the caller there (PetscFree); NULL elsewhere. */
static PetscErrorCode gather(const struct percuta_run *run, float **out) {
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  double *values = NULL;
  float *all = NULL;

  PetscFunctionBeginUser;
  if (run->plan->rank == 0) {
    PetscCall(PetscMalloc1(cells, &values));
    PetscCall(PetscMalloc1(size_of(run), &all));
  }
  for (int p = 0; p < run->record.layout.count; ++p) {
    PetscCall(percuta_numerics_mesh_gather(
        run->state.mesh, percuta_numerics_stepper_state(run->state.stepper), p, values));
    for (size_t i = 0; i < cells && all; ++i)
      all[(size_t)p * cells + i] = (float)values[i];
  }
  PetscCall(PetscFree(values));
  *out = all;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status put_file(const struct percuta_run *run, const char *folder, int number,
                                    const float *value) {
  return percuta_result_snapshot_write(folder, number, run->plan->grid, run->record.layout.count,
                                       value);
}

/* Rank 0. */
static enum percuta_status put(struct percuta_run *run, int number, const float *value) {
  const char *folder = run->plan->folder;
  const size_t bytes = size_of(run) * sizeof *value;
  if (!folder) {
    run->state.kept[number] = malloc(bytes);
    if (!run->state.kept[number])
      return PERCUTA_MEMORY;
    memcpy(run->state.kept[number], value, bytes);
    return PERCUTA_OK;
  }
  errno = 0;
  const enum percuta_status status = put_file(run, folder, number, value);
  return status == PERCUTA_IO ? percuta_course_failure_file(run, folder, ".snapshots", errno)
                              : status;
}

enum percuta_status percuta_course_keep_fields(struct percuta_run *run) {
  const int number = run->record.snapshot_count;
  enum percuta_status status = PERCUTA_OK;
  float *all = NULL;
  PERCUTA_PETSC(gather(run, &all));
  if (run->plan->rank == 0)
    status = put(run, number, all);
  PERCUTA_PETSC(PetscFree(all));
  PERCUTA_TRY(percuta_numerics_share(run->plan->comm, status));
  run->record.snapshot_time[number] = percuta_course_run_time(run);
  run->record.snapshot_count += 1;
  return PERCUTA_OK;
}

enum percuta_status percuta_course_keep_read(const struct percuta_run *run, int number,
                                             float *value) {
  if (number < 0 || number >= run->record.snapshot_count)
    return PERCUTA_BAD_INPUT;
  if (run->plan->folder)
    return percuta_result_snapshot_read(run->plan->folder, number, run->plan->grid,
                                        run->record.layout.count, value);
  memcpy(value, run->state.kept[number], size_of(run) * sizeof *value);
  return PERCUTA_OK;
}

enum percuta_status percuta_course_keep_copy(const struct percuta_run *run, const char *folder) {
  enum percuta_status status = PERCUTA_OK;
  float *value = malloc(size_of(run) * sizeof *value);
  if (!value)
    return PERCUTA_MEMORY;
  for (int n = 0; n < run->record.snapshot_count && status == PERCUTA_OK; ++n) {
    if (percuta_course_keep_read(run, n, value) == PERCUTA_OK) /* else it is lost: write.c */
      status = put_file(run, folder, n, value);
  }
  free(value);
  return status;
}

void percuta_course_keep_remove(const char *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s/.snapshots", folder);
  if (percuta_base_path_kind(path) != PERCUTA_PATH_FOLDER) /* a link's files are not ours */
    return;
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i) {
    for (int draft = 0; draft < 2; ++draft) {
      snprintf(path, sizeof path, "%s/.snapshots/%s%03d.f32%s", folder, draft ? "." : "", i,
               draft ? ".tmp" : "");
      unlink(path);
    }
  }
  snprintf(path, sizeof path, "%s/.snapshots", folder);
  rmdir(path);
}

/* A checkpoint holds what cannot be computed again: the members of the table, the fields, the wall
 * clock. Channels, and what came in through them, come again from the seed. Tests:
 * tests/unit/test_members.c, tests/cli/restart.sh, tests/cli/kill.sh. */
#include "course/restart.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/build.h"
#include "base/clock.h"
#include "course/failure.h"
#include "course/members.h"
#include "course/session.h"
#include "numerics/share.h"
#include "numerics/try.h"
#include "result/checkpoint.h"

static const char FIELDS[] = "state", WALL[] = "wall_seconds";

/* The whole state on rank 0, NULL elsewhere. Alone, a rank's own array is that already. */
static PetscErrorCode borrow_state(const struct percuta_run *run, const double **out,
                                   double **gathered) {
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  const int fields = run->record.layout.count;
  const Vec state = percuta_numerics_stepper_state(run->state.stepper);
  double *all = NULL;

  PetscFunctionBeginUser;
  *gathered = NULL;
  if (run->plan->ranks == 1) {
    PetscCall(VecGetArrayRead(state, out));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (run->plan->rank == 0)
    PetscCall(PetscMalloc1(cells * (size_t)fields, &all));
  for (int f = 0; f < fields; ++f)
    PetscCall(percuta_numerics_mesh_gather(run->state.mesh, state, f,
                                           all ? all + (size_t)f * cells : NULL));
  *gathered = all;
  *out = all;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode return_state(const struct percuta_run *run, const double **state,
                                   double **gathered) {
  PetscFunctionBeginUser;
  if (run->plan->ranks == 1)
    PetscCall(VecRestoreArrayRead(percuta_numerics_stepper_state(run->state.stepper), state));
  PetscCall(PetscFree(*gathered));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `program` is room for its name. */
static struct percuta_checkpoint_owner owner_of(const struct percuta_run *run,
                                                char program[PERCUTA_BASE_BUILD_SIZE]) {
  percuta_base_build_name(program);
  return (struct percuta_checkpoint_owner){.hash = run->record.hash,
                                           .keys_hash = run->plan->scenario->keys_hash,
                                           .program = program,
                                           .petsc_options = run->record.petsc_options};
}

/* Rank 0. */
static enum percuta_status write_checkpoint(struct percuta_run *run, const double *state) {
  const int members = percuta_course_members_count;
  const double wall = run->state.wall_before + percuta_base_clock() - run->since;
  size_t numbers = 0, used = 0;
  for (int m = 0; m < members; ++m)
    numbers += percuta_course_members_size(run, &percuta_course_members[m]);
  double *value = malloc((numbers + 1) * sizeof *value);
  struct percuta_checkpoint_entry *entry = calloc((size_t)members + 2, sizeof *entry);
  enum percuta_status status = value && entry ? PERCUTA_OK : PERCUTA_MEMORY;
  for (int m = 0; m < members && status == PERCUTA_OK; ++m) {
    const struct percuta_member *member = &percuta_course_members[m];
    const size_t count = percuta_course_members_size(run, member);
    percuta_course_members_get(run, member, value + used);
    entry[m] = (struct percuta_checkpoint_entry){member->name, value + used, count};
    used += count;
  }
  if (status == PERCUTA_OK) {
    entry[members] = (struct percuta_checkpoint_entry){WALL, &wall, 1};
    entry[members + 1] = (struct percuta_checkpoint_entry){
        FIELDS, state,
        percuta_numerics_grid_cell_count(run->plan->grid) * (size_t)run->record.layout.count};
    char program[PERCUTA_BASE_BUILD_SIZE];
    const struct percuta_checkpoint_owner owner = owner_of(run, program);
    status = percuta_result_checkpoint_write(run->plan->folder, &owner, entry, (size_t)members + 2);
  }
  if (status == PERCUTA_IO)
    (void)percuta_course_failure_file(run, run->plan->folder, PERCUTA_CHECKPOINT_FILE, errno);
  free(entry);
  free(value);
  return status;
}

enum percuta_status percuta_course_restart_save(struct percuta_run *run) {
  enum percuta_status status = PERCUTA_OK;
  const double *state;
  double *gathered;
  if (!run)
    return PERCUTA_OK;
  if (!run->plan->folder)
    return PERCUTA_BAD_INPUT;
  PERCUTA_PETSC(borrow_state(run, &state, &gathered));
  if (run->plan->rank == 0)
    status = write_checkpoint(run, state);
  PERCUTA_PETSC(return_state(run, &state, &gathered));
  return percuta_numerics_share(run->plan->comm, status);
}

/* The entry called `name` from rank 0 to all: *value is owned by the caller, free(). PERCUTA_MEMORY
 * on one rank is so on all. */
static enum percuta_status share_entry(const struct percuta_run *run,
                                       const struct percuta_checkpoint *checkpoint,
                                       const char *name, double **value, size_t *count) {
  const double *from = NULL;
  *count = 0;
  if (checkpoint)
    from = percuta_result_checkpoint_get(checkpoint, name, count);
  unsigned long shared = *count;
  MPI_Bcast(&shared, 1, MPI_UNSIGNED_LONG, 0, run->plan->comm);
  *count = shared;
  *value = malloc((shared + 1) * sizeof **value);
  PERCUTA_TRY(percuta_numerics_share(run->plan->comm, *value ? PERCUTA_OK : PERCUTA_MEMORY));
  for (size_t i = 0; from && i < shared; ++i)
    (*value)[i] = from[i];
  MPI_Bcast(*value, (int)shared, MPI_DOUBLE, 0, run->plan->comm);
  return PERCUTA_OK;
}

/* Names what does not fit; that has no other cause than a file of another version or a forged one.
 */
static enum percuta_status refuse(struct percuta_run *run, const char *name) {
  if (!run->failure[0])
    snprintf(run->failure, sizeof run->failure,
             "the checkpoint in %.600s does not fit this run: %.64s", run->plan->folder, name);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status load_members(struct percuta_run *run,
                                        const struct percuta_checkpoint *checkpoint) {
  for (int m = 0; m < percuta_course_members_count; ++m) {
    const struct percuta_member *member = &percuta_course_members[m];
    double *value = NULL;
    size_t count;
    enum percuta_status status = share_entry(run, checkpoint, member->name, &value, &count);
    if (status == PERCUTA_OK)
      status = percuta_course_members_put(run, member, value, count);
    free(value);
    if (status == PERCUTA_BAD_INPUT)
      return refuse(run, member->name);
    PERCUTA_TRY(status);
  }
  return PERCUTA_OK;
}

static PetscErrorCode spread(struct percuta_run *run, const double *state) {
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);

  PetscFunctionBeginUser;
  for (int f = 0; f < run->record.layout.count; ++f)
    PetscCall(percuta_numerics_mesh_scatter(run->state.mesh,
                                            state ? state + (size_t)f * cells : NULL, f,
                                            percuta_numerics_stepper_state(run->state.stepper)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status load_fields(struct percuta_run *run,
                                       const struct percuta_checkpoint *checkpoint) {
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  const double *state = NULL, *wall = NULL;
  size_t fields = 0, clocks = 0;
  enum percuta_status status = PERCUTA_OK;
  if (checkpoint) {
    state = percuta_result_checkpoint_get(checkpoint, FIELDS, &fields);
    wall = percuta_result_checkpoint_get(checkpoint, WALL, &clocks);
    if (!state || fields != cells * (size_t)run->record.layout.count || clocks != 1)
      status = refuse(run, FIELDS);
    else
      run->state.wall_before = wall[0];
  }
  PERCUTA_TRY(percuta_numerics_share(run->plan->comm, status));
  PERCUTA_PETSC(spread(run, state));
  return PERCUTA_OK;
}

/* Computes what the sessions given left, again. */
static enum percuta_status repeat_sessions(struct percuta_run *run) {
  for (int s = 0; s < run->record.session_count; ++s) {
    struct percuta_injury injury = {0};
    if (!run->record.session[s].given)
      continue;
    const enum percuta_status status = percuta_course_session_compute(run, s, &injury);
    percuta_healing_injury_clear(&injury);
    PERCUTA_TRY(status);
  }
  return PERCUTA_OK;
}

/* Reads on rank 0; its words go to the reporter when they are no failure. */
static enum percuta_status read_checkpoint(struct percuta_run *run,
                                           struct percuta_checkpoint **checkpoint) {
  char why[3 * 4096] = "";
  enum percuta_status status = PERCUTA_OK;
  if (run->plan->rank == 0) {
    char program[PERCUTA_BASE_BUILD_SIZE];
    const struct percuta_checkpoint_owner owner = owner_of(run, program);
    status = percuta_result_checkpoint_read(run->plan->folder, &owner, checkpoint, why, sizeof why);
  }
  if (status != PERCUTA_OK)
    snprintf(run->failure, sizeof run->failure, "%.1000s", why);
  else if (why[0] && run->reporter.notice)
    run->reporter.notice(run->reporter.context, why);
  return percuta_numerics_share(run->plan->comm, status);
}

enum percuta_status percuta_course_restart_load(struct percuta_run *run) {
  struct percuta_checkpoint *checkpoint = NULL;
  if (!run)
    return PERCUTA_OK;
  if (!run->plan->folder || run->record.timeline.count > 0)
    return PERCUTA_BAD_INPUT;
  enum percuta_status status = read_checkpoint(run, &checkpoint);
  if (status == PERCUTA_OK)
    status = load_members(run, checkpoint);
  if (status == PERCUTA_OK)
    status = load_fields(run, checkpoint);
  percuta_result_checkpoint_destroy(&checkpoint);
  return status == PERCUTA_OK ? repeat_sessions(run) : status;
}

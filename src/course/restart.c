/* A checkpoint holds what cannot be computed again: the state, the clock of the stepper, the
 * timeline so far, when sessions were given. Channels come again from the seed. */
#include "course/restart.h"

#include <errno.h>
#include <stdlib.h>

#include "course/failure.h"
#include "course/progress.h"
#include "course/session.h"

enum { HEAD = 16, PER_SESSION = 8 };

/* Arrays in the file; the state, last, is the only one that grows with the grid. */
enum part {
  PART_HEAD,
  PART_CLIPPED,
  PART_MOST,
  PART_REFERENCE,
  PART_SESSIONS,
  PART_SNAPSHOTS,
  PART_TIMELINE,
  PART_WALL,
  PART_STATE,
  PARTS
};

static const char *const PART_NAME[PARTS] = {
    [PART_HEAD] = "head",          [PART_CLIPPED] = "clipped",
    [PART_MOST] = "largest_total", [PART_REFERENCE] = "reference",
    [PART_SESSIONS] = "sessions",  [PART_SNAPSHOTS] = "snapshot_time",
    [PART_TIMELINE] = "timeline",  [PART_WALL] = "wall_seconds",
    [PART_STATE] = "state"};

static const int COLUMNS = (int)(sizeof(struct percuta_timeline_row) / sizeof(double));
enum { MEANS = sizeof(struct percuta_healing_means) / sizeof(double) };

static void pack_head(const struct percuta_course_run *run, double head[HEAD]) {
  struct percuta_stepper_totals totals = percuta_numerics_stepper_totals_get(run->stepper);
  double values[HEAD] = {percuta_numerics_stepper_time(run->stepper),
                         percuta_numerics_stepper_next_step(run->stepper),
                         (double)totals.steps,
                         (double)totals.rejected,
                         run->sessions_done,
                         run->last_session,
                         run->record.treated_top,
                         run->record.treated_bottom,
                         run->record.runaway_volume_frac,
                         run->record.snapshot_count,
                         run->waited_for};
  for (int i = 0; i < HEAD; ++i)
    head[i] = values[i];
}

static void unpack_head(struct percuta_course_run *run, const double *head, const double *clipped,
                        const double *most) {
  struct percuta_stepper_totals totals = {.steps = (long)head[2], .rejected = (long)head[3]};
  for (int f = 0; f < run->record.layout.count; ++f) {
    totals.clipped[f] = clipped[f];
    totals.most[f] = most[f];
  }
  percuta_numerics_stepper_set(run->stepper, head[0], head[1], &totals);
  run->sessions_done = (int)head[4];
  run->last_session = head[5];
  run->record.treated_top = head[6];
  run->record.treated_bottom = head[7];
  run->record.runaway_volume_frac = head[8];
  run->record.snapshot_count = (int)head[9];
  run->waited_for = (unsigned)head[10];
}

static void pack_sessions(const struct percuta_record *record, double *out) {
  for (int s = 0; s < record->session_count; ++s, out += PER_SESSION) {
    const struct percuta_session_record *session = &record->session[s];
    double values[PER_SESSION] = {session->planned,   session->start,        session->given,
                                  session->healed_at, session->injured_frac, session->waited_for};
    for (int i = 0; i < PER_SESSION; ++i)
      out[i] = values[i];
  }
}

/* Recomputes the channels of sessions already given, and puts back when they were. */
static PetscErrorCode unpack_sessions(struct percuta_course_run *run, const double *from,
                                      enum percuta_status *status) {
  PetscFunctionBeginUser;
  for (int s = 0; s < run->record.session_count && *status == PERCUTA_OK;
       ++s, from += PER_SESSION) {
    struct percuta_session_record *session = &run->record.session[s];
    session->planned = from[0];
    if (!(from[2] > 0))
      continue;
    struct percuta_injury injury = {0};
    PetscCall(percuta_course_session_compute(run, s, &injury, status));
    percuta_healing_injury_clear(&injury);
    session->start = from[1];
    session->given = true;
    session->healed_at = from[3];
    session->injured_frac = from[4];
    session->waited_for = (unsigned)from[5];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status write_checkpoint(const struct percuta_course_run *run,
                                            const double *state) {
  const struct percuta_record *record = &run->record;
  struct percuta_stepper_totals totals = percuta_numerics_stepper_totals_get(run->stepper);
  size_t sessions = (size_t)record->session_count * PER_SESSION;
  double head[HEAD], wall = run->wall_before + percuta_course_progress_clock() - run->wall_start;
  double *packed = malloc((sessions + 1) * sizeof *packed);
  if (!packed)
    return PERCUTA_MEMORY;
  pack_head(run, head);
  pack_sessions(record, packed);
  size_t cells = percuta_numerics_grid_cell_count(run->grid);
  size_t fields = (size_t)record->layout.count;
  const struct percuta_checkpoint_entry entry[PARTS] = {
      [PART_HEAD] = {PART_NAME[PART_HEAD], head, HEAD},
      [PART_CLIPPED] = {PART_NAME[PART_CLIPPED], totals.clipped, fields},
      [PART_MOST] = {PART_NAME[PART_MOST], totals.most, fields},
      [PART_REFERENCE] = {PART_NAME[PART_REFERENCE], run->reference.field, MEANS},
      [PART_SESSIONS] = {PART_NAME[PART_SESSIONS], packed, sessions},
      [PART_SNAPSHOTS] = {PART_NAME[PART_SNAPSHOTS], record->snapshot_time,
                          (size_t)record->snapshot_count},
      [PART_TIMELINE] = {PART_NAME[PART_TIMELINE], &record->timeline.row[0].time_d,
                         record->timeline.count * (size_t)COLUMNS},
      [PART_WALL] = {PART_NAME[PART_WALL], &wall, 1},
      [PART_STATE] = {PART_NAME[PART_STATE], state, cells * fields},
  };
  enum percuta_status status =
      percuta_result_checkpoint_write(run->options->folder, run->scenario->hash, entry, PARTS);
  int reason = errno;
  free(packed);
  errno = reason;
  return status;
}

/* The whole state on rank 0, NULL elsewhere. Alone, a rank's own array is that already. */
static PetscErrorCode borrow_state(struct percuta_course_run *run, const double **out,
                                   double **gathered) {
  size_t cells = percuta_numerics_grid_cell_count(run->grid);
  int fields = run->record.layout.count;
  Vec state = percuta_numerics_stepper_state(run->stepper);
  double *all = NULL;

  PetscFunctionBeginUser;
  *gathered = NULL;
  if (run->record.cost.ranks == 1) {
    PetscCall(VecGetArrayRead(state, out));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (run->rank == 0)
    PetscCall(PetscMalloc1(cells * (size_t)fields, &all));
  for (int f = 0; f < fields; ++f)
    PetscCall(
        percuta_numerics_mesh_gather(run->mesh, state, f, all ? all + (size_t)f * cells : NULL));
  *gathered = all;
  *out = all;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode return_state(struct percuta_course_run *run, const double **state,
                                   double **gathered) {
  PetscFunctionBeginUser;
  if (run->record.cost.ranks == 1)
    PetscCall(VecRestoreArrayRead(percuta_numerics_stepper_state(run->stepper), state));
  PetscCall(PetscFree(*gathered));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_restart_save(struct percuta_course_run *run,
                                           enum percuta_status *status) {
  const double *state;
  double *gathered;
  int code = 0;

  PetscFunctionBeginUser;
  PetscCall(borrow_state(run, &state, &gathered));
  if (run->rank == 0) {
    code = (int)write_checkpoint(run, state);
    if (code == PERCUTA_IO)
      percuta_course_failure_note(run, PERCUTA_CHECKPOINT_FILE, errno);
  }
  PetscCall(return_state(run, &state, &gathered));
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, run->mesh->comm));
  *status = (enum percuta_status)code;
  run->last_checkpoint = percuta_course_progress_clock();
  run->last_checkpoint_step = percuta_numerics_stepper_totals_get(run->stepper).steps;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What was read on rank 0, given to all; the state stays there. */
struct saved {
  struct {
    double *value; /* owned */
    size_t count;
  } part[PART_STATE];
};

static PetscErrorCode share(const struct percuta_course_run *run,
                            const struct percuta_checkpoint *checkpoint, struct saved *saved) {
  PetscFunctionBeginUser;
  for (int i = 0; i < PART_STATE; ++i) {
    const double *from = NULL;
    size_t n = 0;
    if (checkpoint)
      from = percuta_result_checkpoint_get(checkpoint, PART_NAME[i], &n);
    unsigned long count = n;
    PetscCallMPI(MPI_Bcast(&count, 1, MPI_UNSIGNED_LONG, 0, run->mesh->comm));
    saved->part[i].count = count;
    PetscCall(PetscMalloc1(count + 1, &saved->part[i].value));
    if (from)
      PetscCall(PetscArraycpy(saved->part[i].value, from, count));
    PetscCallMPI(MPI_Bcast(saved->part[i].value, (int)count, MPI_DOUBLE, 0, run->mesh->comm));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Whether every part has the length it must have in this run. */
static bool fits(const struct percuta_course_run *run, const struct saved *saved) {
  const size_t fields = (size_t)run->record.layout.count;
  return saved->part[PART_HEAD].count == HEAD && saved->part[PART_CLIPPED].count == fields &&
         saved->part[PART_MOST].count == fields && saved->part[PART_REFERENCE].count == MEANS &&
         saved->part[PART_SESSIONS].count == (size_t)run->record.session_count * PER_SESSION &&
         saved->part[PART_SNAPSHOTS].count <= PERCUTA_CALENDAR_SNAPSHOTS &&
         saved->part[PART_TIMELINE].count % (size_t)COLUMNS == 0 &&
         saved->part[PART_WALL].count == 1;
}

static PetscErrorCode unpack_timeline(struct percuta_timeline *timeline, const double *rows,
                                      size_t count, enum percuta_status *status) {
  PetscFunctionBeginUser;
  timeline->row = malloc((count + 1) * sizeof(double));
  if (!timeline->row) {
    *status = PERCUTA_MEMORY;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  timeline->count = timeline->capacity = count / (size_t)COLUMNS;
  PetscCall(PetscMemcpy(timeline->row, rows, count * sizeof(double)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode unpack(struct percuta_course_run *run, const struct saved *saved,
                             const double *state, enum percuta_status *status) {
  size_t cells = percuta_numerics_grid_cell_count(run->grid);
  struct percuta_record *record = &run->record;

  PetscFunctionBeginUser;
  unpack_head(run, saved->part[PART_HEAD].value, saved->part[PART_CLIPPED].value,
              saved->part[PART_MOST].value);
  PetscCall(PetscMemcpy(&run->reference, saved->part[PART_REFERENCE].value, sizeof run->reference));
  PetscCall(PetscArraycpy(record->snapshot_time, saved->part[PART_SNAPSHOTS].value,
                          saved->part[PART_SNAPSHOTS].count));
  PetscCall(unpack_timeline(&record->timeline, saved->part[PART_TIMELINE].value,
                            saved->part[PART_TIMELINE].count, status));
  run->wall_before = saved->part[PART_WALL].value[0];
  for (int f = 0; f < record->layout.count; ++f) {
    PetscCall(percuta_numerics_mesh_scatter(run->mesh, state ? state + (size_t)f * cells : NULL, f,
                                            percuta_numerics_stepper_state(run->stepper)));
  }
  PetscCall(unpack_sessions(run, saved->part[PART_SESSIONS].value, status));
  run->last_checkpoint_step = percuta_numerics_stepper_totals_get(run->stepper).steps;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Reads on rank 0 only; *status and *state_ok come to all. */
static PetscErrorCode read_checkpoint(struct percuta_course_run *run,
                                      struct percuta_checkpoint **checkpoint, const double **state,
                                      enum percuta_status *status) {
  char why[3 * 4096];
  size_t count = 0;

  PetscFunctionBeginUser;
  if (run->rank == 0) {
    *status = percuta_result_checkpoint_read(run->options->folder, run->scenario->hash, checkpoint,
                                             why, sizeof why);
    if (why[0])
      fprintf(stderr, "percuta: %s\n", why);
    if (*status == PERCUTA_OK)
      *state = percuta_result_checkpoint_get(*checkpoint, PART_NAME[PART_STATE], &count);
    if (*status == PERCUTA_OK &&
        count != percuta_numerics_grid_cell_count(run->grid) * (size_t)run->record.layout.count)
      *state = NULL;
  }
  int code[2] = {(int)*status, *state != NULL};
  PetscCallMPI(MPI_Bcast(code, 2, MPI_INT, 0, run->mesh->comm));
  *status = code[0] == PERCUTA_OK && !code[1] ? PERCUTA_BAD_INPUT : (enum percuta_status)code[0];
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_restart_load(struct percuta_course_run *run,
                                           enum percuta_status *status) {
  struct percuta_checkpoint *checkpoint = NULL;
  struct saved saved = {0};
  const double *state = NULL;

  PetscFunctionBeginUser;
  PetscCall(read_checkpoint(run, &checkpoint, &state, status));
  if (*status == PERCUTA_OK) {
    PetscCall(share(run, checkpoint, &saved));
    if (fits(run, &saved)) {
      PetscCall(unpack(run, &saved, state, status));
    } else {
      *status = PERCUTA_BAD_INPUT;
    }
    for (int i = 0; i < PART_STATE; ++i)
      PetscCall(PetscFree(saved.part[i].value));
  }
  percuta_result_checkpoint_destroy(&checkpoint);
  PetscFunctionReturn(PETSC_SUCCESS);
}

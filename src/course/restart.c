/* A checkpoint holds what cannot be computed again: the state, the clock of the stepper, the
 * timeline so far, when sessions were given. Channels come again from the seed. */
#include "course/restart.h"

#include <stdlib.h>

#include "course/progress.h"
#include "course/session.h"

enum { HEAD = 16, PER_SESSION = 8 };

static const int COLUMNS = (int)(sizeof(struct percuta_timeline_row) / sizeof(double));

static void pack_head(const struct percuta_course_run *run, double head[HEAD]) {
  struct percuta_stepper_totals totals = percuta_stepper_totals_get(run->stepper);
  double values[HEAD] = {percuta_stepper_time(run->stepper),
                         percuta_stepper_next_step(run->stepper),
                         (double)totals.steps,
                         (double)totals.rejected,
                         run->sessions_done,
                         run->last_session,
                         run->result.treated_top,
                         run->result.treated_bottom,
                         run->result.runaway_volume_frac,
                         run->result.snapshot_count};
  for (int i = 0; i < HEAD; ++i)
    head[i] = values[i];
}

static void unpack_head(struct percuta_course_run *run, const double *head, const double *clipped,
                        const double *most) {
  struct percuta_stepper_totals totals = {.steps = (long)head[2], .rejected = (long)head[3]};
  for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
    totals.clipped[f] = clipped[f];
    totals.most[f] = most[f];
  }
  percuta_stepper_set(run->stepper, head[0], head[1], &totals);
  run->sessions_done = (int)head[4];
  run->last_session = head[5];
  run->result.treated_top = head[6];
  run->result.treated_bottom = head[7];
  run->result.runaway_volume_frac = head[8];
  run->result.snapshot_count = (int)head[9];
}

static void pack_sessions(const struct percuta_result *result, double *out) {
  for (int s = 0; s < result->session_count; ++s, out += PER_SESSION) {
    const struct percuta_session_result *session = &result->session[s];
    double values[PER_SESSION] = {session->planned, session->start, session->given,
                                  session->healed_at, session->injured_frac};
    for (int i = 0; i < PER_SESSION; ++i)
      out[i] = values[i];
  }
}

/* Recomputes the channels of sessions already given, and puts back when they were. */
static PetscErrorCode unpack_sessions(struct percuta_course_run *run, const double *from,
                                      enum percuta_status *status) {
  PetscFunctionBeginUser;
  for (int s = 0; s < run->result.session_count && *status == PERCUTA_OK;
       ++s, from += PER_SESSION) {
    struct percuta_session_result *session = &run->result.session[s];
    session->planned = from[0];
    if (!(from[2] > 0))
      continue;
    struct percuta_injury injury = {0};
    PetscCall(percuta_session_compute(run, s, &injury, status));
    percuta_injury_clear(&injury);
    session->start = from[1];
    session->given = true;
    session->healed_at = from[3];
    session->injured_frac = from[4];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static enum percuta_status write_checkpoint(const struct percuta_course_run *run,
                                            const double *state) {
  const struct percuta_result *result = &run->result;
  struct percuta_stepper_totals totals = percuta_stepper_totals_get(run->stepper);
  size_t sessions = (size_t)result->session_count * PER_SESSION;
  double head[HEAD], wall = run->wall_before + percuta_progress_clock() - run->wall_start;
  double *packed = malloc((sessions + 1) * sizeof *packed);
  if (!packed)
    return PERCUTA_MEMORY;
  pack_head(run, head);
  pack_sessions(result, packed);
  size_t cells = percuta_grid_cell_count(run->grid);
  const struct percuta_checkpoint_entry entry[] = {
      {"head", head, HEAD},
      {"clipped", totals.clipped, PERCUTA_KOPPENOL_FIELDS},
      {"largest_total", totals.most, PERCUTA_KOPPENOL_FIELDS},
      {"reference", run->reference, PERCUTA_KOPPENOL_FIELDS},
      {"sessions", packed, sessions},
      {"snapshot_time", result->snapshot_time, (size_t)result->snapshot_count},
      {"timeline", &result->timeline.row[0].time_d, result->timeline.count * (size_t)COLUMNS},
      {"wall_seconds", &wall, 1},
      {"state", state, cells * PERCUTA_KOPPENOL_FIELDS},
  };
  enum percuta_status status = percuta_checkpoint_write(run->options->folder, run->scenario->hash,
                                                        entry, sizeof entry / sizeof entry[0]);
  free(packed);
  return status;
}

PetscErrorCode percuta_restart_save(struct percuta_course_run *run, enum percuta_status *status) {
  size_t cells = percuta_grid_cell_count(run->grid);
  double *state = NULL;

  PetscFunctionBeginUser;
  if (run->rank == 0)
    PetscCall(PetscMalloc1(cells * PERCUTA_KOPPENOL_FIELDS, &state));
  for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
    PetscCall(percuta_mesh_gather(run->mesh, percuta_stepper_state(run->stepper), f,
                                  state ? state + (size_t)f * cells : NULL));
  }
  int code = run->rank == 0 ? (int)write_checkpoint(run, state) : 0;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, run->mesh->comm));
  PetscCall(PetscFree(state));
  *status = (enum percuta_status)code;
  run->last_checkpoint = percuta_progress_clock();
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode unpack(struct percuta_course_run *run,
                             const struct percuta_checkpoint *checkpoint,
                             enum percuta_status *status) {
  size_t cells = percuta_grid_cell_count(run->grid), n[9];
  struct percuta_result *result = &run->result;
  struct percuta_timeline *timeline = &result->timeline;
  const double *head = percuta_checkpoint_get(checkpoint, "head", &n[0]);
  const double *clipped = percuta_checkpoint_get(checkpoint, "clipped", &n[1]);
  const double *reference = percuta_checkpoint_get(checkpoint, "reference", &n[2]);
  const double *sessions = percuta_checkpoint_get(checkpoint, "sessions", &n[3]);
  const double *times = percuta_checkpoint_get(checkpoint, "snapshot_time", &n[4]);
  const double *rows = percuta_checkpoint_get(checkpoint, "timeline", &n[5]);
  const double *wall = percuta_checkpoint_get(checkpoint, "wall_seconds", &n[6]);
  const double *state = percuta_checkpoint_get(checkpoint, "state", &n[7]);
  const double *most = percuta_checkpoint_get(checkpoint, "largest_total", &n[8]);

  PetscFunctionBeginUser;
  if (n[0] != HEAD || n[1] != PERCUTA_KOPPENOL_FIELDS || n[2] != PERCUTA_KOPPENOL_FIELDS ||
      n[3] != (size_t)result->session_count * PER_SESSION || n[4] > PERCUTA_CALENDAR_SNAPSHOTS ||
      n[5] % (size_t)COLUMNS || n[6] != 1 || n[7] != cells * PERCUTA_KOPPENOL_FIELDS ||
      n[8] != PERCUTA_KOPPENOL_FIELDS) {
    *status = PERCUTA_IO;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  unpack_head(run, head, clipped, most);
  PetscCall(PetscArraycpy(run->reference, reference, PERCUTA_KOPPENOL_FIELDS));
  PetscCall(PetscArraycpy(result->snapshot_time, times, n[4]));
  timeline->count = timeline->capacity = n[5] / (size_t)COLUMNS;
  timeline->row = malloc((n[5] + 1) * sizeof(double));
  if (timeline->row) {
    PetscCall(PetscMemcpy(timeline->row, rows, n[5] * sizeof(double)));
  } else {
    *status = PERCUTA_MEMORY;
  }
  run->wall_before = wall[0];
  for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
    PetscCall(percuta_mesh_scatter(run->mesh, state + (size_t)f * cells, f,
                                   percuta_stepper_state(run->stepper)));
  }
  PetscCall(unpack_sessions(run, sessions, status));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_restart_load(struct percuta_course_run *run, enum percuta_status *status) {
  struct percuta_checkpoint *checkpoint = NULL;
  char why[8192];

  PetscFunctionBeginUser;
  *status = percuta_checkpoint_read(run->options->folder, run->scenario->hash, &checkpoint, why,
                                    sizeof why);
  if (run->rank == 0 && why[0])
    fprintf(stderr, "percuta: %s\n", why);
  if (*status == PERCUTA_OK)
    PetscCall(unpack(run, checkpoint, status));
  percuta_checkpoint_destroy(&checkpoint);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A run and, beside its books, what one cell went through. Tests: tests/verification/test_study.c,
 * tests/unit/test_validate.c. */
#include "course/trial.h"

#include <math.h>
#include <stdlib.h>

#include "numerics/try.h"

/* Room for one more state. */
static enum percuta_status grow(struct percuta_trial *trial) {
  if (trial->track_count < trial->track_capacity)
    return PERCUTA_OK;
  const size_t capacity = trial->track_capacity ? 2 * trial->track_capacity : 128;
  struct percuta_trial_state *grown = realloc(trial->track, capacity * sizeof *grown);
  if (!grown)
    return PERCUTA_MEMORY;
  trial->track = grown;
  trial->track_capacity = capacity;
  return PERCUTA_OK;
}

/* Keeps the fields of the cell half way down the treated dermis. */
static enum percuta_status watch(void *context, const struct percuta_run *run) {
  struct percuta_trial *trial = context;
  const struct percuta_mesh *mesh = run->state.mesh;
  const struct percuta_layout *layout = &run->record.layout;
  const double depth = 0.5 * (run->record.treated_top + run->record.treated_bottom);
  const Vec now = percuta_numerics_stepper_state(run->state.stepper);
  const PetscScalar *u;
  int k = 0;
  PERCUTA_TRY(grow(trial));
  while (k < mesh->nz - 1 && mesh->grid->z_face[k + 1] < depth)
    ++k;
  const size_t cell = (size_t)k * (size_t)mesh->y_count * (size_t)mesh->nx;
  struct percuta_trial_state *state = &trial->track[trial->track_count++];
  state->time = percuta_course_run_time(run);
  PERCUTA_PETSC(VecGetArrayRead(now, &u));
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    const int slot = layout->slot[f];
    state->field[f] =
        slot < 0 ? percuta_healing_layout_field[f].idle : u[(size_t)slot * mesh->local + cell];
  }
  PERCUTA_PETSC(VecRestoreArrayRead(now, &u));
  return PERCUTA_OK;
}

static void tell(void *context, const struct percuta_run *run) {
  const struct percuta_crew *crew = ((const struct percuta_trial *)context)->crew;
  crew->within(crew->context, percuta_course_run_time(run), run->plan->scenario->course.follow_up);
}

enum percuta_status percuta_course_trial_run(const struct percuta_scenario *scenario,
                                             const struct percuta_crew *crew,
                                             struct percuta_diag *diag, struct percuta_trial *out) {
  const struct percuta_run_options no_trace = {.folder = NULL};
  struct percuta_trial trial = {.crew = crew};
  const struct percuta_reporter reporter = {
      .context = &trial, .step = crew && crew->within ? tell : NULL, .row = watch};
  enum percuta_status status =
      percuta_course_run_create(scenario, PETSC_COMM_SELF, &no_trace, &reporter, diag, &trial.run);
  if (status == PERCUTA_OK)
    status = percuta_course_run_advance(trial.run, INFINITY);
  if (status == PERCUTA_OK) {
    trial.run->reporter = (struct percuta_reporter){.context = NULL}; /* the watcher moves */
    trial.record = &trial.run->record;
    trial.crew = NULL;
  } else {
    percuta_course_trial_clear(&trial);
  }
  *out = trial;
  return status;
}

void percuta_course_trial_clear(struct percuta_trial *trial) {
  percuta_course_run_destroy(&trial->run);
  free(trial->track);
  *trial = (struct percuta_trial){.run = NULL};
}

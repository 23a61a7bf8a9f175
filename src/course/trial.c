#include "course/trial.h"

#include <stdlib.h>

static const struct percuta_run_options NO_TRACE = {.progress = PERCUTA_PROGRESS_QUIET};

/* Keeps the fields of the cell half way down the treated dermis. */
static enum percuta_status watch(const struct percuta_course_run *run, const double *u,
                                 void *what) {
  struct percuta_trial *trial = what;
  const struct percuta_mesh *mesh = run->mesh;
  const struct percuta_layout *layout = &run->record.layout;
  double depth = 0.5 * (run->record.treated_top + run->record.treated_bottom);
  int k = 0;
  if (trial->track_count == trial->track_capacity) {
    size_t capacity = trial->track_capacity ? 2 * trial->track_capacity : 128;
    struct percuta_trial_state *grown = realloc(trial->track, capacity * sizeof *grown);
    if (!grown)
      return PERCUTA_MEMORY;
    trial->track = grown;
    trial->track_capacity = capacity;
  }
  while (k < mesh->nz - 1 && mesh->grid->z_face[k + 1] < depth)
    ++k;
  size_t cell = (size_t)k * (size_t)mesh->y_count * (size_t)mesh->nx;
  struct percuta_trial_state *state = &trial->track[trial->track_count++];
  state->time = percuta_numerics_stepper_time(run->stepper);
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    int slot = layout->slot[f];
    state->field[f] =
        slot < 0 ? percuta_healing_layout_field[f].idle : u[(size_t)slot * mesh->local + cell];
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_course_trial_run(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag, struct percuta_trial *out) {
  *out =
      (struct percuta_trial){.run = {.scenario = scenario, .options = &NO_TRACE, .mistakes = diag}};
  out->run.watch = watch;
  out->run.watched = out;
  enum percuta_status status = percuta_course_run_prepare(&out->run, diag);
  if (status != PERCUTA_OK)
    return status;
  PetscErrorCode code = percuta_course_run_follow(PETSC_COMM_SELF, &out->run, &status);
  if (code)
    status = code == PETSC_ERR_MEM ? PERCUTA_MEMORY : PERCUTA_NUMERICS;
  if (status != PERCUTA_OK)
    percuta_course_trial_clear(out);
  return status;
}

void percuta_course_trial_clear(struct percuta_trial *trial) {
  (void)percuta_course_run_clear(&trial->run);
  free(trial->track);
  *trial = (struct percuta_trial){.run = {.scenario = NULL}};
}

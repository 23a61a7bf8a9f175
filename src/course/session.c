#include "course/session.h"

#include <math.h>

#include "course/products.h"
#include "device/coverage.h"

/* Seconds from the first to the last strike. */
static double strikes_duration(const struct percuta_strikes *strikes) {
  double last = 0.0;
  for (size_t i = 0; i < strikes->count; ++i)
    last = fmax(last, strikes->item[i].time);
  return last;
}

/* How the person's blood clots changes how long vessels bleed, what fills the cuts, and when it is
 * over: platelets plug a vessel first, fibrin then holds the plug. */
static void apply_clot(const struct percuta_course_run *run,
                       struct percuta_session_record *session) {
  session->clot = run->clot;
  session->plugged_at = run->bed.plug_time * run->clot.plug_rel;
  session->secured_at = fmax(session->plugged_at, run->clot.fibrin_time);
  percuta_bleeding_prolong(&session->channels, run->record.width, run->clot.plug_rel,
                           &session->bleeding);
}

/* What the channels leave open, and how long that lasts on skin that was intact before. */
static void apply_reseal(const struct percuta_course_run *run,
                         struct percuta_session_record *session) {
  const struct percuta_reseal *reseal = &run->reseal;
  session->opening = percuta_transport_reseal_open(&session->channels, run->record.width);
  session->tewl_rel = percuta_transport_reseal_loss_rel(
      reseal, percuta_transport_reseal_conductance(reseal, &session->opening, 0.0));
  session->closure = percuta_transport_reseal_closure(reseal);
  session->barrier =
      percuta_transport_reseal_barrier(reseal, &session->opening, run->parameters.healed_barrier);
}

static enum percuta_status compute_stages(struct percuta_course_run *run, int index,
                                          struct percuta_diag *diag,
                                          struct percuta_injury *injury) {
  struct percuta_session_record *session = &run->record.session[index];
  const struct percuta_scenario *scenario = run->scenario;
  struct percuta_strikes strikes = {0};
  double width = run->record.width;
  /* what is on the skin is followed in the first session; the others are like it */
  const bool first = index == 0;
  enum percuta_status status = first ? percuta_course_products_before(run, diag) : PERCUTA_OK;
  if (status == PERCUTA_OK)
    status = percuta_device_strikes_compute(scenario, index, width, &strikes);
  if (status == PERCUTA_OK)
    status = percuta_device_coverage_compute(scenario, &strikes, width, &session->coverage);
  if (status == PERCUTA_OK) {
    session->duration = strikes_duration(&strikes);
    status = percuta_insertion_channel_compute(&run->insertion, scenario, &strikes, width,
                                               &session->channels);
  }
  percuta_device_strikes_clear(&strikes);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_bleeding_compute(&run->bed, &session->channels, width,
                                    percuta_bleeding_vessels(scenario), scenario->model.seed,
                                    &session->bleeding);
  if (status != PERCUTA_OK)
    return status;
  apply_clot(run, session);
  if (first)
    status = percuta_course_products_after(run, session, diag);
  if (status == PERCUTA_OK)
    status = percuta_outcome_comfort_compute(scenario, &run->skin, &session->channels,
                                             &run->record.numbing, diag, &session->comfort);
  if (status != PERCUTA_OK)
    return status;
  apply_reseal(run, session);
  status = percuta_healing_injury_compute(run->grid, run->mesh->y_start, run->mesh->y_count,
                                          &session->channels, &session->bleeding, run->record.width,
                                          injury);
  injury->signal_rel = run->clot.signal_rel;
  return status;
}

PetscErrorCode percuta_course_session_compute(struct percuta_course_run *run, int index,
                                              struct percuta_injury *injury,
                                              enum percuta_status *status) {
  struct percuta_session_record *session = &run->record.session[index];
  struct percuta_diag *diag = percuta_course_run_open_mistakes(run);

  PetscFunctionBeginUser;
  *status = diag ? compute_stages(run, index, diag, injury) : PERCUTA_MEMORY;
  percuta_course_run_close_mistakes(run, &diag);
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  session->number = index + 1;
  session->injured_volume = injury->injured_volume;
  session->overlap_volume = injury->overlap_volume;
  session->channel_volume = 0.0;
  for (size_t i = 0; i < session->channels.count; ++i) {
    session->channel_volume +=
        percuta_insertion_channel_volume(&session->channels.item[i], 0.0, INFINITY);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Averages are taken from the junction to the mean depth of the punctures, within the dermis; over
 * all of the dermis when none reaches it. */
static void settle_depths(struct percuta_course_run *run, const struct percuta_channels *channels) {
  double top = percuta_skin_layer_top(&run->skin, PERCUTA_PAPILLARY_DERMIS);
  double bottom = percuta_skin_layer_top(&run->skin, PERCUTA_HYPODERMIS);
  double sum = 0.0;
  size_t count = 0;
  for (size_t i = 0; i < channels->count; ++i) {
    if (!channels->item[i].penetrated || channels->item[i].reentered)
      continue;
    sum += channels->item[i].depth;
    ++count;
  }
  double mean = count ? sum / (double)count : 0.0;
  run->record.treated_top = top;
  run->record.treated_bottom = mean > top ? fmin(mean, bottom) : bottom;
}

static PetscErrorCode average_state(struct percuta_course_run *run,
                                    struct percuta_healing_means *means) {
  const PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  PetscCall(percuta_healing_average(run->healing, u, run->record.treated_top,
                                    run->record.treated_bottom, means));
  PetscCall(VecRestoreArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_session_give(struct percuta_course_run *run, int index,
                                           enum percuta_status *status) {
  struct percuta_session_record *session = &run->record.session[index];
  struct percuta_injury injury = {0};
  struct percuta_healing_means before, after;
  PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCall(percuta_course_session_compute(run, index, &injury, status));
  if (*status != PERCUTA_OK)
    PetscFunctionReturn(PETSC_SUCCESS);
  if (index == 0)
    settle_depths(run, &session->channels);
  PetscCall(average_state(run, &before));
  if (index == 0)
    run->reference = before;
  PetscCall(VecGetArray(percuta_numerics_stepper_state(run->stepper), &u));
  percuta_healing_injure(run->healing, &injury, u);
  PetscCall(VecRestoreArray(percuta_numerics_stepper_state(run->stepper), &u));
  PetscCall(average_state(run, &after));
  percuta_healing_injury_clear(&injury);
  session->injured_frac =
      1.0 - after.field[PERCUTA_FIELD_collagen] / before.field[PERCUTA_FIELD_collagen];
  session->start = percuta_numerics_stepper_time(run->stepper);
  session->given = true;
  session->healed_at = -1.0;
  run->last_session = session->start;
  PetscFunctionReturn(PETSC_SUCCESS);
}

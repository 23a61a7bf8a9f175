/* One session, stage by stage in the order of the body: needles, cuts, blood, clot, what gets in,
 * injury. Each stage has its own tests; together: tests/cli/blood.sh, products.sh, relief.sh. */
#include "course/session.h"

#include <math.h>

#include "bleeding/spread.h"
#include "course/products.h"
#include "course/sound.h"
#include "device/coverage.h"
#include "numerics/try.h"

/* Seconds from the first to the last strike. */
static double strikes_duration(const struct percuta_strikes *strikes) {
  double last = 0.0;
  for (size_t i = 0; i < strikes->count; ++i)
    last = fmax(last, strikes->item[i].time);
  return last;
}

/* What the first session sheds, with how far that is known; and when it is over: platelets plug a
 * vessel, fibrin then holds the plug. */
static enum percuta_status bleed(const struct percuta_run *run, int index,
                                 struct percuta_session_record *session) {
  const struct percuta_run_plan *plan = run->plan;
  const struct percuta_scenario *scenario = plan->scenario;
  const double width = run->record.width;
  PERCUTA_TRY(percuta_bleeding_compute(&plan->bed, &session->channels, width,
                                       percuta_bleeding_vessels(scenario), scenario->model.seed,
                                       &session->bleeding));
  session->clot = plan->clot;
  session->plugged_at = plan->bed.plug_time;
  session->secured_at = fmax(session->plugged_at, plan->clot.fibrin_time);
  if (index > 0)
    return PERCUTA_OK;
  return percuta_bleeding_spread_compute(scenario, &plan->skin, plan->clot.plug_rel,
                                         &session->channels, width, NULL, &session->bleeding);
}

/* What the channels leave open, and how long that lasts on skin that was intact before. */
static void apply_reseal(const struct percuta_run *run, struct percuta_session_record *session) {
  const struct percuta_reseal *reseal = &run->plan->reseal;
  session->opening = percuta_transport_reseal_open(&session->channels, run->record.width);
  session->tewl_rel = percuta_transport_reseal_loss_rel(
      reseal, percuta_transport_reseal_conductance(reseal, &session->opening, 0.0));
  session->closure = percuta_transport_reseal_closure(reseal, &session->opening);
  session->barrier = percuta_transport_reseal_barrier(reseal, &session->opening,
                                                      run->plan->parameters.healed_barrier);
}

/* Strikes and the channels they leave. */
static enum percuta_status strike(const struct percuta_run *run, int index,
                                  struct percuta_session_record *session) {
  const struct percuta_course_stage *stage = percuta_course_plan_stage(run->plan, index);
  const struct percuta_scenario *scenario = &stage->scenario;
  const double width = run->record.width;
  struct percuta_strikes strikes = {0};
  PERCUTA_TRY(percuta_device_strikes_compute(scenario, index, width, &strikes));
  enum percuta_status status =
      percuta_device_coverage_compute(scenario, &strikes, width, &session->coverage);
  if (status == PERCUTA_OK) {
    session->duration = strikes_duration(&strikes);
    status = percuta_insertion_channel_compute(stage->insertion, &strikes, &session->channels);
  }
  percuta_device_strikes_clear(&strikes);
  return status;
}

static enum percuta_status compute_stages(struct percuta_run *run, int index,
                                          struct percuta_injury *injury) {
  const struct percuta_run_plan *plan = run->plan;
  struct percuta_session_record *session = &run->record.session[index];
  const double width = run->record.width;
  /* what is on the skin is followed in the first session that has it; the others are like it */
  const bool first = index == 0;
  if (first)
    PERCUTA_TRY(percuta_course_products_before(run));
  PERCUTA_TRY(strike(run, index, session));
  if (!percuta_scenario_is_alive(plan->scenario))
    return percuta_course_products_after(run, session, index);
  PERCUTA_TRY(bleed(run, index, session));
  PERCUTA_TRY(percuta_course_products_after(run, session, index));
  const struct percuta_device *device = &percuta_course_plan_stage(plan, index)->scenario.device;
  session->comfort =
      percuta_outcome_comfort_compute(&plan->law, &plan->skin, device, &session->channels,
                                      &run->record.numbing, &run->record.injection);
  session->redness =
      percuta_outcome_redness_compute(&plan->law.redness, &plan->skin, &session->channels, width);
  apply_reseal(run, session);
  PERCUTA_TRY(percuta_healing_injury_compute(plan->grid, run->state.mesh->y_start,
                                             run->state.mesh->y_count, &session->channels,
                                             &session->bleeding, width, injury));
  injury->signal_rel = plan->clot.signal_rel;
  injury->closing_time = session->closure.median;
  return PERCUTA_OK;
}

enum percuta_status percuta_course_session_compute(struct percuta_run *run, int index,
                                                   struct percuta_injury *injury) {
  struct percuta_session_record *session = &run->record.session[index];
  PERCUTA_TRY(compute_stages(run, index, injury));
  session->number = index + 1;
  session->injured_volume = injury->injured_volume;
  session->overlap_volume = injury->overlap_volume;
  session->channel_volume = 0.0;
  for (size_t i = 0; i < session->channels.count; ++i) {
    session->channel_volume +=
        percuta_insertion_channel_damaged(&session->channels.item[i], 0.0, INFINITY);
  }
  return PERCUTA_OK;
}

/* Mean depth [m] of the punctures; 0 where there are none. */
static double mean_depth(const struct percuta_channels *channels) {
  double sum = 0.0;
  size_t count = 0;
  for (size_t i = 0; i < channels->count; ++i) {
    if (!channels->item[i].penetrated || channels->item[i].reentered)
      continue;
    sum += channels->item[i].depth;
    ++count;
  }
  return count ? sum / (double)count : 0.0;
}

/* Averages are taken from the junction to the mean depth of the punctures, within the dermis; over
 * all of the dermis when none reaches it. Where sessions differ, to that of the deepest. */
static enum percuta_status settle_depths(struct percuta_run *run,
                                         const struct percuta_channels *channels) {
  const double top = percuta_skin_layer_top(&run->plan->skin, PERCUTA_PAPILLARY_DERMIS);
  const double bottom = percuta_skin_layer_top(&run->plan->skin, PERCUTA_HYPODERMIS);
  double mean = mean_depth(channels);
  for (int i = 1; i < run->plan->stage_count; ++i) {
    struct percuta_session_record later = {0};
    const enum percuta_status status = strike(run, run->plan->stage[i].from - 1, &later);
    mean = fmax(mean, mean_depth(&later.channels));
    percuta_insertion_channel_clear(&later.channels);
    PERCUTA_TRY(status);
  }
  run->record.treated_top = top;
  run->record.treated_bottom = mean > top ? fmin(mean, bottom) : bottom;
  return PERCUTA_OK;
}

static PetscErrorCode average_state(const struct percuta_run *run,
                                    struct percuta_healing_means *means) {
  const PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(percuta_numerics_stepper_state(run->state.stepper), &u));
  const struct percuta_healing_source state = {.array = u};
  PetscCall(percuta_healing_average(run->state.healing, &state, run->record.treated_top,
                                    run->record.treated_bottom, means));
  PetscCall(VecRestoreArrayRead(percuta_numerics_stepper_state(run->state.stepper), &u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Cuts the state; the averages before and after. */
static PetscErrorCode cut(const struct percuta_run *run, const struct percuta_injury *injury,
                          struct percuta_healing_means *before,
                          struct percuta_healing_means *after) {
  PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCall(average_state(run, before));
  PetscCall(VecGetArray(percuta_numerics_stepper_state(run->state.stepper), &u));
  if (run->state.sessions_done > 0)
    percuta_healing_make_room(run->state.healing, injury, u);
  percuta_healing_injure(run->state.healing, injury, u);
  PetscCall(VecRestoreArray(percuta_numerics_stepper_state(run->state.stepper), &u));
  PetscCall(average_state(run, after));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void note_given(struct percuta_run *run, struct percuta_session_record *session) {
  session->start = percuta_course_run_time(run);
  session->given = true;
  session->healed_at = -1.0;
  run->state.last_session = session->start;
}

/* Of skin that does not live only needles and products are followed: no injury heals. */
enum percuta_status percuta_course_session_give(struct percuta_run *run, int index) {
  struct percuta_session_record *session = &run->record.session[index];
  struct percuta_injury injury = {0};
  struct percuta_healing_means before, after;
  enum percuta_status status = percuta_course_session_compute(run, index, &injury);
  if (status == PERCUTA_OK && index == 0)
    status = settle_depths(run, &session->channels);
  if (status == PERCUTA_OK && !percuta_scenario_is_alive(run->plan->scenario)) {
    note_given(run, session);
    return PERCUTA_OK;
  }
  if (status == PERCUTA_OK)
    status = percuta_numerics_try_status(cut(run, &injury, &before, &after));
  percuta_healing_injury_clear(&injury);
  PERCUTA_TRY(status);
  if (index == 0)
    run->state.reference = before;
  session->injured_frac =
      1.0 - after.field[PERCUTA_FIELD_collagen] / before.field[PERCUTA_FIELD_collagen];
  PERCUTA_TRY(percuta_course_sound_session(run, session));
  note_given(run, session);
  return PERCUTA_OK;
}

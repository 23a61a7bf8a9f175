/* The books of a run: rows of the timeline, when a session has healed, what is told at the end.
 * Tests: tests/unit/test_run.c, tests/cli/parts.sh. */
#include "course/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "course/calendar.h"
#include "course/sound.h"
#include "healing/parts/mechanics.h"
#include "healing/parts/trigger.h"
#include "numerics/options.h"
#include "numerics/share.h"
#include "numerics/try.h"
#include "scenario/calendar.h"

enum percuta_status percuta_course_record_open(struct percuta_run *run) {
  const struct percuta_run_plan *plan = run->plan;
  const struct percuta_course *course = &plan->scenario->course;
  const int sessions = percuta_scenario_calendar_count(course);
  struct percuta_record *record = &run->record;
  *record = (struct percuta_record){
      .scenario = plan->scenario,
      .skin = &plan->skin,
      .law = &plan->law,
      .reseal = &plan->reseal,
      .grid = plan->grid,
      .layout = plan->layout,
      .width = plan->width,
      .injection = percuta_outcome_injection_compute(&plan->law.injection,
                                                     &plan->scenario->session.injection),
      .session = calloc((size_t)sessions, sizeof *record->session),
      .session_count = sessions,
      .snapshot_time = calloc(PERCUTA_CALENDAR_SNAPSHOTS, sizeof(double)),
      .runaway_level = percuta_healing_cascade_runaway_level(&plan->cascade),
      .cost = {.cells = (long)percuta_numerics_grid_cell_count(plan->grid), .ranks = plan->ranks}};
  if (!record->session || !record->snapshot_time)
    return PERCUTA_MEMORY;
  PERCUTA_TRY(percuta_numerics_options_all(&record->petsc_options));
  record->hash = percuta_base_checksum_text(plan->scenario->hash, record->petsc_options,
                                            strlen(record->petsc_options));
  for (int s = 0; s < sessions; ++s) {
    record->session[s].number = s + 1;
    record->session[s].planned = percuta_scenario_calendar_planned(course, s);
    record->session[s].healed_at = -1.0;
  }
  percuta_skin_relief_lay(
      &plan->skin.relief,
      percuta_skin_relief_tile(plan->scenario, &plan->skin.relief, record->width), &record->relief);
  return plan->skin.relief.kind == PERCUTA_RELIEF_FLAT
             ? PERCUTA_OK
             : percuta_skin_relief_survey(&record->relief, &record->texture);
}

void percuta_course_record_clear(struct percuta_record *record) {
  percuta_transport_numbing_clear(&record->numbing);
  for (int i = 0; i < record->penetration_count; ++i)
    percuta_transport_penetration_clear(&record->penetration[i]);
  free(record->penetration);
  for (int s = 0; s < record->session_count && record->session; ++s) {
    percuta_insertion_channel_clear(&record->session[s].channels);
    percuta_bleeding_clear(&record->session[s].bleeding);
  }
  percuta_outcome_warnings_clear(&record->warnings);
  free(record->petsc_options);
  free(record->session);
  free(record->snapshot_time);
  free(record->timeline.row);
  *record = (struct percuta_record){.scenario = NULL};
}

/* What the channels of all sessions have left open now. */
static void add_openings(const struct percuta_run *run, double now,
                         struct percuta_timeline_row *row) {
  double conductance = 0.0;
  for (int s = 0; s < run->record.session_count; ++s) {
    const struct percuta_session_record *session = &run->record.session[s];
    if (!session->given)
      continue;
    const struct percuta_reseal_opening *opening = &session->opening;
    double since = now - session->start;
    row->barrier_open_frac +=
        percuta_transport_reseal_open_share(opening) *
        percuta_transport_reseal_gap_share(&run->plan->reseal, opening, since);
    conductance += percuta_transport_reseal_conductance(&run->plan->reseal, opening, since);
  }
  row->barrier_open_frac = fmin(1, row->barrier_open_frac);
  row->tewl_rel = percuta_transport_reseal_loss_rel(&run->plan->reseal, conductance);
}

/* The newest session given; NULL before the first. */
static struct percuta_session_record *newest(struct percuta_record *record) {
  int s = record->session_count - 1;
  while (s >= 0 && !record->session[s].given)
    --s;
  return s >= 0 ? &record->session[s] : NULL;
}

/* The criteria of healing that the state of this row fails, as bits of outcome/healed.h. */
static unsigned find_unmet(struct percuta_run *run, const struct percuta_timeline_row *row) {
  const struct percuta_session_record *last = newest(&run->record);
  const struct percuta_course_parameters *p = &run->plan->parameters;
  double since = row->time_d * PERCUTA_DAY - run->state.last_session;
  unsigned unmet = 0;
  if (last && since < last->closure.median)
    unmet |= PERCUTA_HEALED_punctures;
  if (row->tewl_rel > 1 + p->healed_barrier)
    unmet |= PERCUTA_HEALED_barrier;
  if (last && since < last->redness.median)
    unmet |= PERCUTA_HEALED_redness;
  return unmet;
}

/* Macrophages (M1 and M2) below which there are none: what steps leave of them is not the model's.
 */
static const double NOTHING = 1e-6;

/* Over a whole; 0 of nothing, as where needles have cut all of the dermis. */
static double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0.0;
}

/* A mean over what it was at rest; where it was nothing then, as it is. */
static double relative(const struct percuta_run *run, const struct percuta_healing_means *means,
                       enum percuta_field field) {
  double rest = run->state.reference.field[field];
  return rest > 0 ? means->field[field] / rest : means->field[field];
}

/* [m] From the junction to the fat. */
static double dermis_of(const struct percuta_run *run) {
  return percuta_skin_layer_top(&run->plan->skin, PERCUTA_HYPODERMIS) -
         percuta_skin_layer_top(&run->plan->skin, PERCUTA_PAPILLARY_DERMIS);
}

static struct percuta_timeline_row make_row(struct percuta_run *run, double now,
                                            const struct percuta_healing_means *means) {
  const double *u = means->field, *rest = run->state.reference.field;
  const struct percuta_cascade *cascade = &run->plan->cascade;
  double level = percuta_healing_cascade_runaway_level(cascade);
  double first = u[PERCUTA_FIELD_collagen] - u[PERCUTA_FIELD_collagen_III];
  double cells = u[PERCUTA_FIELD_fibroblast] + u[PERCUTA_FIELD_myofibroblast];
  double macrophages = u[PERCUTA_FIELD_macrophage_M1] + u[PERCUTA_FIELD_macrophage_M2];
  const double called = macrophages * PERCUTA_PART(cascade, trigger)->macrophage_density;
  const double per_mm3 = 1e-9 * run->plan->parameters.fibroblast_density;
  struct percuta_timeline_row row = {
      .time_d = now / PERCUTA_DAY,
      .collagen_total_rel = relative(run, means, PERCUTA_FIELD_collagen),
      .collagen_inside_rel = means->inside,
      .collagen_around_rel = means->around,
      .collagen_gain_um = 1e6 * dermis_of(run) *
                          (ratio(means->dermis_collagen, run->state.reference.dermis_collagen) - 1),
      .collagen_I_rel =
          ratio(first, rest[PERCUTA_FIELD_collagen] - rest[PERCUTA_FIELD_collagen_III]),
      .collagen_III_rel = relative(run, means, PERCUTA_FIELD_collagen_III),
      .collagen_III_share = ratio(u[PERCUTA_FIELD_collagen_III], u[PERCUTA_FIELD_collagen]),
      .collagen_mature_rel = relative(run, means, PERCUTA_FIELD_collagen_mature),
      .collagen_production_rel = ratio(means->production, run->state.reference.production),
      .fibroblast_rel = relative(run, means, PERCUTA_FIELD_fibroblast),
      .fibroblasts_per_mm3 = per_mm3 * relative(run, means, PERCUTA_FIELD_fibroblast),
      .collagen_messenger_rel =
          relative(run, means, PERCUTA_FIELD_fibroblast) *
          (1 + means->supply * percuta_healing_cascade_rise(cascade, run->plan->skin.collagen_rel) *
                   u[PERCUTA_FIELD_primed]),
      .fibroblast_active_frac = u[PERCUTA_FIELD_active],
      .myofibroblast_frac = ratio(u[PERCUTA_FIELD_myofibroblast], cells),
      .signal_rel = u[PERCUTA_FIELD_signal] / level,
      .signal_max_rel = means->signal_max / level,
      .cytokine_rel = relative(run, means, PERCUTA_FIELD_cytokine),
      .inflammatory = u[PERCUTA_FIELD_inflammatory],
      .neutrophil_index = u[PERCUTA_FIELD_neutrophil],
      .inflammation_index = called / run->plan->parameters.fibroblast_density,
      .macrophages_per_mm3 = 1e-9 * called,
      .macrophage_M2_share =
          macrophages > NOTHING ? u[PERCUTA_FIELD_macrophage_M2] / macrophages : 0,
      .clot_frac = u[PERCUTA_FIELD_clot],
      .elastin_rel = u[PERCUTA_FIELD_elastin_new] + u[PERCUTA_FIELD_elastin_old],
      .elastin_new_rel = u[PERCUTA_FIELD_elastin_new],
      .tropoelastin_rel = u[PERCUTA_FIELD_tropoelastin],
      .capillary_rel = u[PERCUTA_FIELD_capillary],
      .oxygen_supply_rel = means->supply,
      .epidermis_um = 1e6 * (run->plan->skin.thickness[PERCUTA_STRATUM_CORNEUM] +
                             run->plan->skin.thickness[PERCUTA_VIABLE_EPIDERMIS] *
                                 (u[PERCUTA_FIELD_keratinocyte] + u[PERCUTA_FIELD_epidermis_gap])),
      .epidermis_gap_frac = u[PERCUTA_FIELD_epidermis_gap],
  };
  add_openings(run, now, &row);
  for (int s = 0; s < run->record.session_count; ++s)
    row.session += run->record.session[s].given;
  row.healed = find_unmet(run, &row) == 0;
  return row;
}

static bool append(struct percuta_timeline *timeline, const struct percuta_timeline_row *row) {
  if (timeline->count == timeline->capacity) {
    size_t capacity = timeline->capacity ? 2 * timeline->capacity : 128;
    struct percuta_timeline_row *grown = realloc(timeline->row, capacity * sizeof *grown);
    if (!grown)
      return false;
    timeline->row = grown;
    timeline->capacity = capacity;
  }
  timeline->row[timeline->count++] = *row;
  return true;
}

/* The newest session given has healed now, if it has not before. */
static void note_healed(struct percuta_record *record, double now) {
  struct percuta_session_record *session = newest(record);
  if (session && session->healed_at < 0)
    session->healed_at = now;
}

/* The row of a state at a time. */
static enum percuta_status record(struct percuta_run *run, double now,
                                  const struct percuta_healing_source *state) {
  struct percuta_healing_means means;
  PERCUTA_PETSC(percuta_healing_average(run->state.healing, state, run->record.treated_top,
                                        run->record.treated_bottom, &means));
  const struct percuta_timeline_row row = make_row(run, now, &means);
  run->state.unmet = find_unmet(run, &row);
  run->record.runaway_volume_frac = fmax(run->record.runaway_volume_frac, means.runaway_frac);
  PERCUTA_TRY(percuta_course_sound_row(run, &row));
  if (!append(&run->record.timeline, &row))
    return PERCUTA_MEMORY;
  if (row.healed > 0)
    note_healed(&run->record, row.time_d * PERCUTA_DAY);
  if (!run->reporter.row)
    return PERCUTA_OK;
  return percuta_numerics_share(run->plan->comm, run->reporter.row(run->reporter.context, run));
}

enum percuta_status percuta_course_record_row(struct percuta_run *run) {
  const Vec state = percuta_numerics_stepper_state(run->state.stepper);
  const PetscScalar *u;
  PERCUTA_PETSC(VecGetArrayRead(state, &u));
  const enum percuta_status status =
      record(run, percuta_course_run_time(run), &(struct percuta_healing_source){.array = u});
  PERCUTA_PETSC(VecRestoreArrayRead(state, &u));
  return status;
}

enum percuta_status percuta_course_record_rows_between(struct percuta_run *run) {
  struct percuta_run_state *state = &run->state;
  const struct percuta_timeline *timeline = &run->record.timeline;
  const double now = percuta_course_run_time(run);
  while (timeline->count > 0) {
    const double newest = timeline->row[timeline->count - 1].time_d * PERCUTA_DAY;
    const double due = percuta_course_calendar_next_output(newest, state->last_session, false);
    if (due > now * (1 + 1e-12))
      return PERCUTA_OK;
    if (due >= now * (1 - 1e-12)) /* a row of the state itself; at a stop it is written there */
      return now < state->due ? percuta_course_record_row(run) : PERCUTA_OK;
    struct percuta_stepper_moment moment;
    PERCUTA_PETSC(percuta_numerics_stepper_between(state->stepper, due, &moment));
    const struct percuta_healing_source then = {.values = percuta_numerics_stepper_moment,
                                                .context = &moment};
    PERCUTA_TRY(record(run, due, &then));
  }
  return PERCUTA_OK;
}

bool percuta_course_record_healed(const struct percuta_run *run) {
  const struct percuta_timeline *timeline = &run->record.timeline;
  return timeline->count > 0 && timeline->row[timeline->count - 1].healed > 0;
}

enum percuta_status percuta_course_record_mechanics(struct percuta_run *run) {
  struct percuta_timeline *timeline = &run->record.timeline;
  const struct percuta_cascade *cascade = &run->plan->cascade;
  const double *rest = run->state.reference.field;
  if (!percuta_healing_layout_on(&run->record.layout, PERCUTA_PART_mechanics))
    return PERCUTA_OK;
  struct percuta_mechanics_means *means = calloc(timeline->count + 1, sizeof *means);
  struct percuta_mechanics_state *state = calloc(timeline->count + 1, sizeof *state);
  double level = percuta_healing_cascade_runaway_level(cascade);
  for (size_t i = 0; i < timeline->count && means && state; ++i) {
    const struct percuta_timeline_row *row = &timeline->row[i];
    double fibroblast = row->fibroblast_rel * rest[PERCUTA_FIELD_fibroblast];
    double share = row->myofibroblast_frac;
    means[i] =
        (struct percuta_mechanics_means){.time = row->time_d * PERCUTA_DAY,
                                         .collagen = row->collagen_total_rel,
                                         .elastin = row->elastin_rel,
                                         .fibroblast = fibroblast,
                                         .myofibroblast = ratio(fibroblast * share, 1 - share),
                                         .signal = isfinite(level) ? row->signal_rel * level : 0};
  }
  const struct percuta_skin *skin = &run->plan->skin;
  double top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  double treated = (run->record.treated_bottom - run->record.treated_top) / (bottom - top);
  if (means && state)
    percuta_healing_mechanics_follow(PERCUTA_PART(cascade, mechanics), rest[PERCUTA_FIELD_collagen],
                                     treated, bottom, timeline->count, means, state);
  for (size_t i = 0; i < timeline->count && means && state; ++i) {
    struct percuta_timeline_row *row = &timeline->row[i];
    row->strain_pct = 100 * state[i].strain;
    row->tension_kpa = 1e-3 * state[i].tension;
    row->stiffness_rel = state[i].stiffness;
    row->tightness_rel = state[i].tightness;
  }
  enum percuta_status status = means && state ? PERCUTA_OK : PERCUTA_MEMORY;
  for (size_t i = 0; i < timeline->count && status == PERCUTA_OK; ++i)
    status = percuta_course_sound_row(run, &timeline->row[i]);
  free(means);
  free(state);
  return status;
}

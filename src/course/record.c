#include "course/record.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "course/failure.h"

/* What the channels of all sessions have left open now. */
static void add_openings(const struct percuta_course_run *run, double now,
                         struct percuta_timeline_row *row) {
  double conductance = 0.0;
  for (int s = 0; s < run->record.session_count; ++s) {
    const struct percuta_session_record *session = &run->record.session[s];
    if (!session->given)
      continue;
    const struct percuta_reseal_opening *opening = &session->opening;
    double since = now - session->start;
    row->barrier_open_frac += opening->density * M_PI * opening->radius * opening->radius *
                              percuta_transport_reseal_pore_share(&run->reseal, since);
    conductance += percuta_transport_reseal_conductance(&run->reseal, opening, since);
  }
  row->tewl_rel = percuta_transport_reseal_loss_rel(&run->reseal, conductance);
}

/* The criteria of healing that the state of this row fails, as bits of result/healed.h. */
static unsigned find_unmet(const struct percuta_course_run *run,
                           const struct percuta_timeline_row *row) {
  const struct percuta_course_parameters *p = &run->parameters;
  double since = row->time_d * PERCUTA_DAY - run->last_session;
  unsigned unmet = 0;
  if (since < percuta_transport_reseal_closure(&run->reseal).median)
    unmet |= PERCUTA_HEALED_punctures;
  if (row->tewl_rel > 1 + p->healed_barrier)
    unmet |= PERCUTA_HEALED_barrier;
  if (row->inflammation_index > p->healed_inflammation)
    unmet |= PERCUTA_HEALED_inflammation;
  if (row->clot_frac > p->healed_clot)
    unmet |= PERCUTA_HEALED_clot;
  if (row->signal_rel > p->healed_signal || row->cytokine_rel - 1 > p->healed_cytokine)
    unmet |= PERCUTA_HEALED_signal;
  return unmet;
}

/* `part` of both; 0 of nothing. */
static double share_of(double part, double other) {
  return part + other > 0 ? part / (part + other) : 0.0;
}

/* A mean over what it was at rest; where it was nothing then, as it is. */
static double relative(const struct percuta_course_run *run,
                       const struct percuta_healing_means *means, enum percuta_field field) {
  double rest = run->reference.field[field];
  return rest > 0 ? means->field[field] / rest : means->field[field];
}

static struct percuta_timeline_row make_row(const struct percuta_course_run *run,
                                            const struct percuta_healing_means *means) {
  const double *u = means->field, *rest = run->reference.field;
  const struct percuta_cascade *cascade = &run->healing->cascade;
  double now = percuta_numerics_stepper_time(run->stepper);
  double level = percuta_healing_cascade_runaway_level(cascade);
  double first = u[PERCUTA_FIELD_collagen] - u[PERCUTA_FIELD_collagen_III];
  double cells = u[PERCUTA_FIELD_fibroblast] + u[PERCUTA_FIELD_myofibroblast];
  struct percuta_timeline_row row = {
      .time_d = now / PERCUTA_DAY,
      .collagen_total_rel = relative(run, means, PERCUTA_FIELD_collagen),
      .collagen_I_rel = first / (rest[PERCUTA_FIELD_collagen] - rest[PERCUTA_FIELD_collagen_III]),
      .collagen_III_rel = relative(run, means, PERCUTA_FIELD_collagen_III),
      .collagen_III_share = u[PERCUTA_FIELD_collagen_III] / u[PERCUTA_FIELD_collagen],
      .collagen_mature_rel = relative(run, means, PERCUTA_FIELD_collagen_mature),
      .collagen_production_rel = means->production / run->reference.production,
      .fibroblast_rel = relative(run, means, PERCUTA_FIELD_fibroblast),
      .myofibroblast_frac = u[PERCUTA_FIELD_myofibroblast] / cells,
      .signal_rel = u[PERCUTA_FIELD_signal] / level,
      .signal_max_rel = means->signal_max / level,
      .cytokine_rel = relative(run, means, PERCUTA_FIELD_cytokine),
      .inflammatory = u[PERCUTA_FIELD_inflammatory],
      .neutrophil_index = u[PERCUTA_FIELD_neutrophil],
      .inflammation_index = (u[PERCUTA_FIELD_macrophage_M1] + u[PERCUTA_FIELD_macrophage_M2]) *
                            cascade->trigger.macrophages_per_fibroblast,
      .macrophage_M2_share =
          share_of(u[PERCUTA_FIELD_macrophage_M2], u[PERCUTA_FIELD_macrophage_M1]),
      .clot_frac = u[PERCUTA_FIELD_clot],
      .elastin_rel = u[PERCUTA_FIELD_elastin_new] + u[PERCUTA_FIELD_elastin_old],
      .elastin_new_rel = u[PERCUTA_FIELD_elastin_new],
      .tropoelastin_rel = u[PERCUTA_FIELD_tropoelastin],
      .capillary_rel = u[PERCUTA_FIELD_capillary],
      .oxygen_supply_rel = means->supply,
      .epidermis_um = 1e6 * (run->skin.thickness[PERCUTA_STRATUM_CORNEUM] +
                             run->skin.thickness[PERCUTA_VIABLE_EPIDERMIS] *
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

PetscErrorCode percuta_course_record_row(struct percuta_course_run *run,
                                         enum percuta_status *status) {
  struct percuta_healing_means means;
  const PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  PetscCall(percuta_healing_average(run->healing, u, run->record.treated_top,
                                    run->record.treated_bottom, &means));
  if (run->watch)
    *status = run->watch(run, u, run->watched);
  PetscCall(VecRestoreArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  struct percuta_timeline_row row = make_row(run, &means);
  run->unmet = find_unmet(run, &row);
  run->record.runaway_volume_frac = fmax(run->record.runaway_volume_frac, means.runaway_frac);
  if (!append(&run->record.timeline, &row))
    *status = PERCUTA_MEMORY;
  if (row.healed > 0 && run->sessions_done > 0) {
    for (int s = run->record.session_count - 1; s >= 0; --s) {
      struct percuta_session_record *session = &run->record.session[s];
      if (!session->given)
        continue;
      if (session->healed_at < 0)
        session->healed_at = row.time_d * PERCUTA_DAY;
      break;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_course_record_snapshot(struct percuta_course_run *run,
                                              enum percuta_status *status) {
  size_t cells = percuta_numerics_grid_cell_count(run->grid);
  double *values;
  const struct percuta_layout *layout = &run->record.layout;
  float *kept;

  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(cells, &values));
  PetscCall(PetscMalloc1(cells * (size_t)layout->count, &kept));
  for (int p = 0; p < layout->count; ++p) {
    PetscCall(percuta_numerics_mesh_gather(run->mesh, percuta_numerics_stepper_state(run->stepper),
                                           p, values));
    for (size_t i = 0; i < cells && run->rank == 0; ++i)
      kept[(size_t)p * cells + i] = (float)values[i];
  }
  int number = run->record.snapshot_count;
  if (run->rank == 0) {
    errno = 0;
    *status =
        percuta_result_snapshot_write(run->options->folder, number, run->grid, layout->count, kept);
    if (*status == PERCUTA_IO)
      percuta_course_failure_note(run, ".snapshots", errno);
  }
  int code = (int)*status;
  PetscCallMPI(MPI_Bcast(&code, 1, MPI_INT, 0, run->mesh->comm));
  *status = (enum percuta_status)code;
  run->record.snapshot_time[number] = percuta_numerics_stepper_time(run->stepper);
  run->record.snapshot_count += 1;
  PetscCall(PetscFree(kept));
  PetscCall(PetscFree(values));
  PetscFunctionReturn(PETSC_SUCCESS);
}

bool percuta_course_record_healed(const struct percuta_course_run *run) {
  const struct percuta_timeline *timeline = &run->record.timeline;
  return timeline->count > 0 && timeline->row[timeline->count - 1].healed > 0;
}

enum percuta_status percuta_course_record_mechanics(struct percuta_course_run *run) {
  struct percuta_timeline *timeline = &run->record.timeline;
  const struct percuta_cascade *cascade = &run->healing->cascade;
  const double *rest = run->reference.field;
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
                                         .myofibroblast = fibroblast * share / (1 - share),
                                         .signal = isfinite(level) ? row->signal_rel * level : 0};
  }
  const struct percuta_skin *skin = &run->skin;
  double top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  double treated = (run->record.treated_bottom - run->record.treated_top) / (bottom - top);
  if (means && state)
    percuta_healing_mechanics_follow(&cascade->mechanics, rest[PERCUTA_FIELD_collagen], treated,
                                     bottom, timeline->count, means, state);
  for (size_t i = 0; i < timeline->count && means && state; ++i) {
    struct percuta_timeline_row *row = &timeline->row[i];
    row->strain_pct = 100 * state[i].strain;
    row->tension_kpa = 1e-3 * state[i].tension;
    row->stiffness_rel = state[i].stiffness;
    row->tightness_rel = state[i].tightness;
  }
  enum percuta_status status = means && state ? PERCUTA_OK : PERCUTA_MEMORY;
  free(means);
  free(state);
  return status;
}

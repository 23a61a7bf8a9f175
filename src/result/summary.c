/* summary.json: the numbers of a run, each with its unit at the end of its key. A number that was
 * not computed is absent, never null. Keys are described in docs/results.md. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/path.h"
#include "base/version.h"
#include "outcome/outcomes.h"
#include "outcome/readings.h"
#include "result/result.h"
#include "result/substances.h"

#define SCHEMA_VERSION 2
#define CM2 1e-4        /* [m^2] */
#define MM3 1e-9        /* [m^3] */
#define UL_PER_CM2 1e-5 /* [m] */
#define MILLI 1e-3
#define NMOL_PER_L 1e-6 /* [mol/m^3] */
#define UMOL_PER_L 1e-3 /* [mol/m^3] */
#define NG_PER_ML 1e-6  /* [kg/m^3] */

static void add_number(cJSON *object, const char *key, double value) {
  if (isfinite(value)) {
    cJSON_AddNumberToObject(object, key, value);
  }
}

static void add_channels(cJSON *object, const struct percuta_session_record *session,
                         double width) {
  struct percuta_session_readings means;
  percuta_outcome_readings_of_session(session, width, &means);
  const struct percuta_channels *channels = &session->channels;
  add_number(object, "strikes", (double)channels->count);
  add_number(object, "strikes_per_cm2", means.strikes_per_area * CM2);
  add_number(object, "strikes_expected_per_cm2", session->coverage.density_expected * CM2);
  if (channels->count > 1) {
    add_number(object, "nearest_mean_um", session->coverage.nearest_mean / PERCUTA_UM);
    add_number(object, "nearest_poisson_um", session->coverage.nearest_poisson / PERCUTA_UM);
    add_number(object, "nearest_cdf_gap", session->coverage.cdf_gap);
  }
  add_number(object, "penetrated", (double)means.opened);
  add_number(object, "reentered", (double)channels->reentered);
  add_number(object, "not_penetrated", (double)means.held);
  add_number(object, "needles_in_contact", channels->needles_in_contact);
  add_number(object, "force_per_needle_mN", channels->force_per_needle / MILLI);
  add_number(object, "puncture_force_mN", channels->puncture_force / MILLI);
  if (channels->bent > 0) {
    add_number(object, "bent_strikes", (double)channels->bent);
  }
  const struct percuta_uncertainty *interval = &channels->interval;
  add_number(object, "penetrates_draws_pct", 100 * interval->breaks_share);
  add_number(object, "depth_low_um", interval->depth_low / PERCUTA_UM);
  add_number(object, "depth_high_um", interval->depth_high / PERCUTA_UM);
  add_number(object, "residual_depth_low_um", interval->residual_low / PERCUTA_UM);
  add_number(object, "residual_depth_high_um", interval->residual_high / PERCUTA_UM);
  add_number(object, "deflection_mean_um", means.deflection_mean / PERCUTA_UM);
  if (means.opened > 0) {
    add_number(object, "reentered_pct", 100 * means.reentry_share);
    add_number(object, "reentered_poisson_pct", 100 * means.reentry_poisson);
    add_number(object, "depth_mean_um", means.depth_mean / PERCUTA_UM);
    add_number(object, "depth_sd_um", means.depth_sd / PERCUTA_UM);
    add_number(object, "residual_depth_mean_um", means.residual_mean / PERCUTA_UM);
    const double force = means.force_mean / MILLI;
    add_number(object, "force_mean_mN", force);
    add_number(object, "force_cutting_mN", force * channels->share_cutting);
    add_number(object, "force_spreading_mN", force * channels->share_spreading);
    add_number(object, "force_friction_mN", force * channels->share_friction);
    add_number(object, "opening_diameter_um", 2 * means.opening_radius / PERCUTA_UM);
    add_number(object, "tear_mean_um", means.tear_mean / PERCUTA_UM);
  }
}

static void add_injury(cJSON *object, const struct percuta_session_record *session) {
  const struct percuta_bleeding *bleeding = &session->bleeding;
  cJSON_AddBoolToObject(object, "vessels_drawn", bleeding->vessels == PERCUTA_VESSELS_DRAWN);
  add_number(object, "punctures_bleeding", bleeding->channels_bleeding);
  add_number(object, "punctures_bleeding_expected", bleeding->channels_bleeding_expected);
  add_number(object, "punctures_overflowing", bleeding->channels_overflowing);
  add_number(object, "shed_ul_per_cm2", bleeding->shed_per_area / UL_PER_CM2);
  add_number(object, "shed_expected_ul_per_cm2", bleeding->shed_per_area_expected / UL_PER_CM2);
  add_number(object, "clot_mm3", bleeding->clot_volume / MM3);
  cJSON_AddBoolToObject(object, "pinpoint_bleeding", bleeding->pinpoint_bleeding);
  add_number(object, "channels_mm3", session->channel_volume / MM3);
  add_number(object, "injured_mm3", session->injured_volume / MM3);
  add_number(object, "overlap_mm3", session->overlap_volume / MM3);
  add_number(object, "injured_pct", 100 * session->injured_frac);
  const double healed = percuta_outcome_readings_days_to_healed(session);
  if (healed >= 0) {
    add_number(object, "healed_d", session->healed_at / PERCUTA_DAY);
    add_number(object, "healed_after_d", healed);
  }
}

static void add_resealing(cJSON *object, const struct percuta_session_record *session) {
  add_number(object, "open_pct",
             100 * M_PI * session->opening.density * session->opening.radius *
                 session->opening.radius);
  add_number(object, "tewl_after_rel", session->tewl_rel);
  add_number(object, "barrier_h", session->barrier.median / PERCUTA_HOUR);
  add_number(object, "barrier_low_h", session->barrier.low / PERCUTA_HOUR);
  add_number(object, "barrier_high_h", session->barrier.high / PERCUTA_HOUR);
  add_number(object, "closed_h", session->closure.median / PERCUTA_HOUR);
  add_number(object, "closed_low_h", session->closure.low / PERCUTA_HOUR);
  add_number(object, "closed_high_h", session->closure.high / PERCUTA_HOUR);
}

/* Present where a session waited for the skin to heal. */
static void add_reasons(cJSON *object, const struct percuta_session_record *session) {
  static const char *const name[] = {
#define PERCUTA_HEALED_NAME(name, words) #name,
      PERCUTA_HEALED_LIST(PERCUTA_HEALED_NAME)
#undef PERCUTA_HEALED_NAME
  };
  if (session->waited_for == 0) {
    return;
  }
  cJSON *list = cJSON_AddArrayToObject(object, "waited_for");
  for (int i = 0; i < PERCUTA_HEALED_COUNT; ++i) {
    if (session->waited_for & (1U << i)) {
      cJSON_AddItemToArray(list, cJSON_CreateString(name[i]));
    }
  }
}

/* Times that were not reached in the time followed are left out. */
static void add_clot(cJSON *parent, const struct percuta_session_record *session) {
  const struct percuta_clot *clot = &session->clot;
  cJSON *object = cJSON_AddObjectToObject(parent, "clot");
  add_number(object, "followed_s", clot->window);
  add_number(object, "thrombin_onset_s", clot->threshold_time);
  add_number(object, "thrombin_peak_nmol_per_l", clot->peak / NMOL_PER_L);
  add_number(object, "thrombin_peak_s", clot->peak_time);
  add_number(object, "fibrin_half_s", clot->fibrin_time);
  add_number(object, "fibrin_umol_per_l", clot->fibrin / UMOL_PER_L);
  add_number(object, "platelet_release_half_s", clot->platelet_time);
  add_number(object, "platelets_released_pct", 100 * clot->platelets_released);
  add_number(object, "pdgf_ng_per_ml", clot->pdgf / NG_PER_ML);
  add_number(object, "tgf_beta_ng_per_ml", clot->tgf_beta / NG_PER_ML);
  add_number(object, "platelet_signal_rel", clot->signal_rel);
  add_number(object, "time_to_stop_s", session->plugged_at);
  add_number(object, "plug_secured_s", session->secured_at);
}

static void add_sessions(cJSON *root, const struct percuta_record *record) {
  cJSON *list = cJSON_AddArrayToObject(root, "sessions");
  for (int i = 0; i < record->session_count; ++i) {
    const struct percuta_session_record *session = &record->session[i];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
    add_number(object, "number", session->number);
    add_number(object, "planned_d", session->planned / PERCUTA_DAY);
    cJSON_AddBoolToObject(object, "given", session->given);
    if (session->given) {
      add_number(object, "start_d", session->start / PERCUTA_DAY);
      add_number(object, "duration_s", session->duration);
      add_channels(object, session, record->width);
      add_injury(object, session);
      if (session->opening.density > 0) {
        add_resealing(object, session);
      }
      add_reasons(object, session);
      add_clot(object, session);
    }
  }
}

/* Present where the surface has a relief. */
static void add_surface(cJSON *root, const struct percuta_record *record) {
  const struct percuta_relief *relief = &record->relief;
  const struct percuta_relief_texture *texture = &record->texture;
  if (relief->form.kind == PERCUTA_RELIEF_FLAT) {
    return;
  }
  cJSON *object = cJSON_AddObjectToObject(root, "surface_before");
  add_number(object, "map_width_mm", relief->period / PERCUTA_MM);
  add_number(object, "ra_um", texture->ra / PERCUTA_UM);
  add_number(object, "rz_um", texture->rz / PERCUTA_UM);
  add_number(object, "sa_um", texture->sa / PERCUTA_UM);
  add_number(object, "sz_um", texture->sz / PERCUTA_UM);
  add_number(object, "depth_um", texture->depth / PERCUTA_UM);
  add_number(object, "raised_um", texture->raised / PERCUTA_UM);
  add_number(object, "missing_mm3", texture->volume / MM3);
  if (relief->form.kind == PERCUTA_RELIEF_FURROWS) {
    add_number(object, "wavelength_mm", relief->form.wavelength / PERCUTA_MM);
  }
}

static void add_course(cJSON *root, const struct percuta_record *record) {
  const struct percuta_course *course = &record->scenario->course;
  cJSON *object = cJSON_AddObjectToObject(root, "course");
  double delay = 0;
  for (int i = 0; i < record->session_count; ++i) {
    if (record->session[i].given) {
      delay = fmax(delay, record->session[i].start - record->session[i].planned);
    }
  }
  add_number(object, "sessions_planned", course->sessions);
  add_number(object, "sessions_given", percuta_outcome_readings_sessions_given(record));
  add_number(object, "interval_d", course->interval / PERCUTA_DAY);
  cJSON_AddBoolToObject(object, "only_if_healed", course->only_if_healed);
  add_number(object, "largest_delay_d", delay / PERCUTA_DAY);
  add_number(object, "follow_up_d", course->follow_up / PERCUTA_DAY);
}

static void add_sources(cJSON *object, const char *sources, unsigned parts) {
  cJSON *list = cJSON_AddArrayToObject(object, "sources");
  char key[64];
  while (percuta_outcome_outcomes_source(&sources, parts, key, sizeof key)) {
    cJSON_AddItemToArray(list, cJSON_CreateString(key));
  }
}

/* An outcome of the course, or at a time; left out when it was not computed. */
static void add_outcome(cJSON *list, const struct percuta_record *record,
                        const struct percuta_outcome *outcome, struct percuta_outcome_time time) {
  const struct percuta_outcome_value found =
      percuta_outcome_outcomes_compute(record, outcome, time);
  if (!isfinite(found.value)) {
    return;
  }
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "name", outcome->name);
  if (outcome->timed) {
    add_number(object, "time_d", time.day);
    cJSON_AddStringToObject(object, "since", percuta_outcome_outcomes_since(time.since));
  }
  add_number(object, "value", found.value);
  add_number(object, "low", found.low);
  add_number(object, "high", found.high);
  add_number(object, "level", found.level);
  cJSON_AddStringToObject(object, "unit", outcome->unit);
  cJSON_AddStringToObject(object, "method", outcome->method);
  cJSON_AddStringToObject(object, "how_known", percuta_outcome_outcomes_known(outcome, &found));
  add_sources(object, outcome->sources, record->layout.parts);
}

static void add_outcomes(cJSON *root, const struct percuta_record *record) {
  cJSON *list = cJSON_AddArrayToObject(root, "outcomes");
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    for (int t = 0; t < (outcome->timed ? PERCUTA_OUTCOME_TIMES : 1); ++t) {
      add_outcome(list, record, outcome, percuta_outcome_outcomes_time[t]);
    }
  }
}

/* Code, sentence, and the sentence's values under the names that its words give them. */
static void add_warning(cJSON *list, const struct percuta_warning *warning) {
  char text[PERCUTA_WARNING_LENGTH], name[64];
  struct percuta_template_piece hole[PERCUTA_WARNING_VALUES];
  const int count = percuta_outcome_warnings_holes(warning->code, hole);
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "code", percuta_outcome_warnings_code(warning->code));
  percuta_outcome_warnings_say(warning, text, sizeof text);
  cJSON_AddStringToObject(object, "text", text);
  cJSON *values = cJSON_AddObjectToObject(object, "values");
  for (int i = 0; i < count; ++i) {
    snprintf(name, sizeof name, "%.*s", hole[i].length, hole[i].text);
    if (warning->text[i] == NULL) {
      add_number(values, name, warning->number[i]);
    } else if (warning->text[i][0] != '\0') {
      cJSON_AddStringToObject(values, name, warning->text[i]);
    }
  }
}

static void add_rest(cJSON *root, const struct percuta_record *record) {
  cJSON *warnings = cJSON_AddArrayToObject(root, "warnings");
  for (int i = 0; i < record->warnings.count; ++i) {
    add_warning(warnings, &record->warnings.item[i]);
  }
  cJSON *numerics = cJSON_AddObjectToObject(root, "numerics");
  add_number(numerics, "tolerance_rel", record->scenario->model.tolerance);
  add_number(numerics, "clipped_rel", record->clipped_rel);
  add_number(numerics, "runaway_level_rel", record->runaway_level);
  add_number(numerics, "runaway_volume_pct", 100 * record->runaway_volume_frac);
  const struct percuta_cost *cost = &record->cost;
  cJSON *object = cJSON_AddObjectToObject(root, "cost");
  add_number(object, "wall_s", cost->wall_s);
  add_number(object, "solve_s", cost->solve_s);
  add_number(object, "steps", (double)cost->steps);
  add_number(object, "steps_rejected", (double)cost->rejected);
  add_number(object, "cells", (double)cost->cells);
  add_number(object, "ranks", cost->ranks);
  add_number(object, "peak_memory_MB", cost->peak_memory_mb);
}

static cJSON *build(const struct percuta_record *record) {
  char hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, record->scenario->hash);
  cJSON *root = cJSON_CreateObject();
  add_number(root, "schema_version", SCHEMA_VERSION);
  cJSON_AddStringToObject(root, "program_version", PERCUTA_VERSION);
  cJSON_AddStringToObject(root, "title", record->scenario->title);
  cJSON_AddStringToObject(root, "scenario_hash", hash);
  add_surface(root, record);
  add_sessions(root, record);
  percuta_result_substances_add(root, record);
  add_course(root, record);
  add_outcomes(root, record);
  add_rest(root, record);
  return root;
}

enum percuta_status percuta_result_summary_write(const struct percuta_record *record,
                                                 const char *path) {
  cJSON *root = build(record);
  char *text = cJSON_Print(root);
  cJSON_Delete(root);
  if (text == NULL) {
    return PERCUTA_MEMORY;
  }
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    if (fprintf(stream, "%s\n", text) < 0) {
      percuta_base_path_abandon(path, &stream);
      status = PERCUTA_IO;
    } else {
      status = percuta_base_path_commit(path, &stream);
    }
  }
  free(text);
  return status;
}

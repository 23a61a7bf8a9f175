/* Months of repair under the conditions of a study. Wounds that were cut, not needled, are compared
 * with the track of a needle: the tissue that fills it is as new as that of a wound. */
#include <math.h>
#include <string.h>

#include "outcome/readings.h"
#include "validate/measure.h"
#include "validate/predictor.h"

/* What of a track's state is asked for. */
typedef double reading(const struct percuta_trial *trial, const struct percuta_trial_state *state);

/* A value of the table `reading`. */
static double given(const struct percuta_trial *trial, const char *name) {
  const struct percuta_parameter *p =
      percuta_base_parameters_find(trial->record->scenario->parameters, name);
  return p ? p->value_si : NAN;
}

static double detectable(const struct percuta_trial *trial) {
  return given(trial, "reading.detectable");
}

/* Day on which a column of the timeline is largest. */
static double peak_day(const struct percuta_timeline *timeline, size_t offset) {
  return percuta_outcome_readings_peak_of(timeline, offset).day;
}

/* First day after its peak on which a column has fallen to `share` of it; 0 when it has not. */
static double fallen_day(const struct percuta_timeline *timeline, size_t offset, double share) {
  double peak = peak_day(timeline, offset), most = 0, last_day = 0, last = 0;
  for (size_t i = 0; i < timeline->count; ++i) {
    const struct percuta_timeline_row *row = &timeline->row[i];
    double value = *(const double *)((const char *)row + offset);
    most = fmax(most, value);
    if (row->time_d > peak && value <= share * most)
      return last_day + (row->time_d - last_day) * (last - share * most) / (last - value);
    last_day = row->time_d;
    last = value;
  }
  return 0;
}

/* First time [s] at which a reading of the track has risen to `level`, linear between rows;
 * 0 when it has not. */
static double risen_at(const struct percuta_trial *trial, reading *read, double level) {
  double before = 0, from = 0;
  for (size_t i = 0; i < trial->track_count; ++i) {
    const struct percuta_trial_state *state = &trial->track[i];
    if (state->time <= 0)
      continue;
    double now = read(trial, state);
    if (now >= level)
      return from + (state->time - from) * (level - before) / (now - before);
    before = now;
    from = state->time;
  }
  return 0;
}

/* A reading of the track at `time` [s], linear between rows. */
static double read_at(const struct percuta_trial *trial, reading *read, double time) {
  for (size_t i = 1; i < trial->track_count; ++i) {
    const struct percuta_trial_state *a = &trial->track[i - 1], *b = &trial->track[i];
    if (b->time < time || b->time == a->time)
      continue;
    double share = (time - a->time) / (b->time - a->time);
    return (1 - share) * read(trial, a) + share * read(trial, b);
  }
  return NAN;
}

static double third(const struct percuta_trial *trial, const struct percuta_trial_state *state) {
  return state->field[PERCUTA_FIELD_collagen_III] /
         trial->run->state.reference.field[PERCUTA_FIELD_collagen];
}

static double first(const struct percuta_trial *trial, const struct percuta_trial_state *state) {
  return state->field[PERCUTA_FIELD_collagen] /
             trial->run->state.reference.field[PERCUTA_FIELD_collagen] -
         third(trial, state);
}

static double collagen(const struct percuta_trial *trial, const struct percuta_trial_state *state) {
  return state->field[PERCUTA_FIELD_collagen] /
         trial->run->state.reference.field[PERCUTA_FIELD_collagen];
}

static double myofibroblasts(const struct percuta_trial *trial,
                             const struct percuta_trial_state *state) {
  (void)trial;
  return state->field[PERCUTA_FIELD_myofibroblast];
}

static double young_share(const struct percuta_trial *trial,
                          const struct percuta_trial_state *state) {
  (void)trial;
  return 1 - state->field[PERCUTA_FIELD_collagen_mature] / state->field[PERCUTA_FIELD_collagen];
}

/* Of the timeline after the last session given. */
static double after_course(const struct percuta_trial *trial, size_t offset) {
  const struct percuta_timeline *timeline = &trial->record->timeline;
  return *(const double *)((const char *)&timeline->row[timeline->count - 1] + offset);
}

#define COLUMN(name) offsetof(struct percuta_timeline_row, name)
static const double SUBSIDED = 0.1; /* of the peak: how "subside" and "duration" are read */

/* Whether the core knows myofibroblasts and the signal that calls them. */
static bool has_signal(const struct percuta_trial *trial) {
  return percuta_healing_layout_on(&trial->record->layout, PERCUTA_PART_koppenol);
}

static double neutrophil_peak(const struct percuta_trial *t) {
  return PERCUTA_DAY * peak_day(&t->record->timeline, COLUMN(neutrophil_index));
}
static double neutrophil_end(const struct percuta_trial *t) {
  return PERCUTA_DAY * fallen_day(&t->record->timeline, COLUMN(neutrophil_index), SUBSIDED);
}
static double signal_end(const struct percuta_trial *t) {
  return has_signal(t)
             ? PERCUTA_DAY * fallen_day(&t->record->timeline, COLUMN(signal_rel), SUBSIDED)
             : NAN;
}
static double myofibroblast_peak(const struct percuta_trial *t) {
  return has_signal(t) ? PERCUTA_DAY * peak_day(&t->record->timeline, COLUMN(myofibroblast_frac))
                       : NAN;
}
static double collagen_III_onset(const struct percuta_trial *t) {
  return risen_at(t, third, detectable(t));
}
static double collagen_I_onset(const struct percuta_trial *t) {
  return risen_at(t, first, detectable(t));
}
static double myofibroblast_onset(const struct percuta_trial *t) {
  return has_signal(t) ? risen_at(t, myofibroblasts, detectable(t)) : NAN;
}
static double implant_day_10(const struct percuta_trial *t) {
  return given(t, "reading.implant_collagen") * read_at(t, collagen, 10 * PERCUTA_DAY) /
         read_at(t, collagen, 5 * PERCUTA_DAY);
}
static double extractable(const struct percuta_trial *t) {
  return read_at(t, young_share, PERCUTA_YEAR / 2);
}
static double extractable_rest(const struct percuta_trial *t) {
  return t->run->plan->cascade.crosslinks.resting_exposed;
}
static double crosslinks(const struct percuta_trial *t) {
  return given(t, "reading.crosslinks_rest") * (1 - extractable(t)) / (1 - extractable_rest(t));
}
static double production_peak(const struct percuta_trial *t) {
  const struct percuta_timeline *timeline = &t->record->timeline;
  double most = 0;
  for (size_t i = 0; i < timeline->count; ++i)
    most = fmax(most, timeline->row[i].collagen_production_rel);
  return most;
}
static double production_week(const struct percuta_trial *t) {
  const struct percuta_timeline *timeline = &t->record->timeline;
  return percuta_outcome_readings_row_at(timeline, 7).collagen_production_rel - 1;
}
static double collagen_III_after(const struct percuta_trial *t) {
  return after_course(t, COLUMN(collagen_III_rel)) - 1;
}
static double epidermis_year(const struct percuta_trial *t) {
  const struct percuta_timeline *timeline = &t->record->timeline;
  return percuta_outcome_readings_row_at(timeline, 365).epidermis_um /
             timeline->row[0].epidermis_um -
         1;
}
static double gap_end(const struct percuta_trial *t) {
  return PERCUTA_DAY * fallen_day(&t->record->timeline, COLUMN(epidermis_gap_frac), SUBSIDED);
}
static double stiffness_after(const struct percuta_trial *t) {
  return after_course(t, COLUMN(stiffness_rel)) - 1;
}
/* Three months from the start of the course; for six sessions, a fortnight after the last. */
static double elastin_after(const struct percuta_trial *t) {
  return after_course(t, COLUMN(elastin_rel)) - 1;
}
static double tropoelastin_peak(const struct percuta_trial *t) {
  return PERCUTA_DAY * peak_day(&t->record->timeline, COLUMN(tropoelastin_rel));
}
static double capillary_peak(const struct percuta_trial *t) {
  return PERCUTA_DAY * peak_day(&t->record->timeline, COLUMN(capillary_rel));
}
static double vessels(const struct percuta_trial *trial, const struct percuta_trial_state *state) {
  (void)trial;
  return state->field[PERCUTA_FIELD_capillary];
}
static double capillary_most(const struct percuta_trial *t) {
  double most = 0;
  for (size_t i = 0; i < t->track_count; ++i) {
    if (t->track[i].time > 0) /* not the resting state that was cut */
      most = fmax(most, vessels(t, &t->track[i]));
  }
  return most;
}
static double capillary_after(const struct percuta_trial *t) {
  return after_course(t, COLUMN(capillary_rel)) - 1;
}

/* Every measure, one predictor of the same name, "healing.<name>", and what it reads: columns of
 * the timeline that a part fills, or that are always there, or the track of a needle. */
#define MEASURES(X)                                                                                \
  X(neutrophil_peak, trigger)                                                                      \
  X(neutrophil_end, trigger)                                                                       \
  X(signal_end, koppenol)                                                                          \
  X(myofibroblast_peak, koppenol)                                                                  \
  X(collagen_III_onset, track)                                                                     \
  X(collagen_I_onset, track)                                                                       \
  X(myofibroblast_onset, track)                                                                    \
  X(implant_day_10, track)                                                                         \
  X(extractable, track)                                                                            \
  X(extractable_rest, track)                                                                       \
  X(crosslinks, track)                                                                             \
  X(production_peak, always)                                                                       \
  X(production_week, always)                                                                       \
  X(collagen_III_after, collagen_types)                                                            \
  X(epidermis_year, epidermis)                                                                     \
  X(gap_end, epidermis)                                                                            \
  X(stiffness_after, mechanics)                                                                    \
  X(elastin_after, elastin)                                                                        \
  X(tropoelastin_peak, elastin)                                                                    \
  X(capillary_peak, capillaries)                                                                   \
  X(capillary_most, track)                                                                         \
  X(capillary_after, capillaries)

static const struct {
  const char *name;
  percuta_measure_fn *function;
  unsigned parts; /* any of these will do; 0: the track is needed */
} TABLE[] = {
#define PARTS_track 0U
#define PARTS_always ~0U
#define PARTS_trigger 1U << PERCUTA_PART_trigger
#define PARTS_koppenol 1U << PERCUTA_PART_koppenol
#define PARTS_collagen_types 1U << PERCUTA_PART_collagen_types
#define PARTS_epidermis 1U << PERCUTA_PART_epidermis
#define PARTS_mechanics 1U << PERCUTA_PART_mechanics
#define PARTS_elastin 1U << PERCUTA_PART_elastin
#define PARTS_capillaries 1U << PERCUTA_PART_capillaries
#define ENTRY(name, needs) {"healing." #name, name, PARTS_##needs},
    MEASURES(ENTRY)
#undef ENTRY
};

percuta_measure_fn *percuta_validate_healing_find(const char *name) {
  for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; ++i) {
    if (strcmp(TABLE[i].name, name) == 0)
      return TABLE[i].function;
  }
  return NULL;
}

bool percuta_validate_healing_in_timeline(const char *name, unsigned parts) {
  for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; ++i) {
    if (strcmp(TABLE[i].name, name) == 0)
      return (TABLE[i].parts & parts) != 0;
  }
  return false;
}

/* Follows the scenario and leaves one number of it. */
static enum percuta_status follow(const struct percuta_scenario *scenario,
                                  struct percuta_diag *diag, percuta_measure_fn *take,
                                  struct percuta_prediction *out) {
  struct percuta_trial trial;
  enum percuta_status status = percuta_course_trial_run(scenario, diag, &trial);
  if (status != PERCUTA_OK)
    return status;
  *out = (struct percuta_prediction){take(&trial), NAN, NAN};
  percuta_course_trial_clear(&trial);
  return PERCUTA_OK;
}

#define PREDICT(name, needs)                                                                       \
  enum percuta_status percuta_validate_healing_##name(const struct percuta_scenario *scenario,     \
                                                      struct percuta_diag *diag,                   \
                                                      struct percuta_prediction *out) {            \
    return follow(scenario, diag, name, out);                                                      \
  }
MEASURES(PREDICT)

/* Months of repair under the conditions of a study. Wounds that were cut, not needled, are compared
 * with the track of a needle: the tissue that fills it is as new as that of a wound.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>
#include <string.h>

#include "course/trial.h"
#include "healing/parts/crosslinks.h"
#include "outcome/outcomes.h"
#include "outcome/timeline.h"
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

/* Whether the core knows myofibroblasts and the signal that calls them. */
static bool has_signal(const struct percuta_trial *trial) {
  return percuta_healing_layout_has(&trial->record->layout, PERCUTA_FIELD_myofibroblast);
}

double percuta_validate_healing_collagen_III_onset(const struct percuta_trial *t) {
  return risen_at(t, third, detectable(t));
}
double percuta_validate_healing_collagen_I_onset(const struct percuta_trial *t) {
  return risen_at(t, first, detectable(t));
}
double percuta_validate_healing_myofibroblast_onset(const struct percuta_trial *t) {
  return has_signal(t) ? risen_at(t, myofibroblasts, detectable(t)) : NAN;
}
double percuta_validate_healing_implant_day_10(const struct percuta_trial *t) {
  return given(t, "reading.implant_collagen") * read_at(t, collagen, 10 * PERCUTA_DAY) /
         read_at(t, collagen, 5 * PERCUTA_DAY);
}
double percuta_validate_healing_extractable(const struct percuta_trial *t) {
  return read_at(t, young_share, PERCUTA_YEAR / 2);
}
double percuta_validate_healing_extractable_rest(const struct percuta_trial *t) {
  return PERCUTA_PART(&t->run->plan->cascade, crosslinks)->resting_exposed;
}
double percuta_validate_healing_crosslinks(const struct percuta_trial *t) {
  return given(t, "reading.crosslinks_rest") * (1 - percuta_validate_healing_extractable(t)) /
         (1 - percuta_validate_healing_extractable_rest(t));
}
static double vessels(const struct percuta_trial *trial, const struct percuta_trial_state *state) {
  (void)trial;
  return state->field[PERCUTA_FIELD_capillary];
}
double percuta_validate_healing_capillary_most(const struct percuta_trial *t) {
  double most = 0;
  for (size_t i = 0; i < t->track_count; ++i) {
    if (t->track[i].time > 0) /* not the resting state that was cut */
      most = fmax(most, vessels(t, &t->track[i]));
  }
  return most;
}
/* A column of the timeline, by its place in a row. */
#define COLUMN(name) offsetof(struct percuta_timeline_row, name)

static double column_of(const struct percuta_timeline_row *row, size_t offset) {
  double value;
  memcpy(&value, (const char *)row + offset, sizeof value);
  return value;
}

static double on_day(const struct percuta_trial *t, size_t offset, double day) {
  const struct percuta_timeline_row row =
      percuta_outcome_timeline_row_at(&t->record->timeline, day);
  return column_of(&row, offset);
}

/* Messenger of collagen; cells that answer at once have no more of it than they make. */
static size_t messenger(const struct percuta_trial *t) {
  return percuta_healing_layout_has(&t->record->layout, PERCUTA_FIELD_primed)
             ? COLUMN(collagen_messenger_rel)
             : COLUMN(collagen_production_rel);
}

double percuta_validate_healing_messenger_week(const struct percuta_trial *t) {
  return on_day(t, messenger(t), 7) - 1;
}
double percuta_validate_healing_messenger_peak(const struct percuta_trial *t) {
  return percuta_outcome_timeline_peak(&t->record->timeline, messenger(t)).value;
}

/* Time [s] at which production, beyond that just after the cut, is a tenth of its most: the first
 * on its way up, or the last on its way down, linear between rows; where it does not fall so far in
 * the time followed, the end of that; 0 when it never rises. */
static double tenth_at(const struct percuta_trial *t, bool down) {
  static const double TENTH = 0.1;
  const struct percuta_timeline *line = &t->record->timeline;
  const size_t column = COLUMN(collagen_production_rel);
  const double base = on_day(t, column, 0);
  const double level = base + TENTH * (percuta_outcome_timeline_peak(line, column).value - base);
  for (size_t n = 1; n < line->count && level > base; ++n) {
    const size_t i = down ? line->count - n : n;
    const struct percuta_timeline_row *a = &line->row[i - 1], *b = &line->row[i];
    const double from = column_of(a, column), to = column_of(b, column);
    if ((from < level) != (to < level) && (from < level) != down && a->time_d >= 0)
      return PERCUTA_DAY * (a->time_d + (b->time_d - a->time_d) * (level - from) / (to - from));
  }
  return down && level > base ? PERCUTA_DAY * line->row[line->count - 1].time_d : 0;
}

double percuta_validate_healing_production_onset(const struct percuta_trial *t) {
  return tenth_at(t, false);
}
double percuta_validate_healing_production_end(const struct percuta_trial *t) {
  return tenth_at(t, true);
}
double percuta_validate_healing_production_day(const struct percuta_trial *t) {
  return PERCUTA_DAY *
         percuta_outcome_timeline_peak(&t->record->timeline, COLUMN(collagen_production_rel)).day;
}
double percuta_validate_healing_production_quarter(const struct percuta_trial *t) {
  return on_day(t, COLUMN(collagen_production_rel), 90) - 1;
}
double percuta_validate_healing_matrix_lag(const struct percuta_trial *t) {
  const struct percuta_timeline *line = &t->record->timeline;
  return percuta_validate_healing_production_day(t) / PERCUTA_DAY -
         percuta_outcome_timeline_peak(line, COLUMN(macrophages_per_mm3)).day;
}
double percuta_validate_healing_macrophage_kinds(const struct percuta_trial *t) {
  const double repairing = on_day(t, COLUMN(macrophage_M2_share), 3.5);
  return (1 - repairing) / repairing;
}
double percuta_validate_healing_capillary_early(const struct percuta_trial *t) {
  return on_day(t, COLUMN(capillary_rel), 2) - 1;
}
double percuta_validate_healing_elastin_made(const struct percuta_trial *t) {
  return on_day(t, COLUMN(elastin_new_rel), 90);
}

/* Measures that are outcomes of a record: X(name, outcome, between, day, factor, less), the outcome
 * on `day` (NAN: at the end of the study) times `factor` less `less`. `between`: a day between
 * output times, that moves smoothly with what is fitted, where the outcome of this name is the
 * output time itself. */
#define OFF_RECORD(X)                                                                              \
  X(neutrophil_peak, neutrophil_peak_d, false, NAN, PERCUTA_DAY, 0)                                \
  X(neutrophil_end, neutrophil_end_d, false, NAN, PERCUTA_DAY, 0)                                  \
  X(signal_end, signal_end_d, false, NAN, PERCUTA_DAY, 0)                                          \
  X(myofibroblast_peak, myofibroblast_peak_d, true, NAN, PERCUTA_DAY, 0)                           \
  X(collagen_III_after, collagen_III_rel, false, NAN, 1, 1)                                        \
  X(epidermis_year, epidermis_rel, false, 365, 1, 1)                                               \
  X(gap_end, epidermis_gap_end_d, false, NAN, PERCUTA_DAY, 0)                                      \
  X(stiffness_after, stiffness_rel, false, NAN, 1, 1)                                              \
  X(elastin_after, elastin_rel, false, NAN, 1, 1)                                                  \
  X(tropoelastin_peak, tropoelastin_peak_d, false, NAN, PERCUTA_DAY, 0)                            \
  X(capillary_peak, capillary_peak_d, false, NAN, PERCUTA_DAY, 0)                                  \
  X(capillary_after, capillary_rel, false, NAN, 1, 1)

static const struct off_record {
  const char *name;
  enum percuta_outcome_id id;
  bool between;
  double day, factor, less;
} RECORD[] = {
#define ENTRY(name, id, between, day, factor, less)                                                \
  {"healing." #name, PERCUTA_OUTCOME_##id, between, day, factor, less},
    OFF_RECORD(ENTRY)
#undef ENTRY
};
enum {
#define PLACE(name, ...) PLACE_##name,
  OFF_RECORD(PLACE)
#undef PLACE
};

/* 0 for what does not come about, such as the end of what rose and has not fallen; NAN for what
 * cannot be read. */
static double read_off(const struct percuta_record *record, const struct off_record *what,
                       struct percuta_outcome_time time) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_at(what->id);
  if ((outcome->needs & ~percuta_outcome_outcomes_has(record)) != 0)
    return NAN;
  if (isfinite(what->day))
    time = (struct percuta_outcome_time){PERCUTA_SINCE_FIRST_SESSION, what->day};
  double value = percuta_outcome_outcomes_compute(record, outcome, time).value;
  if (what->between)
    value = percuta_outcome_timeline_peak(&record->timeline, outcome->column).day;
  if (isfinite(value))
    return what->factor * value - what->less;
  const bool rose =
      percuta_outcome_timeline_highest_row(&record->timeline, outcome->column).value > 0;
  return outcome->timed || !rose ? NAN : 0;
}

#define MEASURE(name, ...)                                                                         \
  double percuta_validate_healing_##name(const struct percuta_trial *trial) {                      \
    return read_off(trial->record, &RECORD[PLACE_##name],                                          \
                    percuta_outcome_outcomes_end(trial->record));                                  \
  }
OFF_RECORD(MEASURE)
#undef MEASURE

double percuta_validate_healing_off_record(const char *name, const struct percuta_record *record,
                                           struct percuta_outcome_time time) {
  for (size_t i = 0; i < sizeof RECORD / sizeof *RECORD; ++i) {
    if (strcmp(RECORD[i].name, name) == 0)
      return read_off(record, &RECORD[i], time);
  }
  return NAN;
}

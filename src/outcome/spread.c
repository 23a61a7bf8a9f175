/* Bands of joint draws beside values of a record. Variances: of N draws over cores c with shares
 * w_c, Var = sum w_c Var_c + sum w_c (mean_c - mean)^2, within and between cores (law of total
 * variance); people and numerics are added as normal, from their intervals.
 * Theory: docs/theory/intervals.md. Test: tests/unit/test_spread.c. */
#include "outcome/spread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outcome/numerical.h"

static const double HALF_80 = 1.2815515655446004, HALF_90 = 1.6448536269514722;
static const double NOTHING = 1e-9; /* a band narrower than this share of its value is none */

struct percuta_outcome_time percuta_outcome_spread_time(const struct percuta_record *record,
                                                        int index) {
  if (index == PERCUTA_SPREAD_TIMES - 1)
    return percuta_outcome_outcomes_end(record);
  struct percuta_outcome_time time = percuta_outcome_outcomes_time[index % PERCUTA_OUTCOME_TIMES];
  time.since =
      index < PERCUTA_OUTCOME_TIMES ? PERCUTA_SINCE_FIRST_SESSION : PERCUTA_SINCE_LAST_SESSION;
  return time;
}

static int slot_of(const struct percuta_record *record, const struct percuta_outcome *outcome,
                   struct percuta_outcome_time time) {
  if (!outcome->timed)
    return PERCUTA_SPREAD_TIMES - 1;
  for (int i = 0; i < PERCUTA_SPREAD_TIMES; ++i) {
    const struct percuta_outcome_time at = percuta_outcome_spread_time(record, i);
    if (at.since == time.since && at.day == time.day)
      return i;
  }
  return -1;
}

static int number_of(const struct percuta_outcome *outcome) {
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i)
    if (percuta_outcome_outcomes_at((enum percuta_outcome_id)i) == outcome)
      return i;
  return -1;
}

const struct percuta_band *percuta_outcome_spread_band(const struct percuta_record *record,
                                                       const struct percuta_outcome *outcome,
                                                       struct percuta_outcome_time time) {
  const struct percuta_spread *spread = record->spread;
  if (!spread || spread->state != PERCUTA_SPREAD_DRAWN)
    return NULL;
  const int number = number_of(outcome), slot = slot_of(record, outcome, time);
  if (number < 0 || slot < 0)
    return NULL;
  const struct percuta_band *band = &spread->band[number][slot];
  const double size = fmax(fabs(band->low), fabs(band->high));
  return band->high - band->low > NOTHING * size ? band : NULL;
}

bool percuta_outcome_spread_of_people(const struct percuta_outcome *outcome) {
  return strstr(outcome->method, "over people") != NULL;
}

struct percuta_outcome_value percuta_outcome_spread_merge(const struct percuta_record *record,
                                                          const struct percuta_outcome *outcome,
                                                          struct percuta_outcome_time time,
                                                          struct percuta_outcome_value own,
                                                          struct percuta_outcome_value *people) {
  const struct percuta_spread *spread = record->spread;
  const bool drawn = spread && spread->state == PERCUTA_SPREAD_DRAWN;
  const struct percuta_band *band = percuta_outcome_spread_band(record, outcome, time);
  struct percuta_outcome_value out = own;
  const bool apart = percuta_outcome_spread_of_people(outcome);
  if (people)
    *people = apart ? own : percuta_outcome_simulated(NAN);
  if (!drawn)
    return own;
  if (apart) {
    out.low = band ? band->low : NAN;
    out.high = band ? band->high : NAN;
    out.level = band ? spread->level : NAN;
  } else if (band) {
    out.low = isfinite(own.low) ? fmin(own.low, band->low) : band->low;
    out.high = isfinite(own.high) ? fmax(own.high, band->high) : band->high;
    out.level = spread->level;
  }
  return out;
}

bool percuta_outcome_spread_shares(const struct percuta_record *record,
                                   const struct percuta_outcome *outcome,
                                   struct percuta_outcome_time time, struct percuta_shares *out) {
  const struct percuta_band *band = percuta_outcome_spread_band(record, outcome, time);
  struct percuta_outcome_value people = percuta_outcome_simulated(NAN);
  if (!band)
    return false;
  const struct percuta_outcome_value value =
      percuta_outcome_outcomes_compute_apart(record, outcome, time, &people);
  const struct percuta_numerical column = {PERCUTA_COLUMN, 1};
  const double error = percuta_outcome_numerical_error(outcome, &column, value.value) / HALF_90;
  const double spread = (people.high - people.low) / (2 * HALF_80);
  const double of_people = isfinite(spread) ? spread * spread : 0,
               of_numerics = (isfinite(error) ? error * error : 0) +
                             (isfinite(band->numerics) ? band->numerics * band->numerics : 0);
  const double all = of_people + band->parameters + band->form + of_numerics;
  if (!(all > 0))
    return false;
  const bool cores = record->spread->koppenol > 0 && record->spread->pensalfini > 0;
  *out = (struct percuta_shares){
      .people = isfinite(spread) ? of_people / all : NAN,
      .parameters = band->parameters / all,
      .form = cores ? band->form / all : NAN,
      .numerics = isfinite(error) || isfinite(band->numerics) ? of_numerics / all : NAN};
  return true;
}

bool percuta_outcome_spread_has_column(const char *name) {
  /* a clock, a count, a flag, the highest cell */
  static const char *const without[] = {"time_d", "session", "healed", "signal_max_rel"};
  for (size_t i = 0; i < sizeof without / sizeof *without; ++i)
    if (strcmp(name, without[i]) == 0)
      return false;
  return true;
}

static void say_drawn(const struct percuta_spread *spread, char *out, size_t size) {
  int used =
      snprintf(out, size,
               "Intervals hold %.0f %% of %d courses with parameters drawn together from what "
               "published rows leave of them",
               100 * spread->level, spread->followed - spread->lost);
  const struct {
    bool is;
    const char *form;
    int a, b;
  } more[] = {
      {spread->koppenol > 0 && spread->pensalfini > 0,
       ", %d with the core koppenol and %d with pensalfini", spread->koppenol, spread->pensalfini},
      {spread->koppenol > 0 && spread->pensalfini == 0,
       ", all with the core koppenol: what another model of healing gives may lie outside of them",
       0, 0},
      {spread->lost > 0, "; of %d draws %d were lost: ", spread->followed, spread->lost},
  };
  for (size_t i = 0; i < sizeof more / sizeof *more; ++i)
    if (more[i].is && used >= 0 && (size_t)used < size)
      used += snprintf(out + used, size - (size_t)used, more[i].form, more[i].a, more[i].b);
  if (used >= 0 && (size_t)used < size)
    used += snprintf(out + used, size - (size_t)used, "%s.", spread->lost > 0 ? spread->why : "");
  if (spread->outside > 0 && used >= 0 && (size_t)used < size)
    used += snprintf(out + used, size - (size_t)used,
                     " %d of %d numbers lie outside their own interval: the run itself has the "
                     "parameters as shipped, which the rows do not favour there.",
                     spread->outside, spread->banded);
  if (spread->kept > 0 && used >= 0 && (size_t)used < size)
    snprintf(out + used, size - (size_t)used,
             " %d of %d drawn parameters keep the value that the scenario sets.", spread->kept,
             spread->drawn);
}

void percuta_outcome_spread_say(const struct percuta_spread *spread, char *out, size_t size) {
  static const char *const without[] = {
      [PERCUTA_SPREAD_DRAWN] = "",
      [PERCUTA_SPREAD_NOT_ASKED] = "No intervals of the model were computed: no draws were asked "
                                   "for (model.draws is 0).",
      [PERCUTA_SPREAD_NO_FILE] = "No intervals of the model were computed: the data folder has no "
                                 "joint draws of parameters (fit/draws.csv).",
      [PERCUTA_SPREAD_NO_CORE] = "No intervals of the model were computed: none of the joint draws "
                                 "is of the core that this scenario keeps.",
      [PERCUTA_SPREAD_LOST] =
          "No intervals of the model were computed: too few of the courses with "
          "drawn parameters could be followed"};
  if (spread && spread->state == PERCUTA_SPREAD_DRAWN)
    say_drawn(spread, out, size);
  else if (spread && spread->state == PERCUTA_SPREAD_LOST)
    snprintf(out, size, "%s: %s.", without[PERCUTA_SPREAD_LOST], spread->why);
  else
    snprintf(out, size, "%s",
             spread ? without[spread->state]
                    : "No intervals of the model were computed: `percuta run` follows joint draws, "
                      "who wrote this did not.");
}

void percuta_outcome_spread_clear(struct percuta_spread *spread) {
  free(spread->low);
  free(spread->high);
  spread->low = spread->high = NULL;
}

/* Draws k = 1..N, evenly from the file, each followed at the fidelity `column`; k = 0 with the
 * parameters of the run. A quantity q of the run, q_0 in a column and q_k of a draw:
 *   q_k' = q_k q/q_0             of what has one sign and q/q_0 within a factor of two of 1,
 *   q_k' = q_k + q - q_0         else,
 * and the 5th and 95th percentile of q', wider by what a column was measured to miss. k = N+1 is a
 * twin of k = 0 with half the cell and half the tolerance, for what the numerics may be wrong by.
 * Theory: docs/theory/intervals.md. Tests: tests/verification/test_spread_study.c,
 * tests/cli/draws.sh.
 */
#include "study/spread.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "course/trial.h"
#include "input/input.h"
#include "outcome/numerical.h"
#include "outcome/timeline.h"
#include "validate/draws.h"
#include "validate/interval.h"

static const double LEVEL = 0.9, FACTOR = 2;
enum { LEAST = 8, CORES = 2 }; /* courses that make a band */

/* Columns of the timeline that have a band: where they lie in a row. */
static const struct column {
  const char *name;
  size_t offset;
} COLUMN[] = {
#define PERCUTA_COLUMN_PLACE(name, part, unit, text)                                               \
  {#name, offsetof(struct percuta_timeline_row, name)},
    PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_PLACE)
#undef PERCUTA_COLUMN_PLACE
};
enum { COLUMNS = sizeof COLUMN / sizeof *COLUMN };
enum { HEAD = 1, OUTCOMES = PERCUTA_OUTCOME_COUNT * PERCUTA_SPREAD_TIMES };

struct spreading {
  const struct percuta_spread_request *request;
  const struct percuta_crew *crew;
  struct percuta_draws draws;
  struct percuta_insertion_draws insertion;
  struct percuta_scenario *copy[CORES]; /* owned; of the scenario, at study fidelity; NULL: it
                                           cannot have this core */
  struct percuta_scenario *twin;        /* owned; of the run's core, with finer numerics; or NULL */
  int *chosen;                          /* owned; numbers of draws */
  int count;
};

static double at(const struct percuta_timeline_row *row, int column) {
  return *(const double *)((const char *)row + COLUMN[column].offset);
}

static size_t width_of(const struct spreading *work) {
  return HEAD + OUTCOMES + work->request->rows * COLUMNS;
}

/* Numbers of a record: outcomes at all times, then the timeline at the run's own. */
static void read_record(const struct spreading *work, const struct percuta_record *record,
                        double *out) {
  const struct percuta_spread_request *request = work->request;
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i)
    for (int t = 0; t < PERCUTA_SPREAD_TIMES; ++t)
      out[HEAD + i * PERCUTA_SPREAD_TIMES + t] = percuta_outcome_outcomes_number_on(
          record, (enum percuta_outcome_id)i, percuta_outcome_spread_time(record, t));
  double *row = out + HEAD + OUTCOMES;
  for (size_t r = 0; r < request->rows; ++r, row += COLUMNS) {
    /* of two rows at one time the first is just before a session */
    const bool before = r + 1 < request->rows && request->day[r + 1] == request->day[r];
    const struct percuta_timeline_row there = percuta_outcome_timeline_row_at(
        &record->timeline, before ? request->day[r] * (1 - 1e-9) : request->day[r]);
    for (int c = 0; c < COLUMNS; ++c)
      row[c] = at(&there, c);
  }
}

/* The scenario as a study follows it, with `more` set too; NULL, which is no failure, when it
 * cannot be so. */
static enum percuta_status copy_scenario(const struct spreading *work, const char *const *more,
                                         size_t count, struct percuta_scenario **out) {
  const struct percuta_scenario *of = work->request->scenario;
  const size_t own = (size_t)of->set_count;
  const char **set = calloc(own + 2 + count, sizeof *set);
  struct percuta_diag *unheard = NULL;
  *out = NULL;
  if (!set || percuta_base_diag_create(&unheard) != 0) {
    free(set);
    return PERCUTA_MEMORY;
  }
  for (size_t i = 0; i < own; ++i)
    set[i] = of->set[i];
  set[own] = "--fidelity=column";
  set[own + 1] = "model.draws=0";
  memcpy(set + own + 2, more, count * sizeof *more);
  const enum percuta_status status = percuta_input_parse(
      of->catalogue, of->path, of->text, strlen(of->text), set, own + 2 + count, unheard, out);
  percuta_base_diag_destroy(&unheard);
  free(set);
  return status == PERCUTA_BAD_INPUT ? PERCUTA_OK : status;
}

/* With each core, and the twin. */
static enum percuta_status copy_all(struct spreading *work) {
  static const char *const name[CORES] = {"healing.core=koppenol", "healing.core=pensalfini"};
  const struct percuta_scenario *of = work->request->scenario;
  char cell[64], tolerance[64];
  for (int core = 0; core < CORES; ++core)
    PERCUTA_TRY(copy_scenario(work, &name[core], 1, &work->copy[core]));
  snprintf(cell, sizeof cell, "model.patch.cell=%.9g um", of->model.patch_cell / PERCUTA_UM / 2);
  snprintf(tolerance, sizeof tolerance, "model.tolerance=%.9g", of->model.tolerance / 2);
  const char *const more[] = {name[of->core], cell, tolerance};
  return copy_scenario(work, more, sizeof more / sizeof *more, &work->twin);
}

static enum percuta_core core_of(const struct spreading *work, int index) {
  const bool own = index == 0 || index > work->count || !work->draws.has_core;
  return own ? work->request->scenario->core : work->draws.core[work->chosen[index - 1]];
}

/* A course; what cannot be followed leaves its status and no numbers. */
static enum percuta_status follow(void *context, int index, struct percuta_diag *diag,
                                  double *out) {
  struct spreading *work = context;
  const size_t width = width_of(work);
  const bool drawn = index > 0 && index <= work->count;
  const struct percuta_scenario *scenario =
      index > work->count ? work->twin : work->copy[core_of(work, index)];
  struct percuta_trial trial;
  enum percuta_status status = scenario ? PERCUTA_OK : PERCUTA_BAD_INPUT;
  if (status == PERCUTA_OK)
    status = percuta_validate_draws_put(&work->draws, drawn ? work->chosen[index - 1] : -1,
                                        &work->insertion, work->request->scenario, scenario);
  if (status == PERCUTA_OK)
    status = percuta_course_trial_run(scenario, work->crew, diag, &trial);
  if (status == PERCUTA_MEMORY)
    return status;
  for (size_t i = HEAD; i < width; ++i)
    out[i] = NAN;
  out[0] = (double)status;
  if (status == PERCUTA_OK) {
    read_record(work, trial.record, out);
    percuta_course_trial_clear(&trial);
  }
  return PERCUTA_OK;
}

static void name_draw(void *context, int index, char *out, size_t size) {
  const struct spreading *work = context;
  if (index > work->count)
    snprintf(out, size, "the run as a column with finer numerics");
  else if (index > 0)
    snprintf(out, size, "joint draw %d", work->chosen[index - 1] + 1);
  else
    snprintf(out, size, "the run as a column");
}

/* How a number of a column becomes one of the run. */
static double shift(double value, double run, double column, bool positive) {
  const double ratio = run / column;
  if (positive && column > 0 && run > 0 && ratio < FACTOR && ratio > 1 / FACTOR)
    return value * ratio;
  return value + run - column;
}

/* What bands are taken of. */
struct numbers {
  const struct spreading *work;
  const double *all; /* course by course */
  double *moved;     /* room for one number of each course */
  int *core;         /* room, of each of these */
};

/* The draws' numbers at `place`, moved to the run's; how many there are. */
static int gather(const struct numbers *numbers, size_t place, double run, bool positive) {
  const struct spreading *work = numbers->work;
  const size_t width = width_of(work);
  const double column = numbers->all[place];
  int count = 0;
  if (!isfinite(run) || !isfinite(column))
    return 0;
  for (int k = 1; k <= work->count; ++k) {
    const double value = numbers->all[(size_t)k * width + place];
    if (!isfinite(value))
      continue;
    numbers->core[count] = (int)core_of(work, k);
    numbers->moved[count++] = shift(value, run, column, positive);
  }
  return count;
}

/* Variance within cores and between them. */
static void part_variance(const struct numbers *numbers, int count, struct percuta_band *band) {
  double sum[CORES] = {0}, square[CORES] = {0}, mean = 0;
  int of[CORES] = {0};
  for (int i = 0; i < count; ++i) {
    ++of[numbers->core[i]];
    sum[numbers->core[i]] += numbers->moved[i];
    mean += numbers->moved[i] / count;
  }
  for (int i = 0; i < count; ++i) {
    const double apart = numbers->moved[i] - sum[numbers->core[i]] / of[numbers->core[i]];
    square[numbers->core[i]] += apart * apart;
  }
  for (int c = 0; c < CORES; ++c) {
    const double from = of[c] > 0 ? sum[c] / of[c] - mean : 0;
    band->parameters += square[c] / count;
    band->form += from * from * of[c] / count;
  }
}

static struct percuta_band band_of(const struct numbers *numbers, size_t place, double run,
                                   bool positive, const struct percuta_outcome *error) {
  const struct percuta_numerical column = {PERCUTA_COLUMN, 1};
  struct percuta_band band = {.low = NAN, .high = NAN, .numerics = NAN};
  band.of = gather(numbers, place, run, positive);
  if (band.of < LEAST && band.of < numbers->work->count)
    return band;
  if (band.of == 0)
    return band;
  part_variance(numbers, band.of, &band);
  band.numerics =
      fabs(numbers->all[(size_t)(numbers->work->count + 1) * width_of(numbers->work) + place] -
           numbers->all[place]);
  percuta_validate_interval_ends(numbers->moved, band.of, &band.low, &band.high);
  if (error) {
    const double below = percuta_outcome_numerical_error(error, &column, band.low),
                 above = percuta_outcome_numerical_error(error, &column, band.high);
    band.low -= isfinite(below) ? below : 0;
    band.high += isfinite(above) ? above : 0;
  }
  return band;
}

static void fill_outcomes(const struct numbers *numbers, struct percuta_spread *out) {
  const struct percuta_record *record = numbers->work->request->record;
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    for (int t = 0; t < PERCUTA_SPREAD_TIMES; ++t) {
      struct percuta_band *band = &out->band[i][t];
      const double run = percuta_outcome_outcomes_number_on(record, (enum percuta_outcome_id)i,
                                                            percuta_outcome_spread_time(record, t));
      *band = band_of(numbers, (size_t)(HEAD + i * PERCUTA_SPREAD_TIMES + t), run,
                      outcome->least >= 0, outcome);
      if (isfinite(band->low)) {
        band->low = fmax(band->low, outcome->least);
        band->high = fmin(band->high, outcome->most);
        out->banded += isfinite(run);
        out->outside += run < band->low || run > band->high;
      }
    }
  }
}

/* The outcome whose measured error a column of the timeline has. */
static const struct percuta_outcome *error_of(const char *name) {
  const char *const known[] = {"collagen_total_rel", "collagen_gain_um"};
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
    if (strcmp(name, known[i]) == 0)
      return percuta_outcome_outcomes_find(name);
  return NULL;
}

static enum percuta_status fill_rows(const struct numbers *numbers, struct percuta_spread *out) {
  const struct percuta_timeline *timeline = &numbers->work->request->record->timeline;
  const size_t rows = numbers->work->request->rows;
  out->low = calloc(rows + 1, sizeof *out->low);
  out->high = calloc(rows + 1, sizeof *out->high);
  if (!out->low || !out->high)
    return PERCUTA_MEMORY;
  out->rows = rows;
  for (size_t r = 0; r < rows; ++r) {
    for (int c = 0; c < COLUMNS; ++c) {
      const size_t place = HEAD + OUTCOMES + r * COLUMNS + (size_t)c;
      const bool signless = strcmp(COLUMN[c].name, "collagen_gain_um") != 0;
      const struct percuta_band band =
          band_of(numbers, place, at(&timeline->row[r], c), signless, error_of(COLUMN[c].name));
      *(double *)((char *)&out->low[r] + COLUMN[c].offset) = band.low;
      *(double *)((char *)&out->high[r] + COLUMN[c].offset) = band.high;
    }
  }
  return PERCUTA_OK;
}

/* Which courses were followed, and why some were not. */
static void count_courses(const struct spreading *work, const double *all,
                          struct percuta_spread *out) {
  const size_t width = width_of(work);
  for (int k = 0; k <= work->count; ++k) {
    const enum percuta_status status = (enum percuta_status)all[(size_t)k * width];
    if (status != PERCUTA_OK && !out->why[0])
      snprintf(out->why, sizeof out->why, "%s",
               status == PERCUTA_NUMERICS ? "no time step led on"
                                          : "the models do not accept the parameters together");
    if (k == 0)
      continue;
    out->lost += status != PERCUTA_OK;
    if (core_of(work, k) == PERCUTA_CORE_KOPPENOL)
      out->koppenol += status == PERCUTA_OK;
    else
      out->pensalfini += status == PERCUTA_OK;
  }
  out->followed = work->count;
  const bool few = work->count - out->lost < (work->count < LEAST ? work->count : LEAST);
  if (few || (enum percuta_status)all[0] != PERCUTA_OK)
    out->state = PERCUTA_SPREAD_LOST;
}

static enum percuta_status summarise(const struct spreading *work, const double *all,
                                     struct percuta_spread *out) {
  struct numbers numbers = {.work = work,
                            .all = all,
                            .moved = calloc((size_t)work->count + 1, sizeof *numbers.moved),
                            .core = calloc((size_t)work->count + 1, sizeof *numbers.core)};
  enum percuta_status status = numbers.moved && numbers.core ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    count_courses(work, all, out);
  if (status == PERCUTA_OK && out->state == PERCUTA_SPREAD_DRAWN && work->request->record) {
    fill_outcomes(&numbers, out);
    status = fill_rows(&numbers, out);
  }
  free(numbers.moved);
  free(numbers.core);
  return status;
}

/* Everything that is read before the first course. */
static enum percuta_status open_spreading(struct spreading *work, struct percuta_diag *diag,
                                          struct percuta_spread *out) {
  const struct percuta_scenario *scenario = work->request->scenario;
  const bool keeps = scenario->model.cores == PERCUTA_CORES_KEPT;
  out->asked = scenario->model.draws;
  out->level = LEVEL;
  out->state = out->asked > 0 ? PERCUTA_SPREAD_DRAWN : PERCUTA_SPREAD_NOT_ASKED;
  if (out->state != PERCUTA_SPREAD_DRAWN)
    return PERCUTA_OK;
  const char *file = work->request->file;
  PERCUTA_TRY(file ? percuta_validate_draws_read_file(file, scenario, diag, &work->draws)
                   : percuta_validate_draws_read(scenario, diag, &work->draws));
  if (work->draws.count == 0) {
    out->state = PERCUTA_SPREAD_NO_FILE;
    return PERCUTA_OK;
  }
  PERCUTA_TRY(percuta_insertion_draws_read(scenario, diag, &work->insertion));
  work->chosen = calloc((size_t)out->asked + 1, sizeof *work->chosen);
  if (!work->chosen)
    return PERCUTA_MEMORY;
  work->count = percuta_validate_draws_choose(&work->draws, keeps ? &scenario->core : NULL,
                                              out->asked, work->chosen);
  if (work->count == 0)
    out->state = PERCUTA_SPREAD_NO_CORE;
  out->drawn = work->draws.parameters;
  out->kept = percuta_validate_draws_kept(&work->draws, scenario);
  return copy_all(work);
}

enum percuta_status percuta_study_spread_follow(const struct percuta_spread_request *request,
                                                const struct percuta_crew *crew,
                                                struct percuta_diag *diag,
                                                struct percuta_spread *out) {
  struct spreading work = {.request = request, .crew = crew};
  double *all = NULL;
  *out = (struct percuta_spread){.state = PERCUTA_SPREAD_NOT_ASKED};
  enum percuta_status status = open_spreading(&work, diag, out);
  const struct percuta_deal deal = {.count = work.count + 2,
                                    .width = (int)width_of(&work),
                                    .context = &work,
                                    .run = follow,
                                    .name = name_draw};
  const bool goes = out->state == PERCUTA_SPREAD_DRAWN;
  if (status == PERCUTA_OK && goes) {
    all = calloc((size_t)deal.count * (size_t)deal.width, sizeof *all);
    status = all ? PERCUTA_OK : PERCUTA_MEMORY;
  }
  status = percuta_numerics_deal_agree(crew, status);
  if (status == PERCUTA_OK && goes)
    status = percuta_numerics_deal(crew, &deal, diag, all);
  if (status == PERCUTA_OK && goes)
    status = summarise(&work, all, out);
  free(all);
  free(work.chosen);
  percuta_validate_draws_clear(&work.draws);
  for (int core = 0; core < CORES; ++core)
    percuta_scenario_destroy(&work.copy[core]);
  percuta_scenario_destroy(&work.twin);
  return status;
}

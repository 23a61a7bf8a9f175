/* Differences of outcomes between runs. With common random numbers, equal seeds, a difference is
 * paired: each run is set beside the baseline's scenario at its own seed where that was given. With
 * n >= 2 seeds of both, the mean difference has the interval mean ± t(0.975, n - 1) s / sqrt(n).
 * Nothing else gives an interval: those of two single runs cannot be subtracted.
 * Test: tests/unit/test_compare.c. */
#include "compare/rows.h"

#include <stdlib.h>
#include <string.h>

#include "compare/inputs.h"
#include "compare/timeline.h"
#include "outcome/numerical.h"

static const char SEED[] = "model.seed";

static bool same_scenario(const struct percuta_compare_run *a,
                          const struct percuta_compare_run *b) {
  if (a->input_count != b->input_count || strcmp(a->version, b->version) != 0)
    return false;
  for (size_t i = 0; i < a->input_count; ++i) {
    const struct percuta_compare_input *other = percuta_compare_inputs_find(b, a->input[i].key);
    if (other == NULL ||
        (strcmp(other->value, a->input[i].value) != 0 && strcmp(other->key, SEED) != 0))
      return false;
  }
  return true;
}

void percuta_compare_rows_group(struct percuta_comparison *comparison) {
  for (int i = 0; i < comparison->count; ++i) {
    struct percuta_compare_run *run = &comparison->run[i];
    run->scenario = -1;
    for (int k = 0; k < i && run->scenario < 0; ++k)
      if (same_scenario(run, &comparison->run[k]))
        run->scenario = comparison->run[k].scenario;
    if (run->scenario < 0)
      run->scenario = comparison->scenarios++;
  }
}

static bool same_reading(const struct percuta_compare_reading *a,
                         const struct percuta_compare_reading *b) {
  return strcmp(a->name, b->name) == 0 && strcmp(a->since, b->since) == 0 &&
         strcmp(a->unit, b->unit) == 0 && (a->day == b->day || (isnan(a->day) && isnan(b->day)));
}

/* ---- outcomes after the last session, which summary.json does not hold ---- */

static bool is_read_on_day(const struct percuta_outcome *outcome) {
  return outcome->timed && (outcome->function == percuta_outcome_timeline_on_day ||
                            outcome->function == percuta_outcome_timeline_on_day_rel);
}

static bool read_after_last(const struct percuta_compare_run *run,
                            const struct percuta_record *record, enum percuta_outcome_id id,
                            double day, struct percuta_compare_reading *out) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_at(id);
  const double on = run->last_session + day;
  *out = (struct percuta_compare_reading){.day = day};
  snprintf(out->name, sizeof out->name, "%s", outcome->name);
  snprintf(out->unit, sizeof out->unit, "%s", outcome->unit);
  snprintf(out->since, sizeof out->since, "%s",
           percuta_outcome_outcomes_since(PERCUTA_SINCE_LAST_SESSION));
  out->value = percuta_outcome_simulated(NAN);
  if (run->given > 0 && run->timeline.count > 0 && on <= run->end)
    out->value = outcome->function(record, outcome, on);
  return isfinite(out->value.value);
}

/* Where the runs' last sessions are not all their first, as of course the months after it matter.
 */
static enum percuta_status derive(struct percuta_comparison *comparison) {
  bool later = false;
  for (int i = 0; i < comparison->count; ++i)
    later = later || comparison->run[i].given > 1;
  const size_t most =
      later ? (size_t)comparison->count * PERCUTA_OUTCOME_COUNT * PERCUTA_OUTCOME_TIMES : 0;
  struct percuta_record *record = calloc(1, sizeof *record); /* too large for a stack */
  comparison->derived = calloc(most + 1, sizeof *comparison->derived);
  if (comparison->derived == NULL || record == NULL) {
    free(record);
    return PERCUTA_MEMORY;
  }
  for (int i = 0; i < comparison->count && later; ++i) {
    struct percuta_compare_run *run = &comparison->run[i];
    const size_t before = comparison->derived_count;
    record->timeline = run->timeline;
    for (int index = 0; index < PERCUTA_OUTCOME_COUNT; ++index) {
      const enum percuta_outcome_id id = (enum percuta_outcome_id)index;
      if (!is_read_on_day(percuta_outcome_outcomes_at(id)))
        continue;
      for (int t = 0; t < PERCUTA_OUTCOME_TIMES; ++t)
        comparison->derived_count +=
            read_after_last(run, record, id, percuta_outcome_outcomes_time[t].day,
                            &comparison->derived[comparison->derived_count]);
    }
    run->derived = &comparison->derived[before];
    run->derived_count = comparison->derived_count - before;
  }
  free(record);
  return PERCUTA_OK;
}

/* The run's reading of this outcome at this time; NULL: it has none. */
static const struct percuta_compare_reading *
find_reading(const struct percuta_comparison *comparison, int run,
             const struct percuta_compare_reading *like) {
  const struct percuta_compare_run *of = &comparison->run[run];
  for (size_t i = 0; i < of->reading_count; ++i)
    if (same_reading(&of->reading[i], like))
      return &of->reading[i];
  for (size_t i = 0; i < of->derived_count; ++i)
    if (same_reading(&of->derived[i], like))
      return &of->derived[i];
  return NULL;
}

/* ---- differences ---- */

/* The run of the baseline's scenario with the seed of `run`; the baseline when there is none. */
static int partner(const struct percuta_comparison *comparison, int run) {
  const struct percuta_compare_run *base = &comparison->run[comparison->baseline];
  if (strcmp(base->seed, comparison->run[run].seed) == 0 ||
      base->scenario == comparison->run[run].scenario)
    return comparison->baseline;
  for (int i = 0; i < comparison->count; ++i)
    if (comparison->run[i].scenario == base->scenario &&
        strcmp(comparison->run[i].seed, comparison->run[run].seed) == 0)
      return i;
  return comparison->baseline;
}

/* Two-sided 95 % points of Student's t with 1, 2, … degrees of freedom; there are at most 20 pairs.
 */
static double student(int freedom) {
  static const double POINT[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365,
                                 2.306,  2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
                                 2.131,  2.120, 2.110, 2.101, 2.093, 2.086};
  const int last = (int)(sizeof POINT / sizeof *POINT);
  return POINT[(freedom < last ? freedom : last) - 1];
}

/* Whether an earlier run has the same scenario and seed, as a copy has. */
static bool is_copy(const struct percuta_comparison *comparison, int run) {
  const struct percuta_compare_run *of = &comparison->run[run];
  for (int i = 0; i < run; ++i)
    if (comparison->run[i].scenario == of->scenario &&
        strcmp(comparison->run[i].seed, of->seed) == 0)
      return true;
  return false;
}

/* Mean and interval of the differences between two scenarios over the seeds that both have. */
static void pair_up(const struct percuta_comparison *comparison,
                    const struct percuta_compare_row *row, int run,
                    struct percuta_compare_cell *cell) {
  const int base = comparison->run[comparison->baseline].scenario;
  double sum = 0, squares = 0;
  cell->pairs = 0;
  cell->mean = cell->low = cell->high = NAN;
  for (int i = 0; i < comparison->count && comparison->run[run].scenario != base; ++i) {
    if (comparison->run[i].scenario != comparison->run[run].scenario || is_copy(comparison, i))
      continue;
    const int other = partner(comparison, i);
    const double difference = row->cell[i].value.value - row->cell[other].value.value;
    if (strcmp(comparison->run[other].seed, comparison->run[i].seed) != 0 || !isfinite(difference))
      continue;
    ++cell->pairs;
    sum += difference;
    squares += difference * difference;
  }
  const int n = cell->pairs;
  if (n < 2)
    return;
  const double variance = fmax(0, (squares - sum * sum / n) / (n - 1));
  const double half = student(n - 1) * sqrt(variance / n);
  cell->mean = sum / n;
  cell->low = cell->mean - half;
  cell->high = cell->mean + half;
}

/* Standard deviation of one run over the seeds of its scenario, over all scenarios with several. */
static void find_seed_noise(const struct percuta_comparison *comparison,
                            struct percuta_compare_row *row) {
  double squares = 0;
  int freedom = 0;
  row->seeds = 0;
  for (int s = 0; s < comparison->scenarios; ++s) {
    double sum = 0, own = 0;
    int n = 0;
    for (int i = 0; i < comparison->count; ++i) {
      const double value = row->cell[i].value.value;
      if (comparison->run[i].scenario != s || is_copy(comparison, i) || !isfinite(value))
        continue;
      ++n;
      sum += value;
    }
    for (int i = 0; i < comparison->count && n > 1; ++i)
      if (comparison->run[i].scenario == s && !is_copy(comparison, i) &&
          isfinite(row->cell[i].value.value))
        own += pow(row->cell[i].value.value - sum / n, 2);
    squares += own;
    freedom += n > 1 ? n - 1 : 0;
    row->seeds += n > 1 ? n : 0;
  }
  row->seed_sd = freedom > 0 ? sqrt(squares / freedom) : NAN;
}

static double error_of(const struct percuta_comparison *comparison, int run,
                       const struct percuta_compare_row *row) {
  static const char *const WORD[] = {"column", "channel", "patch"};
  const struct percuta_compare_run *of = &comparison->run[run];
  for (int f = 0; f < 3 && row->outcome != NULL; ++f)
    if (strcmp(of->fidelity, WORD[f]) == 0)
      return percuta_outcome_numerical_error(
          row->outcome, &(struct percuta_numerical){(enum percuta_fidelity)f, of->planned},
          row->cell[run].value.value);
  return NAN;
}

static void fill_cells(const struct percuta_comparison *comparison,
                       struct percuta_compare_row *row) {
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_reading *reading = find_reading(comparison, i, row->reading);
    row->cell[i].value = reading != NULL ? reading->value : percuta_outcome_simulated(NAN);
  }
  for (int i = 0; i < comparison->count; ++i) {
    struct percuta_compare_cell *cell = &row->cell[i];
    const int base = partner(comparison, i);
    cell->difference =
        i != comparison->baseline ? cell->value.value - row->cell[base].value.value : NAN;
    cell->error = error_of(comparison, i, row) + error_of(comparison, base, row);
    pair_up(comparison, row, i, cell);
  }
  find_seed_noise(comparison, row);
}

static bool is_listed(const struct percuta_comparison *comparison,
                      const struct percuta_compare_reading *reading) {
  for (size_t i = 0; i < comparison->row_count; ++i)
    if (same_reading(comparison->row[i].reading, reading))
      return true;
  return false;
}

static enum percuta_status add_row(struct percuta_comparison *comparison,
                                   const struct percuta_compare_reading *reading) {
  if (is_listed(comparison, reading))
    return PERCUTA_OK;
  struct percuta_compare_row *row = &comparison->row[comparison->row_count];
  row->reading = reading;
  row->outcome = percuta_outcome_outcomes_find(reading->name);
  if (row->outcome != NULL && strcmp(row->outcome->unit, reading->unit) != 0)
    row->outcome = NULL;
  row->cell = calloc((size_t)comparison->count, sizeof *row->cell);
  if (row->cell == NULL)
    return PERCUTA_MEMORY;
  ++comparison->row_count;
  fill_cells(comparison, row);
  return PERCUTA_OK;
}

enum percuta_status percuta_compare_rows_fill(struct percuta_comparison *comparison) {
  PERCUTA_TRY(derive(comparison));
  size_t most = comparison->derived_count + 1;
  for (int i = 0; i < comparison->count; ++i)
    most += comparison->run[i].reading_count;
  comparison->row = calloc(most, sizeof *comparison->row);
  if (comparison->row == NULL)
    return PERCUTA_MEMORY;
  for (int i = 0; i < comparison->count; ++i)
    for (size_t k = 0; k < comparison->run[i].reading_count; ++k)
      PERCUTA_TRY(add_row(comparison, &comparison->run[i].reading[k]));
  for (size_t k = 0; k < comparison->derived_count; ++k)
    PERCUTA_TRY(add_row(comparison, &comparison->derived[k]));
  return PERCUTA_OK;
}

bool percuta_compare_rows_resolved(const struct percuta_compare_row *row,
                                   const struct percuta_compare_cell *cell) {
  const double size = fabs(cell->difference);
  if (isfinite(cell->low) && cell->low <= 0 && cell->high >= 0)
    return false;
  return size > 0 && !(size <= cell->error) &&
         !(size <= 2 * M_SQRT2 * row->seed_sd && cell->pairs < 2);
}

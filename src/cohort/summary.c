/* Means and spreads by arm in one pass (Welford 1962 Technometrics 4:419). Test:
 * tests/cli/study.sh. */
#include "cohort/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void percuta_cohort_summary_clear(struct percuta_cohort_summary *summary) {
  for (int c = 0; c < summary->columns; ++c) {
    free(summary->column[c].count);
    free(summary->column[c].mean);
    free(summary->column[c].square);
    free(summary->column[c].value);
  }
  free(summary->column);
  free(summary->failed_of);
  *summary = (struct percuta_cohort_summary){.arms = 0};
}

double percuta_cohort_summary_spread(const struct percuta_cohort_column *column, int arm) {
  const int count = column->count[arm];
  return count > 1 ? sqrt(column->square[arm] / (count - 1)) : (double)NAN;
}

/* What is being gathered. */
struct gathering {
  struct percuta_cohort_summary *summary;
  int last;     /* column of the row before */
  int last_run; /* its run */
};

/* Another column. */
static enum percuta_status add_column(struct percuta_cohort_summary *summary,
                                      const struct percuta_cohort_row *row) {
  const size_t arms = (size_t)summary->arms;
  if (summary->columns == summary->room) {
    const int room = 2 * summary->room + 64;
    struct percuta_cohort_column *more = realloc(summary->column, (size_t)room * sizeof *more);
    if (!more)
      return PERCUTA_MEMORY;
    summary->column = more;
    summary->room = room;
  }
  struct percuta_cohort_column *column = &summary->column[summary->columns++];
  *column = (struct percuta_cohort_column){
      .outcome = percuta_outcome_outcomes_find(row->outcome),
      .position = row->position,
      .day = row->day,
      .count = calloc(arms, sizeof *column->count),
      .mean = calloc(arms, sizeof *column->mean),
      .square = calloc(arms, sizeof *column->square),
      .value = calloc((size_t)summary->shown + 1, sizeof *column->value)};
  for (int i = 0; column->value && i < summary->shown; ++i)
    column->value[i] = NAN;
  return column->outcome && column->count && column->mean && column->square && column->value
             ? PERCUTA_OK
             : PERCUTA_MEMORY;
}

/* The row's column; rows of a run follow each other as the columns do. */
static enum percuta_status find_column(struct gathering *gathering,
                                       const struct percuta_cohort_row *row) {
  struct percuta_cohort_summary *summary = gathering->summary;
  const int first = gathering->last + 1;
  for (int i = 0; i < summary->columns; ++i) {
    const int c = (first + i) % summary->columns;
    if (summary->column[c].position == row->position) {
      gathering->last = c;
      return PERCUTA_OK;
    }
  }
  gathering->last = summary->columns;
  return add_column(summary, row);
}

static void take_failure(struct percuta_cohort_summary *summary,
                         const struct percuta_cohort_row *row) {
  if (summary->failed < PERCUTA_COHORT_FAILURES) {
    struct percuta_cohort_failure *failure = &summary->failure[summary->failed];
    failure->run = row->run;
    failure->arm = row->arm;
    failure->person = row->person;
    snprintf(failure->reason, sizeof failure->reason, "%s", row->reason ? row->reason : "");
  }
  ++summary->failed;
  if (row->arm <= summary->arms)
    ++summary->failed_of[row->arm - 1];
}

static enum percuta_status take_row(void *context, const struct percuta_cohort_row *row) {
  struct gathering *gathering = context;
  struct percuta_cohort_summary *summary = gathering->summary;
  if (row->run != gathering->last_run) {
    gathering->last_run = row->run;
    gathering->last = -1;
    ++summary->runs;
  }
  if (row->outcome == NULL) {
    if (strcmp(row->status, "ok") != 0)
      take_failure(summary, row);
    return PERCUTA_OK;
  }
  if (row->arm > summary->arms)
    return PERCUTA_OK;
  PERCUTA_TRY(find_column(gathering, row));
  struct percuta_cohort_column *column = &summary->column[gathering->last];
  const int arm = row->arm - 1;
  const double apart = row->value - column->mean[arm];
  column->mean[arm] += apart / ++column->count[arm];
  column->square[arm] += apart * (row->value - column->mean[arm]);
  if (row->run <= summary->shown)
    column->value[row->run - 1] = row->value;
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_summary_read(const struct percuta_cohort_plan *plan,
                                                struct percuta_cohort_store *store,
                                                struct percuta_cohort_summary *out) {
  const int runs = percuta_cohort_plan_runs(plan);
  *out = (struct percuta_cohort_summary){
      .arms = plan->arms < PERCUTA_COHORT_SHOWN ? plan->arms : PERCUTA_COHORT_SHOWN,
      .shown = runs < PERCUTA_COHORT_SHOWN ? runs : PERCUTA_COHORT_SHOWN};
  out->failed_of = calloc((size_t)plan->arms + 1, sizeof *out->failed_of);
  if (!out->failed_of)
    return PERCUTA_MEMORY;
  struct gathering gathering = {.summary = out, .last = -1};
  return percuta_cohort_store_rows(store, take_row, &gathering);
}

/* A course of a study and its outcomes. What goes wrong in it, in the solver's library too, becomes
 * its reason. Test: tests/cli/study.sh. */
#include "cohort/follow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "course/trial.h"

struct job {
  const struct percuta_cohort_plan *plan;
  struct percuta_cohort_result *result;
};

/* Days from the first session to a time. */
static double day_of(const struct percuta_record *record, struct percuta_outcome_time time) {
  double from = 0;
  for (int i = 0; i < record->session_count && time.since == PERCUTA_SINCE_LAST_SESSION; ++i) {
    if (record->session[i].given)
      from = fmax(from, record->session[i].start / PERCUTA_DAY);
  }
  return from + time.day;
}

static void read_one(const struct percuta_cohort_plan *plan, const struct percuta_record *record,
                     int id, int when, struct percuta_cohort_result *result) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)id);
  const struct percuta_outcome_time end = percuta_outcome_outcomes_end(record);
  const struct percuta_outcome_time time = when < plan->times ? plan->time[when] : end;
  struct percuta_cohort_reading *reading = &result->reading[result->count];
  *reading = (struct percuta_cohort_reading){
      .position = id * (PERCUTA_COHORT_TIMES + 1) + when,
      .outcome = outcome,
      .day = outcome->timed ? day_of(record, time) : (double)NAN,
      .value = percuta_outcome_outcomes_compute(record, outcome, time)};
  result->count += isfinite(reading->value.value);
}

/* Whether the end of the course is one of the times anyway. */
static bool ends_on_time(const struct percuta_cohort_plan *plan,
                         const struct percuta_record *record) {
  const double end = percuta_outcome_outcomes_end(record).day;
  bool found = false;
  for (int t = 0; t < plan->times; ++t)
    found = found || fabs(day_of(record, plan->time[t]) - end) < 1e-6;
  return found;
}

static enum percuta_status read_all(const struct percuta_cohort_plan *plan,
                                    const struct percuta_record *record,
                                    struct percuta_cohort_result *result) {
  const int times = plan->times + (plan->end && !ends_on_time(plan, record));
  result->reading =
      calloc((size_t)PERCUTA_OUTCOME_COUNT * (size_t)(times + 1) + 1, sizeof *result->reading);
  if (!result->reading)
    return PERCUTA_MEMORY;
  for (int id = 0; id < PERCUTA_OUTCOME_COUNT; ++id) {
    const bool timed = percuta_outcome_outcomes_at((enum percuta_outcome_id)id)->timed;
    for (int when = 0; when < (timed ? times : 1) && plan->wanted[id]; ++when)
      read_one(plan, record, id, when, result);
  }
  return PERCUTA_OK;
}

/* The columns of the timeline that the study keeps, row by row. */
static enum percuta_status keep(const struct percuta_cohort_plan *plan,
                                const struct percuta_timeline *timeline,
                                struct percuta_cohort_result *result) {
  size_t columns = 0;
  for (int c = 0; c < PERCUTA_COHORT_COLUMNS; ++c)
    columns += plan->kept[c];
  result->point = calloc(columns * timeline->count + 1, sizeof *result->point);
  if (!result->point)
    return PERCUTA_MEMORY;
  for (size_t r = 0; r < timeline->count; ++r) {
    const char *row = (const char *)&timeline->row[r];
    for (int c = 0; c < PERCUTA_COHORT_COLUMNS; ++c) {
      if (plan->kept[c])
        result->point[result->points++] = (struct percuta_cohort_point){
            .column = c,
            .day = timeline->row[r].time_d,
            .value = *(const double *)(const void *)(row + percuta_cohort_plan_track(c)->offset)};
    }
  }
  return PERCUTA_OK;
}

static enum percuta_status follow(void *context, int index, struct percuta_diag *diag,
                                  double *out) {
  const struct job *job = context;
  struct percuta_cohort_result *result = job->result;
  struct percuta_scenario *scenario = NULL;
  struct percuta_trial trial = {.run = NULL};
  (void)index, (void)out;
  enum percuta_status status =
      percuta_cohort_plan_scenario(job->plan, result->arm - 1, result->person, diag, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_course_trial_run(scenario, NULL, diag, &trial);
  if (status == PERCUTA_OK)
    status = read_all(job->plan, trial.record, result);
  if (status == PERCUTA_OK)
    status = keep(job->plan, &trial.record->timeline, result);
  percuta_course_trial_clear(&trial);
  percuta_scenario_destroy(&scenario);
  return status;
}

static void name_run(void *context, int index, char *out, size_t size) {
  (void)context, (void)index;
  snprintf(out, size, "run");
}

/* The first mistake of the run's own, in one line; else what is said of the run as a whole. */
static void put_reason(const struct percuta_diag *diag, enum percuta_status status, char *out,
                       size_t size) {
  const struct percuta_mistake *found = NULL;
  for (size_t i = 0; i < percuta_base_diag_kept(diag); ++i) {
    const struct percuta_mistake *mistake = percuta_base_diag_at(diag, i);
    const bool own = mistake->code != PERCUTA_CODE_RUN_FAILED;
    if (found == NULL || (own && found->code == PERCUTA_CODE_RUN_FAILED))
      found = mistake;
  }
  const bool keyed = found && found->key && *found->key && found->code != PERCUTA_CODE_RUN_FAILED;
  snprintf(out, size, "%s%s%s", keyed ? found->key : "", keyed ? ": " : "",
           found && found->what ? found->what : percuta_base_status_text(status));
}

enum percuta_status percuta_cohort_follow(const struct percuta_cohort_plan *plan, int run,
                                          struct percuta_cohort_result *out) {
  struct percuta_diag *diag = NULL;
  double unused[1];
  *out = (struct percuta_cohort_result){.run = run,
                                        .arm = percuta_cohort_plan_arm(plan, run) + 1,
                                        .person = percuta_cohort_plan_person(plan, run)};
  struct job job = {.plan = plan, .result = out};
  const struct percuta_deal deal = {
      .count = 1, .width = 1, .context = &job, .run = follow, .name = name_run};
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  const double start = percuta_base_clock();
  const enum percuta_status status = percuta_numerics_deal(NULL, &deal, diag, unused);
  out->seconds = percuta_base_clock() - start;
  out->failed = status != PERCUTA_OK;
  if (out->failed) {
    out->count = out->points = 0;
    put_reason(diag, status, out->reason, sizeof out->reason);
  }
  percuta_base_diag_destroy(&diag);
  return PERCUTA_OK;
}

void percuta_cohort_follow_clear(struct percuta_cohort_result *result) {
  free(result->reading);
  free(result->point);
  *result = (struct percuta_cohort_result){.run = 0};
}

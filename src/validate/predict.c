/* Rows in groups that one run answers, and two rounds of runs: with the parameters as they are,
 * then drawn. Tests: tests/unit/test_validate.c, tests/cli/validate.sh, ranks.sh. */
#include "validate/predict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/trial.h"
#include "validate/draws.h"
#include "validate/interval.h"
#include "validate/validate.h"

/* Runs of one kind, and what one rank keeps from one to the next. */
struct round {
  const struct percuta_catalogue *catalogue;
  const struct percuta_crew *crew;
  struct percuta_predict *item;
  size_t count;
  int draws; /* of each group; 0: its parameters as they are */
  size_t
      *group; /* owned; the first row of each row's group, or `count` of rows that are left out */
  size_t *first; /* owned; of each group */
  int groups, widest;
  bool joint;                        /* the data folder has joint draws: courses take them */
  int open;                          /* the group whose conditions these are, or -1 */
  struct percuta_scenario *scenario; /* owned */
  struct percuta_interval interval;  /* owned */
};

/* Whether one run answers both: courses under the same conditions and, when drawn, with the same
 * parameters drawn. */
static bool shares(const struct round *round, const struct percuta_predict *a,
                   const struct percuta_predict *b) {
  return a->predictor->of_course && b->predictor->of_course &&
         strcmp(a->row->scenario, b->row->scenario) == 0 && strcmp(a->row->set, b->row->set) == 0 &&
         (round->draws == 0 || round->joint ||
          strcmp(a->predictor->tables, b->predictor->tables) == 0);
}

/* Whether a row's draws are the joint ones. */
static bool takes_joint(const struct round *round, const struct percuta_predict *item) {
  return round->joint && item->predictor->of_course;
}

/* Whether a row belongs to the round: all at first, then those without an interval of their own. */
static bool takes_part(const struct round *round, const struct percuta_predict *item) {
  const bool drawn =
      item->predictor && (*item->predictor->tables != '\0' || takes_joint(round, item));
  return item->predictor && (round->draws == 0 || (!isfinite(item->found.low) && drawn));
}

static void close_group(struct round *round) {
  (void)percuta_validate_interval_end(&round->interval);
  percuta_scenario_destroy(&round->scenario);
  round->open = -1;
}

static void clear_round(struct round *round) {
  close_group(round);
  free(round->group);
  free(round->first);
}

static enum percuta_status gather(struct round *round) {
  round->group = calloc(round->count + 1, sizeof *round->group);
  round->first = calloc(round->count + 1, sizeof *round->first);
  if (round->group == NULL || round->first == NULL)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < round->count; i++) {
    round->group[i] = round->count;
    if (!takes_part(round, &round->item[i]))
      continue;
    int g = 0, members = 1;
    while (g < round->groups && !shares(round, &round->item[round->first[g]], &round->item[i]))
      g++;
    if (g == round->groups)
      round->first[round->groups++] = i;
    round->group[i] = round->first[g];
    for (size_t k = 0; k < i; k++)
      members += round->group[k] == round->group[i];
    round->widest = members > round->widest ? members : round->widest;
  }
  return PERCUTA_OK;
}

/* The conditions of a group, unless they are there from the run before. */
static enum percuta_status open_group(struct round *round, int group, struct percuta_diag *diag) {
  const struct percuta_predict *first = &round->item[round->first[group]];
  if (round->open == group)
    return PERCUTA_OK;
  close_group(round);
  PERCUTA_TRY(
      percuta_validate_row_conditions(round->catalogue, first->row, diag, &round->scenario));
  if (round->draws > 0 && takes_joint(round, first))
    PERCUTA_TRY(percuta_validate_interval_begin_joint(round->scenario, diag, &round->interval));
  else if (round->draws > 0)
    PERCUTA_TRY(percuta_validate_interval_begin(round->scenario, first->predictor->tables, diag,
                                                &round->interval));
  round->open = group;
  return PERCUTA_OK;
}

/* One prediction, three numbers, for each row of the group. */
static enum percuta_status predict(const struct round *round, int group, struct percuta_diag *diag,
                                   double *out) {
  const struct percuta_predict *first = &round->item[round->first[group]];
  struct percuta_trial trial;
  if (!first->predictor->of_course) {
    struct percuta_prediction found = {0};
    PERCUTA_TRY(percuta_validate_predictor_call(first->predictor, round->scenario,
                                                first->row->specimen, diag, &found));
    memcpy(out, (double[]){found.value, found.low, found.high}, 3 * sizeof *out);
    return PERCUTA_OK;
  }
  PERCUTA_TRY(percuta_course_trial_run(round->scenario, round->crew, diag, &trial));
  for (size_t i = 0; i < round->count; i++) {
    if (round->group[i] != round->first[group])
      continue;
    const double value = round->item[i].predictor->of_course(&trial);
    memcpy(out, (double[]){value, NAN, NAN}, 3 * sizeof *out);
    out += 3;
  }
  percuta_course_trial_clear(&trial);
  return PERCUTA_OK;
}

static enum percuta_status run(void *context, int index, struct percuta_diag *diag, double *out) {
  struct round *round = context;
  const int each = round->draws > 0 ? round->draws : 1;
  PERCUTA_TRY(open_group(round, index / each, diag));
  if (round->draws > 0)
    PERCUTA_TRY(percuta_validate_interval_draw(&round->interval, index % each));
  const enum percuta_status status = predict(round, index / each, diag, out);
  if (round->draws == 0 || status == PERCUTA_OK)
    return status;
  for (int i = 0; i < 3 * round->widest; i++)
    out[i] = NAN;
  return PERCUTA_OK;
}

static void name(void *context, int index, char *out, size_t size) {
  const struct round *round = context;
  const int each = round->draws > 0 ? round->draws : 1;
  const char *id = round->item[round->first[index / each]].row->id;
  if (round->draws > 0)
    snprintf(out, size, "%s, draw %d", id, index % each + 1);
  else
    snprintf(out, size, "%s", id);
}

/* The prediction, or the percentiles of the draws, from the numbers of the runs: `number` of the
 * group's first run, `stride` from one to the next. */
static void read_off(const struct round *round, const double *number, size_t stride,
                     struct percuta_predict *out) {
  if (round->draws == 0) {
    out->found = (struct percuta_prediction){number[0], number[1], number[2]};
    return;
  }
  out->drawn_count = 0;
  for (int d = 0; d < round->draws; d++, number += stride) {
    if (isfinite(*number))
      out->drawn[out->drawn_count++] = *number;
  }
  out->found.low = out->found.high = NAN;
  if (out->drawn_count > 0)
    percuta_validate_interval_ends(out->drawn, out->drawn_count, &out->found.low, &out->found.high);
}

static void share_out(const struct round *round, const double *number) {
  const size_t each = round->draws > 0 ? (size_t)round->draws : 1;
  const size_t stride = 3 * (size_t)round->widest;
  for (int g = 0; g < round->groups; g++) {
    const double *at = number + (size_t)g * each * stride;
    for (size_t i = 0; i < round->count; i++) {
      if (round->group[i] != round->first[g])
        continue;
      read_off(round, at, stride, &round->item[i]);
      at += 3;
    }
  }
}

/* One round; with 0 draws that of the parameters as they are. */
static enum percuta_status play(struct round round, struct percuta_diag *diag) {
  enum percuta_status status = gather(&round);
  const int runs = round.groups * (round.draws > 0 ? round.draws : 1);
  const struct percuta_deal deal = {
      .count = runs, .width = 3 * round.widest, .context = &round, .run = run, .name = name};
  double *number = calloc((size_t)runs * (size_t)deal.width + 1, sizeof *number);
  if (number == NULL)
    status = PERCUTA_MEMORY;
  status = percuta_numerics_deal_agree(round.crew, status);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(round.crew, &deal, diag, number);
  if (status == PERCUTA_OK)
    share_out(&round, number);
  free(number);
  clear_round(&round);
  return status;
}

enum percuta_status percuta_validate_predict_rows(const struct percuta_catalogue *catalogue,
                                                  const struct percuta_crew *crew,
                                                  struct percuta_predict *item, size_t count,
                                                  int draws, struct percuta_diag *diag) {
  struct round round = {.catalogue = catalogue,
                        .crew = crew,
                        .item = item,
                        .count = count,
                        .open = -1,
                        .joint = percuta_validate_draws_are(catalogue)};
  enum percuta_status status = play(round, diag);
  round.draws = draws < PERCUTA_INTERVAL_DRAWS ? draws : PERCUTA_INTERVAL_DRAWS;
  if (status == PERCUTA_OK && draws > 0)
    status = play(round, diag);
  return status;
}

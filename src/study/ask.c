/* Every question answered as shipped and at joint draws of the parameters; 5th and 95th percentile
 * make the interval, the share of draws that say yes is the probability.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c (the stored answers).
 */
#include "study/ask.h"
#include "input/input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outcome/numerical.h"
#include "study/files.h"
#include "validate/draws.h"
#include "validate/interval.h"

enum { PATH_SIZE = 4096, CORES = 2, MOST_SETS = 8 };
static const double SURE = 0.9; /* probability of a yes, or of a no */

struct asking {
  struct percuta_scenario *as_is[CORES][PERCUTA_CASE_COUNT]; /* owned; never changed */
  struct percuta_scenario *drawn[CORES][PERCUTA_CASE_COUNT]; /* owned; with a draw's values */
  struct percuta_draws draws;
  int *chosen, count; /* owned; numbers of the draws followed */
  struct percuta_insertion_draws insertion;
  const struct percuta_crew *crew; /* borrowed, as the list */
};

/* The courses of all cases with one core. */
static enum percuta_status read_cases(const struct percuta_catalogue *catalogue, int core,
                                      struct percuta_diag *diag, struct percuta_scenario **out) {
  static const char *const cores[CORES] = {"healing.core=koppenol", "healing.core=pensalfini"};
  char path[PATH_SIZE];
  enum percuta_status status = PERCUTA_OK;
  snprintf(path, sizeof path, "%s/evidence/scenarios/healing.yaml",
           percuta_catalogue_folder(catalogue));
  for (int c = 0; c < PERCUTA_CASE_COUNT && status == PERCUTA_OK; ++c) {
    const char *set[MOST_SETS] = {cores[core]};
    size_t sets = 1;
    for (const char *const *more = percuta_study_questions_change[c].set; *more; ++more)
      set[sets++] = *more;
    status = percuta_input_read(catalogue, path, set, sets, diag, &out[c]);
  }
  return status;
}

static enum percuta_status open_asking(const struct percuta_catalogue *catalogue, int draws,
                                       struct percuta_diag *diag, struct asking *out) {
  for (int core = 0; core < CORES; ++core) {
    PERCUTA_TRY(read_cases(catalogue, core, diag, out->as_is[core]));
    PERCUTA_TRY(read_cases(catalogue, core, diag, out->drawn[core]));
  }
  const struct percuta_scenario *first = out->as_is[PERCUTA_CORE_KOPPENOL][PERCUTA_CASE_ONE];
  PERCUTA_TRY(percuta_validate_draws_read(first, diag, &out->draws));
  PERCUTA_TRY(percuta_insertion_draws_read(first, diag, &out->insertion));
  out->chosen = calloc((size_t)draws + 1, sizeof *out->chosen);
  if (!out->chosen)
    return PERCUTA_MEMORY;
  out->count = percuta_validate_draws_choose(&out->draws, NULL, draws, out->chosen);
  return PERCUTA_OK;
}

static void close_asking(struct asking *asking) {
  for (int core = 0; core < CORES; ++core) {
    for (int c = 0; c < PERCUTA_CASE_COUNT; ++c) {
      percuta_scenario_destroy(&asking->as_is[core][c]);
      percuta_scenario_destroy(&asking->drawn[core][c]);
    }
  }
  percuta_validate_draws_clear(&asking->draws);
  free(asking->chosen);
}

/* The course of a case, as shipped (index 0) or at a draw, with its core. */
static enum percuta_status follow_case(const struct asking *asking, int index, int c,
                                       struct percuta_diag *diag, struct percuta_trial *out) {
  const int draw = index > 0 ? asking->chosen[index - 1] : -1;
  const enum percuta_core core =
      draw >= 0 && asking->draws.has_core ? asking->draws.core[draw] : PERCUTA_CORE_KOPPENOL;
  struct percuta_scenario *scenario = asking->drawn[core][c];
  PERCUTA_TRY(percuta_validate_draws_put(&asking->draws, draw, &asking->insertion,
                                         asking->as_is[core][c], scenario));
  return percuta_course_trial_run(scenario, asking->crew, diag, out);
}

/* One number for each question: with index 0 as shipped, then of the draws; NAN for all when a
 * course of a draw cannot be followed. */
static enum percuta_status answer_once(void *context, int index, struct percuta_diag *diag,
                                       double *value) {
  const struct asking *asking = context;
  struct percuta_trial trial[PERCUTA_CASE_COUNT];
  enum percuta_status status = PERCUTA_OK;
  int done = 0;
  while (done < PERCUTA_CASE_COUNT && status == PERCUTA_OK) {
    status = follow_case(asking, index, done, diag, &trial[done]);
    done += status == PERCUTA_OK;
  }
  for (int q = 0; q < percuta_study_questions_count; ++q)
    value[q] = status == PERCUTA_OK ? percuta_study_questions_entry[q].function(trial) : NAN;
  for (int c = 0; c < done; ++c)
    percuta_course_trial_clear(&trial[c]);
  return status == PERCUTA_NUMERICS && index > 0 ? PERCUTA_OK : status;
}

static void name_draw(void *context, int index, char *out, size_t size) {
  (void)context;
  if (index > 0)
    snprintf(out, size, "draw %d", index);
  else
    snprintf(out, size, "parameters as shipped");
}

static bool says_yes(const struct percuta_questions_entry *question, double value) {
  return value > question->low && value < question->high;
}

/* Nine draws in ten must agree with the model as shipped. */
static enum percuta_ask_verdict judge(bool yes, double probability) {
  if (yes && probability >= SURE)
    return PERCUTA_ASK_YES;
  return !yes && probability <= 1 - SURE ? PERCUTA_ASK_NO : PERCUTA_ASK_OPEN;
}

/* What a column's gains may differ by from the mean of patches; nothing for days and ratios, which
 * were not compared. */
static double fidelity_of(const char *unit) {
  const bool gain = strcmp(unit, "%") == 0 || strcmp(unit, "um") == 0;
  return gain ? percuta_outcome_numerical_share(PERCUTA_COLUMN, 1) : 0;
}

/* One question, from its column of the values, one row for each draw; `room` for its numbers. */
static void summarise(const struct percuta_questions_entry *entry, int draws, const double *column,
                      double *room, struct percuta_ask_answer *out) {
  int count = 0, yes = 0;
  for (int d = 0; d < draws; ++d) {
    const double value = column[(size_t)d * (size_t)percuta_study_questions_count];
    if (!isfinite(value))
      continue;
    room[count++] = value;
    yes += says_yes(entry, value);
  }
  const bool shipped = says_yes(entry, out->value);
  out->low = out->high = out->value;
  out->probability = count > 0 ? (double)yes / count : shipped;
  if (count > 0)
    percuta_validate_interval_ends(room, count, &out->low, &out->high);
  const double wider = fidelity_of(entry->unit);
  out->low -= wider * fabs(out->low);
  out->high += wider * fabs(out->high);
  out->verdict = judge(shipped, out->probability);
}

enum percuta_status percuta_study_ask_all(const struct percuta_catalogue *catalogue, int draws,
                                          const struct percuta_crew *crew,
                                          struct percuta_diag *diag,
                                          struct percuta_ask_answer *out) {
  struct asking asking = {.crew = crew};
  const size_t width = (size_t)percuta_study_questions_count;
  enum percuta_status status = open_asking(catalogue, draws, diag, &asking);
  const struct percuta_deal deal = {.count = asking.count + 1,
                                    .width = percuta_study_questions_count,
                                    .context = &asking,
                                    .run = answer_once,
                                    .name = name_draw};
  double *value = calloc(((size_t)asking.count + 1) * width, sizeof *value);
  double *room = calloc((size_t)asking.count + 1, sizeof *room);
  status = percuta_numerics_deal_agree(crew, value && room ? status : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(crew, &deal, diag, value);
  for (int q = 0; q < percuta_study_questions_count && status == PERCUTA_OK; ++q) {
    out[q].value = value[q];
    summarise(&percuta_study_questions_entry[q], asking.count, value + width + q, room, &out[q]);
  }
  close_asking(&asking);
  free(value);
  free(room);
  return status;
}

const char *percuta_study_ask_word(enum percuta_ask_verdict verdict) {
  static const char *const word[] = {"yes", "no", "open"};
  return word[verdict];
}

static enum percuta_status write_csv(const void *results, FILE *stream) {
  const struct percuta_ask_answer *answer = results;
  fprintf(stream, "question,unit,value,low,high,probability,answer\n");
  for (int q = 0; q < percuta_study_questions_count; ++q)
    fprintf(stream, "%s,%s,%.6g,%.6g,%.6g,%.3g,%s\n", percuta_study_questions_entry[q].name,
            percuta_study_questions_entry[q].unit, answer[q].value, answer[q].low, answer[q].high,
            answer[q].probability, percuta_study_ask_word(answer[q].verdict));
  return PERCUTA_OK;
}

static enum percuta_status write_page(const void *results, FILE *stream) {
  const struct percuta_ask_answer *answer = results;
  fprintf(stream,
          "| question | answer | draws that say yes | number (interval) | unit | asked because |\n"
          "|---|---|---|---|---|---|\n");
  for (int q = 0; q < percuta_study_questions_count; ++q) {
    const struct percuta_questions_entry *entry = &percuta_study_questions_entry[q];
    fprintf(stream, "| %s | **%s** | %.0f %% | %.3g (%.3g to %.3g) | %s | %s |\n", entry->question,
            percuta_study_ask_word(answer[q].verdict), 100 * answer[q].probability, answer[q].value,
            answer[q].low, answer[q].high, strcmp(entry->unit, "1") == 0 ? "" : entry->unit,
            entry->ground);
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_ask_write(const struct percuta_ask_answer *answer,
                                            const char *folder) {
  static const struct percuta_study_file files[] = {{"questions.csv", write_csv},
                                                    {"page.md", write_page}};
  return percuta_study_files_write(folder, files, 2, answer);
}

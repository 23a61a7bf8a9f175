/* Every question answered as shipped and with the calibrated parameters drawn, log-normal with the
 * spread of the fit; 5th and 95th percentile make the interval.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c (the stored answers).
 */
#include "study/ask.h"
#include "input/input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"
#include "base/yaml.h"
#include "outcome/numerical.h"
#include "study/files.h"
#include "validate/interval.h"

enum { PATH_SIZE = 4096, MOST_PARAMETERS = 64 };
static const uint64_t SEED = 1; /* of the draws */

/* A calibrated parameter: log-normal, `low` and `high` two standard deviations away. */
struct calibrated {
  char name[96];
  double value, low, high;
};

struct asking {
  struct percuta_scenario *scenario[PERCUTA_CASE_COUNT]; /* owned */
  struct calibrated parameter[MOST_PARAMETERS];
  int parameters;
  const struct percuta_crew *crew; /* borrowed, as the list */
  struct percuta_diag *diag;
};

static bool read_number(const struct percuta_yaml_node *node, const char *key, double *out) {
  return percuta_base_number_parse(percuta_base_yaml_text(node, key, ""), out) == PERCUTA_OK;
}

static enum percuta_status read_calibrated(const char *data, struct asking *out) {
  char path[PATH_SIZE];
  struct percuta_yaml_node *root = NULL;
  snprintf(path, sizeof path, "%s/fit/healing.result.yaml", data);
  enum percuta_status status =
      percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, out->diag, &root);
  const struct percuta_yaml_node *list = root ? percuta_base_yaml_get(root, "parameters") : NULL;
  for (const struct percuta_yaml_node *node = list ? list->child : NULL;
       node && status == PERCUTA_OK; node = node->next) {
    struct calibrated *p = &out->parameter[out->parameters++];
    snprintf(p->name, sizeof p->name, "%s", percuta_base_yaml_text(node, "name", ""));
    if (out->parameters == MOST_PARAMETERS || !read_number(node, "value", &p->value) ||
        !read_number(node, "low", &p->low) || !read_number(node, "high", &p->high) ||
        !(p->low > 0) || !(p->high > p->low)) {
      percuta_base_diag_add(out->diag,
                            &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                      .place = {.file = path, .line = node->line},
                                                      .key = p->name,
                                                      .what = "is no result of a fit"});
      status = PERCUTA_BAD_INPUT;
    }
  }
  percuta_base_yaml_destroy(&root);
  return status;
}

static enum percuta_status open_asking(const struct percuta_catalogue *catalogue,
                                       struct percuta_diag *diag, struct asking *out) {
  const char *data = percuta_catalogue_folder(catalogue);
  char path[PATH_SIZE];
  *out = (struct asking){.diag = diag};
  enum percuta_status status = read_calibrated(data, out);
  snprintf(path, sizeof path, "%s/evidence/scenarios/healing.yaml", data);
  for (int c = 0; c < PERCUTA_CASE_COUNT && status == PERCUTA_OK; ++c) {
    size_t sets = 0;
    while (percuta_study_questions_change[c].set[sets])
      ++sets;
    status = percuta_input_read(catalogue, path, percuta_study_questions_change[c].set, sets, diag,
                                &out->scenario[c]);
  }
  return status;
}

static void close_asking(struct asking *asking) {
  for (int c = 0; c < PERCUTA_CASE_COUNT; ++c)
    percuta_scenario_destroy(&asking->scenario[c]);
}

/* Sets the calibrated parameters of one scenario: drawn, or with draw < 0 as shipped. */
static enum percuta_status place(const struct asking *asking, int draw,
                                 struct percuta_scenario *scenario) {
  const struct percuta_random_key key = {.seed = SEED, .purpose = PERCUTA_RANDOM_PARAMETER};
  enum percuta_status status = PERCUTA_OK;
  for (int p = 0; p < asking->parameters && status == PERCUTA_OK; ++p) {
    const struct calibrated *about = &asking->parameter[p];
    double normal[2] = {0, 0};
    if (draw >= 0)
      percuta_base_random_normal2(key, (uint32_t)draw, percuta_base_random_digest(about->name),
                                  normal);
    double value = about->value * exp(normal[0] * log(about->high / about->low) / 4);
    status = percuta_base_parameters_put(scenario->parameters, scenario->units, about->name, value);
  }
  return status;
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
    status = place(asking, index - 1, asking->scenario[done]);
    if (status == PERCUTA_OK)
      status = percuta_course_trial_run(asking->scenario[done], asking->crew, diag, &trial[done]);
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

static enum percuta_ask_verdict judge(const struct percuta_questions_entry *question,
                                      const struct percuta_ask_answer *answer) {
  bool yes = says_yes(question, answer->value);
  if (says_yes(question, answer->low) != yes || says_yes(question, answer->high) != yes)
    return PERCUTA_ASK_OPEN;
  return yes ? PERCUTA_ASK_YES : PERCUTA_ASK_NO;
}

/* What a column's gains may differ by from the mean of patches; nothing for days and ratios, which
 * were not compared. */
static double fidelity_of(const char *unit) {
  const bool gain = strcmp(unit, "%") == 0 || strcmp(unit, "um") == 0;
  return gain ? percuta_outcome_numerical_share(PERCUTA_COLUMN, 1) : 0;
}

/* Values are one row for each draw. */
static enum percuta_status summarise(int draws, const double *values,
                                     struct percuta_ask_answer *out) {
  double *sorted = calloc((size_t)draws + 1, sizeof *sorted);
  if (!sorted)
    return PERCUTA_MEMORY;
  for (int q = 0; q < percuta_study_questions_count; ++q) {
    int count = 0;
    for (int d = 0; d < draws; ++d) {
      double value = values[(size_t)d * (size_t)percuta_study_questions_count + (size_t)q];
      if (isfinite(value))
        sorted[count++] = value;
    }
    out[q].low = out[q].high = out[q].value;
    if (count > 0)
      percuta_validate_interval_ends(sorted, count, &out[q].low, &out[q].high);
    const double wider = fidelity_of(percuta_study_questions_entry[q].unit);
    out[q].low -= wider * fabs(out[q].low);
    out[q].high += wider * fabs(out[q].high);
    out[q].verdict = judge(&percuta_study_questions_entry[q], &out[q]);
  }
  free(sorted);
  return PERCUTA_OK;
}

enum percuta_status percuta_study_ask_all(const struct percuta_catalogue *catalogue, int draws,
                                          const struct percuta_crew *crew,
                                          struct percuta_diag *diag,
                                          struct percuta_ask_answer *out) {
  struct asking asking;
  const size_t width = (size_t)percuta_study_questions_count;
  const struct percuta_deal deal = {.count = draws + 1,
                                    .width = percuta_study_questions_count,
                                    .context = &asking,
                                    .run = answer_once,
                                    .name = name_draw};
  enum percuta_status status = open_asking(catalogue, diag, &asking);
  double *value = calloc(((size_t)draws + 1) * width, sizeof *value);
  asking.crew = crew;
  if (!value)
    status = PERCUTA_MEMORY;
  status = percuta_numerics_deal_agree(crew, status);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(crew, &deal, diag, value);
  for (int q = 0; q < percuta_study_questions_count && status == PERCUTA_OK; ++q)
    out[q].value = value[q];
  if (status == PERCUTA_OK)
    status = summarise(draws, value + width, out);
  close_asking(&asking);
  free(value);
  return status;
}

const char *percuta_study_ask_word(enum percuta_ask_verdict verdict) {
  static const char *const word[] = {"yes", "no", "open"};
  return word[verdict];
}

static enum percuta_status write_csv(const void *results, FILE *stream) {
  const struct percuta_ask_answer *answer = results;
  fprintf(stream, "question,unit,value,low,high,answer\n");
  for (int q = 0; q < percuta_study_questions_count; ++q)
    fprintf(stream, "%s,%s,%.6g,%.6g,%.6g,%s\n", percuta_study_questions_entry[q].name,
            percuta_study_questions_entry[q].unit, answer[q].value, answer[q].low, answer[q].high,
            percuta_study_ask_word(answer[q].verdict));
  return PERCUTA_OK;
}

static enum percuta_status write_page(const void *results, FILE *stream) {
  const struct percuta_ask_answer *answer = results;
  fprintf(stream, "| question | answer | number (interval) | unit | asked because |\n"
                  "|---|---|---|---|---|\n");
  for (int q = 0; q < percuta_study_questions_count; ++q) {
    const struct percuta_questions_entry *entry = &percuta_study_questions_entry[q];
    fprintf(stream, "| %s | **%s** | %.3g (%.3g to %.3g) | %s | %s |\n", entry->question,
            percuta_study_ask_word(answer[q].verdict), answer[q].value, answer[q].low,
            answer[q].high, strcmp(entry->unit, "1") == 0 ? "" : entry->unit, entry->ground);
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_ask_write(const struct percuta_ask_answer *answer,
                                            const char *folder) {
  static const struct percuta_study_file files[] = {{"questions.csv", write_csv},
                                                    {"page.md", write_page}};
  return percuta_study_files_write(folder, files, 2, answer);
}

/* The file of a study, key by key. Tests: tests/unit/test_cohort.c, tests/cli/study.sh. */
#include "cohort/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "catalogue/catalogue.h"
#include "cohort/say.h"

enum { PEOPLE = 10000000, SAMPLE = 1000000, ARMS = 1000000 };

static const char KEYS[] = "percuta|title|mode|scenario|set|vary|arms|sample|seed|people|"
                           "population|include|outcomes|times|"
                           "timeline|trial";
/* What is being read, and where mistakes go. */
struct reading {
  struct percuta_cohort_plan *plan;
  struct percuta_diag *diag;
  const struct percuta_yaml_node *root;
};

static enum percuta_status refuse(const struct reading *reading,
                                  const struct percuta_yaml_node *node, const char *key,
                                  enum percuta_code code, const char *what, const char *allowed) {
  return percuta_cohort_say_wrong(
      reading->diag, reading->plan->path, node,
      (struct percuta_mistake){.code = code, .key = key, .what = what, .allowed = allowed});
}

/* The whole number of `key`, from `least` to `most`; as it was when it is not given. */
static enum percuta_status take_count(const struct reading *reading, const char *key, double least,
                                      double most, double *out) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(reading->root, key);
  char allowed[96];
  double value;
  snprintf(allowed, sizeof allowed, "a whole number from %.0f to %.0f", least, most);
  if (node == NULL)
    return PERCUTA_OK;
  if (node->text == NULL || percuta_base_number_parse(node->text, &value) != PERCUTA_OK ||
      value != floor(value))
    return refuse(reading, node, key, PERCUTA_CODE_NOT_WHOLE, "is not a whole number", allowed);
  if (value < least || value > most)
    return refuse(reading, node, key, PERCUTA_CODE_OUT_OF_RANGE, "is out of range", allowed);
  *out = value;
  return PERCUTA_OK;
}

static enum percuta_status take_mode(const struct reading *reading) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(reading->root, "mode");
  if (node == NULL)
    return refuse(reading, reading->root, "mode", PERCUTA_CODE_MISSING, "is not given",
                  "sweep, cohort or trial");
  for (int i = 0; i <= PERCUTA_COHORT_TRIAL; ++i) {
    if (node->text &&
        strcmp(node->text, percuta_cohort_plan_mode((enum percuta_cohort_mode)i)) == 0) {
      reading->plan->mode = (enum percuta_cohort_mode)i;
      return PERCUTA_OK;
    }
  }
  return refuse(reading, node, "mode", PERCUTA_CODE_NOT_A_CHOICE, "is no mode of a study",
                "sweep, cohort or trial");
}

/* The scenario that is changed: its text is read once. */
static enum percuta_status take_base(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *node = percuta_base_yaml_get(reading->root, "scenario");
  char path[8192];
  if (node == NULL || node->text == NULL || *node->text == '\0')
    return refuse(reading, node ? node : reading->root, "scenario", PERCUTA_CODE_MISSING,
                  "names no scenario", "the file of a scenario, from the study's folder on");
  snprintf(path, sizeof path, "%s%s", *node->text == '/' ? "" : plan->folder, node->text);
  plan->base = strdup(path);
  if (plan->base == NULL)
    return PERCUTA_MEMORY;
  if (plan->base_text != NULL) /* a page brings it along */
    return PERCUTA_OK;
  struct percuta_diag *own = NULL;
  if (percuta_base_diag_create(&own) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status =
      percuta_base_yaml_load(plan->base, plan->base, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes, own,
                             &plan->base_text, &plan->base_length);
  percuta_base_diag_destroy(&own);
  if (status == PERCUTA_MEMORY || status == PERCUTA_OK)
    return status;
  return refuse(reading, node, "scenario", PERCUTA_CODE_UNREADABLE_FILE,
                "there is no such scenario, or it cannot be read",
                "a path from the folder of the study's file on");
}

static int count_children(const struct percuta_yaml_node *node) {
  int count = 0;
  for (const struct percuta_yaml_node *c = node ? node->child : NULL; c; c = c->next)
    ++count;
  return count;
}

/* The members of a map, "key: value", as changes of a scenario. */
static enum percuta_status take_map(const struct reading *reading,
                                    const struct percuta_yaml_node *map,
                                    struct percuta_cohort_set *set, int *count) {
  for (const struct percuta_yaml_node *node = map ? map->child : NULL; node; node = node->next) {
    if (node->kind != PERCUTA_YAML_SCALAR || node->key == NULL)
      return refuse(reading, node, node->key, PERCUTA_CODE_WRONG_KIND, "is not one value",
                    "`key: value`, with the whole path of the key");
    const size_t size = strlen(node->key) + strlen(node->text) + 2;
    char *text = malloc(size);
    if (text == NULL)
      return PERCUTA_MEMORY;
    snprintf(text, size, "%s=%s", node->key, node->text);
    set[(*count)++] = (struct percuta_cohort_set){
        .text = text, .place = percuta_cohort_say_place(reading->plan->path, node)};
  }
  return PERCUTA_OK;
}

/* Changes for all runs: study fidelity unless the study says another. */
static enum percuta_status take_sets(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *map = percuta_base_yaml_get(reading->root, "set");
  plan->set = calloc((size_t)count_children(map) + 2, sizeof *plan->set);
  if (plan->set == NULL)
    return PERCUTA_MEMORY;
  plan->set[0] = (struct percuta_cohort_set){.text = strdup("model.fidelity=column"),
                                             .place = percuta_cohort_say_place(plan->path, NULL)};
  if (plan->set[0].text == NULL)
    return PERCUTA_MEMORY;
  plan->sets = 1;
  return take_map(reading, map, plan->set, &plan->sets);
}

/* arms: names, each with the changes that make it. */
static enum percuta_status take_named(const struct reading *reading,
                                      const struct percuta_yaml_node *map) {
  struct percuta_cohort_plan *plan = reading->plan;
  plan->arm = calloc((size_t)count_children(map) + 1, sizeof *plan->arm);
  if (plan->arm == NULL)
    return PERCUTA_MEMORY;
  for (const struct percuta_yaml_node *node = map->child; node; node = node->next) {
    struct percuta_cohort_arm *arm = &plan->arm[plan->arms++];
    arm->name = strdup(node->key ? node->key : "");
    arm->set = calloc((size_t)count_children(node) + 1, sizeof *arm->set);
    if (arm->name == NULL || arm->set == NULL)
      return PERCUTA_MEMORY;
    PERCUTA_TRY(take_map(reading, node, arm->set, &arm->count));
  }
  return plan->arms > 0 ? PERCUTA_OK
                        : refuse(reading, map, "arms", PERCUTA_CODE_EMPTY, "names no arm",
                                 "a map of names to changes");
}

static enum percuta_status span(const struct reading *reading, struct percuta_cohort_axes *axes,
                                const struct percuta_yaml_node *vary, double sample) {
  struct percuta_cohort_plan *plan = reading->plan;
  const double size = percuta_cohort_axes_size(axes);
  if (sample == 0 && isinf(size))
    return refuse(reading, vary, "vary", PERCUTA_CODE_MISSING,
                  "has a range without steps, and nothing says how many samples of it to take",
                  "`1..3 mm by 0.5`, or `sample: 200`");
  if (sample == 0 && size > ARMS)
    return refuse(reading, vary, "vary", PERCUTA_CODE_TOO_LARGE, "comes to too many combinations",
                  "1000000 at most; or a sample of them with `sample: 200`");
  return percuta_cohort_axes_span(axes, (int)sample, plan->seed, &plan->arms, &plan->arm);
}

static enum percuta_status take_arms(const struct reading *reading) {
  const struct percuta_yaml_node *vary = percuta_base_yaml_get(reading->root, "vary");
  const struct percuta_yaml_node *arms = percuta_base_yaml_get(reading->root, "arms");
  struct percuta_cohort_axes axes = {.count = 0};
  double sample = 0;
  PERCUTA_TRY(take_count(reading, "sample", 1, SAMPLE, &sample));
  if (vary && arms)
    return refuse(reading, arms, "arms", PERCUTA_CODE_CONFLICT, "stands beside `vary`",
                  "one of the two");
  if (arms)
    return take_named(reading, arms);
  if (vary == NULL && reading->plan->mode == PERCUTA_COHORT_SWEEP)
    return refuse(reading, reading->root, "vary", PERCUTA_CODE_MISSING, "is not given",
                  "a map of keys to lists of values");
  enum percuta_status status = percuta_cohort_axes_read(
      vary, reading->plan->path, reading->plan->folder, reading->diag, &axes);
  if (status == PERCUTA_OK)
    status = span(reading, &axes, vary, sample);
  /* places in a file of rows are named by the study's file from here on */
  for (int a = 0; a < reading->plan->arms && status == PERCUTA_OK; ++a) {
    for (int s = 0; s < reading->plan->arm[a].count; ++s) {
      struct percuta_place *place = &reading->plan->arm[a].set[s].place;
      if (place->file != reading->plan->path)
        *place = percuta_cohort_say_place(reading->plan->path, percuta_base_yaml_get(vary, "rows"));
    }
  }
  percuta_cohort_axes_clear(&axes);
  return status;
}

/* People of a population, which stands in the study or in a file of data/study/. */
static enum percuta_status take_people(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *population = percuta_base_yaml_get(reading->root, "population");
  const struct percuta_yaml_node *include = percuta_base_yaml_get(reading->root, "include");
  const char *path = plan->path;
  double people = 0;
  if (plan->mode == PERCUTA_COHORT_SWEEP && population == NULL)
    return PERCUTA_OK;
  if (population == NULL)
    return refuse(reading, reading->root, "population", PERCUTA_CODE_MISSING, "is not given",
                  "distributions of keys, or the name of a file of data/study/");
  PERCUTA_TRY(take_count(reading, "people", 1, PEOPLE, &people));
  if (people == 0)
    return refuse(reading, reading->root, "people", PERCUTA_CODE_MISSING, "is not given",
                  "how many people");
  plan->people = (int)people;
  if (population->kind == PERCUTA_YAML_SCALAR) {
    struct percuta_entry entry;
    char name[256];
    snprintf(name, sizeof name, "study/%.200s.yaml", population->text);
    if (percuta_catalogue_file(plan->catalogue, name, reading->diag, &entry) != PERCUTA_OK)
      return PERCUTA_BAD_INPUT;
    path = entry.path;
    population = percuta_base_yaml_get(entry.root, "population");
  }
  PERCUTA_TRY(
      percuta_cohort_people_read(population, include, path, reading->diag, &plan->population));
  if ((double)plan->arms * people > 2e9)
    return refuse(reading, NULL, "people", PERCUTA_CODE_TOO_LARGE, "times arms are too many runs",
                  "2e9");
  return PERCUTA_OK;
}

static enum percuta_status take_outcomes(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *list = percuta_base_yaml_get(reading->root, "outcomes");
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i)
    plan->wanted[i] = list == NULL;
  if (list && list->kind != PERCUTA_YAML_LIST)
    return refuse(reading, list, "outcomes", PERCUTA_CODE_WRONG_KIND, "is not a list", "");
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    int i = 0;
    while (i < PERCUTA_OUTCOME_COUNT && node->text &&
           strcmp(percuta_outcome_outcomes_at((enum percuta_outcome_id)i)->name, node->text) != 0)
      ++i;
    if (i == PERCUTA_OUTCOME_COUNT || !node->text)
      return refuse(reading, node, "outcomes", PERCUTA_CODE_UNKNOWN_NAME, "is no outcome",
                    "names that `percuta list outcomes` prints");
    plan->wanted[i] = true;
  }
  return PERCUTA_OK;
}

/* timeline: columns that are kept of each run; none unless they are named. */
static enum percuta_status take_timeline(const struct reading *reading) {
  const struct percuta_yaml_node *list = percuta_base_yaml_get(reading->root, "timeline");
  if (list && list->kind != PERCUTA_YAML_LIST)
    return refuse(reading, list, "timeline", PERCUTA_CODE_WRONG_KIND, "is not a list", "");
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    int c = 0;
    while (c < PERCUTA_COHORT_COLUMNS && node->text &&
           strcmp(percuta_cohort_plan_track(c)->name, node->text) != 0)
      ++c;
    if (c == PERCUTA_COHORT_COLUMNS || !node->text)
      return refuse(reading, node, "timeline", PERCUTA_CODE_UNKNOWN_NAME,
                    "is no column of the timeline",
                    "a column of timeline.csv, as docs/results.md has it");
    reading->plan->kept[c] = true;
  }
  return PERCUTA_OK;
}

/* times: since the first session; the registry's, and the end, when they are not given. */
static enum percuta_status take_times(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *list = percuta_base_yaml_get(reading->root, "times");
  plan->end = list == NULL;
  for (; list == NULL && plan->times < PERCUTA_OUTCOME_TIMES; ++plan->times)
    plan->time[plan->times] = percuta_outcome_outcomes_time[plan->times];
  if (list && (list->kind != PERCUTA_YAML_LIST || count_children(list) > PERCUTA_COHORT_TIMES))
    return refuse(reading, list, "times", PERCUTA_CODE_WRONG_KIND,
                  "is not a list of at most 24 times", "such as [30 days, 6 months]");
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    double seconds;
    if (node->text == NULL ||
        percuta_base_units_parse(percuta_catalogue_units(plan->catalogue), node->text, "s",
                                 &seconds, NULL) != PERCUTA_OK ||
        seconds < 0)
      return refuse(reading, node, "times", PERCUTA_CODE_BAD_FORM, "is no time", "30 days");
    plan->time[plan->times++] = (struct percuta_outcome_time){.since = PERCUTA_SINCE_FIRST_SESSION,
                                                              .day = seconds / PERCUTA_DAY};
  }
  return PERCUTA_OK;
}

/* The trial: its visits are the times at which outcomes are read, its endpoint is one of them. */
static enum percuta_status take_trial(const struct reading *reading) {
  struct percuta_cohort_plan *plan = reading->plan;
  const struct percuta_yaml_node *map = percuta_base_yaml_get(reading->root, "trial");
  const struct percuta_yaml_node *times = percuta_base_yaml_get(reading->root, "times");
  if (plan->mode != PERCUTA_COHORT_TRIAL)
    return map ? refuse(reading, map, "trial", PERCUTA_CODE_IDLE_KEY,
                        "has no effect in another mode", "`mode: trial`")
               : PERCUTA_OK;
  if (map == NULL || map->kind != PERCUTA_YAML_MAP)
    return refuse(reading, map ? map : reading->root, "trial", PERCUTA_CODE_MISSING, "is not given",
                  "a map with design, endpoint and visits");
  if (times != NULL)
    return refuse(reading, times, "times", PERCUTA_CODE_CONFLICT,
                  "stands beside the visits of a trial", "one of the two");
  struct percuta_cohort_design *design = &plan->design;
  PERCUTA_TRY(percuta_cohort_design_read(map, plan->path, percuta_catalogue_units(plan->catalogue),
                                         reading->diag, design));
  plan->end = false;
  plan->times = design->visits;
  for (int v = 0; v < design->visits; ++v)
    plan->time[v] =
        (struct percuta_outcome_time){.since = PERCUTA_SINCE_LAST_SESSION, .day = design->visit[v]};
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i)
    plan->wanted[i] = plan->wanted[i] ||
                      percuta_outcome_outcomes_at((enum percuta_outcome_id)i) == design->endpoint;
  while (*design->control && plan->control < plan->arms &&
         strcmp(plan->arm[plan->control].name, design->control) != 0)
    ++plan->control;
  return plan->control < plan->arms && plan->arms > 1
             ? PERCUTA_OK
             : refuse(reading, map, "trial.control", PERCUTA_CODE_UNKNOWN_NAME,
                      "is no arm, or stands alone", "the name of one of at least two arms");
}

static enum percuta_status take_seed(const struct reading *reading) {
  double seed = 1;
  const enum percuta_status status = take_count(reading, "seed", 0, 4294967295.0, &seed);
  reading->plan->seed = (uint64_t)seed;
  return status;
}

/* Everything after the text; goes on after a mistake as far as the next part makes sense. */
enum percuta_status percuta_cohort_file_read(struct percuta_cohort_plan *plan,
                                             struct percuta_diag *diag) {
  const struct reading given = {.plan = plan, .diag = diag, .root = plan->document},
                       *reading = &given;
  static enum percuta_status (*const part[])(const struct reading *) = {
      take_mode,   take_seed,     take_base,  take_sets,     take_arms,
      take_people, take_outcomes, take_times, take_timeline, take_trial};
  enum percuta_status worst = PERCUTA_OK;
  percuta_cohort_say_unknown(reading->diag, plan->path, "", reading->root, KEYS);
  plan->title = percuta_base_yaml_text(reading->root, "title", "");
  for (size_t i = 0; i < sizeof part / sizeof *part; ++i) {
    const enum percuta_status status = part[i](reading);
    worst = worst == PERCUTA_OK || status == PERCUTA_MEMORY ? status : worst;
  }
  return worst == PERCUTA_OK && percuta_base_diag_count(diag) > 0 ? PERCUTA_BAD_INPUT : worst;
}

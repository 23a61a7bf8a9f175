/* Reads the section `trial:` of a study. Tests: tests/cli/trial.sh. */
#include "cohort/design.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "cohort/axes.h"
#include "cohort/say.h"

static const char *const WORD[] = {"parallel", "split-face", "crossover"};
static const char KEYS[] =
    "design|control|endpoint|visits|group|responder|drop-out|noise|alpha|trials";

/* What is being read. */
struct reading {
  const struct percuta_yaml_node *map;
  const char *path;
  const struct percuta_units *units;
  struct percuta_diag *diag;
  struct percuta_cohort_design *design;
};

static enum percuta_status refuse(const struct reading *reading,
                                  const struct percuta_yaml_node *node, const char *key,
                                  const char *what, const char *allowed) {
  return percuta_cohort_say_wrong(
      reading->diag, reading->path, node ? node : reading->map,
      (struct percuta_mistake){
          .code = PERCUTA_CODE_BAD_FORM, .key = key, .what = what, .allowed = allowed});
}

/* A number in `unit` ("%": a share, as 0 to 1), as it was when it is not given. */
static enum percuta_status take_number(const struct reading *reading,
                                       const struct percuta_yaml_node *map, const char *key,
                                       const char *unit, double least, double most, double *out) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(map, key);
  char own[64], allowed[160], name[64];
  double value;
  const bool share = strcmp(unit, "%") == 0, pure = strcmp(unit, "1") == 0;
  snprintf(name, sizeof name, "trial.%s", key);
  snprintf(allowed, sizeof allowed, "a number from %.6g to %.6g%s%s", share ? 100 * least : least,
           share ? 100 * most : most, pure ? "" : " ", pure ? "" : unit);
  if (node == NULL)
    return PERCUTA_OK;
  if (node->text == NULL ||
      !percuta_cohort_axes_number(node->text, strlen(node->text), &value, own, sizeof own) ||
      strcmp(own, pure ? "" : unit) != 0)
    return refuse(reading, node, name, "is not a number in its unit", allowed);
  value = share ? value / 100 : value;
  if (!(value >= least && value <= most))
    return refuse(reading, node, name, "is out of range", allowed);
  *out = value;
  return PERCUTA_OK;
}

static enum percuta_status take_kind(const struct reading *reading) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(reading->map, "design");
  for (int i = 0; i <= PERCUTA_COHORT_CROSSOVER && node && node->text; ++i) {
    if (strcmp(node->text, WORD[i]) == 0) {
      reading->design->kind = (enum percuta_cohort_kind)i;
      return PERCUTA_OK;
    }
  }
  return refuse(reading, node, "trial.design", "is no design of a trial",
                "parallel, split-face or crossover");
}

static enum percuta_status take_endpoint(const struct reading *reading) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(reading->map, "endpoint");
  const struct percuta_yaml_node *control = percuta_base_yaml_get(reading->map, "control");
  struct percuta_cohort_design *design = reading->design;
  design->endpoint = node && node->text ? percuta_outcome_outcomes_find(node->text) : NULL;
  if (control && control->text)
    snprintf(design->control, sizeof design->control, "%s", control->text);
  return design->endpoint ? PERCUTA_OK
                          : refuse(reading, node, "trial.endpoint", "is no outcome",
                                   "a name that `percuta list outcomes` prints");
}

static enum percuta_status take_visits(const struct reading *reading) {
  const struct percuta_yaml_node *list = percuta_base_yaml_get(reading->map, "visits");
  struct percuta_cohort_design *design = reading->design;
  if (list == NULL || list->kind != PERCUTA_YAML_LIST || list->child == NULL)
    return refuse(reading, list, "trial.visits", "is no list of times after the last session",
                  "such as [1 month, 3 months]");
  for (const struct percuta_yaml_node *node = list->child; node; node = node->next) {
    double seconds = 0;
    const int v = design->visits;
    if (v == PERCUTA_COHORT_VISITS || node->text == NULL ||
        percuta_base_units_parse(reading->units, node->text, "s", &seconds, NULL) != PERCUTA_OK ||
        seconds < 0 || (v > 0 && seconds / PERCUTA_DAY <= design->visit[v - 1]))
      return refuse(reading, node, "trial.visits", "is no time after the visit before it",
                    "at most 24 rising times, such as [1 month, 3 months]");
    design->visit[design->visits++] = seconds / PERCUTA_DAY;
  }
  return PERCUTA_OK;
}

static enum percuta_status take_numbers(const struct reading *reading) {
  struct percuta_cohort_design *design = reading->design;
  const struct percuta_yaml_node *noise = percuta_base_yaml_get(reading->map, "noise");
  const char *unit = design->endpoint ? design->endpoint->unit : "1";
  double group = 0, trials = 1000;
  PERCUTA_TRY(take_number(reading, reading->map, "responder", unit, -1e9, 1e9, &design->responder));
  PERCUTA_TRY(take_number(reading, reading->map, "drop-out", "%", 0, 0.95, &design->drop_out));
  PERCUTA_TRY(take_number(reading, reading->map, "alpha", "%", 1e-4, 0.5, &design->alpha));
  PERCUTA_TRY(take_number(reading, reading->map, "group", "1", 2, 1e6, &group));
  PERCUTA_TRY(take_number(reading, reading->map, "trials", "1", 10, 1e5, &trials));
  PERCUTA_TRY(take_number(reading, noise, "instrument", unit, 0, 1e9, &design->instrument));
  PERCUTA_TRY(take_number(reading, noise, "rater", unit, 0, 1e9, &design->rater));
  percuta_cohort_say_unknown(reading->diag, reading->path, "trial.noise", noise,
                             "instrument|rater");
  design->group = (int)group;
  design->trials = (int)trials;
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_design_read(const struct percuta_yaml_node *map,
                                               const char *path, const struct percuta_units *units,
                                               struct percuta_diag *diag,
                                               struct percuta_cohort_design *out) {
  static enum percuta_status (*const part[])(const struct reading *) = {take_kind, take_endpoint,
                                                                        take_visits, take_numbers};
  enum percuta_status worst = PERCUTA_OK;
  *out = (struct percuta_cohort_design){.responder = NAN, .alpha = 0.05};
  const struct reading reading = {
      .map = map, .path = path, .units = units, .diag = diag, .design = out};
  percuta_cohort_say_unknown(diag, path, "trial", map, KEYS);
  for (size_t i = 0; i < sizeof part / sizeof *part; ++i) {
    const enum percuta_status status = part[i](&reading);
    worst = worst == PERCUTA_OK ? status : worst;
  }
  return worst;
}

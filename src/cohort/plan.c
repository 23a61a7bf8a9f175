/* A study, from its file to the scenario of each run; what is wrong with one is said where the
 * study says it. Tests: tests/unit/test_cohort.c, tests/cli/study.sh. */
#include "cohort/plan.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cohort/check.h"
#include "cohort/file.h"
#include "cohort/inside.h"
#include "input/given.h"
#include "input/input.h"

static const char *const MODE[] = {"sweep", "cohort", "trial"};

const char *percuta_cohort_plan_mode(enum percuta_cohort_mode mode) {
  return MODE[mode];
}

static const struct percuta_cohort_track TRACK[PERCUTA_COHORT_COLUMNS] = {
#define ENTRY(name, part, unit, text)                                                              \
  {#name, unit, text, offsetof(struct percuta_timeline_row, name)},
    PERCUTA_COLUMN_LIST(ENTRY)
#undef ENTRY
};

const struct percuta_cohort_track *percuta_cohort_plan_track(int column) {
  return &TRACK[column];
}

static void free_sets(struct percuta_cohort_set *set, int count) {
  for (int i = 0; set && i < count; ++i)
    free(set[i].text);
  free(set);
}

void percuta_cohort_plan_destroy(struct percuta_cohort_plan **plan) {
  if (*plan == NULL)
    return;
  free((*plan)->path);
  free((*plan)->text);
  free((*plan)->base);
  free((*plan)->base_text);
  free_sets((*plan)->set, (*plan)->sets);
  percuta_cohort_axes_free((*plan)->arm, (*plan)->arms);
  percuta_cohort_people_clear(&(*plan)->population);
  percuta_base_yaml_destroy(&(*plan)->document);
  free(*plan);
  *plan = NULL;
}

int percuta_cohort_plan_runs(const struct percuta_cohort_plan *plan) {
  return plan->arms * (plan->people > 0 ? plan->people : 1);
}

int percuta_cohort_plan_arm(const struct percuta_cohort_plan *plan, int run) {
  return (run - 1) % plan->arms;
}

int percuta_cohort_plan_person(const struct percuta_cohort_plan *plan, int run) {
  return plan->people > 0 ? (run - 1) / plan->arms + 1 : 0;
}

/* All changes that make this run: those for all, the person's, and the arm's, which have the last
 * word. Texts are borrowed but for those of the person, `own` of them from place plan->sets on. */
static enum percuta_status gather(const struct percuta_cohort_plan *plan, int arm, int person,
                                  struct percuta_cohort_set *out, int *count, int *own) {
  enum percuta_status status = PERCUTA_OK;
  *count = 0;
  *own = person > 0 ? percuta_cohort_people_sets(&plan->population) : 0;
  for (int i = 0; i < plan->sets; ++i)
    out[(*count)++] = plan->set[i];
  if (person > 0)
    status = percuta_cohort_people_draw(&plan->population, plan->seed, person, out + *count);
  *count += *own;
  for (int i = 0; i < plan->arm[arm].count; ++i)
    out[(*count)++] = plan->arm[arm].set[i];
  return status;
}

/* Mistakes in changes, told at the places in the study that make them, each once; those in the
 * scenario itself with the arm that they first came up in. */
static void pass_on(const struct percuta_diag *own, const struct percuta_cohort_set *set, int count,
                    const char *arm, struct percuta_diag *diag) {
  for (size_t i = 0; i < percuta_base_diag_kept(own); ++i) {
    struct percuta_mistake mistake = *percuta_base_diag_at(own, i);
    const int number = mistake.place.line;
    const bool changed =
        mistake.place.file && strcmp(mistake.place.file, PERCUTA_INPUT_GIVEN_SET_SHOWN) == 0;
    if (changed && number >= 1 && number <= count)
      mistake.place = set[number - 1].place;
    bool told = false;
    char what[600];
    const int length = snprintf(what, sizeof what, "%.400s", mistake.what ? mistake.what : "");
    for (size_t k = 0; k < percuta_base_diag_kept(diag) && !told; ++k) {
      const struct percuta_mistake *other = percuta_base_diag_at(diag, k);
      told = other->place.line == mistake.place.line &&
             other->place.column == mistake.place.column && other->what &&
             strncmp(other->what, what, (size_t)length) == 0;
    }
    if (!changed)
      snprintf(what + length, sizeof what - (size_t)length, " (in the arm `%.100s`)", arm);
    mistake.what = what;
    if (!told)
      percuta_base_diag_add(diag, &mistake);
  }
}

enum percuta_status percuta_cohort_plan_scenario(const struct percuta_cohort_plan *plan, int arm,
                                                 int person, struct percuta_diag *diag,
                                                 struct percuta_scenario **out) {
  const int most = plan->sets + plan->arm[arm].count + 66;
  struct percuta_cohort_set *set = calloc((size_t)most, sizeof *set);
  const char **text = calloc((size_t)most, sizeof *text);
  struct percuta_diag *own = NULL;
  int count = 0, persons = 0;
  enum percuta_status status =
      set && text && percuta_base_diag_create(&own) == 0 ? PERCUTA_OK : PERCUTA_MEMORY;
  *out = NULL;
  if (status == PERCUTA_OK)
    status = gather(plan, arm, person, set, &count, &persons);
  for (int i = 0; i < count; ++i)
    text[i] = set[i].text;
  if (status == PERCUTA_OK)
    status = percuta_input_parse(plan->catalogue, plan->base, plan->base_text, plan->base_length,
                                 text, (size_t)count, own, out);
  if (own != NULL)
    pass_on(own, set, count, plan->arm[arm].name, diag);
  for (int i = 0; i < persons; ++i)
    free(set[plan->sets + i].text);
  percuta_base_diag_destroy(&own);
  free(text);
  free(set);
  return status;
}

/* The text of the study's file or, out of a page, of both files. */
static enum percuta_status load(struct percuta_cohort_plan *plan, struct percuta_diag *diag,
                                size_t *length) {
  struct percuta_cohort_inside inside;
  if (!percuta_cohort_inside_is(plan->path))
    return percuta_base_yaml_load(plan->path, plan->path, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes,
                                  diag, &plan->text, length);
  PERCUTA_TRY(percuta_cohort_inside_read(plan->path, diag, &inside));
  plan->text = inside.study;
  *length = strlen(plan->text);
  plan->base_text = inside.scenario;
  plan->base_length = strlen(plan->base_text);
  plan->page_hash = inside.hash;
  snprintf(plan->page_version, sizeof plan->page_version, "%s", inside.version);
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_plan_read(const struct percuta_catalogue *catalogue,
                                             const char *path, struct percuta_diag *diag,
                                             struct percuta_cohort_plan **out) {
  struct percuta_cohort_plan *plan = calloc(1, sizeof *plan);
  struct percuta_yaml_limits limits = PERCUTA_BASE_YAML_LIMITS_SCENARIO;
  size_t length = 0;
  *out = NULL;
  if (plan == NULL)
    return PERCUTA_MEMORY;
  const char *slash = strrchr(path, '/');
  snprintf(plan->folder, sizeof plan->folder, "%.*s", slash ? (int)(slash - path + 1) : 0, path);
  plan->catalogue = catalogue;
  plan->path = strdup(path);
  enum percuta_status status = plan->path ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = load(plan, diag, &length);
  if (status == PERCUTA_OK)
    status = percuta_base_yaml_parse(plan->text, length, plan->path, limits, diag, &plan->document);
  if (status == PERCUTA_OK)
    status = percuta_cohort_file_read(plan, diag);
  if (status == PERCUTA_OK)
    status = percuta_cohort_check(plan, diag);
  if (status == PERCUTA_OK && percuta_base_diag_count(diag) > 0)
    status = PERCUTA_BAD_INPUT;
  if (status != PERCUTA_OK)
    percuta_cohort_plan_destroy(&plan);
  *out = plan;
  return status;
}

/* Factors of repair of a person who smokes, has diabetes or takes steroids, from the table
 * `repair`: k_max *= production,   k_lys, k_pol, d_1 *= clearance They multiply what signal adds
 * and how it is cleared, not the state of rest, so that a gain is told relative to this person's
 * own skin. Theory: docs/theory/skin.md. Tests: tests/unit/test_skin.c */
#include "skin/habits.h"

#include <math.h>

/* What each choice of a key means; NULL: nothing. */
struct entry {
  const char *words, *basis, *production, *clearance;
};

static const struct entry SMOKING[] = {
    [PERCUTA_SMOKING_NONE] = {0},
    [PERCUTA_SMOKING_DAILY] = {"in smokers", "collagen laid down in a test wound",
                               "repair.smoking_production", NULL},
    [PERCUTA_SMOKING_STOPPED] = {"in people who stopped smoking less than three months ago",
                                 "collagen laid down in a test wound, which three weeks without "
                                 "smoking did not restore",
                                 "repair.smoking_production", NULL}};
static const struct entry DIABETES[] = {
    {0},
    {"in people with diabetes", "a published model of their chronic wounds",
     "repair.diabetes_production", "repair.diabetes_clearance"}};
static const struct entry STEROIDS[] = {
    [PERCUTA_STEROIDS_NONE] = {0},
    [PERCUTA_STEROIDS_INTERMITTENT] = {"under hydrocortisone on the skin three days a week",
                                       "propeptides of collagen in skin",
                                       "repair.intermittent_steroid_production", NULL},
    [PERCUTA_STEROIDS_TOPICAL] = {"under hydrocortisone on the skin every day",
                                  "propeptides of collagen in skin",
                                  "repair.topical_steroid_production", NULL},
    [PERCUTA_STEROIDS_SYSTEMIC] = {"under prednisone", "propeptides of collagen in skin",
                                   "repair.systemic_steroid_production", NULL}};

static struct percuta_habit read(const struct percuta_parameters *set, const struct entry *entry) {
  const struct percuta_parameter *made = percuta_base_parameters_find(set, entry->production);
  const struct percuta_parameter *cleared =
      entry->clearance ? percuta_base_parameters_find(set, entry->clearance) : NULL;
  return (struct percuta_habit){.words = entry->words,
                                .basis = entry->basis,
                                .production = made ? made->value_si : NAN,
                                .low = made ? made->low : NAN,
                                .high = made ? made->high : NAN,
                                .clearance = cleared            ? cleared->value_si
                                             : entry->clearance ? NAN
                                                                : 1};
}

int percuta_skin_habits_find(const struct percuta_scenario *scenario, struct percuta_habit *out) {
  const struct percuta_person *person = &scenario->person;
  const struct entry *entry[PERCUTA_HABITS] = {
      &SMOKING[person->smoking], &DIABETES[person->diabetes], &STEROIDS[person->steroids]};
  int count = 0;
  for (int i = 0; i < PERCUTA_HABITS; ++i) {
    if (entry[i]->words)
      out[count++] = read(scenario->parameters, entry[i]);
  }
  return count;
}

enum percuta_status percuta_skin_habits_apply(const struct percuta_scenario *scenario,
                                              struct percuta_diag *diag,
                                              struct percuta_skin *skin) {
  struct percuta_habit habit[PERCUTA_HABITS];
  const int count = percuta_skin_habits_find(scenario, habit);
  for (int i = 0; i < count; ++i) {
    if (!isfinite(habit[i].production) || !isfinite(habit[i].clearance)) {
      percuta_base_diag_add(diag,
                            &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                      .place = {.file = "data/skin/repair.yaml"},
                                                      .key = "repair",
                                                      .what = "lacks a factor of repair"});
      return PERCUTA_BAD_INPUT;
    }
    skin->production_factor *= habit[i].production;
    skin->clearance_factor *= habit[i].clearance;
  }
  return PERCUTA_OK;
}

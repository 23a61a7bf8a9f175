/* Making and releasing the struct that all stages read. Tests: tests/unit/test_scenario.c. */
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"

enum percuta_status percuta_scenario_create(const struct percuta_catalogue *catalogue,
                                            const char *path, int keys,
                                            struct percuta_scenario **out) {
  struct percuta_scenario *scenario = calloc(1, sizeof *scenario);
  *out = NULL;
  if (scenario == NULL)
    return PERCUTA_MEMORY;
  scenario->catalogue = catalogue;
  scenario->units = percuta_catalogue_units(catalogue);
  scenario->path = strdup(path);
  scenario->title = strdup("");
  scenario->site = strdup("");
  scenario->condition.kind = strdup("");
  scenario->device.preset = strdup("");
  scenario->session.numbing.product = strdup("");
  scenario->session.numbing.amount = strdup("");
  scenario->origin = calloc((size_t)keys + 1, sizeof *scenario->origin);
  scenario->origin_count = scenario->origin ? keys : 0;
  enum percuta_status status = PERCUTA_MEMORY;
  if (scenario->path && scenario->title && scenario->site && scenario->condition.kind &&
      scenario->device.preset && scenario->session.numbing.product &&
      scenario->session.numbing.amount && scenario->origin)
    status = percuta_base_parameters_overlay(percuta_catalogue_parameters(catalogue),
                                             &scenario->parameters);
  if (status != PERCUTA_OK)
    percuta_scenario_destroy(&scenario);
  *out = scenario;
  return status;
}

const char *percuta_scenario_sex_words(enum percuta_sex sex) {
  return sex == PERCUTA_FEMALE ? "woman" : sex == PERCUTA_MALE ? "man" : "person";
}

int percuta_scenario_anticoagulants(const struct percuta_person *person) {
  const bool warfarin = person->anticoagulant == PERCUTA_ANTICOAGULANT_WARFARIN;
  return person->anticoagulants | (warfarin ? PERCUTA_TAKES_WARFARIN : 0);
}

bool percuta_scenario_is_alive(const struct percuta_scenario *scenario) {
  return scenario->preparation == PERCUTA_IN_VIVO;
}

static void clear_product(struct percuta_product_plan *plan) {
  free(plan->product);
  free(plan->amount);
  free(plan->measured_file);
  if (plan->measured) {
    free(plan->measured->text);
    free(plan->measured->point);
  }
  free(plan->measured);
}

void percuta_scenario_destroy(struct percuta_scenario **scenario) {
  struct percuta_scenario *old = *scenario;
  if (old == NULL)
    return;
  for (int i = 0; i < old->origin_count; i++)
    free(old->origin[i].text);
  free(old->origin);
  for (int i = 0; i < old->set_count; i++)
    free(old->set[i]);
  free(old->set);
  free(old->path);
  free(old->text);
  free(old->title);
  free(old->site);
  free(old->condition.kind);
  free(old->device.preset);
  free(old->session.numbing.product);
  free(old->session.numbing.amount);
  for (int i = 0; i < PERCUTA_MAX_PRODUCTS; i++)
    clear_product(&old->session.products[i]);
  for (int i = 0; i < PERCUTA_MAX_CHANGES; i++)
    free(old->course.changes[i].preset);
  percuta_scenario_files_clear(&old->files);
  percuta_base_parameters_destroy(&old->parameters);
  free(old);
  *scenario = NULL;
}

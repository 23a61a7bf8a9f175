#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "scenario/cross.h"
#include "scenario/products.h"
#include "scenario/resolve.h"
#include "scenario/used.h"

/* A scenario whose texts are empty and which knows its units and parameters. */
static enum percuta_status create(const char *path, struct percuta_diag *diag,
                                  struct percuta_scenario **out) {
  struct percuta_scenario *scenario = calloc(1, sizeof *scenario);
  *out = scenario;
  if (scenario == NULL)
    return PERCUTA_MEMORY;
  scenario->path = strdup(path);
  scenario->title = strdup("");
  scenario->site = strdup("");
  scenario->condition.kind = strdup("");
  scenario->device.preset = strdup("");
  scenario->session.numbing.product = strdup("");
  scenario->provenance = calloc(1, sizeof *scenario->provenance);
  if (!scenario->path || !scenario->title || !scenario->site || !scenario->condition.kind ||
      !scenario->device.preset || !scenario->session.numbing.product || !scenario->provenance)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_units_create(&scenario->units);
  if (status == PERCUTA_OK)
    status = percuta_parameters_create(&scenario->parameters);
  if (status == PERCUTA_OK)
    status = percuta_parameters_load_all(scenario->parameters, scenario->units, diag);
  return status;
}

/* Everything between the text and the checked scenario. */
static enum percuta_status read_all(struct percuta_scenario *scenario, struct percuta_given *given,
                                    const char *const *sets, size_t set_count,
                                    struct percuta_diag *diag) {
  enum percuta_status status = percuta_given_read(given, scenario->path, diag, &scenario->text);
  for (size_t i = 0; i < set_count && status == PERCUTA_OK; i++)
    status = percuta_given_set(given, sets[i], (int)i + 1, diag);
  struct percuta_resolve resolve = {.scenario = scenario, .given = given, .diag = diag};
  if (status == PERCUTA_OK)
    status = percuta_resolve_keys(&resolve);
  if (status == PERCUTA_OK)
    status = percuta_resolve_parameters(&resolve);
  if (status != PERCUTA_OK)
    return status;
  percuta_cross_check(&resolve);
  status = percuta_products_check(&resolve);
  if (status != PERCUTA_OK)
    return status;
  if (percuta_diag_count(diag) > 0)
    return PERCUTA_BAD_INPUT;
  return percuta_used_hash(scenario, &scenario->hash);
}

enum percuta_status percuta_scenario_read(const char *path, const char *const *sets,
                                          size_t set_count, struct percuta_diag *diag,
                                          struct percuta_scenario **out) {
  *out = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_given given = {.file = NULL};
  enum percuta_status status = create(path, diag, &scenario);
  if (status == PERCUTA_OK)
    status = read_all(scenario, &given, sets, set_count, diag);
  percuta_given_clear(&given);
  if (status != PERCUTA_OK)
    percuta_scenario_destroy(&scenario);
  *out = scenario;
  return status;
}

void percuta_scenario_destroy(struct percuta_scenario **scenario) {
  struct percuta_scenario *old = *scenario;
  if (old == NULL)
    return;
  for (int i = 0; old->provenance != NULL && i < PERCUTA_KEYS_COUNT; i++)
    free(old->provenance->origin[i]);
  free(old->provenance);
  free(old->path);
  free(old->text);
  free(old->title);
  free(old->site);
  free(old->condition.kind);
  free(old->device.preset);
  free(old->session.numbing.product);
  for (int i = 0; i < PERCUTA_MAX_TOPICALS; i++)
    free(old->session.topicals[i].product);
  percuta_products_destroy(&old->products);
  percuta_parameters_destroy(&old->parameters);
  percuta_units_destroy(&old->units);
  free(old);
  *scenario = NULL;
}

enum percuta_status percuta_scenario_write_used(const struct percuta_scenario *scenario,
                                                const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_products_copy(scenario, path);
  if (status == PERCUTA_OK)
    status = percuta_path_open(path, &stream);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_used_write(scenario, stream);
  if (status != PERCUTA_OK) {
    percuta_path_abandon(path, &stream);
    return status;
  }
  return percuta_path_commit(path, &stream);
}

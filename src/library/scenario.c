/* Scenarios as the library shows them: read, changed, asked. Tests: tests/library/test_library.c.
 */
#include "scenario/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"
#include "input/keys.h"
#include "input/used.h"
#include "library/library.h"

enum percuta_status percuta_scenario_read(const struct percuta_catalogue *catalogue,
                                          const char *path, struct percuta_mistakes **mistakes,
                                          struct percuta_scenario **out) {
  struct percuta_diag *diag = NULL;
  *out = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  return percuta_library_tell(percuta_input_read(catalogue, path, NULL, 0, diag, out), &diag,
                              mistakes);
}

enum percuta_status percuta_scenario_parse(const struct percuta_catalogue *catalogue,
                                           const char *name, const char *text,
                                           struct percuta_mistakes **mistakes,
                                           struct percuta_scenario **out) {
  struct percuta_diag *diag = NULL;
  *out = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  return percuta_library_tell(
      percuta_input_parse(catalogue, name, text, strlen(text), NULL, 0, diag, out), &diag,
      mistakes);
}

/* The scenario with one more change, read from its text again. */
static enum percuta_status read_changed(const struct percuta_scenario *scenario, char *change,
                                        struct percuta_diag *diag, struct percuta_scenario **out) {
  const size_t count = (size_t)scenario->set_count;
  const char **sets = malloc((count + 1) * sizeof *sets);
  if (sets == NULL)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < count; i++)
    sets[i] = scenario->set[i];
  sets[count] = change;
  const enum percuta_status status =
      percuta_input_parse(scenario->catalogue, scenario->path, scenario->text,
                          strlen(scenario->text), sets, count + 1, diag, out);
  free(sets);
  return status;
}

enum percuta_status percuta_scenario_set(struct percuta_scenario **scenario, const char *key,
                                         const char *value, struct percuta_mistakes **mistakes) {
  struct percuta_scenario *changed = NULL;
  struct percuta_diag *diag = NULL;
  const size_t size = strlen(key) + strlen(value) + 2;
  char *change = malloc(size);
  if (mistakes != NULL)
    *mistakes = NULL;
  if (change == NULL || percuta_base_diag_create(&diag) != 0) {
    free(change);
    return PERCUTA_MEMORY;
  }
  snprintf(change, size, "%s=%s", key, value);
  const enum percuta_status status =
      percuta_library_tell(read_changed(*scenario, change, diag, &changed), &diag, mistakes);
  free(change);
  if (status == PERCUTA_OK) {
    percuta_scenario_destroy(scenario);
    *scenario = changed;
  }
  return status;
}

static enum percuta_status get_parameter(const struct percuta_scenario *scenario, const char *name,
                                         char *out, size_t size) {
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, name);
  if (parameter == NULL)
    return PERCUTA_BAD_INPUT;
  const bool pure = strcmp(parameter->unit, "1") == 0;
  snprintf(out, size, "%.14g%s%s", parameter->value, pure ? "" : " ", pure ? "" : parameter->unit);
  return PERCUTA_OK;
}

enum percuta_status percuta_scenario_get(const struct percuta_scenario *scenario, const char *key,
                                         char *out, size_t size) {
  static const char PARAMETERS[] = "parameters.";
  char *text = NULL;
  size_t length = 0;
  if (strncmp(key, PARAMETERS, sizeof PARAMETERS - 1) == 0)
    return get_parameter(scenario, key + sizeof PARAMETERS - 1, out, size);
  const int index = percuta_input_keys_find(key);
  if (index < 0 || strchr(key, '[') != NULL || scenario->origin[index].text == NULL)
    return PERCUTA_BAD_INPUT;
  FILE *stream = open_memstream(&text, &length);
  if (stream == NULL)
    return PERCUTA_MEMORY;
  percuta_input_used_value(scenario, percuta_input_keys_at((size_t)index), stream);
  const bool good = fclose(stream) == 0;
  if (good)
    snprintf(out, size, "%s", text);
  free(text);
  return good ? PERCUTA_OK : PERCUTA_MEMORY;
}

uint64_t percuta_scenario_hash(const struct percuta_scenario *scenario) {
  return scenario->hash;
}

enum percuta_status percuta_scenario_write(const struct percuta_scenario *scenario,
                                           const char *path) {
  return percuta_input_write_used(scenario, path);
}

/* Scenarios as the library shows them: read, changed, asked. Tests: tests/library/test_library.c.
 */
#include "scenario/scenario.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"
#include "input/keys.h"
#include "input/used.h"
#include "library/library.h"
#include "sheet/folder.h"

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

/* What a key "parameters.NAME" is of; NULL when it is of no parameter. */
static const struct percuta_parameter *find_parameter(const struct percuta_scenario *scenario,
                                                      const char *key) {
  static const char PARAMETERS[] = "parameters.";
  const size_t length = sizeof PARAMETERS - 1;
  return strncmp(key, PARAMETERS, length) == 0
             ? percuta_base_parameters_find(scenario->parameters, key + length)
             : NULL;
}

/* Whether giving `key` anew makes the earlier change `set` ("key=value") idle. A section keeps what
 * it is not given. */
static bool replaces(const struct percuta_scenario *scenario, const char *key, const char *set) {
  const size_t length = strlen(key);
  return strncmp(set, key, length) == 0 && set[length] == '=' &&
         (percuta_input_keys_find(key) >= 0 || find_parameter(scenario, key) != NULL);
}

/* What was changed before and still counts (borrowed), with the new changes (owned) behind it. Room
 * for both is in `sets`; *kept of them are the former. False when out of memory; release with
 * drop. */
static bool gather(const struct percuta_scenario *scenario, size_t count, const char *const *keys,
                   const char *const *values, char **sets, size_t *kept) {
  *kept = 0;
  for (int i = 0; i < scenario->set_count; i++) {
    bool idle = false;
    for (size_t k = 0; k < count && !idle; k++)
      idle = replaces(scenario, keys[k], scenario->set[i]);
    if (!idle)
      sets[(*kept)++] = scenario->set[i];
  }
  for (size_t k = 0; k < count; k++) {
    const size_t size = strlen(keys[k]) + strlen(values[k]) + 2;
    char *set = malloc(size);
    if (set == NULL)
      return false;
    snprintf(set, size, "%s=%s", keys[k], values[k]);
    sets[*kept + k] = set;
  }
  return true;
}

static void drop(char **sets, size_t kept, size_t count) {
  for (size_t k = 0; sets != NULL && k < count; k++)
    free(sets[kept + k]);
  free(sets);
}

enum percuta_status percuta_scenario_copy(const struct percuta_scenario *scenario, size_t count,
                                          const char *const *keys, const char *const *values,
                                          struct percuta_mistakes **mistakes,
                                          struct percuta_scenario **out) {
  struct percuta_diag *diag = NULL;
  size_t kept = 0;
  *out = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  char **sets = calloc((size_t)scenario->set_count + count + 1, sizeof *sets);
  enum percuta_status status = PERCUTA_MEMORY;
  if (sets != NULL && gather(scenario, count, keys, values, sets, &kept) &&
      percuta_base_diag_create(&diag) == 0)
    status = percuta_library_tell(percuta_input_parse(scenario->catalogue, scenario->path,
                                                      scenario->text, strlen(scenario->text),
                                                      (const char *const *)sets, kept + count, diag,
                                                      out),
                                  &diag, mistakes);
  drop(sets, kept, count);
  return status;
}

enum percuta_status percuta_scenario_set(struct percuta_scenario **scenario, const char *key,
                                         const char *value, struct percuta_mistakes **mistakes) {
  struct percuta_scenario *changed = NULL;
  PERCUTA_TRY(percuta_scenario_copy(*scenario, 1, &key, &value, mistakes, &changed));
  percuta_scenario_destroy(scenario);
  *scenario = changed;
  return PERCUTA_OK;
}

static void write_parameter(const struct percuta_parameter *parameter, char *out, size_t size) {
  const bool pure = strcmp(parameter->unit, "1") == 0;
  snprintf(out, size, "%.14g%s%s", parameter->value, pure ? "" : " ", pure ? "" : parameter->unit);
}

enum percuta_status percuta_scenario_get(const struct percuta_scenario *scenario, const char *key,
                                         char *out, size_t size) {
  const struct percuta_parameter *parameter = find_parameter(scenario, key);
  if (parameter != NULL) {
    write_parameter(parameter, out, size);
    return PERCUTA_OK;
  }
  const int index = percuta_input_keys_find(key);
  if (index < 0 || strchr(key, '[') != NULL || scenario->origin[index].text == NULL)
    return PERCUTA_BAD_INPUT;
  char *text = percuta_input_used_text(scenario, percuta_input_keys_at((size_t)index));
  if (text == NULL)
    return PERCUTA_MEMORY;
  snprintf(out, size, "%s", text);
  free(text);
  return PERCUTA_OK;
}

uint64_t percuta_scenario_hash(const struct percuta_scenario *scenario) {
  return scenario->hash;
}

enum percuta_status percuta_scenario_write(const struct percuta_scenario *scenario,
                                           const char *path) {
  return percuta_input_write_used(scenario, NULL, path);
}

enum percuta_status percuta_scenario_write_sheet(const struct percuta_scenario *scenario,
                                                 const char *folder,
                                                 struct percuta_mistakes **mistakes) {
  struct percuta_diag *diag = NULL;
  struct percuta_sheet *sheet = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_sheet_make(scenario, diag, &sheet);
  if (status == PERCUTA_OK)
    status = percuta_sheet_folder_write(sheet, scenario->path, folder);
  percuta_sheet_destroy(&sheet);
  return percuta_library_tell(status, &diag, mistakes);
}

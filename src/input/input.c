/* The way of a scenario: text, keys, cross checks, products, hash. Tests:
 * tests/unit/test_scenario.c, tests/robustness. */
#include "input/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/hidden.h"
#include "base/path.h"
#include "catalogue/listing.h"
#include "course/ready.h"
#include "input/changes.h"
#include "input/cross.h"
#include "input/measured.h"
#include "input/passes.h"
#include "input/products.h"
#include "input/resolve.h"
#include "input/used.h"

/* Takes a text apart: percuta_input_given_parse, or that of a device. */
typedef enum percuta_status give_fn(struct percuta_given *given, const char *path, const char *text,
                                    size_t length, struct percuta_diag *diag);

/* Skin in a diffusion cell has no course: its needles come once, and what follows is followed as
 * long as the donor says. */
static void settle_excised(struct percuta_resolve *resolve) {
  struct percuta_course *course = &resolve->scenario->course;
  if (!percuta_scenario_is_alive(resolve->scenario))
    *course = (struct percuta_course){.sessions = 1, .follow_up = PERCUTA_DAY};
}

/* Everything between the text and the checked scenario. */
static enum percuta_status read_all(struct percuta_scenario *scenario, size_t length, give_fn *give,
                                    struct percuta_given *given, const char *const *sets,
                                    size_t set_count, struct percuta_diag *diag) {
  enum percuta_status status = give(given, scenario->path, scenario->text, length, diag);
  for (size_t i = 0; i < set_count && status == PERCUTA_OK; i++)
    status = percuta_input_given_set(given, sets[i], (int)i + 1, diag);
  struct percuta_resolve resolve = {.scenario = scenario, .given = given, .diag = diag};
  if (status == PERCUTA_OK)
    status = percuta_input_resolve_keys(&resolve);
  if (status == PERCUTA_OK)
    settle_excised(&resolve);
  if (status == PERCUTA_OK)
    status = percuta_input_resolve_parameters(&resolve);
  if (status != PERCUTA_OK)
    return status;
  PERCUTA_TRY(percuta_input_changes_settle(&resolve));
  PERCUTA_TRY(percuta_input_cross_check(&resolve));
  status = percuta_input_measured_read(&resolve);
  if (status == PERCUTA_OK)
    status = percuta_input_products_check(&resolve);
  if (status != PERCUTA_OK)
    return status;
  if (percuta_base_diag_count(diag) > 0)
    return PERCUTA_BAD_INPUT;
  PERCUTA_TRY(percuta_input_passes_settle(scenario, diag));
  PERCUTA_TRY(percuta_course_ready_check(scenario, diag));
  return percuta_input_used_hash(scenario);
}

/* Names what is not seen where there is a mistake: in the scenario, in what was set, in the user's
 * own files. */
static void tell_hidden(const struct percuta_scenario *scenario, const char *const *sets,
                        size_t set_count, struct percuta_diag *diag) {
  if (percuta_base_diag_count(diag) == 0)
    return;
  percuta_base_hidden_tell(diag, scenario->path, scenario->text, 1);
  for (size_t i = 0; i < set_count; i++)
    percuta_base_hidden_tell(diag, PERCUTA_INPUT_GIVEN_SET_SHOWN, sets[i], (int)i + 1);
  for (int i = 0; i < scenario->files.count; i++)
    if (scenario->files.file[i].own)
      percuta_base_hidden_tell(diag, scenario->files.file[i].path, scenario->files.file[i].text, 1);
}

/* Keeps what was changed, so that more can be later. */
static enum percuta_status keep_sets(struct percuta_scenario *scenario, const char *const *sets,
                                     size_t count) {
  scenario->set = calloc(count + 1, sizeof *scenario->set);
  if (scenario->set == NULL)
    return PERCUTA_MEMORY;
  for (; (size_t)scenario->set_count < count; scenario->set_count++) {
    scenario->set[scenario->set_count] = strdup(sets[scenario->set_count]);
    if (scenario->set[scenario->set_count] == NULL)
      return PERCUTA_MEMORY;
  }
  return PERCUTA_OK;
}

static enum percuta_status parse(const struct percuta_catalogue *catalogue, const char *path,
                                 const char *text, size_t length, give_fn *give,
                                 const char *const *sets, size_t set_count,
                                 struct percuta_diag *diag, struct percuta_scenario **out) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_given given = {.file = NULL};
  *out = NULL;
  PERCUTA_TRY(percuta_scenario_create(catalogue, path, PERCUTA_KEYS_COUNT, &scenario));
  scenario->text = strndup(text, length);
  enum percuta_status status =
      scenario->text ? keep_sets(scenario, sets, set_count) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = read_all(scenario, length, give, &given, sets, set_count, diag);
  if (scenario->text != NULL)
    tell_hidden(scenario, sets, set_count, diag);
  percuta_input_given_clear(&given);
  if (status != PERCUTA_OK)
    percuta_scenario_destroy(&scenario);
  *out = scenario;
  return status;
}

enum percuta_status percuta_input_parse(const struct percuta_catalogue *catalogue, const char *path,
                                        const char *text, size_t length, const char *const *sets,
                                        size_t set_count, struct percuta_diag *diag,
                                        struct percuta_scenario **out) {
  return parse(catalogue, path, text, length, percuta_input_given_parse, sets, set_count, diag,
               out);
}

enum percuta_status percuta_input_parse_device(const struct percuta_catalogue *catalogue,
                                               const char *path, const char *text, size_t length,
                                               const char *const *sets, size_t set_count,
                                               struct percuta_diag *diag,
                                               struct percuta_scenario **out) {
  return parse(catalogue, path, text, length, percuta_input_given_parse_device, sets, set_count,
               diag, out);
}

/* Says that no preset and no file has this name. */
static enum percuta_status report_device(const struct percuta_catalogue *catalogue,
                                         const char *name, struct percuta_diag *diag) {
  struct percuta_listing listing;
  char nearest[64] = "", hint[128] = "";
  bool known = false;
  PERCUTA_TRY(percuta_catalogue_listing_make(catalogue, PERCUTA_DEVICES, &listing));
  percuta_catalogue_listing_nearest(&listing, name, &known, nearest, sizeof nearest);
  percuta_catalogue_listing_clear(&listing);
  if (*nearest != '\0')
    snprintf(hint, sizeof hint, "did you mean `%s`?", nearest);
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                      .place = {.file = name},
                                      .key = "device",
                                      .what = "there is no such device and no such file",
                                      .given = name,
                                      .allowed = "an id of `percuta device`, or a file",
                                      .hint = hint});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_input_read_device(const struct percuta_catalogue *catalogue,
                                              const char *name, const char *const *sets,
                                              size_t set_count, struct percuta_diag *diag,
                                              struct percuta_scenario **out) {
  struct percuta_entry entry;
  char *text = NULL, of_preset[160];
  size_t length = 0;
  *out = NULL;
  if (percuta_catalogue_find(catalogue, PERCUTA_DEVICES, name, NULL, &entry)) {
    snprintf(of_preset, sizeof of_preset, "device: {preset: \"%.100s\"}", name);
    return percuta_input_parse_device(catalogue, name, of_preset, strlen(of_preset), sets,
                                      set_count, diag, out);
  }
  if (percuta_base_path_kind(name) == PERCUTA_PATH_NOTHING)
    return report_device(catalogue, name, diag);
  PERCUTA_TRY(percuta_base_yaml_load(name, name, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes, diag,
                                     &text, &length));
  const enum percuta_status status =
      percuta_input_parse_device(catalogue, name, text, length, sets, set_count, diag, out);
  free(text);
  return status;
}

enum percuta_status percuta_input_read(const struct percuta_catalogue *catalogue, const char *path,
                                       const char *const *sets, size_t set_count,
                                       struct percuta_diag *diag, struct percuta_scenario **out) {
  char *text = NULL;
  size_t length = 0;
  *out = NULL;
  PERCUTA_TRY(percuta_base_yaml_load(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes, diag,
                                     &text, &length));
  const enum percuta_status status =
      percuta_input_parse(catalogue, path, text, length, sets, set_count, diag, out);
  free(text);
  return status;
}

enum percuta_status percuta_input_write_used(const struct percuta_scenario *scenario,
                                             const char *petsc_options, const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_input_products_copy(scenario, path);
  if (status == PERCUTA_OK)
    status = percuta_input_measured_copy(scenario, path);
  if (status == PERCUTA_OK)
    status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_input_used_write(scenario, petsc_options, stream);
  if (status != PERCUTA_OK) {
    percuta_base_path_abandon(path, &stream);
    return status;
  }
  return percuta_base_path_commit(path, &stream);
}

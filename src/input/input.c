/* The way of a scenario: text, keys, cross checks, products, hash. Tests:
 * tests/unit/test_scenario.c, tests/robustness. */
#include "input/input.h"

#include "base/path.h"
#include "input/cross.h"
#include "input/products.h"
#include "input/resolve.h"
#include "input/used.h"

/* Everything between the text and the checked scenario. */
static enum percuta_status read_all(struct percuta_scenario *scenario, struct percuta_given *given,
                                    const char *const *sets, size_t set_count,
                                    struct percuta_diag *diag) {
  enum percuta_status status =
      percuta_input_given_read(given, scenario->path, diag, &scenario->text);
  for (size_t i = 0; i < set_count && status == PERCUTA_OK; i++)
    status = percuta_input_given_set(given, sets[i], (int)i + 1, diag);
  struct percuta_resolve resolve = {.scenario = scenario, .given = given, .diag = diag};
  if (status == PERCUTA_OK)
    status = percuta_input_resolve_keys(&resolve);
  if (status == PERCUTA_OK)
    status = percuta_input_resolve_parameters(&resolve);
  if (status != PERCUTA_OK)
    return status;
  percuta_input_cross_check(&resolve);
  status = percuta_input_products_check(&resolve);
  if (status != PERCUTA_OK)
    return status;
  if (percuta_base_diag_count(diag) > 0)
    return PERCUTA_BAD_INPUT;
  return percuta_input_used_hash(scenario, &scenario->hash);
}

enum percuta_status percuta_input_read(const struct percuta_catalogue *catalogue, const char *path,
                                       const char *const *sets, size_t set_count,
                                       struct percuta_diag *diag, struct percuta_scenario **out) {
  *out = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_given given = {.file = NULL};
  enum percuta_status status =
      percuta_scenario_create(catalogue, path, PERCUTA_KEYS_COUNT, &scenario);
  if (status == PERCUTA_OK)
    status = read_all(scenario, &given, sets, set_count, diag);
  percuta_input_given_clear(&given);
  if (status != PERCUTA_OK)
    percuta_scenario_destroy(&scenario);
  *out = scenario;
  return status;
}

enum percuta_status percuta_input_write_used(const struct percuta_scenario *scenario,
                                             const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_input_products_copy(scenario, path);
  if (status == PERCUTA_OK)
    status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_input_used_write(scenario, stream);
  if (status != PERCUTA_OK) {
    percuta_base_path_abandon(path, &stream);
    return status;
  }
  return percuta_base_path_commit(path, &stream);
}

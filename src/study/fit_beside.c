/* A bound is product of parameter^power < below, in the units of the list: a half space of z where
 * priors are log-normal. A joint draw of the insertion parameters is one more parameter, its
 * number. Theory: docs/theory/calibration.md. Test: tests/verification/test_posterior_study.c. */
#include "study/fit_beside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "study/fit_wrong.h"

static enum percuta_status refuse(const struct percuta_fit *fit, const char *path,
                                  const struct percuta_yaml_node *node,
                                  struct percuta_mistake mistake) {
  percuta_study_fit_wrong_tell(fit->diag, path, node, mistake);
  return PERCUTA_BAD_INPUT;
}

static int find_parameter(const struct percuta_fit *fit, const char *name) {
  for (int p = 0; p < fit->parameters; ++p)
    if (strcmp(fit->parameter[p].name, name) == 0)
      return p;
  return -1;
}

static enum percuta_status read_bound(const char *path, const struct percuta_yaml_node *node,
                                      struct percuta_fit *fit) {
  struct percuta_fit_bound *bound = &fit->bound[fit->bounds++];
  const struct percuta_yaml_node *product = percuta_base_yaml_get(node, "product");
  bound->power = calloc((size_t)fit->parameters, sizeof *bound->power);
  if (!bound->power)
    return PERCUTA_MEMORY;
  if (!product || percuta_base_number_parse(percuta_base_yaml_text(node, "below", ""),
                                            &bound->below) != PERCUTA_OK)
    return refuse(fit, path, node,
                  (struct percuta_mistake){.code = PERCUTA_CODE_OUT_OF_RANGE,
                                           .key = "bounds",
                                           .what = "needs a number `below`, and a `product`"});
  for (const struct percuta_yaml_node *power = product->child; power; power = power->next) {
    const int p = find_parameter(fit, power->key ? power->key : "");
    if (p < 0 ||
        percuta_base_number_parse(power->text ? power->text : "", &bound->power[p]) != PERCUTA_OK)
      return refuse(fit, path, power,
                    (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                             .key = power->key,
                                             .what = "is no parameter of this list to the power of "
                                                     "a number"});
  }
  return PERCUTA_OK;
}

static enum percuta_status read_bounds(const char *path, const struct percuta_yaml_node *list,
                                       struct percuta_fit *fit) {
  int count = 0;
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next)
    ++count;
  fit->bound = calloc((size_t)count + 1, sizeof *fit->bound);
  enum percuta_status status = fit->bound ? PERCUTA_OK : PERCUTA_MEMORY;
  for (const struct percuta_yaml_node *node = list ? list->child : NULL;
       node && status == PERCUTA_OK; node = node->next)
    status = read_bound(path, node, fit);
  return status;
}

static enum percuta_status read_core(const char *path, const struct percuta_yaml_node *node,
                                     struct percuta_fit *fit) {
  static const char *const cores[] = {
      [PERCUTA_CORE_KOPPENOL] = "koppenol", [PERCUTA_CORE_PENSALFINI] = "pensalfini"};
  if (!node)
    return PERCUTA_OK;
  for (int core = 0; core < (int)(sizeof cores / sizeof *cores); ++core) {
    if (!node->text || strcmp(node->text, cores[core]) != 0)
      continue;
    for (int i = 0; i < fit->courses; ++i)
      fit->scenario[i]->core = (enum percuta_core)core;
    return PERCUTA_OK;
  }
  return refuse(fit, path, node,
                (struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_CHOICE,
                                         .key = "core",
                                         .what = "is no core of healing",
                                         .allowed = "koppenol, pensalfini"});
}

/* `insertion: draws` makes the number of a draw the last parameter. */
static enum percuta_status read_insertion(const char *path, const struct percuta_yaml_node *node,
                                          struct percuta_fit *fit) {
  if (!node)
    return PERCUTA_OK;
  if (!node->text || strcmp(node->text, "draws") != 0)
    return refuse(fit, path, node,
                  (struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_CHOICE,
                                           .key = "insertion",
                                           .what = "can only be taken from its draws",
                                           .allowed = "draws"});
  fit->insertion = calloc(1, sizeof *fit->insertion);
  if (!fit->insertion)
    return PERCUTA_MEMORY;
  PERCUTA_TRY(percuta_insertion_draws_read(fit->scenario[0], fit->diag, fit->insertion));
  fit->parameter[fit->parameters++] = (struct percuta_fit_parameter){
      .name = "insertion", .unit = "1", .kind = PERCUTA_PRIOR_DRAW, .high = fit->insertion->count};
  return PERCUTA_OK;
}

enum percuta_status percuta_study_fit_beside_read(const char *path,
                                                  const struct percuta_yaml_node *root,
                                                  struct percuta_fit *fit) {
  PERCUTA_TRY(read_bounds(path, percuta_base_yaml_get(root, "bounds"), fit));
  PERCUTA_TRY(read_core(path, percuta_base_yaml_get(root, "core"), fit));
  return read_insertion(path, percuta_base_yaml_get(root, "insertion"), fit);
}

void percuta_study_fit_beside_clear(struct percuta_fit *fit) {
  for (int b = 0; b < fit->bounds; ++b)
    free(fit->bound[b].power);
  free(fit->bound);
  free(fit->insertion);
}

bool percuta_study_fit_beside_allows(const struct percuta_fit *fit, const double *z) {
  for (int b = 0; b < fit->bounds; ++b) {
    double sum = -log(fit->bound[b].below);
    for (int p = 0; p < fit->parameters; ++p)
      if (fit->bound[b].power[p] != 0)
        sum += fit->bound[b].power[p] * log(percuta_study_fit_value(&fit->parameter[p], z[p]));
    if (!(sum < 0))
      return false;
  }
  return true;
}

enum percuta_status percuta_study_fit_beside_set(const struct percuta_fit *fit, const double *z,
                                                 const struct percuta_scenario *scenario) {
  for (int p = 0; p < fit->parameters; ++p) {
    const struct percuta_fit_parameter *parameter = &fit->parameter[p];
    const double value = percuta_study_fit_value(parameter, z[p]);
    PERCUTA_TRY(parameter->kind == PERCUTA_PRIOR_DRAW
                    ? percuta_insertion_draws_put(fit->insertion, (int)value, scenario)
                    : percuta_base_parameters_put(scenario->parameters, scenario->units,
                                                  parameter->name, value));
  }
  return PERCUTA_OK;
}

/* Draws of a prediction's parameters from their ranges, those of insertion that have joint draws
 * from these, and the percentiles of what comes of them. Test: tests/unit/test_validate.c. */
#include "validate/interval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "insertion/draws.h"

static bool belongs(const struct percuta_predictor *predictor, const char *name) {
  char table[64];
  snprintf(table, sizeof table, " %.*s ", (int)strcspn(name, "."), name);
  return strstr(predictor->tables, table) != NULL;
}

/* A place between the ends of the parameter's range, `share` from 0 to 1. */
static double within_range(const struct percuta_parameter *parameter, double share) {
  double low = parameter->low, high = parameter->high;
  return low > 0 ? low * pow(high / low, share) : low + share * (high - low);
}

/* A value of draw number `draw`, in the parameter's unit. */
static double drawn(const struct percuta_parameter *parameter,
                    const struct percuta_insertion_draws *joint, int draw, double share) {
  const int column = percuta_insertion_draws_column(parameter->name);
  if (column < 0 || parameter->value_si == 0)
    return within_range(parameter, share);
  return joint->value[draw % joint->count][column] * parameter->value / parameter->value_si;
}

/* Draws, or with draw < 0 restores, every parameter of the predictor's tables. */
static enum percuta_status draw_all(const struct percuta_predictor *predictor,
                                    const struct percuta_scenario *scenario,
                                    const struct percuta_insertion_draws *joint,
                                    const double *original, int draw) {
  struct percuta_random_key key = {.seed = scenario->model.seed,
                                   .purpose = PERCUTA_RANDOM_PARAMETER};
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < percuta_base_parameters_count(scenario->parameters); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    if (!belongs(predictor, parameter->name))
      continue;
    double uniform[4];
    percuta_base_random_uniform4(key, (uint32_t)(draw < 0 ? 0 : draw),
                                 percuta_base_random_digest(parameter->name), uniform);
    double value = draw < 0 ? original[i] : drawn(parameter, joint, draw, uniform[0]);
    enum percuta_status now =
        percuta_base_parameters_put(scenario->parameters, scenario->units, parameter->name, value);
    status = status == PERCUTA_OK ? now : status;
  }
  return status;
}

static int compare(const void *left, const void *right) {
  const double *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

/* Linear between the sorted values. */
static double percentile(const double *sorted, int count, double share) {
  double place = share * (count - 1);
  int below = (int)place;
  return below + 1 < count ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
                           : sorted[count - 1];
}

void percuta_validate_interval_ends(double *value, int count, double *low, double *high) {
  qsort(value, (size_t)count, sizeof *value, compare);
  *low = percentile(value, count, 0.05);
  *high = percentile(value, count, 0.95);
}

enum percuta_status percuta_validate_interval_draw(const struct percuta_predictor *predictor,
                                                   const struct percuta_scenario *scenario,
                                                   const char *specimen, int draws,
                                                   double interval[2]) {
  size_t total = percuta_base_parameters_count(scenario->parameters);
  double *original = calloc(total ? total : 1, sizeof *original);
  struct percuta_diag *unread = NULL; /* of draws that fail */
  if (original == NULL || percuta_base_diag_create(&unread) != 0) {
    free(original);
    return PERCUTA_MEMORY;
  }
  for (size_t i = 0; i < total; i++)
    original[i] = percuta_base_parameters_at(scenario->parameters, i)->value;
  double value[PERCUTA_INTERVAL_DRAWS];
  int count = 0;
  struct percuta_insertion_draws joint;
  enum percuta_status status = percuta_insertion_draws_read(scenario, unread, &joint);
  for (int draw = 0; draw < draws && status == PERCUTA_OK; draw++) {
    struct percuta_prediction now = {0};
    status = draw_all(predictor, scenario, &joint, original, draw);
    if (status == PERCUTA_OK &&
        percuta_validate_predictor_call(predictor, scenario, specimen, unread, &now) ==
            PERCUTA_OK &&
        isfinite(now.value))
      value[count++] = now.value;
  }
  enum percuta_status restored = draw_all(predictor, scenario, &joint, original, -1);
  status = status == PERCUTA_OK ? restored : status;
  if (status == PERCUTA_OK && count > 0)
    percuta_validate_interval_ends(value, count, &interval[0], &interval[1]);
  percuta_base_diag_destroy(&unread);
  free(original);
  return status;
}

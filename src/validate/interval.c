/* Draws of parameters from their ranges, and the percentiles of what comes of them.
 * Test: tests/unit/test_validate.c. */
#include "validate/interval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

static bool belongs(const char *tables, const char *name) {
  char table[64];
  snprintf(table, sizeof table, " %.*s ", (int)strcspn(name, "."), name);
  return strstr(tables, table) != NULL;
}

/* A place between the ends of the parameter's range, `share` from 0 to 1. */
static double within_range(const struct percuta_parameter *parameter, double share) {
  double low = parameter->low, high = parameter->high;
  return low > 0 ? low * pow(high / low, share) : low + share * (high - low);
}

/* Draws, or with draw < 0 restores, every parameter of the tables. */
static enum percuta_status draw_all(const struct percuta_interval *interval, int draw) {
  const struct percuta_scenario *scenario = interval->scenario;
  struct percuta_random_key key = {.seed = scenario->model.seed,
                                   .purpose = PERCUTA_RANDOM_PARAMETER};
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < percuta_base_parameters_count(scenario->parameters); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    if (!belongs(interval->tables, parameter->name))
      continue;
    double uniform[4];
    percuta_base_random_uniform4(key, (uint32_t)(draw < 0 ? 0 : draw),
                                 percuta_base_random_digest(parameter->name), uniform);
    double value = draw < 0 ? interval->original[i] : within_range(parameter, uniform[0]);
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

enum percuta_status percuta_validate_interval_begin(const struct percuta_scenario *scenario,
                                                    const char *tables,
                                                    struct percuta_interval *out) {
  const size_t total = percuta_base_parameters_count(scenario->parameters);
  struct percuta_interval interval = {.scenario = scenario,
                                      .tables = tables,
                                      .original = calloc(total + 1, sizeof *interval.original)};
  if (interval.original == NULL)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < total; i++)
    interval.original[i] = percuta_base_parameters_at(scenario->parameters, i)->value;
  *out = interval;
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_interval_draw(const struct percuta_interval *interval,
                                                   int draw) {
  return draw_all(interval, draw);
}

enum percuta_status percuta_validate_interval_end(struct percuta_interval *interval) {
  const enum percuta_status status = interval->original ? draw_all(interval, -1) : PERCUTA_OK;
  free(interval->original);
  *interval = (struct percuta_interval){.original = NULL};
  return status;
}

/* Draws of parameters from their ranges, those of insertion that have joint draws from these, and
 * the percentiles of what comes of them. Test: tests/unit/test_validate.c. */
#include "validate/interval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "insertion/draws.h"
#include "validate/draws.h"

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

/* What the joint draws have of parameter `i`; NAN: nothing. */
static double shipped_at(const struct percuta_interval *interval, size_t i, int draw) {
  const struct percuta_draws *shipped = interval->shipped;
  if (interval->chosen_count == 0 || interval->column[i] < 0)
    return NAN;
  const int row = interval->chosen[draw % interval->chosen_count];
  return shipped->value[(size_t)row * (size_t)shipped->parameters + (size_t)interval->column[i]];
}

/* Which draw of the insertion parameters goes with it. */
static int insertion_at(const struct percuta_interval *interval, int draw) {
  const int row = interval->chosen_count > 0 ? interval->chosen[draw % interval->chosen_count] : -1;
  return row >= 0 && interval->shipped->insertion[row] >= 0 ? interval->shipped->insertion[row]
                                                            : draw % interval->joint->count;
}

/* Number `i` of the parameters at draw number `draw`, in its unit. From what was noted at the
 * beginning, as the last digit must not depend on the draw before. */
static double drawn(const struct percuta_interval *interval, size_t i, int draw, double share) {
  const struct percuta_parameter *parameter =
      percuta_base_parameters_at(interval->scenario->parameters, i);
  const int column = percuta_insertion_draws_column(parameter->name);
  const double shipped = shipped_at(interval, i, draw);
  if (isfinite(shipped))
    return shipped;
  if (column < 0 || !(interval->unit[i] > 0))
    return within_range(parameter, share);
  return interval->joint->value[insertion_at(interval, draw)][column] * interval->unit[i];
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
    double value = draw < 0 ? interval->original[i] : drawn(interval, i, draw, uniform[0]);
    enum percuta_status now =
        percuta_base_parameters_put(scenario->parameters, scenario->units, parameter->name, value);
    status = status == PERCUTA_OK ? now : status;
  }
  return status;
}

/* All parameters as they were. */
static enum percuta_status restore_all(const struct percuta_interval *interval) {
  const struct percuta_scenario *scenario = interval->scenario;
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < percuta_base_parameters_count(scenario->parameters); i++) {
    const enum percuta_status now = percuta_base_parameters_put(
        scenario->parameters, scenario->units,
        percuta_base_parameters_at(scenario->parameters, i)->name, interval->original[i]);
    status = status == PERCUTA_OK ? now : status;
  }
  return status;
}

/* A joint draw; with draw < 0 none. */
static enum percuta_status put_joint(const struct percuta_interval *interval, int draw) {
  const struct percuta_scenario *scenario = interval->scenario;
  PERCUTA_TRY(restore_all(interval));
  if (draw < 0 || interval->chosen_count == 0)
    return PERCUTA_OK;
  return percuta_validate_draws_put(interval->shipped,
                                    interval->chosen[draw % interval->chosen_count],
                                    interval->joint, scenario, scenario);
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

static void release(struct percuta_interval *interval) {
  free(interval->original);
  free(interval->unit);
  free(interval->joint);
  free(interval->column);
  if (interval->shipped)
    percuta_validate_draws_clear(interval->shipped);
  free(interval->shipped);
  *interval = (struct percuta_interval){.original = NULL};
}

/* Both files of joint draws. */
static enum percuta_status read_joint(struct percuta_diag *diag,
                                      struct percuta_interval *interval) {
  const struct percuta_scenario *scenario = interval->scenario;
  const size_t total = percuta_base_parameters_count(scenario->parameters);
  PERCUTA_TRY(percuta_insertion_draws_read(scenario, diag, interval->joint));
  PERCUTA_TRY(percuta_validate_draws_read(scenario, diag, interval->shipped));
  interval->chosen_count = percuta_validate_draws_choose(interval->shipped, &scenario->core,
                                                         PERCUTA_INTERVAL_DRAWS, interval->chosen);
  for (size_t i = 0; i < total; i++) {
    interval->column[i] = -1;
    for (int p = 0; p < interval->shipped->parameters; p++)
      if (strcmp(percuta_validate_draws_name(interval->shipped, p),
                 percuta_base_parameters_at(scenario->parameters, i)->name) == 0)
        interval->column[i] = p;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_interval_begin(const struct percuta_scenario *scenario,
                                                    const char *tables, struct percuta_diag *diag,
                                                    struct percuta_interval *out) {
  const size_t total = percuta_base_parameters_count(scenario->parameters);
  struct percuta_interval interval = {.scenario = scenario,
                                      .tables = tables,
                                      .original = calloc(total + 1, sizeof *interval.original),
                                      .unit = calloc(total + 1, sizeof *interval.unit),
                                      .column = calloc(total + 1, sizeof *interval.column),
                                      .shipped = calloc(1, sizeof *interval.shipped),
                                      .joint = calloc(1, sizeof *interval.joint)};
  const bool room =
      interval.original && interval.unit && interval.column && interval.shipped && interval.joint;
  const enum percuta_status status = room ? read_joint(diag, &interval) : PERCUTA_MEMORY;
  if (status != PERCUTA_OK) {
    release(&interval);
    return status;
  }
  for (size_t i = 0; i < total; i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    interval.original[i] = parameter->value;
    interval.unit[i] = parameter->value_si > 0 ? parameter->value / parameter->value_si : 0;
  }
  *out = interval;
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_interval_begin_joint(const struct percuta_scenario *scenario,
                                                          struct percuta_diag *diag,
                                                          struct percuta_interval *out) {
  PERCUTA_TRY(percuta_validate_interval_begin(scenario, "", diag, out));
  out->together = true;
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_interval_draw(const struct percuta_interval *interval,
                                                   int draw) {
  return interval->together ? put_joint(interval, draw) : draw_all(interval, draw);
}

enum percuta_status percuta_validate_interval_end(struct percuta_interval *interval) {
  const enum percuta_status status =
      interval->original ? percuta_validate_interval_draw(interval, -1) : PERCUTA_OK;
  release(interval);
  return status;
}

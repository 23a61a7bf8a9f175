/* The draws are an additive recurrence: draw k of parameter j is the fractional part of
 * 1/2 + k g^-(j+1), where g > 1 solves g^(n+1) = g + 1 for n parameters (the generalised golden
 * ratio). They fill the n-dimensional box more evenly than random numbers do. */
#include "insertion/uncertainty.h"

#include <math.h>
#include <stdlib.h>

#include "device/device.h"
#include "insertion/channel.h"
#include "insertion/contact.h"
#include "insertion/puncture.h"

enum {
  DRAWS = 256,                            /* a choice of accuracy */
  OTHERS = 2,                             /* stiffness of the skin, and of what lies below it */
  DRAWN = PERCUTA_PUNCTURE_SLOTS + OTHERS /* numbers in a draw */
};

double percuta_insertion_uncertainty_quantile(double low, double value, double high, double share) {
  double from = share < 0.5 ? low : value, to = share < 0.5 ? value : high;
  double part = share < 0.5 ? 2 * share : 2 * share - 1;
  return low > 0 ? from * pow(to / from, part) : from + (to - from) * part;
}

/* Draws one parameter, in SI. A value outside its range, or set by the scenario, stays. */
static double draw(const struct percuta_parameter *parameter, double share) {
  double low = parameter->low, value = parameter->value, high = parameter->high;
  if (parameter->overridden || value == 0 || !(low <= value && value <= high))
    return parameter->value_si;
  double one = parameter->value_si / value;
  return one * percuta_insertion_uncertainty_quantile(low, value, high, share);
}

/* g of the recurrence, by iterating g = (1 + g)^(1/(n+1)), a contraction. */
static double golden_ratio(int n) {
  double g = 2;
  for (int i = 0; i < 60; i++)
    g = pow(1 + g, 1.0 / (n + 1));
  return g;
}

static void draw_shares(int number, double share[DRAWN]) {
  const double g = golden_ratio(DRAWN);
  double step = 1;
  for (int j = 0; j < DRAWN; j++) {
    step /= g;
    double whole = 0;
    share[j] = modf(0.5 + number * step, &whole);
  }
}

static double relative(const struct percuta_scenario *scenario, const char *name, double share) {
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, name);
  return parameter ? draw(parameter, share) / parameter->value_si : 1;
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Quantile of sorted draws. */
static double quantile(const double *sorted, double share) {
  double at = share * (DRAWS - 1);
  int below = (int)at;
  return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
}

enum percuta_status percuta_insertion_uncertainty_compute(const struct percuta_scenario *scenario,
                                                          const struct percuta_skin *skin,
                                                          struct percuta_diag *diag,
                                                          struct percuta_uncertainty *out) {
  struct percuta_puncture_law law;
  struct percuta_contact mean;
  enum percuta_status status = percuta_insertion_puncture_read(scenario, diag, &law);
  if (status == PERCUTA_OK)
    status = percuta_insertion_contact_build(scenario, skin, diag, &mean);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_needle needle = percuta_device_worn_needle(&scenario->device);
  const double force =
      scenario->session.force / percuta_insertion_channel_needles_in_contact(&scenario->device);
  struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS];
  double depth[DRAWS], residual[DRAWS], share[DRAWN];
  int broken = 0;
  percuta_insertion_puncture_slots(&law, slots);
  for (int k = 0; k < DRAWS; k++) {
    draw_shares(k + 1, share);
    for (int j = 0; j < PERCUTA_PUNCTURE_SLOTS; j++)
      *slots[j].value =
          draw(percuta_base_parameters_find(scenario->parameters, slots[j].name), share[j]);
    struct percuta_contact contact = mean;
    contact.modulus[0] *= relative(scenario, "skin.stiffness", share[PERCUTA_PUNCTURE_SLOTS]);
    for (int i = 1; i < contact.layers; i++)
      contact.modulus[i] *= relative(
          scenario, i == 1 ? "insertion.dermis_stiffness" : "insertion.hypodermis_stiffness",
          share[PERCUTA_PUNCTURE_SLOTS + 1]);
    bool breaks = false;
    depth[k] = percuta_insertion_puncture_press(&law, &needle, 0, &contact, force, &breaks).depth;
    depth[k] = breaks ? depth[k] : 0;
    residual[k] = law.recoil_depth * depth[k];
    broken += breaks;
  }
  qsort(depth, DRAWS, sizeof *depth, compare);
  qsort(residual, DRAWS, sizeof *residual, compare);
  *out = (struct percuta_uncertainty){.depth_low = quantile(depth, 0.05),
                                      .depth_high = quantile(depth, 0.95),
                                      .residual_low = quantile(residual, 0.05),
                                      .residual_high = quantile(residual, 0.95),
                                      .breaks_share = (double)broken / DRAWS};
  return PERCUTA_OK;
}

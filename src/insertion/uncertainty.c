/* The draws are an additive recurrence: draw k of parameter j is the fractional part of
 *   1/2 + k g^-(j+1),   g > 1 the root of g^(n+1) = g + 1 for n parameters
 * (the generalised golden ratio). They fill the n-dimensional box more evenly than random numbers
 * do. A parameter is the value used at 1/2 and the ends of its range at 0 and 1, log-uniform
 * between where the range is positive.
 * Theory: docs/theory/insertion.md. Test: tests/unit/test_insertion.c. */
#include "insertion/uncertainty.h"

#include <math.h>
#include <stdlib.h>

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

/* Draws one value. */
static double draw(const struct percuta_insertion_prior *prior, double share) {
  if (prior->known)
    return prior->value;
  return prior->one *
         percuta_insertion_uncertainty_quantile(prior->low, prior->middle, prior->high, share);
}

/* g of the recurrence, by iterating g = (1 + g)^(1/(n+1)), a contraction. */
static double golden_ratio(int n) {
  double g = 2;
  for (int i = 0; i < 60; i++)
    g = pow(1 + g, 1.0 / (n + 1));
  return g;
}

static void draw_shares(int number, double golden, double share[DRAWN]) {
  double step = 1;
  for (int j = 0; j < DRAWN; j++) {
    step /= golden;
    double whole = 0;
    share[j] = modf(0.5 + number * step, &whole);
  }
}

static double relative(const struct percuta_insertion_prior *prior, double share) {
  return draw(prior, share) / prior->value;
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

/* What a draw makes of the law and of the contact. */
static void draw_model(const struct percuta_insertion_model *model, const double share[DRAWN],
                       struct percuta_puncture_law *law, struct percuta_contact *contact) {
  struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS];
  *law = model->law;
  *contact = model->contact;
  percuta_insertion_puncture_slots(law, slots);
  for (int j = 0; j < PERCUTA_PUNCTURE_SLOTS; j++)
    *slots[j].value = draw(&model->prior[j], share[j]);
  contact->modulus[0] *= relative(&model->prior[PERCUTA_PRIOR_SKIN], share[PERCUTA_PUNCTURE_SLOTS]);
  for (int i = 1; i < contact->layers; i++)
    contact->modulus[i] *=
        relative(&model->prior[i == 1 ? PERCUTA_PRIOR_DERMIS : PERCUTA_PRIOR_HYPODERMIS],
                 share[PERCUTA_PUNCTURE_SLOTS + 1]);
}

struct percuta_uncertainty
percuta_insertion_uncertainty_compute(const struct percuta_insertion_model *model,
                                      const struct percuta_needle *needle, double force) {
  const double golden = golden_ratio(DRAWN);
  struct percuta_puncture_law law[DRAWS];
  struct percuta_contact contact[DRAWS];
  double depth[DRAWS], residual[DRAWS], share[DRAWN];
  int broken = 0;
  for (int k = 0; k < DRAWS; k++) {
    draw_shares(k + 1, golden, share);
    draw_model(model, share, &law[k], &contact[k]);
  }
  percuta_insertion_puncture_depths(DRAWS, law, needle, contact, force, depth);
  for (int k = 0; k < DRAWS; k++) {
    const bool breaks =
        force >= percuta_insertion_puncture_limit(&law[k], needle->tip_radius) && depth[k] > 0;
    depth[k] = breaks ? depth[k] : 0;
    residual[k] = law[k].recoil_depth * depth[k];
    broken += breaks;
  }
  qsort(depth, DRAWS, sizeof *depth, compare);
  qsort(residual, DRAWS, sizeof *residual, compare);
  return (struct percuta_uncertainty){.depth_low = quantile(depth, 0.05),
                                      .depth_high = quantile(depth, 0.95),
                                      .residual_low = quantile(residual, 0.05),
                                      .residual_high = quantile(residual, 0.95),
                                      .breaks_share = (double)broken / DRAWS};
}

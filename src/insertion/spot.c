/* Drum or head rest on the highest parts of the skin, pressing a share of the relief flat: where
 * the surface lies lower, the needle reaches less deep by what is left of the recess. Where it does
 * not come down to the surface, nothing happens. Balances are tabulated and interpolated.
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_relief.c, test_variation.c. */
#include "insertion/spot.h"

#include <math.h>

#include "device/device.h"

/* Shifts are tabulated as far as this many standard deviations; beyond, the last entry holds. */
static const double REACH = 4;

enum percuta_status percuta_insertion_spot_survey(const struct percuta_insertion_model *model,
                                                  const struct percuta_scenario *scenario,
                                                  double width, struct percuta_ground *out) {
  struct percuta_ground ground = {.conformity = model->conformity};
  percuta_skin_relief_lay(&model->relief, percuta_skin_relief_tile(scenario, &model->relief, width),
                          &ground.relief);
  const enum percuta_status status = percuta_skin_variation_create(
      &model->variation, width, scenario->model.seed, &ground.variation);
  if (status == PERCUTA_OK)
    *out = ground;
  return status;
}

void percuta_insertion_spot_clear(struct percuta_ground *ground) {
  percuta_skin_variation_destroy(&ground->variation);
  *ground = (struct percuta_ground){0};
}

/* Share of a recess that stays. */
static double left(const struct percuta_ground *ground) {
  return fmin(1, fmax(0, 1 - ground->conformity));
}

struct percuta_spot percuta_insertion_spot_at(const struct percuta_ground *ground, double x,
                                              double y) {
  return (struct percuta_spot){.gap =
                                   left(ground) * percuta_skin_relief_recess(&ground->relief, x, y),
                               .shift = percuta_skin_variation_shift(ground->variation, x, y)};
}

/* What presses needles of one kind. */
struct pressing {
  struct percuta_needle needle; /* worn */
  double lean;
  struct percuta_hand hand; /* along the needle's axis */
};

/* `ensemble` NULL: the chance is left open. */
static struct percuta_spot_rest press(const struct pressing *by,
                                      const struct percuta_puncture_law *law,
                                      const struct percuta_contact *contact,
                                      const struct percuta_ensemble *ensemble, double gap) {
  struct percuta_spot_rest rest = {.upright =
                                       percuta_insertion_puncture_upright(&by->needle, by->lean)};
  struct percuta_needle *upright = &rest.upright;
  upright->length -= gap;
  if (!(upright->length > 0)) { /* it does not reach the surface */
    upright->length = 0;
    return rest;
  }
  rest.puncture = percuta_insertion_puncture_solve(law, upright, contact, &by->hand);
  rest.held = percuta_insertion_puncture_rest_on(law, upright, contact, &by->hand);
  if (rest.puncture.depth > 0 && ensemble)
    rest.chance = percuta_insertion_uncertainty_chance(ensemble, upright, &by->hand);
  return rest;
}

/* The contact where the epidermis is `shift` [m] thicker: all below it lies deeper. */
static struct percuta_contact moved(const struct percuta_contact *contact, double shift) {
  struct percuta_contact out = *contact;
  out.hold += shift;
  out.stop += shift;
  return out;
}

void percuta_insertion_spot_tabulate(const struct percuta_device *device,
                                     const struct percuta_insertion_model *model,
                                     const struct percuta_ensemble *ensemble,
                                     const struct percuta_ground *ground, double lean,
                                     const struct percuta_hand *hand,
                                     struct percuta_spot_table *out) {
  struct pressing by = {.needle = percuta_device_worn_needle(device), .lean = lean, .hand = *hand};
  by.hand.force *= cos(lean);
  double deepest = left(ground) * percuta_skin_relief_recess_max(&ground->relief);
  double deviation = sqrt(percuta_skin_variation_covariance(ground->variation, 0, 0));
  out->gaps = deepest > 0 ? PERCUTA_SPOT_GAPS : 1;
  out->gap_step = deepest > 0 ? deepest / (PERCUTA_SPOT_GAPS - 1) : 0;
  out->shifts = deviation > 0 && isfinite(model->contact.hold) ? PERCUTA_SPOT_SHIFTS : 1;
  out->shift_low = out->shifts > 1 ? -REACH * deviation : 0;
  out->shift_step = out->shifts > 1 ? 2 * REACH * deviation / (PERCUTA_SPOT_SHIFTS - 1) : 0;
  for (int j = 0; j < out->shifts; j++) {
    const struct percuta_contact here =
        moved(&model->contact, out->shift_low + j * out->shift_step);
    for (int i = 0; i < out->gaps; i++) { /* how thick the skin is does not change the chance */
      out->rest[j][i] = press(&by, &model->law, &here, j ? NULL : ensemble, i * out->gap_step);
      if (out->rest[j][i].puncture.depth > 0)
        out->rest[j][i].chance = out->rest[0][i].chance;
    }
  }
}

/* Position of `value` between `count` points from `low` in steps of `step`: after point *below, at
 * the share returned. */
static double locate(double value, double low, double step, int count, int *below) {
  *below = 0;
  if (count == 1)
    return 0;
  double at = fmin(count - 1, fmax(0, (value - low) / step));
  *below = (int)fmin(count - 2, at);
  return at - *below;
}

static struct percuta_puncture between(const struct percuta_puncture *a,
                                       const struct percuta_puncture *b, double share) {
  struct percuta_puncture out = share < 0.5 ? *a : *b;
  out.depth = a->depth + share * (b->depth - a->depth);
  out.deflection = a->deflection + share * (b->deflection - a->deflection);
  out.force = a->force + share * (b->force - a->force);
  return out;
}

/* Two rests, `share` of the way from one to the other. */
static struct percuta_spot_rest mix(const struct percuta_spot_rest *a,
                                    const struct percuta_spot_rest *b, double share) {
  if (share == 0)
    return *a;
  struct percuta_spot_rest out = share < 0.5 ? *a : *b;
  out.upright.length = a->upright.length + share * (b->upright.length - a->upright.length);
  out.chance = a->chance + share * (b->chance - a->chance);
  out.puncture = between(&a->puncture, &b->puncture, share);
  out.held = between(&a->held, &b->held, share);
  return out;
}

struct percuta_spot_rest percuta_insertion_spot_look_up(const struct percuta_spot_table *table,
                                                        const struct percuta_spot *spot) {
  int i = 0, j = 0;
  double s = locate(spot->gap, 0, table->gap_step, table->gaps, &i);
  double t = locate(spot->shift, table->shift_low, table->shift_step, table->shifts, &j);
  int next = i + 1 < table->gaps ? i + 1 : i, below = j + 1 < table->shifts ? j + 1 : j;
  struct percuta_spot_rest upper = mix(&table->rest[j][i], &table->rest[j][next], s);
  if (below == j)
    return upper;
  struct percuta_spot_rest lower = mix(&table->rest[below][i], &table->rest[below][next], s);
  return mix(&upper, &lower, t);
}

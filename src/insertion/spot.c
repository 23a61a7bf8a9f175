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

static struct percuta_spot_rest press(const struct percuta_scenario *scenario,
                                      const struct percuta_puncture_law *law,
                                      const struct percuta_contact *contact, double lean,
                                      double force, double gap) {
  struct percuta_needle needle = percuta_device_worn_needle(&scenario->device);
  struct percuta_spot_rest rest = {.upright = needle};
  rest.upright.length = needle.length * cos(lean) - gap;
  rest.upright.taper = needle.taper * cos(lean);
  if (!(rest.upright.length > 0)) { /* it does not reach the surface */
    rest.upright.length = 0;
    return rest;
  }
  if (gap > 0)
    needle.length -= gap / cos(lean);
  rest.puncture =
      percuta_insertion_puncture_press(law, &needle, lean, contact, force, &rest.breaks);
  return rest;
}

/* The contact where the epidermis is `shift` [m] thicker: all below it lies deeper. */
static struct percuta_contact moved(const struct percuta_contact *contact, double shift) {
  struct percuta_contact out = *contact;
  for (int i = 0; i < out.layers - 1; i++)
    out.bottom[i] = fmax(0, out.bottom[i] + shift);
  return out;
}

void percuta_insertion_spot_tabulate(const struct percuta_scenario *scenario,
                                     const struct percuta_insertion_model *model,
                                     const struct percuta_ground *ground, double lean, double force,
                                     struct percuta_spot_table *out) {
  const struct percuta_contact *contact = &model->contact;
  double deepest = left(ground) * percuta_skin_relief_recess_max(&ground->relief);
  double deviation = sqrt(percuta_skin_variation_covariance(ground->variation, 0, 0));
  out->gaps = deepest > 0 ? PERCUTA_SPOT_GAPS : 1;
  out->gap_step = deepest > 0 ? deepest / (PERCUTA_SPOT_GAPS - 1) : 0;
  out->shifts = deviation > 0 && contact->layers > 1 ? PERCUTA_SPOT_SHIFTS : 1;
  out->shift_low = out->shifts > 1 ? -REACH * deviation : 0;
  out->shift_step = out->shifts > 1 ? 2 * REACH * deviation / (PERCUTA_SPOT_SHIFTS - 1) : 0;
  for (int j = 0; j < out->shifts; j++) {
    struct percuta_contact here = moved(contact, out->shift_low + j * out->shift_step);
    for (int i = 0; i < out->gaps; i++)
      out->rest[j][i] = press(scenario, &model->law, &here, lean, force, i * out->gap_step);
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

/* Two rests, `share` of the way from one to the other. What breaks the skin is not mixed with what
 * does not. */
static struct percuta_spot_rest mix(const struct percuta_spot_rest *a,
                                    const struct percuta_spot_rest *b, double share) {
  if (share == 0 || a->breaks != b->breaks)
    return share < 0.5 ? *a : *b;
  struct percuta_spot_rest out = share < 0.5 ? *a : *b;
  out.upright.length = a->upright.length + share * (b->upright.length - a->upright.length);
  out.puncture.depth = a->puncture.depth + share * (b->puncture.depth - a->puncture.depth);
  out.puncture.deflection =
      a->puncture.deflection + share * (b->puncture.deflection - a->puncture.deflection);
  out.puncture.force = a->puncture.force + share * (b->puncture.force - a->puncture.force);
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

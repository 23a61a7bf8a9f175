/*   making  *= s(r) / s(rest)
 *   exposed *= [1 + mu (1 - s(r))] / [1 + mu (1 - s(rest))]      where r > rest, else both stay
 * so that skin of any age stays at rest where it is, and what moves it is felt relative to that.
 * k follows from the share of a fibroblast's surface that holds on to collagen in old and in young
 * skin. Sources: docs/theory/tension.md. Verified: tests/verification/test_tension.c */
#include "healing/parts/tension.h"

#include <math.h>

#include "base/power.h"
#include "base/vector.h"
#include "healing/cascade.h"
#include "healing/parts/crosslinks.h"

static const double NOTHING = 1e-6; /* powers are taken of positive numbers */

static enum percuta_status refuse(struct percuta_diag *diag, const char *name, const char *what,
                                  const char *allowed) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                        .place = {.file = "parameters"},
                                                        .key = name,
                                                        .what = what,
                                                        .allowed = allowed});
  return PERCUTA_BAD_INPUT;
}

double percuta_healing_tension_stretch(const struct percuta_tension *tension, double collagen) {
  double x = collagen > 0 ? pow(collagen, tension->steepness) : 0.0;
  return tension->least + (1 - tension->least) * (1 + tension->half) * x / (tension->half + x);
}

double percuta_healing_tension_gain(const struct percuta_cascade *cascade, double rest) {
  const struct percuta_tension *t = PERCUTA_PART(cascade, tension);
  const double step = 1e-4;
  double here = percuta_healing_tension_stretch(t, rest);
  double slope = (percuta_healing_tension_stretch(t, rest * (1 + step)) -
                  percuta_healing_tension_stretch(t, rest * (1 - step))) /
                 (2 * step); /* ds/dln r */
  double enzymes = 1.0, slow = 0.0;
  if (percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_crosslinks)) {
    enzymes = PERCUTA_PART(cascade, crosslinks)->resting_exposed;
    slow = PERCUTA_PART(cascade, crosslinks)->resting_loss / rest;
  }
  double share = enzymes / (enzymes + slow); /* of the loss that enzymes make */
  double power = percuta_healing_cascade_return_power(cascade);
  double answer = slope / here + share * t->cutting * slope / (1 + t->cutting * (1 - here));
  return answer / (share * power + (1 - share));
}

/* The gain must stay below one wherever dermis may rest. */
static enum percuta_status check_gain(const struct percuta_cascade *cascade,
                                      struct percuta_diag *diag) {
  for (double rest = 0.1; rest < 1.5; rest += 0.05) {
    if (!(percuta_healing_tension_gain(cascade, rest) < 1))
      return refuse(diag, "tension.steepness",
                    "stretch answers collagen so strongly that no skin could stay at rest",
                    "a smaller tension.steepness or tension.cutting");
  }
  return PERCUTA_OK;
}

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_tension law = {0};
  double young, old, score_young, score_old;
  const struct percuta_parameter_slot slots[] = {{"tension.attached_young", &young},
                                                 {"tension.attached_old", &old},
                                                 {"skin.collagen_score_young", &score_young},
                                                 {"skin.collagen_score_old", &score_old},
                                                 {"tension.least", &law.least},
                                                 {"tension.steepness", &law.steepness},
                                                 {"tension.cutting", &law.cutting}};
  (void)skin;
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  double y = (old / young - law.least) / (1 - law.least);
  double x = pow(score_old / score_young, law.steepness);
  if (!(y > x) || !(y < 1))
    return refuse(diag, "tension.steepness",
                  "no law of this steepness passes through the stretch of old skin",
                  "a larger tension.steepness, or a smaller tension.least");
  law.half = x * (1 - y) / (y - x);
  PERCUTA_PART_KEEP(out, tension, &law);
  return check_gain(out, diag);
}

/* Whether all are the first. */
static bool alike(int count, const double *value) {
  int others = 0;
  for (int i = 0; i < count; ++i)
    others += value[i] != value[0];
  return others == 0;
}

PERCUTA_VECTOR_CLONES
static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_tension *t = PERCUTA_PART(cascade, tension);
  const double *collagen = piece->u[PERCUTA_FIELD_collagen];
  double here[PERCUTA_PIECE], rest[PERCUTA_PIECE];
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    rest[i] = piece->rest[i] > NOTHING ? piece->rest[i] : NOTHING;
    here[i] = collagen[i] > rest[i] ? collagen[i] : rest[i];
  }
  percuta_base_power_many((size_t)piece->count, t->steepness, here, here);
  const bool one = alike(piece->count, rest); /* as nearly everywhere */
  percuta_base_power_many(one ? 1 : (size_t)piece->count, t->steepness, rest, rest);
  for (int i = 1; i < piece->count && one; ++i)
    rest[i] = rest[0];
  double scale = (1 - t->least) * (1 + t->half);
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double now = t->least + scale * here[i] / (t->half + here[i]);
    double before = t->least + scale * rest[i] / (t->half + rest[i]);
    piece->making[i] *= now / before;
    piece->exposed[i] *= (1 + t->cutting * (1 - now)) / (1 + t->cutting * (1 - before));
  }
}

const struct percuta_part percuta_healing_tension_part = {.read = read, .modulate = modulate};

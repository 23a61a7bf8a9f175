/* The force at which a needle breaks through grows with its tip, and once in, it goes on while the
 * force exceeds F_n:
 *   F_n(p) = w(j) G r(p) (1 + f),   j = G/(mu(r) r),   mu(r) r = (E0 r + S)/3      (crack.c)
 *   F_d = c_t G d + F_n(160 um),   d the tip's diameter, or d^2/d_0 in the law of its area
 * The surface opens at eps F_d. At rest p is the largest depth with F_n(p) no more than the
 * needle's share of the hand's force, and p + delta(p) no more than its length (contact.c).
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_puncture.c, test_channel.c. */
#include "insertion/puncture.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { BISECTIONS = 42 }; /* leaves less than a part in 10^12 of the needle */

static const double SCRATCH = 1e-9; /* [m] a depth next to none */

void percuta_insertion_puncture_slots(struct percuta_puncture_law *law,
                                      struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS]) {
  const struct percuta_parameter_slot all[PERCUTA_PUNCTURE_SLOTS] = {
      {"insertion.fracture_energy", &law->fracture_energy},
      {"insertion.tip_crack", &law->tip_crack},
      {"insertion.hardening", &law->hardening},
      {"insertion.friction", &law->friction},
      {"insertion.opening", &law->opening},
      {"insertion.drop_depth", &law->drop_depth},
      {"insertion.tip_diameter", &law->tip_diameter},
      {"insertion.arc_share", &law->arc_share},
      {"insertion.depth_spread", &law->depth_spread},
      {"insertion.tear_transfer", &law->tear_transfer},
      {"insertion.open_depth", &law->open_depth},
      {"insertion.open_width", &law->open_width},
      {"insertion.damage_width", &law->damage_width}};
  for (int i = 0; i < PERCUTA_PUNCTURE_SLOTS; i++)
    slots[i] = all[i];
}

enum percuta_status percuta_insertion_puncture_read(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_puncture_law *out) {
  struct percuta_puncture_law law = {.fracture = scenario->model.fracture};
  struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS];
  percuta_insertion_puncture_slots(&law, slots);
  const enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, PERCUTA_PUNCTURE_SLOTS, diag);
  if (status != PERCUTA_OK)
    return status;
  percuta_insertion_crack_tabulate(law.hardening, &law.crack);
  *out = law;
  return PERCUTA_OK;
}

double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance) {
  const double base = needle->base_diameter / 2, tip = needle->tip_radius;
  return fmin(base, tip + (base - tip) / needle->taper * distance);
}

struct percuta_puncture_force
percuta_insertion_puncture_steady(const struct percuta_puncture_law *law,
                                  const struct percuta_contact *contact,
                                  const struct percuta_needle *needle, double depth) {
  const double radius = percuta_insertion_puncture_needle_radius(needle, depth);
  const double sheared = (contact->stiffness * radius + contact->film) / 3;
  double lips;
  const double w =
      percuta_insertion_crack_force(&law->crack, law->fracture_energy / sheared, &lips);
  const double all = 1 + law->friction, cutting = PI * lips / w;
  return (struct percuta_puncture_force){.all = w * law->fracture_energy * radius * all,
                                         .cutting = cutting / all,
                                         .spreading = (1 - cutting) / all,
                                         .friction = law->friction / all,
                                         .slit = PI * lips * radius};
}

static double steady(const struct percuta_puncture_law *law, const struct percuta_contact *contact,
                     const struct percuta_needle *needle, double depth) {
  return percuta_insertion_puncture_steady(law, contact, needle, depth).all;
}

double percuta_insertion_puncture_drop(const struct percuta_puncture_law *law,
                                       const struct percuta_contact *contact,
                                       const struct percuta_needle *needle) {
  const double diameter = 2 * needle->tip_radius;
  const double tip =
      law->fracture == PERCUTA_TIP_DIAMETER ? diameter : diameter * diameter / law->tip_diameter;
  return law->tip_crack * law->fracture_energy * tip +
         steady(law, contact, needle, law->drop_depth);
}

double percuta_insertion_puncture_opening(const struct percuta_puncture_law *law,
                                          const struct percuta_contact *contact,
                                          const struct percuta_needle *needle) {
  return law->opening * percuta_insertion_puncture_drop(law, contact, needle);
}

struct percuta_needle percuta_insertion_puncture_upright(const struct percuta_needle *needle,
                                                         double lean) {
  struct percuta_needle upright = *needle;
  upright.length *= cos(lean);
  upright.taper *= cos(lean);
  return upright;
}

/* Force [N] that a needle can get of the hand's. */
static double share_of(const struct percuta_puncture_law *law, const struct percuta_hand *hand) {
  return hand->force / percuta_insertion_hand_deepest(hand, law->arc_share);
}

/* Dimple [m] around a needle in the skin, drum or head carrying what the needles leave of `force`.
 */
static double dimple(const struct percuta_puncture_law *law, const struct percuta_needle *needle,
                     const struct percuta_contact *contact, const struct percuta_hand *hand,
                     double depth, double force) {
  const double needs = steady(law, contact, needle, depth);
  const double rest = force - percuta_insertion_hand_deepest(hand, law->arc_share) * needs;
  return percuta_insertion_contact_dimple(
      contact, percuta_insertion_puncture_needle_radius(needle, depth), depth, needs,
      percuta_insertion_hand_pressure(hand, contact, rest));
}

/* Whether a needle can be `depth` deep without drum or head being in the way. */
static bool fits(const struct percuta_puncture_law *law, const struct percuta_needle *needle,
                 const struct percuta_contact *contact, const struct percuta_hand *hand,
                 double depth, double force) {
  return depth + dimple(law, needle, contact, hand, depth, force) <= needle->length;
}

/* The largest depth that fits, within the share of the force if `limited`. Both only get worse with
 * depth. */
static double deepest(const struct percuta_puncture_law *law, const struct percuta_needle *needle,
                      const struct percuta_contact *contact, const struct percuta_hand *hand,
                      double force, double share) {
  double reached = 0, beyond = fmin(needle->length, contact->stop);
  for (int i = 0; i < BISECTIONS; i++) {
    const double depth = (reached + beyond) / 2;
    if (steady(law, contact, needle, depth) <= share &&
        fits(law, needle, contact, hand, depth, force))
      reached = depth;
    else
      beyond = depth;
  }
  return reached;
}

bool percuta_insertion_puncture_enters(const struct percuta_puncture_law *law,
                                       const struct percuta_needle *needle,
                                       const struct percuta_contact *contact,
                                       const struct percuta_hand *hand) {
  const double share = share_of(law, hand);
  const double opening = percuta_insertion_puncture_opening(law, contact, needle);
  return share >= opening &&
         percuta_insertion_contact_indent(contact, needle, needle->length) >= opening &&
         steady(law, contact, needle, 0) <= share &&
         fits(law, needle, contact, hand, SCRATCH, hand->force);
}

struct percuta_puncture percuta_insertion_puncture_rest_on(const struct percuta_puncture_law *law,
                                                           const struct percuta_needle *needle,
                                                           const struct percuta_contact *contact,
                                                           const struct percuta_hand *hand) {
  const double share = share_of(law, hand);
  const double sunk = percuta_insertion_contact_deflect(contact, needle, share);
  if (sunk < needle->length)
    return (struct percuta_puncture){.deflection = sunk, .force = share};
  return (struct percuta_puncture){
      .deflection = needle->length,
      .force = percuta_insertion_contact_indent(contact, needle, needle->length),
      .touches = true};
}

struct percuta_puncture percuta_insertion_puncture_solve(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         const struct percuta_contact *contact,
                                                         const struct percuta_hand *hand) {
  const double share = share_of(law, hand);
  const double depth = deepest(law, needle, contact, hand, hand->force, share);
  if (!(depth > 0))
    return percuta_insertion_puncture_rest_on(law, needle, contact, hand);
  const double room = needle->length - depth;
  const double sunk = dimple(law, needle, contact, hand, depth, hand->force);
  /* a dimple that fills the room: what stopped it was drum or head, not the force */
  const bool stopped = depth >= contact->stop * (1 - 1e-9);
  const bool touches = sunk >= room * (1 - 1e-6) && !stopped;
  return (struct percuta_puncture){.depth = depth,
                                   .deflection = touches ? room : fmin(sunk, room),
                                   .force = steady(law, contact, needle, depth),
                                   .touches = touches,
                                   .stopped = stopped};
}

double percuta_insertion_puncture_bearing(const struct percuta_puncture_law *law,
                                          const struct percuta_needle *needle,
                                          const struct percuta_contact *contact,
                                          const struct percuta_hand *hand) {
  const double depth = deepest(law, needle, contact, hand, 0, INFINITY);
  return percuta_insertion_hand_deepest(hand, law->arc_share) * steady(law, contact, needle, depth);
}

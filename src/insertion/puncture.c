/* A cone of half-angle alpha pressed into an elastic half-space (Sneddon 1965):
 *   F = (2/pi) E/(1 - nu^2) tan(alpha) delta^2, contact radius a = (2/pi) delta tan(alpha),
 * so dF/d(delta) = 2 a E/(1 - nu^2); the last holds for every round indenter, and with a fixed at
 * the base radius gives the flat punch that the needle becomes when the contact has reached its
 * base. After the puncture the tip advances while the force exceeds R(p) = (cutting + spreading +
 * friction) with cutting = G w, w the width of the crack at the surface, and the others in fixed
 * proportion.
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c. */
#include "insertion/puncture.h"

#include <math.h>

#include "base/vector.h"

static const double PI = 3.14159265358979323846;

enum { BISECTIONS = 60 }; /* leaves less than a part in 10^18 of the needle */

void percuta_insertion_puncture_slots(struct percuta_puncture_law *law,
                                      struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS]) {
  const struct percuta_parameter_slot all[PERCUTA_PUNCTURE_SLOTS] = {
      {"insertion.puncture_force", &law->force},
      {"insertion.puncture_tip_diameter", &law->tip_diameter},
      {"insertion.puncture_slope", &law->slope},
      {"insertion.puncture_area_slope", &law->area_slope},
      {"insertion.fracture_energy", &law->fracture_energy},
      {"insertion.crack_width_ratio", &law->crack_width_ratio},
      {"insertion.share_cutting", &law->share_cutting},
      {"insertion.share_spreading", &law->share_spreading},
      {"insertion.share_friction", &law->share_friction},
      {"insertion.depth_spread", &law->depth_spread},
      {"insertion.tear_transfer", &law->tear_transfer},
      {"insertion.recoil_depth", &law->recoil_depth},
      {"insertion.recoil_radius", &law->recoil_radius}};
  for (int i = 0; i < PERCUTA_PUNCTURE_SLOTS; i++)
    slots[i] = all[i];
}

enum percuta_status percuta_insertion_puncture_read(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_puncture_law *out) {
  struct percuta_puncture_law law = {.fracture = scenario->model.fracture};
  struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS];
  percuta_insertion_puncture_slots(&law, slots);
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, PERCUTA_PUNCTURE_SLOTS, diag);
  if (status == PERCUTA_OK)
    *out = law;
  return status;
}

/* force + slope (d - d_0), or force + area_slope (d^2 - d_0^2); d is the tip's diameter */
double percuta_insertion_puncture_limit(const struct percuta_puncture_law *law, double tip_radius) {
  double diameter = 2 * tip_radius, reference = law->tip_diameter;
  double rise = law->fracture == PERCUTA_TIP_DIAMETER
                    ? law->slope * (diameter - reference)
                    : law->area_slope * (diameter * diameter - reference * reference);
  return fmax(0, law->force + rise);
}

static double tangent_of(const struct percuta_needle *needle) {
  return (needle->base_diameter / 2 - needle->tip_radius) / needle->taper;
}

/* Radius [m] of a needle at `distance` [m] from its tip. */
PERCUTA_VECTOR_INLINE double radius_at(double base, double tip, double tangent, double distance) {
  const double cone = tip + tangent * distance;
  return cone < base ? cone : base;
}

double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance) {
  return radius_at(needle->base_diameter / 2, needle->tip_radius, tangent_of(needle), distance);
}

/* A needle on the skin: what its deflection under any force is made of. */
struct indenter {
  const struct percuta_contact *contact;
  double base;       /* [m] radius of the needle's base */
  double tangent;    /* of the cone's half-angle */
  double modulus;    /* [Pa] that the base feels */
  double force_full; /* [N] at which the base touches */
};

/* Force [N] of a cone whose contact with the skin has `radius` [m]. */
static double cone_force(double tangent, double modulus, double radius) {
  double deflection = radius * PI / (2 * tangent);
  return 2 / PI * modulus * tangent * deflection * deflection;
}

static struct indenter put_on(const struct percuta_needle *needle,
                              const struct percuta_contact *contact) {
  struct indenter on = {
      .contact = contact, .base = needle->base_diameter / 2, .tangent = tangent_of(needle)};
  on.modulus = percuta_insertion_contact_modulus(contact, on.base);
  on.force_full = cone_force(on.tangent, on.modulus, on.base);
  return on;
}

/* Radius of the contact [m] of a cone in uniform skin. */
PERCUTA_VECTOR_INLINE double uniform_radius(double tangent, double modulus, double force) {
  return 2 / PI * tangent * sqrt(force / (2 / PI * modulus * tangent));
}

/* The same in layers, where it is no wider than the base. */
static double layered_radius(const struct indenter *on, double force) {
  double below = 0, above = on->base;
  for (int i = 0; i < BISECTIONS; i++) {
    double radius = (below + above) / 2;
    double modulus = percuta_insertion_contact_modulus(on->contact, radius);
    if (cone_force(on->tangent, modulus, radius) < force)
      below = radius;
    else
      above = radius;
  }
  return below;
}

/* Deflection [m] of the skin under a contact of `radius` [m]; `excess` [N] of the force is above
 * that at which the base touches. */
PERCUTA_VECTOR_INLINE double deflect(double base, double tangent, double modulus, double shielding,
                                     double radius, double excess) {
  const double flat = excess > 0 ? excess / (2 * base * modulus) : 0;
  return (radius * PI / (2 * tangent) + flat) / (1 + shielding * radius);
}

static double deflection_of(const struct indenter *on, double force) {
  const double excess = force - on->force_full;
  const double radius = excess > 0                 ? on->base
                        : on->contact->layers == 1 ? uniform_radius(on->tangent, on->modulus, force)
                                                   : layered_radius(on, force);
  return deflect(on->base, on->tangent, on->modulus, on->contact->shielding, radius, excess);
}

double percuta_insertion_puncture_deflection(const struct percuta_needle *needle,
                                             const struct percuta_contact *contact, double force) {
  const struct indenter on = put_on(needle, contact);
  return deflection_of(&on, force);
}

/* What the resistance to a needle of some radius is made of. */
struct resistance {
  double energy, crack, all, cutting;
};

static struct resistance resistance_of(const struct percuta_puncture_law *law) {
  return (struct resistance){.energy = law->fracture_energy,
                             .crack = law->crack_width_ratio,
                             .all = law->share_cutting + law->share_spreading + law->share_friction,
                             .cutting = law->share_cutting};
}

PERCUTA_VECTOR_INLINE double resist(double energy, double crack, double all, double cutting,
                                    double radius) {
  return energy * (crack * radius) * all / cutting;
}

/* R(p) = G w (cutting + spreading + friction) / cutting,  w = crack_width_ratio r(p) */
double percuta_insertion_puncture_resistance(const struct percuta_puncture_law *law,
                                             const struct percuta_needle *needle, double depth) {
  const struct resistance r = resistance_of(law);
  return resist(r.energy, r.crack, r.all, r.cutting,
                percuta_insertion_puncture_needle_radius(needle, depth));
}

/* Needles of one kind on uniform skin, each with a law and a stiffness of its own, and the depths
 * between which each ends. */
enum { LANES = 16 };
struct lanes {
  double energy[LANES], crack[LANES], all[LANES], cutting[LANES];
  double modulus[LANES], force_full[LANES], shielding[LANES];
  double reached[LANES], beyond[LANES];
};

/* Halves until the depths are one, side by side, so that the processor need not wait for one
 * needle's roots and quotients. */
PERCUTA_VECTOR_CLONES
static void halve(size_t count, const struct percuta_needle *needle, double tangent, double force,
                  struct lanes *l) {
  const double base = needle->base_diameter / 2, tip = needle->tip_radius, length = needle->length;
  for (int i = 0; i < BISECTIONS; i++) {
    for (size_t k = 0; k < count; k++) {
      const double depth = (l->reached[k] + l->beyond[k]) / 2;
      const double resistance = resist(l->energy[k], l->crack[k], l->all[k], l->cutting[k],
                                       radius_at(base, tip, tangent, depth));
      const double excess = resistance - l->force_full[k];
      const double cone = uniform_radius(tangent, l->modulus[k], resistance);
      const double deflection =
          deflect(base, tangent, l->modulus[k], l->shielding[k], excess > 0 ? base : cone, excess);
      const bool fits = (resistance <= force) & (depth + deflection <= length);
      l->reached[k] = fits ? depth : l->reached[k];
      l->beyond[k] = fits ? l->beyond[k] : depth;
    }
  }
}

static void search_uniform(size_t count, const struct percuta_puncture_law *law,
                           const struct percuta_needle *needle,
                           const struct percuta_contact *contact, double force, double *reached) {
  struct lanes lanes;
  for (size_t k = 0; k < count; k++) {
    const struct resistance r = resistance_of(&law[k]);
    const struct indenter on = put_on(needle, &contact[k]);
    lanes.energy[k] = r.energy;
    lanes.crack[k] = r.crack;
    lanes.all[k] = r.all;
    lanes.cutting[k] = r.cutting;
    lanes.modulus[k] = on.modulus;
    lanes.force_full[k] = on.force_full;
    lanes.shielding[k] = contact[k].shielding;
    lanes.reached[k] = 0;
    lanes.beyond[k] = needle->length;
  }
  halve(count, needle, tangent_of(needle), force, &lanes);
  for (size_t k = 0; k < count; k++)
    reached[k] = lanes.reached[k];
}

static double search_layers(const struct percuta_puncture_law *law,
                            const struct percuta_needle *needle,
                            const struct percuta_contact *contact, double force) {
  const struct indenter on = put_on(needle, contact);
  double reached = 0, beyond = needle->length;
  for (int i = 0; i < BISECTIONS; i++) {
    double depth = (reached + beyond) / 2;
    double resistance = percuta_insertion_puncture_resistance(law, needle, depth);
    if (resistance <= force && depth + deflection_of(&on, resistance) <= needle->length)
      reached = depth;
    else
      beyond = depth;
  }
  return reached;
}

/* The tip can go to any depth where resistance is below the force and the skin, pushed in by that
 * resistance, leaves room for it; both only get worse with depth. */
static void search(size_t count, const struct percuta_puncture_law *law,
                   const struct percuta_needle *needle, const struct percuta_contact *contact,
                   double force, double *reached) {
  if (contact->layers == 1) {
    for (size_t from = 0; from < count; from += LANES)
      search_uniform(count - from < LANES ? count - from : LANES, law + from, needle,
                     contact + from, force, reached + from);
    return;
  }
  for (size_t k = 0; k < count; k++)
    reached[k] = search_layers(&law[k], needle, &contact[k], force);
}

void percuta_insertion_puncture_depths(size_t count, const struct percuta_puncture_law *law,
                                       const struct percuta_needle *needle,
                                       const struct percuta_contact *contact, double force,
                                       double *depth) {
  search(count, law, needle, contact, force, depth);
  for (size_t k = 0; k < count; k++) /* or it cannot start to cut */
    if (percuta_insertion_puncture_resistance(&law[k], needle, depth[k]) > force)
      depth[k] = 0;
}

struct percuta_puncture percuta_insertion_puncture_solve(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         const struct percuta_contact *contact,
                                                         double force) {
  const struct indenter on = put_on(needle, contact);
  double reached = 0;
  search(1, law, needle, contact, force, &reached);
  double resistance = percuta_insertion_puncture_resistance(law, needle, reached);
  double held = deflection_of(&on, force);
  struct percuta_puncture out = {.depth = reached, .force = force, .deflection = held};
  if (resistance > force) { /* it cannot start to cut */
    out.depth = 0;
    out.deflection = fmin(held, needle->length);
    out.touches = held >= needle->length;
  } else if (reached + held > needle->length) { /* the drum carries what the needle does not */
    out.force = resistance;
    out.deflection = fmin(deflection_of(&on, resistance), needle->length);
    out.touches = true;
  }
  return out;
}

struct percuta_puncture percuta_insertion_puncture_press(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         double lean,
                                                         const struct percuta_contact *contact,
                                                         double force, bool *breaks) {
  /* upright, a leaning cone is shorter and as wide */
  struct percuta_needle upright = *needle;
  upright.length *= cos(lean);
  upright.taper *= cos(lean);
  double axial = force * cos(lean);
  struct percuta_puncture rest = percuta_insertion_puncture_solve(law, &upright, contact, axial);
  *breaks = axial >= percuta_insertion_puncture_limit(law, needle->tip_radius) && rest.depth > 0;
  if (*breaks)
    return rest;
  double given_way = percuta_insertion_puncture_deflection(&upright, contact, axial);
  return (struct percuta_puncture){.deflection = fmin(given_way, upright.length), .force = axial};
}

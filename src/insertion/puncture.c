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

static double tangent(const struct percuta_needle *needle) {
  return (needle->base_diameter / 2 - needle->tip_radius) / needle->taper;
}

double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance) {
  return fmin(needle->base_diameter / 2, needle->tip_radius + tangent(needle) * distance);
}

/* Force [N] of a cone whose contact with the skin has `radius` [m]. */
static double cone_force(const struct percuta_needle *needle, double modulus, double radius) {
  double deflection = radius * PI / (2 * tangent(needle));
  return 2 / PI * modulus * tangent(needle) * deflection * deflection;
}

/* Radius of the contact [m] of a cone under a force that does not press it in to its base. */
static double contact_radius(const struct percuta_needle *needle,
                             const struct percuta_contact *contact, double force) {
  double modulus = percuta_insertion_contact_modulus(contact, needle->base_diameter / 2);
  if (contact->layers == 1)
    return 2 / PI * tangent(needle) * sqrt(force / (2 / PI * modulus * tangent(needle)));
  double below = 0, above = needle->base_diameter / 2;
  for (int i = 0; i < BISECTIONS; i++) {
    double radius = (below + above) / 2;
    if (cone_force(needle, percuta_insertion_contact_modulus(contact, radius), radius) < force)
      below = radius;
    else
      above = radius;
  }
  return below;
}

double percuta_insertion_puncture_deflection(const struct percuta_needle *needle,
                                             const struct percuta_contact *contact, double force) {
  double base = needle->base_diameter / 2;
  double modulus = percuta_insertion_contact_modulus(contact, base);
  double force_full = cone_force(needle, modulus, base); /* at which the base touches */
  double radius = force <= force_full ? contact_radius(needle, contact, force) : base;
  double deflection = radius * PI / (2 * tangent(needle));
  if (force > force_full)
    deflection += (force - force_full) / (2 * base * modulus);
  return deflection / (1 + contact->shielding * radius);
}

/* R(p) = G w (cutting + spreading + friction) / cutting,  w = crack_width_ratio r(p) */
double percuta_insertion_puncture_resistance(const struct percuta_puncture_law *law,
                                             const struct percuta_needle *needle, double depth) {
  double width = law->crack_width_ratio * percuta_insertion_puncture_needle_radius(needle, depth);
  double all = law->share_cutting + law->share_spreading + law->share_friction;
  return law->fracture_energy * width * all / law->share_cutting;
}

struct percuta_puncture percuta_insertion_puncture_solve(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         const struct percuta_contact *contact,
                                                         double force) {
  /* The tip can go to any depth where resistance is below the force and the skin, pushed in by that
   * resistance, leaves room for it; both only get worse with depth. */
  double reached = 0, beyond = needle->length;
  for (int i = 0; i < BISECTIONS; i++) {
    double depth = (reached + beyond) / 2;
    double resistance = percuta_insertion_puncture_resistance(law, needle, depth);
    double deflection = percuta_insertion_puncture_deflection(needle, contact, resistance);
    if (resistance <= force && depth + deflection <= needle->length)
      reached = depth;
    else
      beyond = depth;
  }
  double resistance = percuta_insertion_puncture_resistance(law, needle, reached);
  double held = percuta_insertion_puncture_deflection(needle, contact, force);
  struct percuta_puncture out = {.depth = reached, .force = force, .deflection = held};
  if (resistance > force) { /* it cannot start to cut */
    out.depth = 0;
    out.deflection = fmin(held, needle->length);
    out.touches = held >= needle->length;
  } else if (reached + held > needle->length) { /* the drum carries what the needle does not */
    out.force = resistance;
    out.deflection =
        fmin(percuta_insertion_puncture_deflection(needle, contact, resistance), needle->length);
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

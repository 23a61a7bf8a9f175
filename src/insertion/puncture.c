/* A cone of half-angle alpha pressed into an elastic half-space (Sneddon 1965):
 *   F = (2/pi) E/(1 - nu^2) tan(alpha) delta^2, contact radius a = (2/pi) delta tan(alpha),
 * so dF/d(delta) = 2 a E/(1 - nu^2); the last holds for every round indenter, and with a fixed at
 * the base radius gives the flat punch that the needle becomes when the contact has reached its
 * base. After the puncture the tip advances while the force exceeds R(p) = (cutting + spreading +
 * friction) with cutting = G w, w the width of the crack at the surface, and the others in fixed
 * proportion. */
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

double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance) {
  return fmin(needle->base_diameter / 2, needle->tip_radius + tangent_of(needle) * distance);
}

/* A needle on the skin: what its deflection under any force is made of. */
struct indenter {
  const struct percuta_needle *needle;
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
  struct indenter on = {.needle = needle,
                        .contact = contact,
                        .base = needle->base_diameter / 2,
                        .tangent = tangent_of(needle)};
  on.modulus = percuta_insertion_contact_modulus(contact, on.base);
  on.force_full = cone_force(on.tangent, on.modulus, on.base);
  return on;
}

/* Radius of the contact [m] of a cone under a force that does not press it in to its base. */
static double contact_radius(const struct indenter *on, double force) {
  if (on->contact->layers == 1)
    return 2 / PI * on->tangent * sqrt(force / (2 / PI * on->modulus * on->tangent));
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

static double deflection_of(const struct indenter *on, double force) {
  double radius = force <= on->force_full ? contact_radius(on, force) : on->base;
  double deflection = radius * PI / (2 * on->tangent);
  if (force > on->force_full)
    deflection += (force - on->force_full) / (2 * on->base * on->modulus);
  return deflection / (1 + on->contact->shielding * radius);
}

double percuta_insertion_puncture_deflection(const struct percuta_needle *needle,
                                             const struct percuta_contact *contact, double force) {
  const struct indenter on = put_on(needle, contact);
  return deflection_of(&on, force);
}

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
  const struct indenter on = put_on(needle, contact);
  double reached = 0, beyond = needle->length;
  for (int i = 0; i < BISECTIONS; i++) {
    double depth = (reached + beyond) / 2;
    double resistance = percuta_insertion_puncture_resistance(law, needle, depth);
    double deflection = deflection_of(&on, resistance);
    if (resistance <= force && depth + deflection <= needle->length)
      reached = depth;
    else
      beyond = depth;
  }
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

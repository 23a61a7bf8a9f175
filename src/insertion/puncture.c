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

enum percuta_status percuta_puncture_read(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          struct percuta_puncture_law *out) {
  struct percuta_puncture_law law = {0};
  const struct percuta_parameter_slot slots[] = {
      {"insertion.puncture_force", &law.force},
      {"insertion.puncture_tip_diameter", &law.tip_diameter},
      {"insertion.puncture_slope", &law.slope},
      {"insertion.puncture_area_slope", &law.area_slope},
      {"insertion.puncture_area_share", &law.area_share},
      {"insertion.poisson_ratio", &law.poisson_ratio},
      {"insertion.fracture_energy", &law.fracture_energy},
      {"insertion.crack_width_ratio", &law.crack_width_ratio},
      {"insertion.share_cutting", &law.share_cutting},
      {"insertion.share_spreading", &law.share_spreading},
      {"insertion.share_friction", &law.share_friction},
      {"insertion.depth_spread", &law.depth_spread},
      {"insertion.tear_transfer", &law.tear_transfer},
      {"insertion.recoil_depth", &law.recoil_depth},
      {"insertion.recoil_radius", &law.recoil_radius}};
  enum percuta_status status =
      percuta_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = law;
  return status;
}

double percuta_puncture_limit(const struct percuta_puncture_law *law, double tip_radius) {
  double diameter = 2 * tip_radius, reference = law->tip_diameter;
  double linear = law->slope * (diameter - reference);
  double area = law->area_slope * (diameter * diameter - reference * reference);
  return fmax(0, law->force + (1 - law->area_share) * linear + law->area_share * area);
}

static double tangent(const struct percuta_needle *needle) {
  return (needle->base_diameter / 2 - needle->tip_radius) / needle->taper;
}

double percuta_puncture_needle_radius(const struct percuta_needle *needle, double distance) {
  return fmin(needle->base_diameter / 2, needle->tip_radius + tangent(needle) * distance);
}

double percuta_puncture_deflection(const struct percuta_puncture_law *law,
                                   const struct percuta_needle *needle, double stiffness,
                                   double force) {
  double plane = stiffness / (1 - law->poisson_ratio * law->poisson_ratio);
  double cone = 2 / PI * plane * tangent(needle);
  double base = needle->base_diameter / 2;
  double full = base * PI / (2 * tangent(needle)); /* deflection at which the base touches */
  double force_full = cone * full * full;
  if (force <= force_full)
    return sqrt(force / cone);
  return full + (force - force_full) / (2 * base * plane);
}

double percuta_puncture_resistance(const struct percuta_puncture_law *law,
                                   const struct percuta_needle *needle, double depth) {
  double width = law->crack_width_ratio * percuta_puncture_needle_radius(needle, depth);
  double all = law->share_cutting + law->share_spreading + law->share_friction;
  return law->fracture_energy * width * all / law->share_cutting;
}

struct percuta_puncture percuta_puncture_solve(const struct percuta_puncture_law *law,
                                               const struct percuta_needle *needle,
                                               double stiffness, double force) {
  /* The tip can go to any depth where resistance is below the force and the skin, pushed in by that
   * resistance, leaves room for it; both only get worse with depth. */
  double reached = 0, beyond = needle->length;
  for (int i = 0; i < BISECTIONS; i++) {
    double depth = (reached + beyond) / 2;
    double resistance = percuta_puncture_resistance(law, needle, depth);
    double deflection = percuta_puncture_deflection(law, needle, stiffness, resistance);
    if (resistance <= force && depth + deflection <= needle->length)
      reached = depth;
    else
      beyond = depth;
  }
  double resistance = percuta_puncture_resistance(law, needle, reached);
  double held = percuta_puncture_deflection(law, needle, stiffness, force);
  struct percuta_puncture out = {.depth = reached, .force = force, .deflection = held};
  if (resistance > force) { /* it cannot start to cut */
    out.depth = 0;
    out.deflection = fmin(held, needle->length);
    out.touches = held >= needle->length;
  } else if (reached + held > needle->length) { /* the drum carries what the needle does not */
    out.force = resistance;
    out.deflection =
        fmin(percuta_puncture_deflection(law, needle, stiffness, resistance), needle->length);
    out.touches = true;
  }
  return out;
}

/* Before the skin breaks, every round indenter gives dF/d(delta) = 2 a (4/3) E(a), a the radius of
 * the contact (Sneddon 1965, incompressible): a = r_t + (2/pi) t delta for a cone of slope t with a
 * blunted tip r_t, so that with E(a) = E0 + S/a
 *   F = (8/3) [(E0 r_t + S) delta + (E0 t/pi) delta^2],   straight on once a is the base's radius.
 * In the skin, an evenly loaded line of length p (Mindlin 1936, integrated) pushes the surface at
 * distance l down by F [2 asinh(p/l) - p/sqrt(p^2 + l^2)]/(4 pi mu p); between needle and the place
 * where drum or head carry it, mu = E(p)/3:
 *   delta = F max(ln(l/r) - 1/2, 1/2)/(2 pi mu min(p, h)) + F l_q^2/(16 pi D),   D = E(h) h^3/9
 * l = min(2p, l_q), l_q = min(sqrt(F/(pi q)), s/2, sqrt(2 pi) (D/k)^(1/4)); the last term, of a
 * clamped plate, over soft tissue alone. Theory: docs/theory/insertion.md. Tests:
 * tests/unit/test_contact.c. */
#include "insertion/contact.h"

#include <math.h>

#include "device/device.h"
#include "device/layout.h"

static const double PI = 3.14159265358979323846;

/* Sum of 1/r from a point of the unit square lattice to all others, less that from the middle of a
 * cell to all points. */
static const double LATTICE_SUM = -2.284723;

enum { FEWEST_SHIELDED = 4 }; /* needles around a middle */

double percuta_insertion_contact_modulus(const struct percuta_contact *contact, double size) {
  return contact->stiffness + contact->film / size;
}

double percuta_insertion_contact_shielding(double spacing) {
  /* far from a flat punch its deflection falls as (2/pi) a/r */
  return -2 / PI * LATTICE_SUM / spacing;
}

/* A cone on the skin: dF/d(delta) = start + rise delta until its base touches at `full`. */
struct cone {
  double tip, slope, start, rise, full;
};

static struct cone put_on(const struct percuta_contact *contact,
                          const struct percuta_needle *needle) {
  const double base = needle->base_diameter / 2, tip = needle->tip_radius;
  struct cone cone = {.tip = tip, .slope = 2 / PI * (base - tip) / needle->taper};
  cone.start = 8.0 / 3 * (contact->stiffness * tip + contact->film);
  cone.rise = 8.0 / 3 * contact->stiffness * cone.slope;
  cone.full = cone.slope > 0 ? (base - tip) / cone.slope : 0;
  return cone;
}

/* Integral of start + rise delta, held from `full` on. */
static double push(const struct cone *cone, double sunk) {
  const double curved = fmin(sunk, cone->full);
  return cone->start * sunk + cone->rise * curved * (sunk - curved / 2);
}

static double pushed(const struct cone *cone, double force) {
  const double full = push(cone, cone->full), slope = cone->start + cone->rise * cone->full;
  if (force >= full)
    return cone->full + (force - full) / slope;
  const double root = sqrt(cone->start * cone->start + 2 * cone->rise * force);
  return 2 * force / (cone->start + root);
}

/* Radius of the contact [m]. */
static double contact_radius(const struct cone *cone, double sunk) {
  return cone->tip + cone->slope * fmin(sunk, cone->full);
}

double percuta_insertion_contact_indent(const struct percuta_contact *contact,
                                        const struct percuta_needle *needle, double deflection) {
  const struct cone cone = put_on(contact, needle);
  /* sunk / (1 + shielding a(sunk)) = deflection, linear on either side of `full` */
  const double widest = contact_radius(&cone, cone.full), shielding = contact->shielding;
  const double steep = 1 - deflection * shielding * cone.slope;
  double sunk = deflection * (1 + shielding * widest);
  if (steep > 0)
    sunk = fmin(sunk, deflection * (1 + shielding * cone.tip) / steep);
  return push(&cone, sunk);
}

double percuta_insertion_contact_deflect(const struct percuta_contact *contact,
                                         const struct percuta_needle *needle, double force) {
  const struct cone cone = put_on(contact, needle);
  const double sunk = pushed(&cone, force);
  return sunk / (1 + contact->shielding * contact_radius(&cone, sunk));
}

double percuta_insertion_contact_dimple(const struct percuta_contact *contact, double radius,
                                        double depth, double force, double pressure) {
  double carried = contact->spacing / 2; /* l_q */
  if (pressure > 0)
    carried = fmin(carried, sqrt(force / (PI * pressure)));
  const double shear = percuta_insertion_contact_modulus(contact, depth) / 3;
  double bent = 0;
  if (contact->bed > 0) {
    const double h = contact->hold;
    const double plate = percuta_insertion_contact_modulus(contact, h) * h * h * h / 9;
    carried = fmin(carried, sqrt(2 * PI * sqrt(plate / contact->bed)));
    bent = force * carried * carried / (16 * PI * plate);
  }
  const double reach = fmin(2 * depth, carried);
  const double shape = fmax(log(reach / radius) - 0.5, 0.5);
  return force * shape / (2 * PI * shear * fmin(depth, contact->hold)) + bent;
}

/* Adds what lies below the skin for the support that the scenario names. */
static void add_support(enum percuta_support support, const struct percuta_skin *skin,
                        double fat_stiffness, struct percuta_contact *contact) {
  const double fat = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  const double thickness = skin->thickness[PERCUTA_HYPODERMIS];
  contact->hold = contact->stop = INFINITY;
  contact->bed = 0;
  if (support == PERCUTA_SUPPORT_UNIFORM)
    return;
  contact->hold = fat;
  if (support == PERCUTA_SUPPORT_SOFT_TISSUE)
    contact->bed = fat_stiffness / thickness;
  else
    contact->stop = support == PERCUTA_SUPPORT_PLATE ? fat : fat + thickness;
}

/* Distance between needles that press at a time [m]. */
static double spacing_of(const struct percuta_device *device) {
  if (device->kind != PERCUTA_ROLLER)
    return percuta_device_needle_count(device) > 1 ? percuta_device_layout_spacing(device)
                                                   : INFINITY;
  const double along = PI * device->drum_diameter / device->needles_per_ring;
  return sqrt(along * device->drum_width / device->rings);
}

enum percuta_status percuta_insertion_contact_read(const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   struct percuta_diag *diag,
                                                   struct percuta_contact *out) {
  double fat = 0, reference = 0, exponent = 0;
  const struct percuta_parameter_slot slots[] = {{"insertion.hypodermis_stiffness", &fat},
                                                 {"insertion.rate_speed", &reference},
                                                 {"insertion.rate_exponent", &exponent}};
  const enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_device *device = &scenario->device;
  const double speed = percuta_device_needle_speed(device, &scenario->session);
  const double stiffening = pow(speed / reference, exponent);
  struct percuta_contact contact = {.stiffness = skin->stiffness * stiffening,
                                    .film = skin->stiffness_film * stiffening,
                                    .spacing = spacing_of(device)};
  add_support(scenario->support, skin, fat, &contact);
  if (device->kind != PERCUTA_ROLLER && percuta_device_needle_count(device) >= FEWEST_SHIELDED)
    contact.shielding = percuta_insertion_contact_shielding(contact.spacing);
  *out = contact;
  return PERCUTA_OK;
}

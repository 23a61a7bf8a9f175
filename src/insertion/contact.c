/* The compliance of a layered half-space is the mean of its layers' compliances, weighted by what
 * share of the deflection each would have in uniform skin; moduli grow with the speed of the tip:
 *   1/E(a) = sum of [w(z_i/a) - w(z_(i-1)/a)] / E_i,   E_i = modulus_i (speed/rate_speed)^exponent
 * z_i the bottom of layer i, a the contact's radius. Gao, Chiu & Lee 1992, Int J Solids Struct
 * 29:2471.
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_insertion.c. */
#include "insertion/contact.h"

#include <math.h>

#include "device/device.h"
#include "device/layout.h"

static const double PI = 3.14159265358979323846;

/* Sum of 1/r from a point of the unit square lattice to all others, less that from the middle of a
 * cell to all points. */
static const double LATTICE_SUM = -2.284723;

enum { FEWEST_SHIELDED = 4 }; /* needles around a middle */

/* w(x) = (2/pi) atan x + [(1 - 2 nu) x ln(1 + 1/x^2) - x/(1 + x^2)] / [2 pi (1 - nu)] */
double percuta_insertion_contact_weight(double ratio, double poisson_ratio) {
  if (!(ratio > 0))
    return 0;
  if (isinf(ratio))
    return 1;
  double square = ratio * ratio, nu = poisson_ratio;
  return 2 / PI * atan(ratio) +
         ((1 - 2 * nu) * ratio * log1p(1 / square) - ratio / (1 + square)) / (2 * PI * (1 - nu));
}

double percuta_insertion_contact_modulus(const struct percuta_contact *contact, double radius) {
  double nu = contact->poisson_ratio, compliance = 0, above = 0;
  for (int i = 0; i < contact->layers; i++) {
    double ratio = i < contact->layers - 1 ? contact->bottom[i] / radius : INFINITY;
    double weight = percuta_insertion_contact_weight(ratio, nu);
    compliance += (weight - above) / contact->modulus[i];
    above = weight;
  }
  return 1 / (compliance * (1 - nu * nu));
}

double percuta_insertion_contact_shielding(double spacing) {
  /* far from a flat punch its deflection falls as (2/pi) a/r */
  return -2 / PI * LATTICE_SUM / spacing;
}

/* Values of the table `insertion`, SI. */
struct values {
  double dermis, hypodermis, soft, rigid; /* Young's moduli */
  double speed, exponent;                 /* of the stiffening with speed */
};

/* Adds what lies below `top` for the support that the scenario names. */
static void add_layers(enum percuta_support support, const struct percuta_skin *skin,
                       const struct values *values, struct percuta_contact *contact) {
  double dermis = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double fat = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  contact->modulus[0] = skin->stiffness;
  contact->layers = 1;
  if (support == PERCUTA_SUPPORT_UNIFORM)
    return;
  contact->bottom[0] = dermis;
  contact->modulus[1] = values->dermis;
  contact->bottom[1] = fat;
  contact->layers = 3;
  contact->modulus[2] = values->rigid;
  if (support == PERCUTA_SUPPORT_PLATE)
    return;
  contact->modulus[2] = values->hypodermis;
  contact->bottom[2] = fat + skin->thickness[PERCUTA_HYPODERMIS];
  contact->modulus[3] = support == PERCUTA_SUPPORT_BONE ? values->rigid : values->soft;
  contact->layers = 4;
}

enum percuta_status percuta_insertion_contact_read(const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   struct percuta_diag *diag,
                                                   struct percuta_contact *out) {
  struct values values = {0};
  struct percuta_contact contact = {0};
  const struct percuta_parameter_slot slots[] = {
      {"insertion.poisson_ratio", &contact.poisson_ratio},
      {"insertion.dermis_stiffness", &values.dermis},
      {"insertion.hypodermis_stiffness", &values.hypodermis},
      {"insertion.soft_support_stiffness", &values.soft},
      {"insertion.rigid_support_stiffness", &values.rigid},
      {"insertion.rate_speed", &values.speed},
      {"insertion.rate_exponent", &values.exponent}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status != PERCUTA_OK)
    return status;
  add_layers(scenario->support, skin, &values, &contact);
  double speed = percuta_device_needle_speed(&scenario->device, &scenario->session);
  double stiffening = pow(speed / values.speed, values.exponent);
  for (int i = 0; i < contact.layers; i++)
    contact.modulus[i] *= stiffening;
  const struct percuta_device *device = &scenario->device;
  if (device->kind != PERCUTA_ROLLER && device->needles >= FEWEST_SHIELDED)
    contact.shielding = percuta_insertion_contact_shielding(percuta_device_layout_spacing(device));
  *out = contact;
  return PERCUTA_OK;
}

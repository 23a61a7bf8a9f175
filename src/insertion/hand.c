/* A needle gets at most F/(eta N): N = max(1, rings 2 theta0/pitch) needles on a roller's arc, of
 * which the deepest takes 1/eta of the mean; a stamp's or pen's all go in together, eta = 1. What
 * they do not take is carried by the head over its area, or by the drum over the strip on which a
 * rigid cylinder touches a half-space (Hertz), half as wide as
 *   b = sqrt(4 F R/(pi W E*)),   E* = 4/3 E(R)
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c, test_contact.c. */
#include "insertion/hand.h"

#include <math.h>

#include "device/device.h"
#include "device/layout.h"
#include "device/strikes.h"

static const double PI = 3.14159265358979323846;

double percuta_insertion_hand_needles(const struct percuta_device *device) {
  if (device->kind != PERCUTA_ROLLER)
    return percuta_device_needle_count(device);
  double length = percuta_device_worn_needle(device).length;
  double angle = percuta_device_strikes_entry_angle(device->drum_diameter / 2, length);
  double pitch = 2 * PI / device->needles_per_ring;
  return fmax(1, 2 * angle / pitch * device->rings);
}

/* [m^2] The face of a head that comes to lie on the skin. */
static double head_of(const struct percuta_device *device) {
  return device->kind == PERCUTA_ARRAY
             ? percuta_device_layout_along(device) * percuta_device_layout_across(device)
             : PI / 4 * device->head_diameter * device->head_diameter;
}

struct percuta_hand percuta_insertion_hand_of(const struct percuta_scenario *scenario) {
  const struct percuta_device *device = &scenario->device;
  return (struct percuta_hand){.force = scenario->session.force,
                               .needles = percuta_insertion_hand_needles(device),
                               .rolls = device->kind == PERCUTA_ROLLER,
                               .radius = device->drum_diameter / 2,
                               .width = device->drum_width,
                               .head = head_of(device)};
}

double percuta_insertion_hand_deepest(const struct percuta_hand *hand, double arc_share) {
  return hand->rolls ? fmax(1, arc_share * hand->needles) : hand->needles;
}

double percuta_insertion_hand_pressure(const struct percuta_hand *hand,
                                       const struct percuta_contact *contact, double force) {
  if (!(force > 0))
    return 0;
  if (!hand->rolls)
    return force / hand->head;
  const double plane = 4.0 / 3 * percuta_insertion_contact_modulus(contact, hand->radius);
  const double half = sqrt(4 * force * hand->radius / (PI * hand->width * plane));
  return force / (2 * half * hand->width);
}

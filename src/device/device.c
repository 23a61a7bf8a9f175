/* Strikes per area of one pass, wear, and how fast a tip meets the skin, in closed form:
 *   roller  needles / (pi D W (1 + slip))     speed sqrt(L (2 R + L)) / ((1 + slip) R)
 *   pen     needles f / (speed d)             pi f L
 *   stamp   needles / (pi d^2 / 4)            speed
 *   array   1 / p^2, hexagonal 2 / (sqrt(3) p^2)   speed
 * D = 2 R, W drum diameter and width, d head diameter, f frequency, L needle length, p pitch. A
 * needle worn by w is the same cone, cut off where its radius is the tip's and w. Theory:
 * docs/theory/device.md. Tests: tests/unit/test_device.c, test_strikes.c; wear and bending:
 * test_insertion.c. */
#include "device/device.h"

#include <math.h>

#include "base/random.h"
#include "device/layout.h"

static const double PI = 3.14159265358979323846;

int percuta_device_needle_count(const struct percuta_device *device) {
  switch (device->kind) {
  case PERCUTA_ROLLER:
    return device->rings * device->needles_per_ring;
  case PERCUTA_ARRAY:
    return device->rows * device->columns;
  case PERCUTA_STAMP:
  case PERCUTA_PEN:
    break;
  }
  return device->needles;
}

double percuta_device_strike_density(const struct percuta_device *device, double speed,
                                     double slip) {
  double needles = percuta_device_needle_count(device);
  double head = device->head_diameter;
  switch (device->kind) {
  case PERCUTA_ROLLER:
    return needles / (PI * device->drum_diameter * device->drum_width * (1 + slip));
  case PERCUTA_PEN:
    return needles * device->frequency / (speed * head);
  case PERCUTA_ARRAY:
    return needles / (percuta_device_layout_along(device) * percuta_device_layout_across(device));
  case PERCUTA_STAMP:
    break;
  }
  return needles / (PI * head * head / 4);
}

double percuta_device_strike_rate(const struct percuta_device *device, double speed, double slip) {
  if (device->kind == PERCUTA_ROLLER)
    return percuta_device_strike_density(device, speed, slip) * device->drum_width * speed;
  return percuta_device_needle_count(device) * device->frequency;
}

/* The round needle with the cross-sections of a form: side a, pi r^2 = a^2; width w and thickness
 * t, pi r^2 = w t. */
static struct percuta_needle round_needle(struct percuta_needle needle) {
  if (needle.form == PERCUTA_FORM_PYRAMID)
    needle.base_diameter *= 2 / sqrt(PI);
  else if (needle.form == PERCUTA_FORM_BLADE)
    needle.base_diameter = 2 * sqrt(needle.base_diameter * needle.thickness / PI);
  needle.form = PERCUTA_FORM_CONE;
  return needle;
}

struct percuta_needle percuta_device_worn_needle(const struct percuta_device *device) {
  struct percuta_needle needle = round_needle(device->needle);
  if (!(needle.wear > 0))
    return needle;
  double lost = needle.wear * needle.taper / (needle.base_diameter / 2 - needle.tip_radius);
  needle.length -= lost;
  needle.taper -= lost;
  needle.tip_radius += needle.wear;
  needle.wear = 0;
  return needle;
}

bool percuta_device_is_bent(const struct percuta_device *device, uint64_t seed, int needle,
                            double *along, double *across) {
  if (!(device->needle.bent_share > 0))
    return false;
  struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_NEEDLE};
  double uniform[4];
  percuta_base_random_uniform4(key, (uint32_t)needle, 0, uniform);
  if (uniform[0] >= device->needle.bent_share)
    return false;
  double aside = percuta_device_worn_needle(device).length * sin(device->needle.bend_angle);
  *along = aside * cos(2 * PI * uniform[1]);
  *across = aside * sin(2 * PI * uniform[1]);
  return true;
}

double percuta_device_needle_speed(const struct percuta_device *device,
                                   const struct percuta_session *session) {
  double length = percuta_device_worn_needle(device).length;
  double radius = device->drum_diameter / 2;
  switch (device->kind) {
  case PERCUTA_ROLLER: /* turning rate times the height of the tip's circle over the contact */
    return session->speed / ((1 + session->slip) * radius) * sqrt(length * (2 * radius + length));
  case PERCUTA_PEN:
    return PI * device->frequency * length;
  case PERCUTA_STAMP:
  case PERCUTA_ARRAY:
    break;
  }
  return session->speed;
}

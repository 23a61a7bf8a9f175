/* Needles in a head of diameter d: a stamp's on a lattice in a square of side d sqrt(pi)/2, as
 * large as the head; an array's as its layout says; a pen's on rings in the middle of annuli, as
 * many as there is area. Theory: docs/theory/device.md. Test: tests/unit/test_device.c. */
#include "device/layout.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/random.h"
#include "device/device.h"

static const double PI = 3.14159265358979323846;

double percuta_device_layout_stamp_side(const struct percuta_device *device) {
  return device->head_diameter * sqrt(PI) / 2;
}

double percuta_device_layout_along(const struct percuta_device *device) {
  return device->kind == PERCUTA_ARRAY ? device->columns * device->pitch
                                       : percuta_device_layout_stamp_side(device);
}

/* Rows of a hexagonal lattice are sqrt(3)/2 of the pitch apart. */
double percuta_device_layout_across(const struct percuta_device *device) {
  if (device->kind != PERCUTA_ARRAY)
    return percuta_device_layout_stamp_side(device);
  const double apart = device->layout == PERCUTA_LAYOUT_HEXAGONAL ? sqrt(3) / 2 : 1;
  return device->rows * apart * device->pitch;
}

double percuta_device_layout_spacing(const struct percuta_device *device) {
  return sqrt(percuta_device_layout_along(device) * percuta_device_layout_across(device) /
              percuta_device_needle_count(device));
}

/* Every second row of a hexagonal array is shifted by half a pitch. */
static void place_array(const struct percuta_device *device, struct percuta_layout_point *out) {
  const double along = percuta_device_layout_along(device);
  const double across = percuta_device_layout_across(device);
  const struct percuta_random_key key = {.purpose = PERCUTA_RANDOM_LAYOUT};
  for (int i = 0; i < device->rows * device->columns; i++) {
    const int row = i / device->columns, column = i % device->columns;
    const bool shifted = device->layout == PERCUTA_LAYOUT_HEXAGONAL && row % 2 == 1;
    double share[4] = {(column + (shifted ? 0.75 : 0.25)) / device->columns,
                       (row + 0.5) / device->rows};
    if (device->layout == PERCUTA_LAYOUT_SQUARE)
      share[0] = (column + 0.5) / device->columns;
    else if (device->layout == PERCUTA_LAYOUT_RANDOM)
      percuta_base_random_uniform4(key, (uint32_t)i, 0, share);
    out[i].along = (share[0] - 0.5) * along;
    out[i].across = (share[1] - 0.5) * across;
  }
}

static void place_lattice(const struct percuta_device *device, struct percuta_layout_point *out) {
  double side = percuta_device_layout_stamp_side(device);
  int columns = (int)ceil(sqrt(device->needles));
  int rows = (device->needles + columns - 1) / columns;
  for (int i = 0; i < device->needles; i++) {
    int row = i / columns, column = i % columns;
    int in_row = row < rows - 1 ? columns : device->needles - columns * (rows - 1);
    out[i].along = ((column + 0.5) / in_row - 0.5) * side;
    out[i].across = ((row + 0.5) / rows - 0.5) * side;
  }
}

/* Ring j of m lies in the middle of an annulus of width R/m; needles up to and with ring j are in
 * proportion to the area within it, j^2/m^2. */
static void place_rings(const struct percuta_device *device, struct percuta_layout_point *out) {
  double radius = device->head_diameter / 2;
  int rings = (int)fmax(1, round(sqrt(device->needles) / 2));
  int placed = 0;
  for (int ring = 1; ring <= rings; ring++) {
    double share = (double)(ring * ring) / (rings * rings);
    int until = ring == rings ? device->needles : (int)round(device->needles * share);
    for (int i = placed; i < until; i++) {
      double angle = 2 * PI * (i - placed) / (until - placed);
      out[i].along = radius * (ring - 0.5) / rings * cos(angle);
      out[i].across = radius * (ring - 0.5) / rings * sin(angle);
    }
    placed = until;
  }
}

void percuta_device_layout_place(const struct percuta_device *device,
                                 struct percuta_layout_point *out) {
  if (device->kind == PERCUTA_ARRAY)
    place_array(device, out);
  else if (device->kind == PERCUTA_STAMP)
    place_lattice(device, out);
  else
    place_rings(device, out);
}

/* Needles in a head of diameter d: a stamp's on a lattice in a square of side d sqrt(pi)/2, as
 * large as the head; a pen's on rings in the middle of annuli, as many as there is area.
 * Theory: docs/theory/device.md. Test: tests/unit/test_device.c. */
#include "device/layout.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

double percuta_device_layout_stamp_side(const struct percuta_device *device) {
  return device->head_diameter * sqrt(PI) / 2;
}

double percuta_device_layout_spacing(const struct percuta_device *device) {
  return percuta_device_layout_stamp_side(device) / sqrt(device->needles);
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
  if (device->kind == PERCUTA_STAMP)
    place_lattice(device, out);
  else
    place_rings(device, out);
}

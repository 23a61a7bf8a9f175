/* Closed forms: section pi r^2 + 2 r t of a stadium, volume (Simpson's rule, exact as sections are
 * quadratic in depth) and side of a piece of channel, and flow in a tube (Poiseuille).
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_bleeding.c. */
#include "bleeding/vessels.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { ARC_INTERVALS = 16 };

double percuta_bleeding_vessels_section(double radius, double tear) {
  return PI * radius * radius + 2 * radius * tear;
}

/* The section's border lies at h(phi) = r + t/2 |cos phi| from the axis in the direction phi, so
 * the surface is sqrt(1 + (dh/dz)^2) times the border's length: 2 pi r of arc, over which dh/dz
 * varies, and 2 t of straight sides at phi = +-pi/2. The mean over the arc is taken by Simpson's
 * rule. */
double percuta_bleeding_vessels_side(const struct percuta_vessels_piece *piece) {
  double slope = (piece->radius_bottom - piece->radius_top) / piece->height;
  double tear_slope = (piece->tear_bottom - piece->tear_top) / 2 / piece->height;
  double mean = 0;
  for (int i = 0; i <= ARC_INTERVALS; i++) {
    double along = slope + tear_slope * cos(PI / 2 * i / ARC_INTERVALS);
    int weight = i == 0 || i == ARC_INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
    mean += weight * sqrt(1 + along * along) / (3.0 * ARC_INTERVALS);
  }
  double arc = PI * (piece->radius_top + piece->radius_bottom);
  double straight = piece->tear_top + piece->tear_bottom;
  return piece->height * (arc * mean + straight * sqrt(1 + slope * slope));
}

double percuta_bleeding_vessels_volume(const struct percuta_vessels_piece *piece) {
  double middle = percuta_bleeding_vessels_section((piece->radius_top + piece->radius_bottom) / 2,
                                                   (piece->tear_top + piece->tear_bottom) / 2);
  return piece->height / 6 *
         (percuta_bleeding_vessels_section(piece->radius_top, piece->tear_top) + 4 * middle +
          percuta_bleeding_vessels_section(piece->radius_bottom, piece->tear_bottom));
}

double percuta_bleeding_vessels_flow(double radius, double length, double pressure,
                                     double viscosity) {
  double square = radius * radius;
  return PI * square * square * pressure / (8 * viscosity * length);
}

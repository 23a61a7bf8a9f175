/* Closed forms: section pi r^2 + 2 r t of a stadium, volume (Simpson's rule, exact as sections are
 * quadratic in depth) and side of a piece of channel, and flow in a tube (Poiseuille).
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_bleeding.c. */
#include "bleeding/vessels.h"

#include <math.h>

#include "base/vector.h"

static const double PI = 3.14159265358979323846;

enum { ARC_INTERVALS = 16 };

/* cos(PI / 2 * i / ARC_INTERVALS), and the weights of Simpson's rule. */
static const double COSINE[ARC_INTERVALS + 1] = {1.0,
                                                 0.9951847266721969,
                                                 0.9807852804032304,
                                                 0.9569403357322088,
                                                 0.9238795325112867,
                                                 0.881921264348355,
                                                 0.8314696123025452,
                                                 0.773010453362737,
                                                 0.7071067811865476,
                                                 0.6343932841636455,
                                                 0.5555702330196023,
                                                 0.4713967368259978,
                                                 0.38268343236508984,
                                                 0.29028467725446233,
                                                 0.19509032201612833,
                                                 0.09801714032956077,
                                                 6.123233995736766e-17};
static const double WEIGHT[ARC_INTERVALS + 1] = {1, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 1};

/* Stretches of the surface, each with its weight. */
PERCUTA_VECTOR_CLONES
static void stretch(double slope, double tear_slope, double *out) {
  for (int i = 0; i <= ARC_INTERVALS; i++) {
    double along = slope + tear_slope * COSINE[i];
    out[i] = WEIGHT[i] * sqrt(1 + along * along) / (3.0 * ARC_INTERVALS);
  }
}

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
  double stretched[ARC_INTERVALS + 1], mean = 0;
  stretch(slope, tear_slope, stretched);
  for (int i = 0; i <= ARC_INTERVALS; i++)
    mean += stretched[i];
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

/* The cubic through values u and slopes u' at both ends of a step, s from 0 to 1 and r = 1 - s:
 *   u(s) = r^2 (1 + 2 s) u_0 + s^2 (1 + 2 r) u_1 + s r step (r u'_0 - s u'_1)
 * Levels and peaks by bisection.
 * Test: tests/unit/test_curve.c. */
#include "clot/curve.h"

enum { HALVINGS = 60 }; /* to the last bit of a double, and a few more */

double percuta_clot_curve_value(const struct percuta_curve *curve, double time) {
  const double step = curve->end - curve->start, s = (time - curve->start) / step;
  const double r = 1 - s;
  return r * r * (1 + 2 * s) * curve->value[0] + s * s * (1 + 2 * r) * curve->value[1] +
         s * r * step * (r * curve->slope[0] - s * curve->slope[1]);
}

double percuta_clot_curve_slope(const struct percuta_curve *curve, double time) {
  const double step = curve->end - curve->start, s = (time - curve->start) / step;
  const double r = 1 - s;
  return 6 * s * r * (curve->value[1] - curve->value[0]) / step +
         r * (r - 2 * s) * curve->slope[0] + s * (s - 2 * r) * curve->slope[1];
}

bool percuta_clot_curve_reaches(const struct percuta_curve *curve, double level, double *time) {
  if (!(curve->value[0] < level && curve->value[1] >= level))
    return false;
  double low = curve->start, high = curve->end;
  for (int i = 0; i < HALVINGS; i++) {
    const double middle = low + (high - low) / 2;
    if (percuta_clot_curve_value(curve, middle) < level)
      low = middle;
    else
      high = middle;
  }
  *time = high;
  return true;
}

bool percuta_clot_curve_peaks(const struct percuta_curve *curve, double *time) {
  if (!(curve->slope[0] > 0 && curve->slope[1] <= 0))
    return false;
  double low = curve->start, high = curve->end;
  for (int i = 0; i < HALVINGS; i++) {
    const double middle = low + (high - low) / 2;
    if (percuta_clot_curve_slope(curve, middle) > 0)
      low = middle;
    else
      high = middle;
  }
  *time = low + (high - low) / 2;
  return true;
}

/* From the hand's motion to strikes: where, when and how each needle meets the patch. */
#ifndef PERCUTA_DEVICE_STRIKES_H
#define PERCUTA_DEVICE_STRIKES_H

#include <stdbool.h>
#include <stddef.h>

#include "scenario/scenario.h"

struct percuta_strike {
  double x, y;      /* [m] in the periodic patch, 0 <= x,y < width */
  double time;      /* [s] from the start of the session */
  double direction; /* [rad] of the device's travel */
  int pass;         /* counts from 0 over directions and repeats */
  int needle;       /* index of the needle in the device */
  bool bent;        /* whether that needle is bent */
};

struct percuta_strikes {
  struct percuta_strike *item; /* owned; ordered by pass, then time, then needle */
  size_t count;
  int session; /* whose strikes these are, from 0 */
};

/* All strikes of session number `session` (from 0) that fall into a periodic square patch of
 * `width` [m]. A pass covers the patch with parallel tracks of the device side by side; its phase
 * along the path, its lateral offset and its angle jitter are drawn once per pass from
 * (seed, session, pass). Release with percuta_device_strikes_clear. */
enum percuta_status percuta_device_strikes_compute(const struct percuta_scenario *scenario,
                                                   int session, double width,
                                                   struct percuta_strikes *out);
void percuta_device_strikes_clear(struct percuta_strikes *strikes);

/* The shortest way [m] from one coordinate in a periodic patch of `width` [m] to another that is
 * `d` [m] beyond it, within the patch. */
static inline double percuta_device_strikes_apart(double d, double width) {
  return d >= width / 2 ? d - width : d <= -width / 2 ? d + width : d;
}

/* Kinematics of a rigid needle on a roller (drum radius R, needle length L, docs/theory/device.md):
 * the angle before the lowest point at which the tip meets the surface, cos(angle) = R/(R+L) [rad]
 */
double percuta_device_strikes_entry_angle(double drum_radius, double needle_length);
/* and the length that the buried tip sweeps along the path at the surface, for a skin that does not
 * move, 2[(R+L) sin(angle) - R angle] [m]: 0 for stamps and pens. */
double percuta_device_strikes_sweep(const struct percuta_device *device, double slip);

#endif

/* Where the needles sit in the head of a stamp or pen. */
#ifndef PERCUTA_DEVICE_LAYOUT_H
#define PERCUTA_DEVICE_LAYOUT_H

#include <stddef.h>

#include "scenario/scenario.h"

struct percuta_layout_point {
  double along, across; /* [m] from the centre of the head */
};

/* Side of the square that a stamp covers [m]: as large as its round head, pi/4 diameter^2, so that
 * stamps can stand side by side. */
double percuta_device_layout_stamp_side(const struct percuta_device *device);

/* Sides of the rectangle that a stamp or array covers [m], along and across the hand's direction:
 * placed side by side they continue the lattice. */
double percuta_device_layout_along(const struct percuta_device *device);
double percuta_device_layout_across(const struct percuta_device *device);

/* Distance between neighbouring needles of a stamp, pen or array [m]: that of a square lattice of
 * as many needles on as much area. */
double percuta_device_layout_spacing(const struct percuta_device *device);

/* Places all needles of a head in `out` (percuta_device_needle_count of them): a stamp's in rows of
 * a square lattice, a pen's on concentric rings of equal density within the head, an array's as its
 * layout says. */
void percuta_device_layout_place(const struct percuta_device *device,
                                 struct percuta_layout_point *out);

#endif

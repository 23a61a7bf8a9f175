/* How evenly strikes cover the patch, against strikes that fall independently of each other (a
 * Poisson process, the limit of many passes). Theory: docs/theory/device.md. */
#ifndef PERCUTA_DEVICE_COVERAGE_H
#define PERCUTA_DEVICE_COVERAGE_H

#include "device/strikes.h"

/* Distances from each strike to the nearest other, across the borders of the periodic patch. */
struct percuta_coverage {
  double density_expected; /* [1/m^2] of the session, the closed form */
  double density;          /* [1/m^2] of the strikes in this patch */
  double nearest_mean;     /* [m]; 0 for fewer than two strikes */
  double nearest_poisson; /* [m] what it is in Poisson strikes of this density; 0 without strikes */
  double cdf_gap; /* largest difference of the distances' distribution from the Poisson one */
};

enum percuta_status percuta_device_coverage_compute(const struct percuta_scenario *scenario,
                                                    const struct percuta_strikes *strikes,
                                                    double width, struct percuta_coverage *out);

/* The closed forms for Poisson strikes of `density` [1/m^2]: mean distance to the nearest other,
 * 1/(2 sqrt(density)) [m], and the share of strikes whose nearest other is within `distance` [m],
 * 1 - exp(-pi density distance^2). */
double percuta_device_coverage_poisson_mean(double density);
double percuta_device_coverage_poisson_cdf(double density, double distance);

/* Share of Poisson strikes of `density` [1/m^2] that fall into an opening of `radius` [m] which an
 * earlier one made, when strikes that fall in open nothing: random sequential adsorption, whose
 * free area is known to third order in the covered share (Schaaf & Talbot 1989). Within a
 * hundredth of it for pi radius^2 density up to 1. */
double percuta_device_coverage_reentry(double density, double radius);

#endif

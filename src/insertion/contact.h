/* How stiff skin is under a needle: a half-space, uniform or of layers on a support. Theory:
 * docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_CONTACT_H
#define PERCUTA_INSERTION_CONTACT_H

#include "skin/skin.h"

enum { PERCUTA_CONTACT_LAYERS = 4 };

/* Layers from the surface down; the last has no end. One layer: a uniform half-space. */
struct percuta_contact {
  int layers;
  double bottom[PERCUTA_CONTACT_LAYERS];  /* [m] below the surface; not used of the last */
  double modulus[PERCUTA_CONTACT_LAYERS]; /* [Pa] Young's */
  double poisson_ratio;
  double shielding; /* [1/m] see percuta_insertion_contact_shielding; 0 for a needle on its own */
};

/* The skin of a scenario under the needles of its device, at the speed at which they strike. */
enum percuta_status percuta_insertion_contact_read(const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   struct percuta_diag *diag,
                                                   struct percuta_contact *out);

/* Share of the deflection under a flat punch of radius a that comes from above depth `ratio` * a
 * (Gao, Chiu & Lee 1992): 0 at 0, rising to 1. */
double percuta_insertion_contact_weight(double ratio, double poisson_ratio);

/* Plane-strain modulus E/(1 - nu^2) [Pa] felt by a contact of `radius` [m]. */
double percuta_insertion_contact_modulus(const struct percuta_contact *contact, double radius);

/* What needles on a square lattice of `spacing` [m] take from each other's deflection: with contact
 * radius a, the skin under a needle lies deeper than that midway between four needles by the
 * deflection of a needle alone over 1 + shielding * a [1/m]. */
double percuta_insertion_contact_shielding(double spacing);

#endif

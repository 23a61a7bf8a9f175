/* How skin gives way to a needle: unbroken, and gripping one that is in it. Theory:
 * docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_CONTACT_H
#define PERCUTA_INSERTION_CONTACT_H

#include <stdbool.h>

#include "skin/skin.h"

struct percuta_contact {
  double stiffness; /* [Pa] E0: Young's modulus of the bulk at the speed of the needle */
  double film;      /* [N/m] S: what the stiff film on it adds, at that speed; E(L) = E0 + S/L */
  double hold;      /* [m] depth to which a needle is gripped: the fat; INFINITY */
  double stop;      /* [m] depth that no tip passes: a plate, a bone; INFINITY */
  double bed;       /* [N/m^3] of the fat under skin that bends like a plate; 0: it does not bend */
  double spacing;   /* [m] between needles; INFINITY for a needle on its own */
  double shielding; /* [1/m] see percuta_insertion_contact_shielding; 0 for a needle on its own */
};

/* The skin of a scenario under the needles of its device, at the speed at which they strike. */
enum percuta_status percuta_insertion_contact_read(const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   struct percuta_diag *diag,
                                                   struct percuta_contact *out);

/* Young's modulus [Pa] in a deformation of `size` [m]. */
double percuta_insertion_contact_modulus(const struct percuta_contact *contact, double size);

/* What needles on a square lattice of `spacing` [m] take from each other's deflection: with contact
 * radius a, the skin under a needle lies deeper than that midway between four needles by the
 * deflection of a needle alone over 1 + shielding * a [1/m]. */
double percuta_insertion_contact_shielding(double spacing);

/* A needle on unbroken skin: the force [N] that pushes the skin `deflection` [m] down, counted from
 * the surface midway between needles, and the deflection under a force. */
double percuta_insertion_contact_indent(const struct percuta_contact *contact,
                                        const struct percuta_needle *needle, double deflection);
double percuta_insertion_contact_deflect(const struct percuta_contact *contact,
                                         const struct percuta_needle *needle, double force);

/* A needle in the skin, `depth` [m] deep and of `radius` [m] at the surface, that pushes with
 * `force` [N] while drum or head press `pressure` [Pa] on the skin around it: by how much [m] the
 * skin at the needle lies below that under drum or head. */
double percuta_insertion_contact_dimple(const struct percuta_contact *contact, double radius,
                                        double depth, double force, double pressure);

#endif

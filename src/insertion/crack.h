/* What it takes to wedge a sharp needle into skin: the width of the crack that it opens ahead of
 * itself, and the force per toughness and radius that this costs. Theory: docs/theory/insertion.md.
 */
#ifndef PERCUTA_INSERTION_CRACK_H
#define PERCUTA_INSERTION_CRACK_H

enum { PERCUTA_CRACK_NODES = 49 };

/* Both as functions of j = toughness / (shear modulus * radius), for one strain hardening. */
struct percuta_crack {
  double log_j[PERCUTA_CRACK_NODES]; /* rising; the first entry is not used: j = 0 there */
  double force[PERCUTA_CRACK_NODES]; /* w */
  double slope[PERCUTA_CRACK_NODES]; /* dw / d log j */
  double lips[PERCUTA_CRACK_NODES];  /* length of the crack's lips over the needle's girth */
};

/* Tabulates skin of `hardening` (exponent alpha of a one-term Ogden material, above 1). */
void percuta_insertion_crack_tabulate(double hardening, struct percuta_crack *out);

/* Force over toughness times radius, pi where nothing is stretched (j = 0) and falling with j; and
 * in *lips, unless NULL, the length of the crack's two lips over the girth of the needle, 0..1. */
double percuta_insertion_crack_force(const struct percuta_crack *crack, double j, double *lips);

#endif

/* Mechanics of one needle: when it breaks the skin, how far the skin gives way, how deep it cuts.
 * Theory: docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_PUNCTURE_H
#define PERCUTA_INSERTION_PUNCTURE_H

#include <stdbool.h>

#include "scenario/scenario.h"

/* Values of the table `insertion`, SI. */
struct percuta_puncture_law {
  double force;        /* [N] that a tip of the reference diameter needs */
  double tip_diameter; /* [m] reference */
  double slope;        /* [N/m] rise of that force with tip diameter */
  double area_slope;   /* [N/m^2] rise with the square of tip diameter */
  double area_share;   /* 0: linear law, 1: area law */
  double poisson_ratio;
  double fracture_energy;   /* [J/m^2] */
  double crack_width_ratio; /* crack width over needle radius at the surface */
  double share_cutting, share_spreading, share_friction;
  double depth_spread;  /* relative, from strike to strike */
  double tear_transfer; /* tear over the tip's sweep */
  double recoil_depth;  /* residual depth over depth in place */
  double recoil_radius; /* residual radius over radius of a disc as large as the cut */
};

/* Where a needle comes to rest. */
struct percuta_puncture {
  double depth;      /* [m] of the tip below the surface */
  double deflection; /* [m] of the skin */
  double force;      /* [N] on the needle */
  bool touches;      /* the drum or head touches the skin: depth + deflection = length */
};

enum percuta_status percuta_puncture_read(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          struct percuta_puncture_law *out);

/* Force [N] at which a tip of `tip_radius` [m] breaks the skin; never below 0. */
double percuta_puncture_limit(const struct percuta_puncture_law *law, double tip_radius);

/* Radius [m] of the needle at `distance` [m] from its tip. */
double percuta_puncture_needle_radius(const struct percuta_needle *needle, double distance);

/* Deflection [m] of skin of Young's modulus `stiffness` [Pa] under `force` [N]: Sneddon's cone
 * until the contact is as wide as the needle's base, a flat punch from there on. */
double percuta_puncture_deflection(const struct percuta_puncture_law *law,
                                   const struct percuta_needle *needle, double stiffness,
                                   double force);

/* Force [N] that drives the needle further once its tip is `depth` [m] below the surface. */
double percuta_puncture_resistance(const struct percuta_puncture_law *law,
                                   const struct percuta_needle *needle, double depth);

/* Balance of a needle that has broken the skin and is pushed with `force` [N]. */
struct percuta_puncture percuta_puncture_solve(const struct percuta_puncture_law *law,
                                               const struct percuta_needle *needle,
                                               double stiffness, double force);

#endif

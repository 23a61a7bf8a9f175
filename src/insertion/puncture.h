/* Mechanics of one needle: when it breaks the skin, how far the skin gives way, how deep it cuts.
 * Theory: docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_PUNCTURE_H
#define PERCUTA_INSERTION_PUNCTURE_H

#include <stdbool.h>

#include "insertion/contact.h"

/* Values of the table `insertion`, SI. */
struct percuta_puncture_law {
  double force;        /* [N] that a tip of the reference diameter needs */
  double tip_diameter; /* [m] reference */
  double slope;        /* [N/m] rise of that force with tip diameter */
  double area_slope;   /* [N/m^2] rise with the square of tip diameter */
  enum percuta_fracture fracture;
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

/* The parameters that a law is read from, and where in `law` each goes. */
enum { PERCUTA_PUNCTURE_SLOTS = 13 };
void percuta_insertion_puncture_slots(struct percuta_puncture_law *law,
                                      struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS]);

enum percuta_status percuta_insertion_puncture_read(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_puncture_law *out);

/* Force [N] at which a tip of `tip_radius` [m] breaks the skin; never below 0. */
double percuta_insertion_puncture_limit(const struct percuta_puncture_law *law, double tip_radius);

/* Radius [m] of the needle at `distance` [m] from its tip. */
double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance);

/* Deflection [m] of the skin under `force` [N]: Sneddon's cone until the contact is as wide as the
 * needle's base, a flat punch from there on; on layers, with the modulus felt by a contact of that
 * radius. Where needles shield each other, counted from the surface midway between them. */
double percuta_insertion_puncture_deflection(const struct percuta_needle *needle,
                                             const struct percuta_contact *contact, double force);

/* Force [N] that drives the needle further once its tip is `depth` [m] below the surface. */
double percuta_insertion_puncture_resistance(const struct percuta_puncture_law *law,
                                             const struct percuta_needle *needle, double depth);

/* Balance of a needle that has broken the skin and is pushed with `force` [N]. */
struct percuta_puncture percuta_insertion_puncture_solve(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         const struct percuta_contact *contact,
                                                         double force);

/* The depths [m] alone, of `count` needles that are alike in skins of as many layers, with a law
 * and a contact each. */
void percuta_insertion_puncture_depths(size_t count, const struct percuta_puncture_law *law,
                                       const struct percuta_needle *needle,
                                       const struct percuta_contact *contact, double force,
                                       double *depth);

/* What a needle that leans by `lean` [rad] does when pushed down with `force` [N]: it breaks the
 * skin or not (*breaks), and comes to rest. Depth and deflection are upright; its own axis gets
 * the share cos(lean) of the force. */
struct percuta_puncture percuta_insertion_puncture_press(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         double lean,
                                                         const struct percuta_contact *contact,
                                                         double force, bool *breaks);

#endif

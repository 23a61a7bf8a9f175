/* Mechanics of one needle: what it takes to open the skin, to go on, and where it comes to rest.
 * Theory: docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_PUNCTURE_H
#define PERCUTA_INSERTION_PUNCTURE_H

#include <stdbool.h>

#include "insertion/contact.h"
#include "insertion/crack.h"
#include "insertion/hand.h"

/* Values of the table `insertion`, SI. */
struct percuta_puncture_law {
  double fracture_energy; /* [J/m^2] G */
  double tip_crack;       /* length of the crack at the tip over the tip's diameter: c_t */
  double hardening;       /* alpha of the Ogden material */
  double friction;        /* over the force that cuts and spreads: f */
  double opening;         /* force that first opens the skin over that at the drop: eps */
  double drop_depth;      /* [m] of the tip when the force drops */
  double tip_diameter;    /* [m] at which the two laws of the tip agree */
  enum percuta_fracture fracture;
  double arc_share;           /* of a roller's needles' mean force in the deepest's: eta */
  double depth_spread;        /* relative, from strike to strike */
  double tear_transfer;       /* tear over the tip's sweep */
  double open_depth;          /* [m] left open at most after withdrawal: h_o */
  double open_width;          /* width left open at the surface over the needle's there: omega */
  double damage_width;        /* [m] of the layer of damaged tissue on either side of the cut */
  struct percuta_crack crack; /* for `hardening` */
};

/* Where a needle comes to rest. */
struct percuta_puncture {
  double depth;      /* [m] of the tip below the surface */
  double deflection; /* [m] of the skin */
  double force;      /* [N] on the needle */
  bool touches;      /* the drum or head touches the skin: depth + deflection = length */
  bool stopped;      /* the tip stands on a plate or on bone */
};

/* The parameters that a law is read from, and where in `law` each goes; the crack is to be
 * tabulated after a change. */
enum { PERCUTA_PUNCTURE_SLOTS = 13 };
void percuta_insertion_puncture_slots(struct percuta_puncture_law *law,
                                      struct percuta_parameter_slot slots[PERCUTA_PUNCTURE_SLOTS]);

enum percuta_status percuta_insertion_puncture_read(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_puncture_law *out);

/* Radius [m] of the needle at `distance` [m] from its tip. */
double percuta_insertion_puncture_needle_radius(const struct percuta_needle *needle,
                                                double distance);

/* What the force on a needle in the skin does. */
struct percuta_puncture_force {
  double all;                          /* [N] */
  double cutting, spreading, friction; /* shares of it */
  double slit;                         /* [m] length of the crack at the surface */
};

/* Force that drives the needle further once its tip is `depth` [m] below the surface. */
struct percuta_puncture_force
percuta_insertion_puncture_steady(const struct percuta_puncture_law *law,
                                  const struct percuta_contact *contact,
                                  const struct percuta_needle *needle, double depth);

/* Force [N] at which a single needle that is pressed in slowly breaks through: that at which it
 * drops in experiments; and that at which the surface first opens under it. */
double percuta_insertion_puncture_drop(const struct percuta_puncture_law *law,
                                       const struct percuta_contact *contact,
                                       const struct percuta_needle *needle);
double percuta_insertion_puncture_opening(const struct percuta_puncture_law *law,
                                          const struct percuta_contact *contact,
                                          const struct percuta_needle *needle);

/* A needle as seen from above when it leans by `lean` [rad]: shorter, and as wide. */
struct percuta_needle percuta_insertion_puncture_upright(const struct percuta_needle *needle,
                                                         double lean);

/* Whether the skin opens under an upright needle before drum or head touch it, with its share of
 * the hand's force, and then lets it in at all. */
bool percuta_insertion_puncture_enters(const struct percuta_puncture_law *law,
                                       const struct percuta_needle *needle,
                                       const struct percuta_contact *contact,
                                       const struct percuta_hand *hand);

/* Balance of an upright needle that has opened the skin. */
struct percuta_puncture percuta_insertion_puncture_solve(const struct percuta_puncture_law *law,
                                                         const struct percuta_needle *needle,
                                                         const struct percuta_contact *contact,
                                                         const struct percuta_hand *hand);

/* What becomes of one that does not open it. */
struct percuta_puncture percuta_insertion_puncture_rest_on(const struct percuta_puncture_law *law,
                                                           const struct percuta_needle *needle,
                                                           const struct percuta_contact *contact,
                                                           const struct percuta_hand *hand);

/* The hand's force [N] from which on drum or head touch the skin. */
double percuta_insertion_puncture_bearing(const struct percuta_puncture_law *law,
                                          const struct percuta_needle *needle,
                                          const struct percuta_contact *contact,
                                          const struct percuta_hand *hand);

#endif

/* How the hand's force is shared between the needles and the drum or head that they sit on. Theory:
 * docs/theory/insertion.md. */
#ifndef PERCUTA_INSERTION_HAND_H
#define PERCUTA_INSERTION_HAND_H

#include "insertion/contact.h"

struct percuta_hand {
  double force;   /* [N] */
  double needles; /* mean number in the skin at a time */
  bool rolls;     /* on an arc, not all of them are equally deep */
  double radius;  /* [m] of the drum */
  double width;   /* [m] of the drum */
  double head;    /* [m^2] of a stamp's or pen's head */
};

struct percuta_hand percuta_insertion_hand_of(const struct percuta_scenario *scenario);

/* Mean number of needles in the skin at a time: for a roller those on the arc from entry to exit,
 * never fewer than one; for a stamp or pen all of them. */
double percuta_insertion_hand_needles(const struct percuta_device *device);

/* Needles that would take the same force all as deep as the deepest, if on an arc each takes
 * `arc_share` of that on average. */
double percuta_insertion_hand_deepest(const struct percuta_hand *hand, double arc_share);

/* Pressure [Pa] of drum or head on the skin that carry `force` [N]. */
double percuta_insertion_hand_pressure(const struct percuta_hand *hand,
                                       const struct percuta_contact *contact, double force);

#endif

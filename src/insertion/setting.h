/* What all strikes of a course meet alike: hand, needles and ground, with the balance of a needle
 * at every kind of place. It is the dear part of insertion and no session changes it. */
#ifndef PERCUTA_INSERTION_SETTING_H
#define PERCUTA_INSERTION_SETTING_H

#include "insertion/spot.h"
#include "insertion/uncertainty.h"

struct percuta_insertion_setting {
  struct percuta_puncture_law law;
  uint64_t seed;
  double width;                        /* [m] side of the square that is struck */
  double sweep;                        /* [m] of a roller's tip along the surface */
  double gap;                          /* [m] mean recess that needles meet */
  double needles_in_contact;           /* mean number that share the hand's force */
  double force_per_needle;             /* [N] the most that one can get */
  double puncture_force;               /* [N] at which the skin opens under a needle */
  double bearing_force;                /* [N] of the hand, from which on drum or head touch */
  struct percuta_puncture mean;        /* a straight needle on flat skin that gets in */
  struct percuta_puncture_force parts; /* of the force on it at rest */
  double slit_share;                   /* crack over radius, of it */
  struct percuta_uncertainty interval; /* of its depth, where the mean recess is */
  struct percuta_ground ground;        /* owned parts */
  struct percuta_spot_table table[2];  /* of straight and of bent needles */
};

/* The setting on a square of side `width` [m]; of the scenario it takes device, session and seed.
 * Release with percuta_insertion_setting_destroy. */
enum percuta_status percuta_insertion_setting_create(const struct percuta_insertion_model *model,
                                                     const struct percuta_scenario *scenario,
                                                     double width,
                                                     struct percuta_insertion_setting **out);
void percuta_insertion_setting_destroy(struct percuta_insertion_setting **setting); /* or NULL */

#endif

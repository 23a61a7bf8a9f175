/* Nerves that a needle reaches, and what an anaesthetic leaves of them. Theory:
 * docs/theory/numbing.md. */
#ifndef PERCUTA_TRANSPORT_NERVES_H
#define PERCUTA_TRANSPORT_NERVES_H

#include "scenario/scenario.h"
#include "skin/skin.h"

struct percuta_nerves {
  double exponent;  /* p: nerves reached in skin grow with depth to this power */
  double fat_share; /* s: of their density in the fat over that at the bottom of the dermis */
  double steepness; /* h: of the block over the logarithm of the level */
  double skin;      /* [m] depth of the bottom of the dermis below the surface */
};

enum { PERCUTA_NERVES_DEPTHS = 201 };

/* How many times the level that blocks half of the nerves there is, at depths that are evenly
 * apart from the surface down; below the last it is as there. */
struct percuta_nerves_levels {
  double step; /* [m] */
  double level[PERCUTA_NERVES_DEPTHS];
};

/* Reads the laws, for skin as deep as this. */
enum percuta_status percuta_transport_nerves_read(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_nerves *out);

/* [m] Bottom of the dermis of a skin. */
double percuta_transport_nerves_skin(const struct percuta_skin *skin);

/* N: nerves that a needle reaches down to `depth` [m], in units in which it is depth^p in skin. */
double percuta_transport_nerves_reached(const struct percuta_nerves *nerves, double depth);

/* b: share of nerves that `level` blocks, from 0 to 1. */
double percuta_transport_nerves_block(const struct percuta_nerves *nerves, double level);

/* Of the nerves reached down to `depth`, those that are not blocked; the level that blocks half is
 * `factor` times that of the levels. */
double percuta_transport_nerves_felt(const struct percuta_nerves *nerves,
                                     const struct percuta_nerves_levels *levels, double factor,
                                     double depth);

/* [m] Depth down to which unblocked nerves come to as many as there are down to `bare` [m] without
 * anaesthetic; at most `deepest` [m]. */
double percuta_transport_nerves_depth(const struct percuta_nerves *nerves,
                                      const struct percuta_nerves_levels *levels, double factor,
                                      double bare, double deepest);

#endif

/* The vessels that a channel can cut, and what one of them sheds. */
#ifndef PERCUTA_BLEEDING_BED_H
#define PERCUTA_BLEEDING_BED_H

#include "skin/skin.h"

enum percuta_vessel { PERCUTA_LOOP, PERCUTA_UPPER_PLEXUS, PERCUTA_DEEP_PLEXUS, PERCUTA_VESSELS };

/* A layer of isotropic straight vessels. */
struct percuta_plexus {
  double top, thickness; /* [m] depth below the surface, and of the layer */
  double length_density; /* [1/m^2] length of vessels per volume (L_V) */
  double vessel_density; /* [1/m^3] vessels per volume (n_V), all of length L_V/n_V; 0: unending */
  double radius;         /* [m] of a vessel */
};

/* Loops stand upright below their apex, one to a papilla, as a Poisson process. */
struct percuta_bed {
  double loop_density, loop_radius; /* [1/m^2], [m] */
  double loop_top;                  /* [m] depth of the apex; no vessel lies above */
  struct percuta_plexus plexus[2];  /* upper, deep */
  double shed[PERCUTA_VESSELS];     /* [m^3] by one cut vessel of each kind until it is plugged */
  double plug_time;                 /* [s] until then, in a person of normal blood */
};

/* The bed of `skin`. Mistakes in the data go to `diag`. */
enum percuta_status percuta_bleeding_bed_read(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_diag *diag, struct percuta_bed *out);

#endif

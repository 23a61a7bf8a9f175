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

/* What blood does, as the table `bleeding` says [SI]. */
struct percuta_bed_law {
  double viscosity, plug_time;
  double feed[PERCUTA_VESSELS];        /* [m] */
  double vessel_density[2];            /* [1/m^3] upper, deep plexus */
  double supply_factor, blood_share;   /* of the dermis's blood flow and volume */
  double skin_pressure;                /* [Pa] */
  double surface_tension, drop_radius; /* [N/m], [m] */
};

/* Loops stand upright below their apex, one to a papilla, as a Poisson process. */
struct percuta_bed {
  double loop_density, loop_radius; /* [1/m^2], [m] */
  double loop_top;                  /* [m] depth of the apex; no vessel lies above */
  struct percuta_plexus plexus[2];  /* upper, deep */
  double flow[PERCUTA_VESSELS];     /* [m^3/s] from one cut vessel of each kind that is cut alone */
  double supply;                    /* [m/s] blood that comes to an area of skin, at most */
  double stored;                    /* [m] blood in the vessels of an area that cuts can empty */
  double plug_time;                 /* [s] until a cut vessel is plugged */
};

/* Reads the law. Mistakes in the data go to `diag`. */
enum percuta_status percuta_bleeding_bed_law(const struct percuta_parameters *parameters,
                                             struct percuta_diag *diag,
                                             struct percuta_bed_law *out);

/* The bed of `skin` under `law`. */
struct percuta_bed percuta_bleeding_bed_make(const struct percuta_bed_law *law,
                                             const struct percuta_skin *skin);

/* Both of them. Mistakes in the data go to `diag`. */
enum percuta_status percuta_bleeding_bed_read(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_diag *diag, struct percuta_bed *out);

#endif

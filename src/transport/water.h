/* Water vapour that leaves skin (TEWL): the skin, its open channels beside it, and the still air
 * above in series. Theory: docs/theory/resealing.md. */
#ifndef PERCUTA_TRANSPORT_WATER_H
#define PERCUTA_TRANSPORT_WATER_H

#include "skin/skin.h"

/* Conductances are fluxes of vapour over the difference of its concentration in air. */
struct percuta_water {
  double diffusivity; /* [m^2/s] of vapour in air */
  double saturation;  /* [kg/m^3] of vapour over wet tissue */
  double air;         /* [kg/m^3] of vapour in the room */
  double boundary;    /* [m] of still air over the skin */
  double stratum;     /* [m] thickness of the stratum corneum */
  double intact;      /* [m/s] conductance of skin without channels */
};

/* The skin of `scenario` in the open, `intact` from the permeability of its stratum corneum to
 * water. Mistakes in the data go to `diag`. */
enum percuta_status percuta_transport_water_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_water *out);

/* Conductance [m^3/s] of one open channel of `radius` [m]: a pit as deep as the stratum corneum,
 * wet below it, and its mouth in still air; 0 of radius 0. */
double percuta_transport_water_channel(const struct percuta_water *water, double radius);

/* Water loss [kg/m^2/s] with `channels` [m/s] of conductance per area beside the intact skin. */
double percuta_transport_water_loss(const struct percuta_water *water, double channels);

#endif

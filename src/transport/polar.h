/* The water-filled path through the stratum corneum beside the lipids: pores, follicles and glands
 * taken together. It carries neutral and charged solutes alike. */
#ifndef PERCUTA_TRANSPORT_POLAR_H
#define PERCUTA_TRANSPORT_POLAR_H

#include "base/diag.h"
#include "base/parameters.h"

struct percuta_polar_model {
  double area_over_length; /* [1/m] */
  double pore_radius;      /* [m] */
};

enum percuta_status percuta_transport_polar_model_read(const struct percuta_parameters *parameters,
                                                       struct percuta_diag *diag,
                                                       struct percuta_polar_model *out);

/* Diffusion in a pore over that in open water times the share of the pore that a solute can reach
 * (Renkin), `size` being its radius over that of the pore; 1 at 0, 0 from 1 on. */
double percuta_transport_polar_hindrance(double size);

/* [m/s] of a solute of that radius [m] and diffusivity in water [m^2/s]. */
double percuta_transport_polar_permeance(const struct percuta_polar_model *model, double radius,
                                         double diffusivity);

#endif

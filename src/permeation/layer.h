/* What a solver of permeation needs to know of one layer of skin, for one compound and vehicle. */
#ifndef PERCUTA_PERMEATION_LAYER_H
#define PERCUTA_PERMEATION_LAYER_H

/* In each layer dc/dt = d/dx(diffusivity dc/dx) - loss c; at interfaces the flux and c/partition
 * are continuous. */
struct percuta_permeation_layer {
  const char *name;   /* static storage */
  double thickness;   /* [m] */
  double diffusivity; /* [m^2/s] of c, everything in the layer, bound or not */
  double partition;   /* [1] c at equilibrium over all of the compound, neutral and ionised, that is
                         dissolved in a volume of the aqueous vehicle */
  double loss;        /* [1/s] carried away by blood; in the dermis only */
};

#endif

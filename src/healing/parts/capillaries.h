/* Capillaries: what is cut, what sprouts under VEGF and is pruned again, and the oxygen they bring.
 */
#ifndef PERCUTA_HEALING_PARTS_CAPILLARIES_H
#define PERCUTA_HEALING_PARTS_CAPILLARIES_H

#include "healing/part.h"

struct percuta_capillaries {
  double diffusivity; /* of VEGF [m^2/s] */
  double decay;       /* of VEGF [1/s]; also what makes a unit of macrophages hold a level of one */
  double hypoxic;     /* VEGF of tissue without oxygen over that of a unit of macrophages */
  double sprouting;   /* g [1/s] */
  double half;        /* VEGF at half of it */
  double most;        /* capillaries beyond which none sprout, over those at rest */
  double pruning;     /* [1/s] */
  double half_oxygen; /* Michaelis constant of making collagen over oxygen at rest in health */
  double demand;      /* share of oxygen that cells use at rest */
  double perfusion;   /* of this skin relative to health */
};

/* Oxygen over that at rest in health where capillaries and cells are as given, relative to rest. */
double percuta_healing_capillaries_oxygen(const struct percuta_capillaries *c, double capillary,
                                          double cells);

#endif

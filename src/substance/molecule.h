/* Size of a molecule and how it moves in water, from its atoms. */
#ifndef PERCUTA_SUBSTANCE_MOLECULE_H
#define PERCUTA_SUBSTANCE_MOLECULE_H

#include "base/parameters.h"
#include "substance/compound.h"

struct percuta_molecule_model {
  double CHNO, F, Cl, Br, iodine, S, ring, double_bond, triple_bond; /* [m^3/mol] */
  double volume_large;                                               /* [m^3/mol] */
  double radius_small, radius_large;                                 /* [m] at 1 cm^3/mol */
  double diffusivity_small, diffusivity_large;                       /* [m^2/s] at 1 cm^3/mol */
  double exponent_small;
  double ion_neutral_share;
};

enum percuta_status
percuta_substance_molecule_model_read(const struct percuta_parameters *parameters,
                                      struct percuta_diag *diag,
                                      struct percuta_molecule_model *out);

/* [m^3/mol] at the boiling point (Schroeder), or what the compound's file says. */
double percuta_substance_molecule_volume(const struct percuta_molecule_model *model,
                                         const struct percuta_compound *compound);
/* [m] of a molecule of that volume. */
double percuta_substance_molecule_radius(const struct percuta_molecule_model *model, double volume);
/* [m^2/s] in water of a molecule of that volume. */
double percuta_substance_molecule_diffusivity(const struct percuta_molecule_model *model,
                                              double volume);

#endif

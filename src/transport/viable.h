/* Viable epidermis and dermis: binding, diffusion, and the blood that carries solutes away (Dancik
 * et al. 2013). Theory: docs/theory/barrier.md. */
#ifndef PERCUTA_TRANSPORT_VIABLE_H
#define PERCUTA_TRANSPORT_VIABLE_H

#include "base/parameters.h"
#include "substance/compound.h"

struct percuta_viable_model {
  double epidermis, dermis; /* [m] where the skin is not known */
  double tissue_pH;
  double diffusivity_log, diffusivity_slope; /* log10 cm^2/s at 1 g/mol, per decade of g/mol; of
                                                free solute in the dermis */
  double epidermis_conductivity;             /* [m^2/s] K D of the epidermis at 1 g/mol */
  double bound_diffusivity;                  /* [m^2/s] */
  double water_share, albumin_share, lipid_share;
  double exchange_surface; /* [1/m] */
  double blood_flow;       /* [1/s] */
  double capillary_factor;
  double potts_guy_log, potts_guy_kow, potts_guy_mass; /* log10 cm/h, 1, mol/kg */
  double unbound_slope[PERCUTA_BINDINGS], unbound_floor[PERCUTA_BINDINGS];
};

/* The tissue as one compound meets it. */
struct percuta_viable_tissue {
  double neutral;               /* share that is neutral at the tissue's pH */
  double unbound;               /* share not bound to albumin where albumin is */
  double binding;               /* all solute over what is free, per volume of water */
  double partition;             /* all solute over what is dissolved in water, neutral or not */
  double diffusivity;           /* [m^2/s] of all solute, in the dermis */
  double epidermis_diffusivity; /* [m^2/s] the same in the epidermis */
  double loss;                  /* [1/s] of all solute, where there are vessels */
};

enum percuta_status percuta_transport_viable_model_read(const struct percuta_parameters *parameters,
                                                        struct percuta_diag *diag,
                                                        struct percuta_viable_model *out);

/* Share not bound to albumin, from log10 of the distribution at the tissue's pH. */
double percuta_transport_viable_unbound(const struct percuta_viable_model *model,
                                        enum percuta_compound_binding binding, double log_d);

/* `ion_share` as in percuta_substance_compound_neutral. */
void percuta_transport_viable_compute(const struct percuta_viable_model *model,
                                      const struct percuta_compound *compound, double ion_share,
                                      struct percuta_viable_tissue *out);

#endif

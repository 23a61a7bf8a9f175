/* The stratum corneum as bricks and mortar: Wang, Kasting & Nitsche, with the constants of Dancik
 * et al. 2013. Theory: docs/theory/barrier.md. */
#ifndef PERCUTA_TRANSPORT_STRATUM_H
#define PERCUTA_TRANSPORT_STRATUM_H

#include "scenario/scenario.h"

enum percuta_hydration {
  PERCUTA_HYDRATION_DRY, /* partly hydrated: skin in the open */
  PERCUTA_HYDRATION_WET, /* fully hydrated: occluded or under water */
  PERCUTA_HYDRATIONS
};

enum { PERCUTA_STRATUM_POWERS = 5 };

/* The fit of the dimensionless permeability. */
struct percuta_stratum_fit {
  double floor, sigma_factor, r_factor;
  double c[PERCUTA_STRATUM_POWERS][PERCUTA_STRATUM_POWERS]; /* of log10 sigma, of log10 R */
  double hindrance[4];
};

/* What differs between the two states of hydration. */
struct percuta_stratum_state {
  double thickness;   /* [m] */
  double period;      /* [m] */
  double corneocytes; /* volume share */
  double fibrils;     /* volume share of a corneocyte */
  double water;       /* mass over dry mass */
  double slowing;     /* by which lipids are slower than when fully hydrated */
  struct percuta_stratum_fit fit;
};

struct percuta_stratum_model {
  struct percuta_stratum_state state[PERCUTA_HYDRATIONS];
  double bilayer, fibril_radius; /* [m] */
  double lipid_partition, lipid_exponent, protein_partition, protein_exponent;
  double dry_density_share, protein_density;
  double lateral_diffusivity, lateral_mass, lateral_exponent, lateral_floor; /* [m^2/s], [kg/mol] */
  double transfer_log, transfer_slope; /* log10 cm/s, per cube root of g/mol */
  double scatter;                      /* permeability in one laboratory over the law's */
  double charged_ratio; /* permeability of a form with one charge more over that without it */
  double polynomial_from, polynomial_to, least_sigma, most_sigma;
};

/* The solute, as far as the stratum corneum feels it. */
struct percuta_stratum_solute {
  double log_kow;
  double molar_mass;  /* [kg/mol] */
  double radius;      /* [m] */
  double diffusivity; /* [m^2/s] in water */
};

/* What the layer is to the neutral form. */
struct percuta_stratum_barrier {
  double R, sigma;      /* the two dimensionless numbers; sigma may be infinite */
  double dimensionless; /* permeability over D_lip K_lip / thickness */
  double permeability;  /* [m/s] at the thickness of the state of hydration */
  double partition;     /* mean concentration over that in water */
  double diffusivity;   /* [m^2/s] of the mean concentration */
  double lipid_partition;
};

enum percuta_status percuta_transport_stratum_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_stratum_model *out);

/* The dimensionless permeability at R and sigma. */
double percuta_transport_stratum_dimensionless(const struct percuta_stratum_model *model,
                                               enum percuta_hydration hydration, double R,
                                               double sigma);

void percuta_transport_stratum_compute(const struct percuta_stratum_model *model,
                                       enum percuta_hydration hydration,
                                       const struct percuta_stratum_solute *solute,
                                       struct percuta_stratum_barrier *out);

#endif

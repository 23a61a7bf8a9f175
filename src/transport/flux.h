/* What a diffusion cell tells of a course through skin: how much has come through, how fast, after
 * which lag. Theory: docs/theory/franz.md. */
#ifndef PERCUTA_TRANSPORT_FLUX_H
#define PERCUTA_TRANSPORT_FLUX_H

#include "transport/penetration.h"

/* Of one course, needled or intact. NAN where it cannot be told. */
struct percuta_flux {
  double most, most_time; /* [kg/m^2/s] largest mean between two outputs, [s] its middle */
  double steady;          /* [kg/m^2/s] of an infinite dose, once the flux changes no more */
  double lag;             /* [s] where the straight line of that flux meets zero */
  double permeability;    /* [m/s] Kp: steady over all that is dissolved in the vehicle */
};

/* [kg/m^2] Through an excised piece by an output, samples included; 0 of living skin. */
double percuta_transport_flux_permeated(const struct percuta_penetration *penetration,
                                        const struct percuta_permeation *course, int output);

/* [kg/m^2] What flux is counted by: what has come through an excised piece, or past the stratum
 * corneum of living skin. */
double percuta_transport_flux_passed(const struct percuta_penetration *penetration,
                                     const struct percuta_permeation *course, int output);

/* [kg/m^2/s] Mean of what passes from the output before to this one; from the first dose to the
 * first output. */
double percuta_transport_flux_mean(const struct percuta_penetration *penetration,
                                   const struct percuta_permeation *course, int output);

/* [kg/m^3] In the receptor at an output, before a sample that is due then; 0 of a sink. */
double percuta_transport_flux_receptor(const struct percuta_penetration *penetration,
                                       const struct percuta_permeation *course, int output);

/* `active`, whose course this is, and the product must be the penetration's. */
struct percuta_flux percuta_transport_flux_read(const struct percuta_penetration *penetration,
                                                const struct percuta_penetration_active *active,
                                                const struct percuta_permeation *course);

#endif

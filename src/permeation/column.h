/* Permeation at fidelity `column`: layers in depth and, where the skin is needled, a few rings
 * around one typical bore. No PETSc.
 *
 * Bores are an area fraction with exchange: the first ring is the bore (density * pi * radius^2 of
 * the skin), the others, each some times wider than the one before, the skin around it. What the
 * bore holds passes its wall and tip into the layers it meets there. Wholly mixed skin between the
 * bores (one ring) would take up far too much in the first hours, before substance has gone half
 * way to the next bore. */
#ifndef PERCUTA_PERMEATION_COLUMN_H
#define PERCUTA_PERMEATION_COLUMN_H

#include "permeation/domain.h"

/* The course; arguments and errors as of percuta_permeation_rings_run. */
enum percuta_status percuta_permeation_column_run(const struct percuta_domain *domain,
                                                  const struct percuta_resolution *resolution,
                                                  struct percuta_permeation **out,
                                                  const char **wrong);

/* Steady permeability [m/s] of intact layers from vehicle to a sink: 1 / sum(thickness / (K D)). */
double percuta_permeation_column_intact_permeability(const struct percuta_permeation_layer *layers,
                                                     int count);

/* Steady permeability [m/s] of parallel cylindrical bores: density [1/m^2], radius and length [m],
 * partition times diffusivity [m^2/s] of what fills them and of the tissue they end in:
 * density / (length / (pi radius^2 fill) + 1 / (4 radius tissue)). With fill = tissue this is the
 * parallel-pore formula. */
double percuta_permeation_column_bore_permeability(double density, double radius, double length,
                                                   double fill, double tissue);

/* Of intact skin (`intact` [m/s]) between bores that cover density * pi * radius^2 of it, and of
 * the bores (`bores` [m/s]) together. */
double percuta_permeation_column_permeability(double intact, double bores, double density,
                                              double radius);

#endif

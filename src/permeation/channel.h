/* Permeation at fidelity `channel`: the axisymmetric cell around one puncture, out to half the mean
 * distance between punctures, 1 / sqrt(pi density). Rings and rows are all solved at once, as what
 * passes a jump of partition cannot be split by directions. No PETSc. */
#ifndef PERCUTA_PERMEATION_CHANNEL_H
#define PERCUTA_PERMEATION_CHANNEL_H

#include "permeation/domain.h"

/* The course; the domain needs a density and a bore. Arguments and errors as of
 * percuta_permeation_rings_run. */
enum percuta_status percuta_permeation_channel_run(const struct percuta_domain *domain,
                                                   const struct percuta_resolution *resolution,
                                                   struct percuta_permeation **out,
                                                   const char **wrong);

#endif

/* Permeation at fidelity `patch`: a window of skin with many bores, each where it is, as boxes,
 * periodic across, over ranks. The finite volumes and the steps are those of rings.h
 * and march.h. Each backward Euler system is solved as boxes.h says. */
#ifndef PERCUTA_PERMEATION_PATCH_H
#define PERCUTA_PERMEATION_PATCH_H

#include "numerics/petsc_compat.h"
#include "permeation/domain.h"

struct percuta_patch_window {
  double width_x, width_y; /* [m] */
  int nx, ny;              /* cells, at least 3 either way */
};

/* The course of the domain, all of whose bores count (its density does not). Collective; any number
 * of ranks that nx * ny can be shared among. PERCUTA_BAD_INPUT comes with a sentence in *wrong
 * (static). *out, the same on every rank and owned by the caller, is untouched unless PERCUTA_OK.
 */
enum percuta_status percuta_permeation_patch_run(MPI_Comm comm, const struct percuta_domain *domain,
                                                 const struct percuta_patch_window *window,
                                                 const struct percuta_resolution *resolution,
                                                 struct percuta_permeation **out,
                                                 const char **wrong);

#endif

/* A cell of treated skin around one bore, in rings and rows: the network of column.c (few rings)
 * and channel.c (many), solved directly. The outer wall, at half the mean distance between bores,
 * lets nothing through. No PETSc.
 *
 * Finite volumes; between two cells the resistances of the two halves add up. A cell that a bore
 * covers in part is a mixture by volume. Cells are counted row by row, rings from the axis
 * outwards, so that links reach at most as far as there are rings; the vehicle, which may be linked
 * to cells far apart, is solved for beside them. */
#ifndef PERCUTA_PERMEATION_RINGS_H
#define PERCUTA_PERMEATION_RINGS_H

#include "permeation/domain.h"

/* Faces of `inner` equal rings out to `wall` and `outer` growing ones from there to `radius`;
 * inner + outer + 1 values into `face`. */
void percuta_permeation_rings_faces(double wall, int inner, double radius, int outer, double *face);

/* The course of the domain on rings with these faces [m] (rings + 1 from 0 up; the last is the
 * outer wall, whose disc is the area amounts are referred to). On PERCUTA_BAD_INPUT *wrong is a
 * sentence, static. *out is owned by the caller, untouched on failure. */
enum percuta_status percuta_permeation_rings_run(const struct percuta_domain *domain,
                                                 const struct percuta_resolution *resolution,
                                                 int rings, const double *face, int cells,
                                                 struct percuta_permeation **out,
                                                 const char **wrong);

#endif

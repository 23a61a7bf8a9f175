/* The axisymmetric cell around one bore: BORE_CELLS equal rings to its wall, OUTER_CELLS growing
 * ones from there to R = 1/sqrt(pi density), half the mean distance between bores. rings.c solves
 * it.
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_channel.c (Bessel
 * series around a bore, parallel pores, balance). */
#include "permeation/channel.h"

#include <math.h>
#include <stdlib.h>

#include "permeation/rings.h"

enum { CELLS = 20, BORE_CELLS = 5, OUTER_CELLS = 14 };

static int given_or(int given, int otherwise) {
  return given > 0 ? given : otherwise;
}

enum percuta_status percuta_permeation_channel_run(const struct percuta_domain *domain,
                                                   const struct percuta_resolution *resolution,
                                                   struct percuta_permeation **out,
                                                   const char **wrong) {
  int inner = given_or(resolution->bore_cells, BORE_CELLS);
  int outer = given_or(resolution->outer_cells, OUTER_CELLS);
  enum percuta_status status = percuta_permeation_domain_check(domain, true, wrong);
  if (status == PERCUTA_OK && domain->bore_count == 0) {
    *wrong = "there is no bore to look at";
    status = PERCUTA_BAD_INPUT;
  }
  if (status != PERCUTA_OK)
    return status;
  double *face = malloc((size_t)(inner + outer + 1) * sizeof *face);
  double radius = 1 / sqrt(acos(-1.0) * domain->density), wall = 0;
  for (int at = 0; at < domain->bores->radius_count; ++at)
    wall = fmax(wall, domain->bores->radius[at]);
  if (!face)
    return PERCUTA_MEMORY;
  percuta_permeation_rings_faces(wall, inner, radius, outer, face);
  status = percuta_permeation_rings_run(domain, resolution, inner + outer, face,
                                        given_or(resolution->cells, CELLS), out, wrong);
  free(face);
  return status;
}

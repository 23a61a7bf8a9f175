/* Rows in depth; with bores, the bore as one ring and OUTER growing ones to R = 1/sqrt(pi density)
 * around it. rings.c solves it. Beside it, steady permeabilities P [m/s] in closed form:
 *   layers  1/P = sum of h/(K D)
 *   bores   P = density / [length/(pi radius^2 fill) + 1/(4 radius tissue)],  fill, tissue: K D
 *   both    P = P_layers (1 - density pi radius^2) + P_bores
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_column.c; the
 * closed forms: tests/unit/test_domain.c. */
#include "permeation/column.h"

#include <math.h>

#include "permeation/rings.h"

enum { CELLS = 16, OUTER = 5 };

enum percuta_status percuta_permeation_column_run(const struct percuta_domain *domain,
                                                  const struct percuta_resolution *resolution,
                                                  struct percuta_permeation **out,
                                                  const char **wrong) {
  double face[OUTER + 2] = {0, 1};
  int rings = 1, cells = resolution->cells > 0 ? resolution->cells : CELLS;
  enum percuta_status status = percuta_permeation_domain_check(domain, true, wrong);
  if (status == PERCUTA_OK && domain->density > 0) {
    double radius = 1 / sqrt(acos(-1.0) * domain->density), wall = 0;
    for (int at = 0; at < domain->bores->radius_count; ++at)
      wall = fmax(wall, domain->bores->radius[at]);
    rings = OUTER + 1;
    percuta_permeation_rings_faces(wall, 1, radius, OUTER, face);
  }
  if (status == PERCUTA_OK)
    status = percuta_permeation_rings_run(domain, resolution, rings, face, cells, out, wrong);
  return status;
}

double percuta_permeation_column_intact_permeability(const struct percuta_permeation_layer *layers,
                                                     int count) {
  double resistance = 0;
  for (int l = 0; l < count; ++l)
    resistance += layers[l].thickness / (layers[l].partition * layers[l].diffusivity);
  return 1 / resistance;
}

double percuta_permeation_column_bore_permeability(double density, double radius, double length,
                                                   double fill, double tissue) {
  return density / (length / (acos(-1.0) * radius * radius * fill) + 0.25 / (radius * tissue));
}

double percuta_permeation_column_permeability(double intact, double bores, double density,
                                              double radius) {
  return intact * (1 - density * acos(-1.0) * radius * radius) + bores;
}

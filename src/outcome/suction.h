/* A virtual cutometer: skin sucked into a small opening. Theory: docs/theory/suction.md. */
#ifndef PERCUTA_OUTCOME_SUCTION_H
#define PERCUTA_OUTCOME_SUCTION_H

#include "scenario/scenario.h"

struct percuta_suction_law {
  double pressure, radius;          /* [Pa], [m] of the opening */
  double geometry;                  /* what plate, shear and friction add; calibrated */
  double immediate, net, gross;     /* Ue/Uf, R5 and R2 of skin before treatment */
  double modulus, tension, poisson; /* [Pa], [N/m], of skin with the collagen of youth */
};

enum percuta_status percuta_outcome_suction_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_suction_law *out);

/* Height [m] of the dome of a membrane under this tension [N/m], of this modulus [Pa] and thickness
 * [m]; 0 without suction. */
double percuta_outcome_suction_dome(const struct percuta_suction_law *law, double tension,
                                    double modulus, double thick);

#endif

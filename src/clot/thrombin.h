/* Thrombin generation in time: a person's blood integrated as a stiff system with PETSc's TS. */
#ifndef PERCUTA_CLOT_THROMBIN_H
#define PERCUTA_CLOT_THROMBIN_H

#include "clot/blood.h"

/* Integrates blood from its initial state over its window. Each rank that calls computes all of it,
 * with the same result. PERCUTA_NUMERICS when the solver gives up. The members of *out that compare
 * with normal blood are 1. */
enum percuta_status percuta_clot_thrombin_integrate(const struct percuta_blood *blood,
                                                    struct percuta_clot *out);

/* How the blood of the scenario's person clots, and how that compares with normal blood:
 * `signal_rel` and `plug_rel` are exactly 1 for it. Mistakes in the data go to `diag`. */
enum percuta_status percuta_clot_thrombin_compute(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_clot *out);

#endif

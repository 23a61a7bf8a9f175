/* A person's blood as it clots in a cut: the network of thrombin generation, fibrin made by
 * thrombin, platelets that release under thrombin. Physics at a point; no PETSc.
 *
 * The state has percuta_clot_blood_size entries: the network's species [mol/m^3], then fibrinogen
 * left [mol/m^3], then the share of platelets that have not released yet. Theory:
 * docs/theory/clot.md. Tests: tests/unit/test_blood.c, tests/verification/test_thrombin.c.
 */
#ifndef PERCUTA_CLOT_BLOOD_H
#define PERCUTA_CLOT_BLOOD_H

#include "clot/network.h"
#include "scenario/scenario.h"

#define PERCUTA_BLOOD_SIZE (PERCUTA_NETWORK_SPECIES + 2) /* entries a state has at most */

/* What clotting comes to. A time is infinite when it is not reached within `window`. */
struct percuta_clot {
  double window;             /* [s] over which blood was followed */
  double threshold_time;     /* [s] until active thrombin reaches the level of clotting */
  double peak;               /* [mol/m^3] largest active thrombin, IIa + 1.2 mIIa; 0: none */
  double peak_time;          /* [s] of it; infinite too while it still rises at the end */
  double fibrin_time;        /* [s] until half of the fibrinogen is fibrin */
  double fibrin;             /* [mol/m^3] at the end */
  double platelet_time;      /* [s] until half of the platelets have released */
  double platelets_released; /* share of the platelets, at the end */
  double pdgf, tgf_beta;     /* [kg/m^3] released into the blood, at the end */
  double signal_rel;    /* platelets released per volume, relative to a person of normal blood */
  double plug_rel;      /* time to plug a vessel, likewise */
  double balance_error; /* largest change of a sum that the reactions conserve, relative */
};

/* Values of the table `clot`, SI. */
struct percuta_blood_parameters {
  double tissue_factor, VIIa, meizothrombin_weight, threshold, window;
  double II, V, VII, VIII, IX, X, AT, TFPI, fibrinogen, platelets; /* of normal blood */
  double fibrin_rate, fibrin_half, platelet_half, platelet_rate, pdgf, tgf_beta;
  double bleeding_time, bleeding_time_none, bleeding_time_slope, bleeding_time_least;
  double plug_thrombin_share;
  double warfarin_II, warfarin_VII, warfarin_IX, warfarin_X;
  double tolerance;
};

struct percuta_blood {
  struct percuta_blood_parameters parameters;
  struct percuta_network network; /* owned */
  int thrombin, meizothrombin;    /* species */
  double initial[PERCUTA_BLOOD_SIZE];
  double platelets; /* [1/m^3] of this person */
};

/* Normal blood, whatever the scenario's person has. */
extern const struct percuta_clotting PERCUTA_CLOT_BLOOD_NORMAL;

/* Whether the scenario's person has normal blood and no anticoagulant. */
bool percuta_clot_blood_is_normal(const struct percuta_scenario *scenario);

/* Blood of the scenario's person, or with `normal` blood of a person who lacks nothing. Release
 * with percuta_clot_blood_clear. Mistakes in the data go to `diag`. */
enum percuta_status percuta_clot_blood_read(const struct percuta_scenario *scenario, bool normal,
                                            struct percuta_diag *diag, struct percuta_blood *out);
void percuta_clot_blood_clear(struct percuta_blood *blood);

int percuta_clot_blood_size(const struct percuta_blood *blood);
int percuta_clot_blood_fibrinogen(const struct percuta_blood *blood); /* index in the state */
int percuta_clot_blood_platelets(const struct percuta_blood *blood);  /* index in the state */

/* Active thrombin as it is measured [mol/m^3]: IIa + 1.2 mIIa of a state, or of its rates. */
double percuta_clot_blood_thrombin(const struct percuta_blood *blood, const double *state);

/* Writes the state's rates of change [per second]. */
void percuta_clot_blood_rates(const struct percuta_blood *blood, const double *state,
                              double *rates);

/* Writes d(rates_i)/d(state_j) into jacobian[i + j * size]. */
void percuta_clot_blood_jacobian(const struct percuta_blood *blood, const double *state,
                                 double *jacobian);

/* Time [s] that bleeding takes to stop for want of platelets (Harker & Slichter 1972). */
double percuta_clot_blood_bleeding_time(const struct percuta_blood_parameters *parameters,
                                        double platelets);

/* Time to plug a vessel over that of normal blood: platelets' bleeding time [s], of which a share
 * waits for thrombin to reach the level of clotting [s]. Of each pair the first is of normal blood.
 */
double percuta_clot_blood_plug(const struct percuta_blood_parameters *parameters,
                               const double bleeding_time[2], const double threshold_time[2]);

#endif

/* The healing stage on a grid: which rows are dermis, where collagen rests, what an injury does to
 * the state, and averages of it. The physics at a point is in healing/koppenol. */
#ifndef PERCUTA_HEALING_HEALING_H
#define PERCUTA_HEALING_HEALING_H

#include "healing/injury.h"
#include "healing/koppenol/koppenol.h"
#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_healing {
  const struct percuta_mesh *mesh; /* borrowed */
  struct percuta_koppenol model;
  struct percuta_problem problem; /* for the stepper; its context is this struct */
  bool *dermal;                   /* owned, nz: whether a depth row is dermis */
  double *rest;                   /* owned, this rank's cells: resting collagen, 0 outside dermis */
  double *coefficient[4];         /* owned, nz each: crowding, chemotaxis, signal, macrophage */
};

/* Collective. */
PetscErrorCode percuta_healing_create(const struct percuta_mesh *mesh,
                                      const struct percuta_skin *skin,
                                      const struct percuta_koppenol_parameters *parameters,
                                      struct percuta_healing **out);
PetscErrorCode percuta_healing_destroy(struct percuta_healing **healing); /* accepts NULL */

/* Writes the state of rest into `u`, this rank's fields. */
void percuta_healing_rest(const struct percuta_healing *healing, double *u);

/* Cuts: each cell loses the injured share of its cells and collagen, gains that much clot and
 * debris, and the platelets' share of the wound's signal, as much as these platelets release, where
 * clot formed. */
void percuta_healing_injure(const struct percuta_healing *healing,
                            const struct percuta_injury *injury, double *u);

/* Volume means over the dermis between two depths, and extremes over all of the dermis. */
struct percuta_healing_means {
  double field[PERCUTA_KOPPENOL_FIELDS];
  double volume;       /* [m^3] averaged over */
  double signal_max;   /* largest s anywhere in the dermis */
  double runaway_frac; /* share of the dermis's volume in which s is above the runaway level */
};

/* Collective; the same answer on every rank. */
PetscErrorCode percuta_healing_average(const struct percuta_healing *healing, const double *u,
                                       double top, double bottom,
                                       struct percuta_healing_means *out);

/* Typical size of each field, for the error control of the stepper. */
extern const double PERCUTA_HEALING_SCALE[PERCUTA_KOPPENOL_FIELDS];

#endif

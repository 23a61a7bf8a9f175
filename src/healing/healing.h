/* The healing stage on a grid: which rows are dermis, where collagen rests, what an injury does to
 * the state, and averages of it. The physics at a point is in healing/cascade.h and below. */
#ifndef PERCUTA_HEALING_HEALING_H
#define PERCUTA_HEALING_HEALING_H

#include "healing/cascade.h"
#include "healing/injury.h"
#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_healing {
  const struct percuta_mesh *mesh; /* borrowed */
  struct percuta_cascade cascade;
  struct percuta_problem problem;    /* for the stepper; its context is this struct */
  double scale[PERCUTA_FIELD_COUNT]; /* typical size of the field in each place, for the stepper */
  double strictness;                 /* what the stepper's tolerance is to be multiplied by */
  bool *dermal, *epidermal;          /* owned, nz: what a depth row is */
  int *kind;                         /* owned, nz: the same as a number, for the stepper */
  double *rest;         /* owned, this rank's cells: resting collagen, 0 outside dermis */
  bool *inside;         /* owned, nx * this rank's rows in y: in the skin's defect, seen from above;
                           NULL where there is none */
  double defect_bottom; /* [m] */
  double *coefficient;  /* owned: of movement, nz to each field and kind */
  double *idle;         /* owned, PERCUTA_PIECE to each field: what is read of those that are off */
};

/* Collective. `cascade` is copied; its layout must be that of the mesh's fields. */
PetscErrorCode percuta_healing_create(const struct percuta_mesh *mesh,
                                      const struct percuta_skin *skin,
                                      const struct percuta_cascade *cascade,
                                      struct percuta_healing **out);
PetscErrorCode percuta_healing_destroy(struct percuta_healing **healing); /* accepts NULL */

/* This rank's values of a field in the state `u`; NULL when it is not computed. */
double *percuta_healing_field(const struct percuta_healing *healing, double *u,
                              enum percuta_field field);

/* Writes the state of rest into `u`, this rank's fields. */
void percuta_healing_rest(const struct percuta_healing *healing, double *u);

/* Lets every part of the model answer the cuts, cell by cell. */
void percuta_healing_injure(const struct percuta_healing *healing,
                            const struct percuta_injury *injury, double *u);

/* Makes room in the middle of rings for the tracks of a next session, which fall anywhere: what is
 * there to be cut is the mean of its depth. Tracks that are there move one place out, and the
 * oldest, when there is no place, among the rest. Of each as much is struck as of all the skin.
 * Means stay. Nothing in boxes. Comes before percuta_healing_injure with the same injury. */
void percuta_healing_make_room(const struct percuta_healing *healing,
                               const struct percuta_injury *injury, double *u);

/* Volume means between two depths of the dermis (of all of the epidermis, for what lives there),
 * and extremes over all of the dermis. Plain numbers only: checkpoints keep it as an array. */
struct percuta_healing_means {
  double field[PERCUTA_FIELD_COUNT]; /* idle value where not computed */
  double production;                 /* of collagen [1/s] */
  double supply;                     /* of oxygen, what it multiplies */
  double dermis_collagen;            /* as the field, but over all of the dermis */
  double volume;                     /* [m^3] averaged over */
  double signal_max;                 /* largest signal anywhere in the dermis */
  double runaway_frac; /* share of the dermis's volume in which it is above the runaway level */
  /* Collagen over that at rest inside the skin's defect and around it, between the same depths but
   * not below the defect; over all of the skin where it has none. */
  double inside, around;
};

/* Where averages take this rank's state from: an array, or what gives `count` values of it from
 * number `at` on, to any number of threads. */
struct percuta_healing_source {
  const double *array; /* borrowed; NULL: by `values` */
  void (*values)(const void *context, size_t at, size_t count, double *out);
  const void *context; /* borrowed */
};

/* Collective; the same answer on every rank, and of any number of threads. */
PetscErrorCode percuta_healing_average(const struct percuta_healing *healing,
                                       const struct percuta_healing_source *source, double top,
                                       double bottom, struct percuta_healing_means *out);

#endif

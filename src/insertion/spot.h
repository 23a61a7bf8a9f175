/* How a needle comes to rest where the skin is not the same everywhere: in a recess of the relief,
 * and where the epidermis is thicker or thinner than on average. */
#ifndef PERCUTA_INSERTION_SPOT_H
#define PERCUTA_INSERTION_SPOT_H

#include "insertion/model.h"
#include "insertion/uncertainty.h"

/* What a strike finds at its place. */
struct percuta_spot {
  double gap;   /* [m] from drum or head, at rest on the skin, down to the surface here */
  double shift; /* [m] by which the epidermis is thicker than on average */
};

/* The patch as strikes find it. */
struct percuta_ground {
  struct percuta_relief relief;
  double conformity;                   /* share of a recess that is pressed flat */
  struct percuta_variation *variation; /* owned */
};

/* The ground of a patch of side `width` [m]. Release with percuta_insertion_spot_clear. */
enum percuta_status percuta_insertion_spot_survey(const struct percuta_insertion_model *model,
                                                  const struct percuta_scenario *scenario,
                                                  double width, struct percuta_ground *out);
void percuta_insertion_spot_clear(struct percuta_ground *ground);

struct percuta_spot percuta_insertion_spot_at(const struct percuta_ground *ground, double x,
                                              double y);

/* How needles of one kind, straight or bent, come to rest. */
struct percuta_spot_rest {
  struct percuta_needle upright;    /* worn, and as seen from above when it leans */
  struct percuta_puncture puncture; /* of one that gets in */
  struct percuta_puncture held;     /* of one that does not */
  double chance;                    /* that it gets in: the share of the draws in which it does */
};

/* Solutions on a grid of gaps and, where the thickness of the skin is felt, of shifts: strikes are
 * many, and whether a needle gets in is asked of every draw. */
enum { PERCUTA_SPOT_GAPS = 65, PERCUTA_SPOT_SHIFTS = 5 };
struct percuta_spot_table {
  double gap_step, shift_step, shift_low; /* [m]; 0 where the table has one entry */
  int gaps, shifts;
  struct percuta_spot_rest rest[PERCUTA_SPOT_SHIFTS][PERCUTA_SPOT_GAPS];
};

/* Fills the table for a needle of `device` that leans by `lean` [rad] and is pushed by `hand`. */
void percuta_insertion_spot_tabulate(const struct percuta_device *device,
                                     const struct percuta_insertion_model *model,
                                     const struct percuta_ensemble *ensemble,
                                     const struct percuta_ground *ground, double lean,
                                     const struct percuta_hand *hand,
                                     struct percuta_spot_table *out);

/* The rest at a spot, between the solutions tabulated; exact on flat, uniform skin. */
struct percuta_spot_rest percuta_insertion_spot_look_up(const struct percuta_spot_table *table,
                                                        const struct percuta_spot *spot);

#endif

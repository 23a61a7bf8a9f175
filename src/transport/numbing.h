/* Numbing: how deep a cream makes skin numb, for how long, and how much of it the blood carries.
 * Theory: docs/theory/numbing.md. */
#ifndef PERCUTA_TRANSPORT_NUMBING_H
#define PERCUTA_TRANSPORT_NUMBING_H

#include "transport/delivery.h"

struct percuta_numbing_active {
  double plasma_most, plasma_time; /* [kg/m^3], [s] since the first dose */
  double absorbed;                 /* [kg] into the blood over the area, by the end */
  double warn_from;                /* [kg/m^3] plasma level of mild toxicity; 0: not known */
  double *plasma;                  /* [kg/m^3] owned; at the delivery's times */
};

struct percuta_numbing {
  bool used;                        /* false: no cream; nothing below is set then */
  bool needles_first;               /* the cream went on after the needles */
  struct percuta_delivery delivery; /* owned parts */
  double area;                      /* [m^2] under cream */
  double needling;                  /* [s] since the first dose, when the needles start; before it
                                       when needles_first */
  double *depth;                    /* [m] owned; numb depth at the delivery's times, below the
                                       surface; 0: not numb */
  double depth_at_needling;         /* [m] 0 when needles_first */
  double depth_low, depth_high;     /* [m] of it, at the ends of the numbing level's range */
  double depth_most, depth_most_time;
  double onset, end;            /* [s] since the first dose, of numbness of the living epidermis and
                                   the top of the dermis; negative: not within the course */
  double pain_free_depth;       /* [m] at needling, to which a needle does not hurt */
  double pain_free_unmedicated; /* [m] the same without cream */
  struct percuta_numbing_active active[PERCUTA_PRODUCT_ACTIVES];
  double toxicity;      /* largest sum over actives of plasma level over warn_from */
  double mass;          /* [kg] of product on the area, in all */
  double mass_limit;    /* [kg] 0: the product names none */
  double area_limit;    /* [m^2] 0: none */
  double time_limit;    /* [s] 0: none */
  char warning[4][320]; /* sentences */
  int warning_count;
};

void percuta_numbing_clear(struct percuta_numbing *numbing); /* accepts one of zeros */

#endif

/* Fibroblasts that hold on to intact collagen are stretched, make collagen and spare it; in
 * fragmented dermis they let go, make less and cut more (Varani 2006; Fisher 2009). */
#ifndef PERCUTA_HEALING_PARTS_TENSION_H
#define PERCUTA_HEALING_PARTS_TENSION_H

#include "healing/part.h"

struct percuta_tension {
  double least;     /* stretch without any collagen */
  double steepness; /* h */
  double half;      /* k = K^h, from the stretch in old skin */
  double cutting;   /* mu */
};

/* Stretch of fibroblasts where collagen is `collagen` of young dermis, over that in young dermis:
 *   s(r) = s0 + (1 - s0) (1 + k) r^h / (k + r^h) */
double percuta_healing_tension_stretch(const struct percuta_tension *tension, double collagen);

/* Above rest: gain of the loop collagen -> stretch -> collagen where collagen rests at `rest`: by
 * how much making and loss answer a small change of collagen, over what brings it back without
 * them. Below one, or rest is not stable. */
double percuta_healing_tension_gain(const struct percuta_cascade *cascade, double rest);

#endif

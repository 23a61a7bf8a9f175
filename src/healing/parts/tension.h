/* Fibroblasts that hold on to intact collagen are stretched, make collagen and spare it; in
 * fragmented dermis they let go, make less and cut more (Varani 2006; Fisher 2009). */
#ifndef PERCUTA_HEALING_PARTS_TENSION_H
#define PERCUTA_HEALING_PARTS_TENSION_H

#include "healing/part.h"

struct percuta_tension {
  double steepness; /* h */
  double half;      /* k: what is let go of over what is held, in young dermis */
  double cutting;   /* mu */
  double most;      /* g */
};

/* Share of a fibroblast's surface that holds on where collagen is `collagen` of young dermis:
 *   a(r) = r^h / (k + r^h) */
double percuta_healing_tension_attached(const struct percuta_tension *tension, double collagen);

/* Just above rest: how much of what brings collagen back, where it rests at `rest`, stretch undoes.
 * Below `most` whatever the parameters are. */
double percuta_healing_tension_gain(const struct percuta_cascade *cascade, double rest);

#endif

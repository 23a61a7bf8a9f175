/* Elastin: tropoelastin from stirred-up fibroblasts, the fibre it becomes, and the fibre that was
 * there before. */
#ifndef PERCUTA_HEALING_PARTS_ELASTIN_H
#define PERCUTA_HEALING_PARTS_ELASTIN_H

#include "healing/part.h"

struct percuta_elastin {
  double making;  /* p [1/s] */
  double linking; /* x [1/s] */
  double fading;  /* l [1/s] */
  double cutting; /* d [1/s] */
};

#endif

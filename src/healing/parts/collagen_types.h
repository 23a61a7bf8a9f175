/* New collagen is rich in type III and matures to type I: how much of collagen is type III. */
#ifndef PERCUTA_HEALING_PARTS_COLLAGEN_TYPES_H
#define PERCUTA_HEALING_PARTS_COLLAGEN_TYPES_H

#include "healing/part.h"

struct percuta_collagen_types {
  double resting_share; /* of type III in young dermis at rest */
  double new_share;     /* of type III in collagen that is made */
  double maturation;    /* III -> I [1/s] */
};

extern const struct percuta_part percuta_healing_collagen_types_part;

#endif

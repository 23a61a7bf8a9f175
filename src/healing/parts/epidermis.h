/* The viable epidermis: keratinocytes close the gaps that needles left, and for some weeks make
 * more of themselves than they lose. */
#ifndef PERCUTA_HEALING_PARTS_EPIDERMIS_H
#define PERCUTA_HEALING_PARTS_EPIDERMIS_H

#include "healing/part.h"

struct percuta_epidermis {
  double meeting;  /* m [s] in which the last of a gap closes */
  double calming;  /* k_h [1/s] */
  double turnover; /* 1/tau [1/s] */
  double most;     /* B */
  double half;     /* H */
};

#endif

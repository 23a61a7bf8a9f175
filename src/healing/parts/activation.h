/* Fibroblasts between signal and collagen: switched on by signal within days, off again within
 * weeks; what they make follows what they are switched to. */
#ifndef PERCUTA_HEALING_PARTS_ACTIVATION_H
#define PERCUTA_HEALING_PARTS_ACTIVATION_H

#include "healing/part.h"

struct percuta_activation {
  double switching_on;  /* [1/s] where all that signal can call for is called for */
  double switching_off; /* [1/s] where nothing is */
  double making_ready;  /* from switched on to making collagen [1/s] */
};

#endif

/* Signal that is latent: held by fibrin and matrix where it was released, and set free over days.
 */
#ifndef PERCUTA_HEALING_PARTS_LATENT_H
#define PERCUTA_HEALING_PARTS_LATENT_H

#include "healing/part.h"

struct percuta_latent {
  double freeing; /* [1/s] */
};

#endif

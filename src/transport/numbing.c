#include "transport/numbing.h"

#include <stdlib.h>

void percuta_numbing_clear(struct percuta_numbing *numbing) {
  for (int i = 0; i < PERCUTA_PRODUCT_ACTIVES; ++i)
    free(numbing->active[i].plasma);
  free(numbing->depth);
  percuta_delivery_clear(&numbing->delivery);
  *numbing = (struct percuta_numbing){.used = false};
}

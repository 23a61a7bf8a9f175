/* Collagen in two pools: young, that enzymes can cut, and held by mature cross-links, that lasts
 * for years. */
#ifndef PERCUTA_HEALING_PARTS_CROSSLINKS_H
#define PERCUTA_HEALING_PARTS_CROSSLINKS_H

#include "healing/part.h"

struct percuta_crosslinks {
  double maturing;        /* of young collagen [1/s] */
  double loss;            /* of mature collagen [1/s] */
  double resting_exposed; /* share of young collagen at rest, loss / (loss + maturing) */
  double resting_loss; /* loss of mature collagen per collagen at rest, over the core's turnover of
                          young dermis */
};

/* Production at rest over that of the core alone: what lasts need not be made again. `rest` is
 * resting collagen relative to young dermis. */
double percuta_healing_crosslinks_making(const struct percuta_cascade *cascade, double rest);

#endif

/* In-plane mechanics of the treated tile: myofibroblasts pull, the matrix gives way while it is
 * remodelled, and stiffness follows what it is made of. One strain for all depths. */
#ifndef PERCUTA_HEALING_PARTS_MECHANICS_H
#define PERCUTA_HEALING_PARTS_MECHANICS_H

#include "healing/part.h"

struct percuta_mechanics {
  double modulus; /* [Pa] of dermis with the collagen of young skin */
  double
      constraint; /* c = (1 + Poisson's ratio)/2: what surrounding skin leaves of a free strain */
  double pull;    /* [Pa] xi Nbar / rho_bar */
  double half_collagen; /* R over the collagen of young dermis */
  double remodelling;   /* [1/s] zeta Nbar c_wound: at a signal of one */
  double inhibition;    /* a_3, at a signal of one */
  double mmp;           /* eta_2 */
  double tension;       /* [N/m] of skin at rest */
  double elastin_share; /* of the stiffness at rest */
};

/* Means over the treated dermis at one time. */
struct percuta_mechanics_means {
  double time;                      /* [s] */
  double collagen, elastin;         /* relative to before */
  double fibroblast, myofibroblast; /* relative to resting fibroblasts */
  double signal;                    /* of a wound's */
};

struct percuta_mechanics_state {
  double strain;    /* of the tile, in plane; negative: it has shrunk */
  double plastic;   /* what the matrix gave way to */
  double tension;   /* [Pa] in-plane stress of the treated dermis beyond that before */
  double stiffness; /* relative to before */
  double tightness; /* in-plane stress over that before */
};

/* Follows `count` times, rising, from an unstrained first one. `rest` is resting collagen relative
 * to young dermis, `share` the part of the dermis' thickness that was treated, `thickness` [m] that
 * of dermis and epidermis. */
void percuta_healing_mechanics_follow(const struct percuta_mechanics *mechanics, double rest,
                                      double share, double thickness, size_t count,
                                      const struct percuta_mechanics_means *means,
                                      struct percuta_mechanics_state *out);

#endif

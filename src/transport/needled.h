/* Needled skin as the permeation solvers see it: the layers of this person at this site for one
 * compound and vehicle, the punctures of a session as bores, and how these close. Theory:
 * docs/theory/penetration.md. */
#ifndef PERCUTA_TRANSPORT_NEEDLED_H
#define PERCUTA_TRANSPORT_NEEDLED_H

#include "bleeding/bleeding.h"
#include "insertion/channel.h"
#include "permeation/domain.h"
#include "transport/intact.h"
#include "transport/reseal.h"

enum { PERCUTA_NEEDLED_LAYERS = PERCUTA_INTACT_LAYERS, PERCUTA_NEEDLED_CLOSINGS = 26 };

/* The punctures left after a session, before they close. */
struct percuta_needled_bores {
  double density;   /* [1/m^2] of those that pass the stratum corneum; 0: none */
  double depth;     /* [m] mean depth left */
  double radius;    /* [m] left at the surface, root mean square */
  double tip_share; /* radius at the tip over that at the surface, as while the needle is in */
  double clot;      /* volume share of the bores that is clot; the rest is fluid */
  double flow;      /* [m^3/s] blood out of the mouth of a bore that bleeds over, beside what fills
                       its track */
  double flowing;   /* share of the bores that do */
  double plugged;   /* [s] until they do no more */
  double width;     /* [m] of the square on which `each` lies */
  int count;        /* of `each`; 0 when the mean puncture alone is asked for */
  struct percuta_bore *each; /* owned; where each is, for the patch */
  double *radii;             /* owned; two for each, which borrow them */
};

struct percuta_needled_model {
  struct percuta_intact_model intact;
  double haematocrit; /* volume share of a clot that is cells, which solutes go around */
};

/* Skin and the compound on it. */
struct percuta_needled_case {
  const struct percuta_needled_model *model;
  const struct percuta_skin *skin;
  const struct percuta_compound *compound;
  double pH;
  enum percuta_hydration hydration;
  double barrier; /* permeability of the stratum corneum under the product over that under water */
  double flow;    /* blood flow under the product over that without it */
  bool excised;   /* no blood, no fat, and below the last layer a receptor */
  bool removed[PERCUTA_INTACT_LAYERS]; /* layers that the knife has taken */
  double dermis;                       /* [m] what it has left of it, of an excised piece; 0: all */
  double receptor;    /* [m] volume per area of the fluid below an excised piece; 0: a sink */
  double receptor_pH; /* of that fluid */
};

/* A domain with what it borrows. Do not copy once filled. */
struct percuta_needled_domain {
  struct percuta_domain domain; /* doses and outputs are the caller's to add */
  struct percuta_permeation_layer layer[PERCUTA_NEEDLED_LAYERS];
  double swelling, deepest; /* [m] of the stratum corneum over dry; to which bores may go */
  struct percuta_bore typical;
  double radius[2];
  struct percuta_closing closing[PERCUTA_NEEDLED_CLOSINGS];
};

enum percuta_status percuta_transport_needled_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_needled_model *out);

/* The punctures of `channels` on a square of `width` [m], `each` of them too when `all`; from
 * `bleeding`, NULL where no blood is shed, the share that is clot. *out is owned by the caller:
 * release with percuta_transport_needled_clear. */
enum percuta_status percuta_transport_needled_bores(const struct percuta_channels *channels,
                                                    const struct percuta_bleeding *bleeding,
                                                    const struct percuta_skin *skin, double width,
                                                    bool all, struct percuta_needled_bores *out);
void percuta_transport_needled_clear(struct percuta_needled_bores *bores);

/* Layers, bores and closing until `end` [s], on punctures that are `age` [s] old at the start;
 * `bores` NULL or without density: intact skin. `reseal` says how fast bores close; NULL: not at
 * all, as in excised skin. Layer names: "stratum corneum", "viable epidermis", "dermis" and, unless
 * excised, "subcutis"; below an excised piece "receptor", unless that is a sink. */
void percuta_transport_needled_make(const struct percuta_needled_case *what,
                                    const struct percuta_needled_bores *bores,
                                    const struct percuta_reseal *reseal, double age, double end,
                                    struct percuta_needled_domain *out);

/* Depth [m] in the domain of a bore that was left `depth` [m] deep. */
double percuta_transport_needled_depth(const struct percuta_needled_domain *domain, double depth);

#endif

/* Needled skin as the permeation solvers see it: the layers of this person at this site for one
 * compound and vehicle, the punctures of a session as bores, and how these close. Theory:
 * docs/theory/delivery.md. */
#ifndef PERCUTA_TRANSPORT_NEEDLED_H
#define PERCUTA_TRANSPORT_NEEDLED_H

#include "bleeding/bleeding.h"
#include "insertion/channel.h"
#include "transport/domain.h"
#include "transport/intact.h"
#include "transport/reseal.h"

enum { PERCUTA_NEEDLED_LAYERS = 4, PERCUTA_NEEDLED_CLOSINGS = 24 };

/* The punctures left after a session, before they close. */
struct percuta_needled_bores {
  double density;            /* [1/m^2] of those that pass the stratum corneum; 0: none */
  double depth, radius;      /* [m] mean depth left; root mean square radius left at the surface */
  double clot;               /* volume share of the bores that is clot, the rest is fluid */
  double age;                /* [s] of the punctures when the course starts */
  double width;              /* [m] of the square patch in which they lie; else 0 */
  int count;                 /* of `each`; 0 when only the mean puncture is asked for */
  struct percuta_bore *each; /* owned; where each is, for the patch */
  double *radii;             /* owned; what `each` borrows */
};

struct percuta_needled_model {
  struct percuta_intact_model intact;
  double haematocrit; /* volume share of a clot that is cells, which solutes go around */
  double flow_share;  /* of the blood flow that a vasoconstrictor on the skin leaves */
  double tip_share;   /* radius at a bore's tip over that at the surface */
};

/* Skin and the compound on it. */
struct percuta_needled_case {
  const struct percuta_needled_model *model;
  const struct percuta_skin *skin;
  const struct percuta_compound *compound;
  double pH;
  enum percuta_hydration hydration;
  bool constricted; /* blood flow is that under a vasoconstrictor */
};

/* A domain with what it borrows. Do not copy once filled. */
struct percuta_needled_domain {
  struct percuta_domain domain; /* doses and outputs are the caller's to add */
  struct percuta_transport_layer layer[PERCUTA_NEEDLED_LAYERS];
  struct percuta_bore typical;
  double radius[2];
  struct percuta_closing closing[PERCUTA_NEEDLED_CLOSINGS];
};

enum percuta_status percuta_needled_model_read(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_needled_model *out);

/* The punctures of `channels` on a square of `width` [m], `each` of them too when `all`; with
 * `bleeding`, the share that is clot. *out is owned by the caller: percuta_needled_clear. */
enum percuta_status percuta_needled_bores(const struct percuta_channels *channels,
                                          const struct percuta_bleeding *bleeding,
                                          const struct percuta_skin *skin, double width, bool all,
                                          struct percuta_needled_bores *out);
void percuta_needled_clear(struct percuta_needled_bores *bores);

/* Layers, bores and closing until `end` [s]; `bores` NULL: intact skin. `reseal` says how fast
 * bores close. Layer names: "stratum corneum", "viable epidermis", "dermis", "subcutis". */
void percuta_needled_make(const struct percuta_needled_case *what,
                          const struct percuta_needled_bores *bores,
                          const struct percuta_reseal *reseal, double end,
                          struct percuta_needled_domain *out);

#endif

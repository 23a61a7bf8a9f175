/* What a product on the skin brings in: every active of it followed on its own, through needled
 * skin and through the same skin intact. Theory: docs/theory/delivery.md. */
#ifndef PERCUTA_TRANSPORT_DELIVERY_H
#define PERCUTA_TRANSPORT_DELIVERY_H

#include "transport/needled.h"
#include "transport/product.h"

/* How a product is put on, every value known. */
struct percuta_delivery_plan {
  double start;  /* [s] after the session; negative: before it */
  double dose;   /* [kg/m^2] of product, each time */
  double apply;  /* [s] from the first dose until it is washed off */
  double again;  /* [s] from dose to dose, each on top of what is there; 0: one dose */
  bool occluded; /* covered airtight, under which the stratum corneum is fully hydrated */
  double follow; /* [s] from the first dose that the compounds are followed */
};

/* Which way in counts most. */
enum percuta_delivery_route {
  PERCUTA_DELIVERY_LIPIDS, /* through the stratum corneum */
  PERCUTA_DELIVERY_POLAR,  /* pores and follicles beside it */
  PERCUTA_DELIVERY_PUNCTURES
};

enum percuta_delivery_verdict {
  PERCUTA_DELIVERY_HELPS,        /* needling brings in much more than intact skin lets in */
  PERCUTA_DELIVERY_HARDLY_HELPS, /* it brings in about as much */
  PERCUTA_DELIVERY_DO_NOT        /* the product does not belong into needled skin */
};

struct percuta_delivery_active {
  const struct percuta_product_active *of; /* borrowed from the product */
  double neutral;                          /* share that is neutral at the product's pH */
  double undissolved; /* amount in the product over what its water can dissolve; 1: all is
                         dissolved, or its solubility is not known */
  double applied;     /* [kg/m^2] in all */
  struct percuta_permeation *needled; /* owned; NULL where no puncture passes the stratum corneum */
  struct percuta_permeation *intact;  /* owned; of the same doses, at the same times */
  double entered, entered_intact;     /* [kg/m^2] in living skin and blood at the end */
  double blood, blood_intact;         /* [kg/m^2] of it in the blood */
  double enhancement;                 /* entered over entered_intact; 1 where nothing is needled */
  enum percuta_delivery_route route;  /* into needled skin, or into intact skin where none is */
  bool helps;
  char reason[320]; /* one sentence: size, log Kow, charge, way in */
};

struct percuta_delivery {
  struct percuta_product product;
  struct percuta_delivery_plan plan;
  enum percuta_fidelity fidelity; /* of the solver that followed it */
  int layer_count;
  const char *layer_name[PERCUTA_NEEDLED_LAYERS]; /* static storage, from the surface down */
  int count;                                      /* of times */
  double *time; /* [s] owned; since the first dose, shared by all actives */
  int active_count;
  struct percuta_delivery_active active[PERCUTA_PRODUCT_ACTIVES];
  enum percuta_delivery_verdict verdict;
  char why[400];  /* of the verdict: one sentence or two */
  double balance; /* worst of all courses, as a share of the dose */
  double wall_s;  /* what it took */
};

/* Releases what *delivery owns; accepts one of zeros. */
void percuta_delivery_clear(struct percuta_delivery *delivery);

/* Words for reports: "helps", "hardly helps", "do not"; "stratum corneum", "pores and follicles",
 * "punctures". */
const char *percuta_delivery_verdict_text(enum percuta_delivery_verdict verdict);
const char *percuta_delivery_route_text(enum percuta_delivery_route route);

#endif

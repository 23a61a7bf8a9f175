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

struct percuta_delivery_model {
  struct percuta_needled_model needled;
  double follow;         /* [s] that a product is followed at least */
  double cream_factor;   /* permeability of the stratum corneum under a numbing cream over that
                            under water */
  double helps_from;     /* times as much as intact skin lets in, from which needling helps */
  double large_mass;     /* [kg/mol] above which a molecule is called too large for intact skin */
  double charged_share;  /* above which it is called charged */
  double slow_share;     /* of the dose through intact skin, below which it is called slow */
  double oily_log_kow;   /* above which it is called too fond of fat … */
  double watery_log_kow; /* … and below which of water */
};

/* Follows the domain of needled skin at fidelity `patch`, which needs PETSc; as percuta_rings_run.
 */
typedef enum percuta_status percuta_delivery_patch_fn(void *context,
                                                      const struct percuta_needled_domain *skin,
                                                      struct percuta_permeation **out,
                                                      const char **wrong);

/* The skin that a product is put on. All borrowed. */
struct percuta_delivery_setting {
  const struct percuta_skin *skin;
  const struct percuta_reseal *reseal;
  const struct percuta_needled_bores *bores; /* NULL: intact */
  enum percuta_fidelity fidelity;
  percuta_delivery_patch_fn *patch; /* of fidelity `patch` */
  void *context;
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
  PERCUTA_DELIVERY_DO_NOT,       /* the product does not belong into needled skin */
  PERCUTA_DELIVERY_NOT_NEEDLED   /* no puncture was open under it: nothing to judge */
};

/* What the product met. */
enum percuta_delivery_skin {
  PERCUTA_DELIVERY_PUNCTURED,
  PERCUTA_DELIVERY_BEFORE,   /* put on and taken off before the needles */
  PERCUTA_DELIVERY_UNOPENED, /* no puncture passed the stratum corneum */
  PERCUTA_DELIVERY_CLOSED    /* the punctures had closed when it was put on */
};

struct percuta_delivery_active {
  const struct percuta_product_active *of; /* borrowed from the product */
  double neutral;                          /* share that is neutral at the product's pH */
  double undissolved; /* amount in the product over what its water can dissolve; 1: all is
                         dissolved, or its solubility is not known */
  double partition[PERCUTA_NEEDLED_LAYERS];        /* of the needled skin, if it was followed … */
  double partition_intact[PERCUTA_NEEDLED_LAYERS]; /* … and of the intact */
  double applied;                                  /* [kg/m^2] in all */
  struct percuta_permeation *needled; /* owned; NULL where no puncture passes the stratum corneum */
  struct percuta_permeation *intact;  /* owned; of the same doses, at the same times */
  double entered, entered_intact;     /* [kg/m^2] in living skin and blood at the end */
  double blood, blood_intact;         /* [kg/m^2] of it in the blood */
  double enhancement;                 /* entered over entered_intact; 1 where nothing is needled */
  enum percuta_delivery_route route;  /* by which most enters */
  bool helps;
  char reason[640]; /* one sentence: size, log Kow, charge, way in */
};

struct percuta_delivery {
  struct percuta_product product;
  struct percuta_delivery_plan plan;
  enum percuta_delivery_skin met;
  enum percuta_fidelity fidelity; /* of the solver that followed it */
  int layer_count;
  const char *layer_name[PERCUTA_NEEDLED_LAYERS]; /* static storage, from the surface down */
  double thickness[PERCUTA_NEEDLED_LAYERS];       /* [m] */
  int count;                                      /* of times */
  double *time; /* [s] owned; since the first dose, shared by all actives */
  int active_count;
  struct percuta_delivery_active active[PERCUTA_PRODUCT_ACTIVES];
  enum percuta_delivery_verdict verdict;
  char why[400];  /* of the verdict: one sentence or two */
  double balance; /* worst of all courses, as a share of the dose */
};

enum percuta_status percuta_delivery_model_read(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_delivery_model *out);

/* The product as its file says, put on at the session. */
struct percuta_delivery_plan percuta_delivery_usual(const struct percuta_delivery_model *model,
                                                    const struct percuta_product *product);

/* How often the plan puts the product on. */
int percuta_delivery_applications(const struct percuta_delivery_plan *plan);

/* Amount in the product over what its water can dissolve of active `which`, 1 or more. */
double percuta_delivery_undissolved(const struct percuta_delivery_model *model,
                                    const struct percuta_product *product, int which);

/* Follows every active of `product`, with amounts at `count` times [s] that increase from 0 or
 * later to the plan's `follow`. *out is owned by the caller: release with percuta_delivery_clear.
 * Its actives borrow from itself: it must not be moved. On PERCUTA_BAD_INPUT *wrong is a sentence,
 * static, and *out is empty. */
enum percuta_status percuta_delivery_compute(const struct percuta_delivery_setting *setting,
                                             const struct percuta_delivery_model *model,
                                             const struct percuta_product *product,
                                             const struct percuta_delivery_plan *plan,
                                             const double *time, int count,
                                             struct percuta_delivery *out, const char **wrong);

/* An amount [kg/m^2] of a course at an output; 0 when it is less than the solvers tell from none.
 */
double percuta_delivery_told(const struct percuta_permeation *course, int output, double amount);

/* An amount [kg/m^2] of a course at an output; 0 when it is less than the solvers tell from none.
 */
double percuta_delivery_told(const struct percuta_permeation *course, int output, double amount);

/* [kg/m^2] in living skin, in blood and beyond by an output; *blood, unless NULL, that in blood. */
double percuta_delivery_entered(const struct percuta_permeation *course, int output, double *blood);

/* Releases what *delivery owns; accepts one of zeros. */
void percuta_delivery_clear(struct percuta_delivery *delivery);

/* Words for reports: "helps", "hardly helps", "do not", "not needled"; "stratum corneum", "pores
 * and follicles", "punctures". */
const char *percuta_delivery_verdict_text(enum percuta_delivery_verdict verdict);
const char *percuta_delivery_route_text(enum percuta_delivery_route route);

#endif

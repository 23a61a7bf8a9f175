/* What a product on the skin brings in: every active of it followed on its own, through needled
 * skin and through the same skin intact. Theory: docs/theory/penetration.md. */
#ifndef PERCUTA_TRANSPORT_PENETRATION_H
#define PERCUTA_TRANSPORT_PENETRATION_H

#include "substance/product.h"
#include "transport/needled.h"

/* How a product is put on, every value known. */
struct percuta_penetration_plan {
  double start;  /* [s] after the session; negative: before it */
  double dose;   /* [kg/m^2] of product, each time */
  double apply;  /* [s] from the first dose until it is washed off */
  double again;  /* [s] from dose to dose, each on top of what is there; 0: one dose */
  double every;  /* [s] from one application to the next, washed off before; 0: one alone */
  int count;     /* of applications, where there is more than one */
  bool infinite; /* so much that it is not used up: held at its concentration while it is on */
  bool occluded; /* covered airtight, under which the stratum corneum is fully hydrated */
  double follow; /* [s] from the first dose that the compounds are followed */
};

struct percuta_penetration_model {
  struct percuta_needled_model needled;
  double follow;         /* [s] that a product is followed at least */
  double cream_factor;   /* permeability of the stratum corneum under a numbing cream over that
                            under water */
  double face_factor;    /* of that on the face over elsewhere */
  double head_flow;      /* of the blood flow under one on face, scalp and neck over elsewhere */
  double helps_from;     /* times as much as intact skin lets in, from which needling helps */
  double large_mass;     /* [kg/mol] above which a molecule is called too large for intact skin */
  double charged_share;  /* above which it is called charged */
  double slow_share;     /* of the dose through intact skin, below which it is called slow */
  double oily_log_kow;   /* above which it is called too lipophilic … */
  double watery_log_kow; /* … and below which too hydrophilic */
};

/* Follows the domain of needled skin at fidelity `patch`, which needs PETSc; as
 * percuta_permeation_rings_run.
 */
typedef enum percuta_status percuta_penetration_patch_fn(void *context,
                                                         const struct percuta_needled_domain *skin,
                                                         struct percuta_permeation **out,
                                                         const char **wrong);

/* A piece of excised skin in a diffusion cell; all zero: living skin. */
struct percuta_penetration_piece {
  bool excised;
  bool separated;        /* the epidermis alone */
  double dermis;         /* [m] what is left of it; 0: all */
  double receptor;       /* [m] volume of fluid per area below it; 0: a sink */
  double receptor_pH;    /* of that fluid */
  double sample_share;   /* of the receptor, replaced by fresh fluid at each of … */
  const double *samples; /* [s] borrowed; … these times since the first dose, increasing */
  int sample_count;
};

/* The skin that a product is put on. All borrowed. */
struct percuta_penetration_setting {
  const struct percuta_skin *skin;
  const struct percuta_reseal *reseal;
  const struct percuta_needled_bores *bores; /* NULL: intact */
  struct percuta_penetration_piece piece;
  enum percuta_fidelity fidelity;
  percuta_penetration_patch_fn *patch; /* of fidelity `patch` */
  void *context;
};

/* Which way in counts most. */
enum percuta_penetration_route {
  PERCUTA_PENETRATION_LIPIDS, /* through the stratum corneum */
  PERCUTA_PENETRATION_POLAR,  /* pores and follicles beside it */
  PERCUTA_PENETRATION_PUNCTURES
};

enum percuta_penetration_verdict {
  PERCUTA_PENETRATION_HELPS,        /* needling brings in much more than intact skin lets in */
  PERCUTA_PENETRATION_HARDLY_HELPS, /* it brings in about as much */
  PERCUTA_PENETRATION_DO_NOT,       /* the product should not be put on needled skin */
  PERCUTA_PENETRATION_NOT_NEEDLED   /* no puncture was open under it: nothing to judge */
};

/* What the product met. */
enum percuta_penetration_skin {
  PERCUTA_PENETRATION_PUNCTURED,
  PERCUTA_PENETRATION_BEFORE,   /* put on and taken off before the needles */
  PERCUTA_PENETRATION_UNOPENED, /* no puncture passed the stratum corneum */
  PERCUTA_PENETRATION_CLOSED    /* the punctures had closed when it was put on */
};

struct percuta_penetration_active {
  struct percuta_product_active of; /* what it is; the same as in the product */
  double neutral;                   /* share that is neutral at the product's pH */
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
  double enhancement_first;           /* the same by the end of a regimen's first round, which the
                                         verdict is of */
  enum percuta_penetration_route route; /* by which most enters */
  bool helps;
  char reason[768]; /* a sentence: size, log Kow, charge, way in; another where most of the dose
                       enters */
};

struct percuta_penetration {
  struct percuta_product product;
  struct percuta_penetration_plan plan;
  enum percuta_penetration_skin met;
  struct percuta_penetration_piece piece; /* that it was put on; its samples are not kept */
  enum percuta_fidelity fidelity;         /* of the solver that followed it */
  int layer_count;
  const char *layer_name[PERCUTA_NEEDLED_LAYERS]; /* static storage, from the surface down */
  double thickness[PERCUTA_NEEDLED_LAYERS];       /* [m] */
  int count;                                      /* of times */
  double *time; /* [s] owned; since the first dose, shared by all actives */
  int active_count;
  struct percuta_penetration_active active[PERCUTA_PRODUCT_ACTIVES];
  enum percuta_penetration_verdict verdict;
  char why[400];  /* of the verdict: one sentence or two */
  double balance; /* worst of all courses, as a share of the dose */
};

enum percuta_status
percuta_transport_penetration_model_read(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag,
                                         struct percuta_penetration_model *out);

/* Whether active number `which` of a product can be followed through this skin, closed airtight and
 * open; PERCUTA_BAD_INPUT, with the reason in *wrong (static storage), when not. */
enum percuta_status percuta_transport_penetration_possible(
    const struct percuta_penetration_model *model, const struct percuta_skin *skin,
    const struct percuta_product *product, int which, const char **wrong);

/* The product as its file says, put on at the session. */
struct percuta_penetration_plan
percuta_transport_penetration_usual(const struct percuta_penetration_model *model,
                                    const struct percuta_product *product);

/* How often one application puts the product on. */
int percuta_transport_penetration_applications(const struct percuta_penetration_plan *plan);

/* [s] From the first dose until the last application is washed off. */
double percuta_transport_penetration_end(const struct percuta_penetration_plan *plan);

/* Amount in the product over what its water can dissolve of active `which`, 1 or more. */
double percuta_transport_penetration_undissolved(const struct percuta_penetration_model *model,
                                                 const struct percuta_product *product, int which);

/* Follows every active of `product`, with amounts at `count` times [s] that increase from 0 or
 * later to the plan's `follow`. *out is owned by the caller: release with
 * percuta_transport_penetration_clear. On
 * PERCUTA_BAD_INPUT *wrong is a sentence, static, and *out is empty. */
enum percuta_status percuta_transport_penetration_compute(
    const struct percuta_penetration_setting *setting,
    const struct percuta_penetration_model *model, const struct percuta_product *product,
    const struct percuta_penetration_plan *plan, const double *time, int count,
    struct percuta_penetration *out, const char **wrong);

/* An amount [kg/m^2] of a course at an output; 0 when it is less than the solvers tell from none.
 */
double percuta_transport_penetration_told(const struct percuta_permeation *course, int output,
                                          double amount);

/* [kg/m^2] Past the stratum corneum by an output: in the skin below, in blood, in the receptor and
 * in samples of it; *blood, unless NULL, that in blood. */
double percuta_transport_penetration_entered(const struct percuta_permeation *course, int output,
                                             double *blood);

/* Releases what *penetration owns; accepts one of zeros. */
void percuta_transport_penetration_clear(struct percuta_penetration *penetration);

/* Words for reports: "helps", "hardly helps", "do not", "not needled"; "stratum corneum", "pores
 * and follicles", "punctures". */
const char *percuta_transport_penetration_verdict_text(enum percuta_penetration_verdict verdict);
const char *percuta_transport_penetration_route_text(enum percuta_penetration_route route);

#endif

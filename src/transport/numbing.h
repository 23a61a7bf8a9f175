/* Numbing: how deep a cream makes skin numb, for how long, and how much of it the blood carries.
 * Theory: docs/theory/numbing.md. */
#ifndef PERCUTA_TRANSPORT_NUMBING_H
#define PERCUTA_TRANSPORT_NUMBING_H

#include "transport/nerves.h"
#include "transport/penetration.h"

struct percuta_numbing_model {
  struct percuta_penetration_model penetration;
  double body_mass;      /* [kg] */
  double pain_threshold; /* [m] to which a needle goes before it hurts, without cream */
  double follow;         /* [s] after the needles that numbing is followed */
  double warn_share;     /* of the toxic level, from which the run warns */
  double level_spread;   /* times the levels in tissue that there may be, or its inverse */
  double plasma_error;   /* published levels over those of the model, at most */
  double plasma_persons; /* highest level of a group of people over their median */
  struct percuta_nerves nerves;
};

/* What a reader must be told, as bits; outcome/advice.h has the words. */
enum percuta_numbing_warning {
  PERCUTA_NUMBING_TOXIC = 1,  /* too much in the blood */
  PERCUTA_NUMBING_MASS = 2,   /* beyond what the label allows: cream, … */
  PERCUTA_NUMBING_AREA = 4,   /* … skin under it, … */
  PERCUTA_NUMBING_TIME = 8,   /* … time on the skin */
  PERCUTA_NUMBING_RISING = 16 /* the blood's level still rises at the end */
};

struct percuta_numbing_active {
  double plasma_most, plasma_time; /* [kg/m^3], [s] since the first dose; NAN: has not peaked */
  double absorbed;                 /* [kg] into the blood over the area, by the end */
  double toxic;                    /* [kg/m^3] plasma level of mild toxicity */
  double *plasma;                  /* [kg/m^3] owned; at the penetration's times */
};

struct percuta_numbing {
  bool used;                              /* false: no cream; nothing below is set then */
  bool needles_first;                     /* the cream went on after the needles */
  struct percuta_penetration penetration; /* owned parts */
  double area;                            /* [m^2] under cream */
  double needling;              /* [s] since the first dose, when the needles start; 0 when
                                   they came first */
  double *depth;                /* [m] owned; below the surface, to which skin is numb at the
                                   penetration's times; 0: not numb */
  double *pain_free;            /* [m] owned; to which a needle does not hurt, at the same times */
  double depth_at_needling;     /* [m] 0 when the needles came first */
  double depth_low, depth_high; /* [m] of it, at the ends of the numbing level's range */
  double depth_most, depth_most_time; /* [m], [s]; NAN: has not peaked, or is never numb */
  double onset_intact;    /* [s] of the same cream on the same skin without punctures; as onset */
  double absorbed_intact; /* [kg] of all anaesthetics, into the blood over the area, likewise */
  double onset, end;      /* [s] since the first dose: the dermis' top is numb from .. to; negative:
                             not within the course */
  double pain_free_depth; /* [m] at the needles, to which one does not hurt */
  double pain_free_low, pain_free_high; /* [m] of it, likewise */
  double pain_free_unmedicated;         /* [m] the same without cream */
  struct percuta_nerves nerves;
  struct percuta_nerves_levels levels; /* at the needles; zeros when they came first */
  struct percuta_numbing_active active[PERCUTA_PRODUCT_ACTIVES];
  double lowest_level, highest_level; /* ends of the range of the numbing levels over them, with
                                         what is not known of the levels in tissue */
  double toxicity;      /* largest sum over actives of plasma level over toxic level */
  double toxicity_time; /* [s] since the first dose */
  double margin;        /* times the level told here that the blood of a person may hold */
  double mass;          /* [kg] of product on the area, the most at a time */
  double signs;         /* share of the toxic level at which first signs come */
  unsigned warnings;    /* enum percuta_numbing_warning */
};

enum percuta_status percuta_transport_numbing_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_numbing_model *out);

/* Follows the cream of `plan`, the `product` that it names, on the skin of `setting`: intact, or
 * with the session's bores when the needles come first. *out is owned by the caller:
 * release with percuta_transport_numbing_clear. Errors as
 * percuta_transport_penetration_compute. */
enum percuta_status percuta_transport_numbing_compute(
    const struct percuta_penetration_setting *setting, const struct percuta_numbing_model *model,
    const struct percuta_numbing_plan *plan, const struct percuta_product *product,
    struct percuta_numbing *out, const char **wrong);

/* [m] Depth below the surface to which skin is numb at output `output` of the penetration, when the
 * numbing levels are `factor` times those of the compounds' files. */
double percuta_transport_numbing_depth(const struct percuta_penetration *penetration, int output,
                                       double factor);

/* [kg/m^3] All of active `active` in living tissue per volume of tissue at `depth` [m] below the
 * surface; 0 in the stratum corneum. */
double percuta_transport_numbing_tissue(const struct percuta_penetration *penetration, int active,
                                        int output, double depth);

/* What nerves meet at output `output`. */
void percuta_transport_numbing_levels(const struct percuta_penetration *penetration, int output,
                                      struct percuta_nerves_levels *out);

void percuta_transport_numbing_clear(struct percuta_numbing *numbing); /* accepts one of zeros */

#endif

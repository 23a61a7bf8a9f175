/* The skin of this person at this site: layers, vessels and the resting state of its matrix. */
#ifndef PERCUTA_SKIN_SKIN_H
#define PERCUTA_SKIN_SKIN_H

#include "scenario/scenario.h"
#include "skin/relief.h"

enum percuta_layer {
  PERCUTA_STRATUM_CORNEUM,
  PERCUTA_VIABLE_EPIDERMIS,
  PERCUTA_PAPILLARY_DERMIS,
  PERCUTA_RETICULAR_DERMIS,
  PERCUTA_HYPODERMIS,
  PERCUTA_LAYER_COUNT
};

struct percuta_skin {
  char site_name[64];                       /* as shown to a reader */
  char region[16];                          /* face, neck, scalp, trunk or limb */
  char condition_name[64];                  /* as shown to a reader */
  double thickness[PERCUTA_LAYER_COUNT];    /* [m] */
  double thickness_sd[PERCUTA_LAYER_COUNT]; /* [m] published spread; 0 where none is known */
  double loop_density;                      /* [1/m^2] capillary loops, one to a papilla */
  double loop_top;                          /* [m] depth below the surface of the loops' apex */
  double capillary_radius;                  /* [m] */
  double capillary_pressure;                /* [Pa] mean along the loop */
  double plexus_depth;                      /* [m] of the upper plexus below the surface */
  double plexus_length_density; /* [1/m^2] vessel length per volume in the plexus layer */
  double plexus_thickness;      /* [m] of the layer that holds the upper plexus */
  double plexus_radius;         /* [m] of its vessels */
  double loop_height;           /* [m] from a loop's apex down to where it leaves the plexus */
  double deep_plexus_depth; /* [m] of the top of the deep plexus, on the fat, below the surface */
  double deep_plexus_length_density; /* [1/m^2] */
  double deep_plexus_thickness;      /* [m] */
  double deep_plexus_radius;         /* [m] */
  double stiffness;      /* [Pa] Young's modulus of the bulk, that large deformations feel */
  double stiffness_film; /* [N/m] of the stiff film on it: the modulus felt over L is more by 1/L */
  double collagen_rel;   /* resting collagen relative to young adult skin */
  double perfusion_rel;  /* blood flow relative to healthy skin of this age */
  double blood_flow;     /* [1/s] volume of blood per volume of dermis, that all stages share */
  double closure_half_time; /* [s] in which the open area of a puncture halves */
  double closure_spread;    /* of its logarithm between people; 0 for a person who was drawn */
  /* what the condition does to repair; 1 = as in healthy skin */
  double proliferation_factor;
  double production_factor;
  double clearance_factor; /* macrophage removal and debris lysis */
  /* a defect: a stripe (striae) or disc (scar) of lower collagen, centred on the patch */
  bool has_defect;
  bool defect_is_stripe;
  double defect_depth;               /* [m] below the dermal-epidermal junction */
  double defect_width;               /* [m] */
  double defect_collagen_rel;        /* collagen inside it relative to the skin around it */
  double defect_thickness_rel;       /* dermis inside it relative to that around it; only told */
  struct percuta_relief_form relief; /* of the surface */
};

/* Builds the skin of `scenario`: the atlas's mean for site, sex and age, or a person drawn from its
 * spread (person.draw), changed by the condition. Mistakes in the data go to `diag`. */
enum percuta_status percuta_skin_read(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct percuta_skin *out);

/* Depth of the top of `layer` below the surface [m]. */
double percuta_skin_layer_top(const struct percuta_skin *skin, enum percuta_layer layer);

/* Young's modulus [Pa] felt by a deformation of size `scale` [m]: E0 + S/scale, that of a stiff
 * film on a softer bulk. */
double percuta_skin_stiffness(const struct percuta_skin *skin, double scale);

#endif

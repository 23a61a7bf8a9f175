/* The layers of skin for one compound and vehicle, the same with punctures (needled.h) as without;
 * and the permeability of skin that no needle has touched. */
#ifndef PERCUTA_TRANSPORT_INTACT_H
#define PERCUTA_TRANSPORT_INTACT_H

#include "permeation/layer.h"
#include "substance/molecule.h"
#include "transport/polar.h"
#include "transport/stratum.h"
#include "transport/viable.h"

enum percuta_intact_layer {
  PERCUTA_INTACT_STRATUM,
  PERCUTA_INTACT_EPIDERMIS,
  PERCUTA_INTACT_DERMIS,
  PERCUTA_INTACT_SUBCUTIS, /* as more dermis */
  PERCUTA_INTACT_LAYERS
};

struct percuta_intact_model {
  struct percuta_molecule_model molecule;
  struct percuta_stratum_model stratum;
  struct percuta_viable_model viable;
  struct percuta_polar_model polar;
};

/* All zero but the pH: living skin in the open, of default thicknesses, without the fat below. */
struct percuta_intact_conditions {
  double pH; /* of the vehicle */
  enum percuta_hydration hydration;
  double barrier; /* permeability of the stratum corneum under the product over that under water;
                     0: 1 */
  bool excised;   /* no blood, and a sink below the last layer; else blood, and nothing leaves
                     through the base */
  bool removed[PERCUTA_INTACT_LAYERS];     /* layers that are not there */
  double thickness[PERCUTA_INTACT_LAYERS]; /* [m]; 0: that of the model, which has no subcutis */
};

/* The layers from the surface down. Names: "stratum corneum", "viable epidermis", "dermis",
 * "subcutis". */
struct percuta_intact_skin {
  int count;
  struct percuta_permeation_layer layer[PERCUTA_INTACT_LAYERS];
  double polar_permeance; /* [m/s] of the path beside the stratum corneum, if it is there: flux into
                             the layer below over the difference of what all of the compound,
                             dissolved in the vehicle, is in equilibrium with; else 0 */
};

enum percuta_status percuta_transport_intact_model_read(const struct percuta_scenario *scenario,
                                                        struct percuta_diag *diag,
                                                        struct percuta_intact_model *out);

void percuta_transport_intact_layers(const struct percuta_intact_model *model,
                                     const struct percuta_compound *compound,
                                     const struct percuta_intact_conditions *conditions,
                                     struct percuta_intact_skin *out);

/* Kp [m/s]: steady flux from an endless dose over the concentration of all that is dissolved in the
 * aqueous vehicle. Exact for the layers. */
double percuta_transport_intact_permeability(const struct percuta_intact_skin *skin, bool excised);

#endif

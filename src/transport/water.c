/* J = (c_wet - c_air) / (1/(g_intact + g_channels) + boundary/D): resistances in series. Intact
 * skin of permeability Kp passes Kp rho (a_below - a_surface) at activities a; with c = a c_wet
 * that is the conductance Kp rho / c_wet. A channel is a tube with one open end (Monteith &
 * Unsworth 2008, Principles of Environmental Physics: L/(pi r^2 D) + 1/(4 r D)), as for the stomata
 * of leaves.
 * Theory: docs/theory/resealing.md. Verified: tests/verification/test_reseal.c. */
#include "transport/water.h"

#include <math.h>

#include "transport/intact.h"

static const double NEUTRAL_PH = 7; /* of no effect on water, which does not ionise */

/* [m/s] of water through the stratum corneum in the open, and the path beside it. */
static enum percuta_status read_permeability(const struct percuta_scenario *scenario,
                                             double thickness, struct percuta_diag *diag,
                                             double *out) {
  struct percuta_intact_model model;
  struct percuta_compound water;
  enum percuta_status status = percuta_transport_intact_model_read(scenario, diag, &model);
  struct percuta_scenario shipped = *scenario; /* water is water, whatever file a user has */
  shipped.files = (struct percuta_scenario_files){.file = NULL};
  if (status == PERCUTA_OK)
    status = percuta_substance_compound_read(&shipped, "water", diag, &water);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_intact_conditions conditions = {
      .pH = NEUTRAL_PH, .hydration = PERCUTA_HYDRATION_DRY, .excised = true};
  conditions.removed[PERCUTA_INTACT_EPIDERMIS] = true; /* wet tissue is the source */
  conditions.removed[PERCUTA_INTACT_DERMIS] = true;
  conditions.thickness[PERCUTA_INTACT_STRATUM] = thickness;
  struct percuta_intact_skin layers;
  percuta_transport_intact_layers(&model, &water, &conditions, &layers);
  *out = percuta_transport_intact_permeability(&layers, true);
  return PERCUTA_OK;
}

enum percuta_status percuta_transport_water_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_water *out) {
  struct percuta_water water = {.stratum = skin->thickness[PERCUTA_STRATUM_CORNEUM]};
  double density = 0, permeability = 0;
  const struct percuta_parameter_slot slots[] = {{"water.diffusivity", &water.diffusivity},
                                                 {"water.saturation", &water.saturation},
                                                 {"water.air", &water.air},
                                                 {"water.boundary", &water.boundary},
                                                 {"water.density", &density}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    status = read_permeability(scenario, water.stratum, diag, &permeability);
  if (status != PERCUTA_OK)
    return status;
  water.intact = permeability * density / water.saturation;
  *out = water;
  return PERCUTA_OK;
}

double percuta_transport_water_channel(const struct percuta_water *water, double radius) {
  if (!(radius > 0))
    return 0;
  return radius > 0
             ? water->diffusivity / (water->stratum / (M_PI * radius * radius) + 1 / (4 * radius))
             : 0;
}

double percuta_transport_water_loss(const struct percuta_water *water, double channels) {
  return (water->saturation - water->air) /
         (1 / (water->intact + channels) + water->boundary / water->diffusivity);
}

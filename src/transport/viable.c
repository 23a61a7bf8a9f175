/* Viable epidermis and dermis, f the neutral share and fu the unbound share of a compound in them:
 *   BF = 1 - albumin + albumin/fu + lipid f Kow,   K = water BF
 *   dermis     D = [D_free + albumin D_bound (1 - fu)/fu] / BF,   log10 D_free = a + b log10 M
 *   epidermis  K D = e / sqrt(M), whatever binds
 *   loss = 1/[1/(P_cap S) + 1/Q] / BF              capillary walls and blood flow in series
 * Dancik et al. 2013, Adv Drug Deliv Rev 65:221; P_cap after Potts & Guy; epidermis after Cleek &
 * Bunge 1993, Pharm Res 10:497.
 * Theory: docs/theory/barrier.md. Verified: tests/verification/test_barrier.c. */
#include "transport/viable.h"

#include <math.h>

#include "base/laws.h"

enum percuta_status percuta_transport_viable_model_read(const struct percuta_parameters *parameters,
                                                        struct percuta_diag *diag,
                                                        struct percuta_viable_model *out) {
  struct percuta_viable_model model;
  const struct percuta_parameter_slot slots[] = {
      {"viable.epidermis", &model.epidermis},
      {"viable.dermis", &model.dermis},
      {"viable.tissue_pH", &model.tissue_pH},
      {"viable.diffusivity_log", &model.diffusivity_log},
      {"viable.diffusivity_slope", &model.diffusivity_slope},
      {"viable.epidermis_conductivity", &model.epidermis_conductivity},
      {"viable.bound_diffusivity", &model.bound_diffusivity},
      {"viable.water_share", &model.water_share},
      {"viable.albumin_share", &model.albumin_share},
      {"viable.lipid_share", &model.lipid_share},
      {"viable.exchange_surface", &model.exchange_surface},
      {"viable.blood_flow", &model.blood_flow},
      {"viable.capillary_factor", &model.capillary_factor},
      {"viable.potts_guy_log", &model.potts_guy_log},
      {"viable.potts_guy_kow", &model.potts_guy_kow},
      {"viable.potts_guy_mass", &model.potts_guy_mass},
      {"viable.unbound_slope_neutral", &model.unbound_slope[PERCUTA_BINDING_NEUTRAL_OR_BASE]},
      {"viable.unbound_floor_neutral", &model.unbound_floor[PERCUTA_BINDING_NEUTRAL_OR_BASE]},
      {"viable.unbound_slope_pharmacophore", &model.unbound_slope[PERCUTA_BINDING_PHARMACOPHORE]},
      {"viable.unbound_floor_pharmacophore", &model.unbound_floor[PERCUTA_BINDING_PHARMACOPHORE]},
      {"viable.unbound_slope_acid", &model.unbound_slope[PERCUTA_BINDING_ACID]},
      {"viable.unbound_floor_acid", &model.unbound_floor[PERCUTA_BINDING_ACID]}};
  const enum percuta_status status =
      percuta_base_parameters_fill(parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

double percuta_transport_viable_unbound(const struct percuta_viable_model *model,
                                        enum percuta_compound_binding binding, double log_d) {
  /* bound / free, of which 1 - bound/(1 + bound) = 1/(1 + bound) stays free of cancellation */
  const double bound = model->unbound_slope[binding] * exp(log_d) + model->unbound_floor[binding];
  return 1 / (1 + bound);
}

/* [1/s] of free solute: through the capillary walls, then away with the blood. */
static double clearance(const struct percuta_viable_model *model,
                        const struct percuta_compound *compound) {
  const double log_wall = model->potts_guy_log + model->potts_guy_kow * compound->log_kow +
                          model->potts_guy_mass * compound->molar_mass;
  const double wall =
      model->capillary_factor * pow(10, log_wall) * PERCUTA_LAWS_CM_PER_H * model->exchange_surface;
  return wall * model->blood_flow / (wall + model->blood_flow);
}

void percuta_transport_viable_compute(const struct percuta_viable_model *model,
                                      const struct percuta_compound *compound, double ion_share,
                                      struct percuta_viable_tissue *out) {
  const double neutral = percuta_substance_compound_neutral(compound, model->tissue_pH, ion_share);
  const double log_d = percuta_substance_compound_log_d(compound, neutral);
  const double unbound = compound->unbound > 0
                             ? compound->unbound
                             : percuta_transport_viable_unbound(model, compound->binding, log_d);
  const double albumin = model->albumin_share;
  const double binding =
      1 - albumin + albumin / unbound + model->lipid_share * neutral * pow(10, compound->log_kow);
  const double mass = compound->molar_mass / PERCUTA_LAWS_GRAM;
  const double partition = model->water_share * binding;
  const double free_diffusivity =
      pow(10, model->diffusivity_log + model->diffusivity_slope * log10(mass)) *
      PERCUTA_LAWS_CM2_PER_S;
  *out = (struct percuta_viable_tissue){
      .neutral = neutral,
      .unbound = unbound,
      .binding = binding,
      .partition = partition,
      .diffusivity =
          (free_diffusivity + albumin * model->bound_diffusivity * (1 - unbound) / unbound) /
          binding,
      .epidermis_diffusivity = model->epidermis_conductivity / sqrt(mass) / partition,
      .loss = clearance(model, compound) / binding};
}

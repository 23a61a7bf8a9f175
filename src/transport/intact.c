/* Skin as layers (stratum.c, viable.c) with a path beside the first (polar.c), and the steady
 * permeability Kp of intact skin: the layers in series from below, the first and the path side by
 * side.
 *
 * Activities are told as concentrations of all that the vehicle dissolves. A group with neutral
 * share f passes the stratum corneum as f + r (1 - f), r what a charge leaves of the permeability;
 * the fluid of living tissue is in equilibrium with all that is dissolved, as it is buffered:
 *   stratum corneum  K = K_sc prod [f + r (1 - f)]        living tissue  K = water BF
 * What comes back up through the stratum corneum is told by f of the vehicle, not of the tissue:
 * the same as long as tissue holds much less than the vehicle.
 * Theory: docs/theory/barrier.md. Verified: tests/verification/test_barrier.c, against closed
 * forms, a finite-volume solution and the published model's numbers. */
#include "transport/intact.h"

#include <math.h>

enum percuta_status percuta_transport_intact_model_read(const struct percuta_scenario *scenario,
                                                        struct percuta_diag *diag,
                                                        struct percuta_intact_model *out) {
  struct percuta_intact_model model;
  enum percuta_status status =
      percuta_substance_molecule_model_read(scenario->parameters, diag, &model.molecule);
  if (status == PERCUTA_OK)
    status = percuta_transport_stratum_model_read(scenario, diag, &model.stratum);
  if (status == PERCUTA_OK)
    status = percuta_transport_viable_model_read(scenario->parameters, diag, &model.viable);
  if (status == PERCUTA_OK)
    status = percuta_transport_polar_model_read(scenario->parameters, diag, &model.polar);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

/* [m] of a layer; 0: it is not there. */
static double thickness_of(const struct percuta_intact_conditions *conditions,
                           enum percuta_intact_layer which, double otherwise) {
  if (conditions->removed[which])
    return 0;
  return conditions->thickness[which] > 0 ? conditions->thickness[which] : otherwise;
}

/* The stratum corneum and the path beside it. */
static void add_stratum(const struct percuta_intact_model *model,
                        const struct percuta_compound *compound,
                        const struct percuta_intact_conditions *conditions,
                        struct percuta_intact_skin *skin) {
  const double usual = model->stratum.state[conditions->hydration].thickness;
  const double thickness = thickness_of(conditions, PERCUTA_INTACT_STRATUM, usual);
  if (!(thickness > 0))
    return;
  const double volume = percuta_substance_molecule_volume(&model->molecule, compound);
  const struct percuta_stratum_solute solute = {
      .log_kow = compound->log_kow,
      .molar_mass = compound->molar_mass,
      .radius = percuta_substance_molecule_radius(&model->molecule, volume),
      .diffusivity = percuta_substance_molecule_diffusivity(&model->molecule, volume)};
  const double passing = percuta_substance_compound_passing(
      compound, conditions->pH, model->molecule.ion_neutral_share, model->stratum.charged_ratio);
  struct percuta_stratum_barrier barrier;
  percuta_transport_stratum_compute(&model->stratum, conditions->hydration, &solute, &barrier);
  skin->layer[skin->count++] = (struct percuta_permeation_layer){
      .name = "stratum corneum",
      .thickness = thickness,
      .diffusivity = barrier.diffusivity * model->stratum.scatter *
                     (conditions->barrier > 0 ? conditions->barrier : 1),
      .partition = passing * barrier.partition};
  skin->polar_permeance =
      percuta_transport_polar_permeance(&model->polar, solute.radius, solute.diffusivity) *
      model->stratum.scatter * usual / thickness;
}

/* Living tissue, in which everything dissolved counts. */
static void add_living(const struct percuta_intact_model *model,
                       const struct percuta_compound *compound,
                       const struct percuta_intact_conditions *conditions,
                       struct percuta_intact_skin *skin) {
  struct percuta_viable_tissue tissue;
  percuta_transport_viable_compute(&model->viable, compound, model->molecule.ion_neutral_share,
                                   &tissue);
  const double loss = conditions->excised ? 0 : tissue.loss;
  const struct {
    enum percuta_intact_layer which;
    const char *name;
    double thickness, diffusivity, loss;
  } below[] = {{PERCUTA_INTACT_EPIDERMIS, "viable epidermis", model->viable.epidermis,
                tissue.epidermis_diffusivity, 0},
               {PERCUTA_INTACT_DERMIS, "dermis", model->viable.dermis, tissue.diffusivity, loss},
               {PERCUTA_INTACT_SUBCUTIS, "subcutis", 0, tissue.diffusivity, loss}};
  for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
    const double thickness = thickness_of(conditions, below[i].which, below[i].thickness);
    if (thickness > 0)
      skin->layer[skin->count++] =
          (struct percuta_permeation_layer){.name = below[i].name,
                                            .thickness = thickness,
                                            .diffusivity = below[i].diffusivity,
                                            .partition = tissue.partition,
                                            .loss = below[i].loss};
  }
}

void percuta_transport_intact_layers(const struct percuta_intact_model *model,
                                     const struct percuta_compound *compound,
                                     const struct percuta_intact_conditions *conditions,
                                     struct percuta_intact_skin *out) {
  struct percuta_intact_skin skin = {.count = 0};
  add_stratum(model, compound, conditions, &skin);
  add_living(model, compound, conditions, &skin);
  *out = skin;
}

/* Flux into the top of a layer over the difference in c/partition between there and what lies
 * below, when `below` [m/s] is the same of everything below: INFINITY for a sink, 0 for a wall.
 * With loss k, c = a cosh(q x/h) + b sinh(q x/h), and so
 *   g q [tanh q + m] / [1 + m tanh q],   g = K D/h,   q = h sqrt(k/D),   m = below/(g q) */
static double conductance(const struct percuta_permeation_layer *layer, double below) {
  const double whole = layer->partition * layer->diffusivity / layer->thickness;
  const double q = layer->thickness * sqrt(layer->loss / layer->diffusivity);
  if (!(q > 0))
    return isinf(below) ? whole : whole * below / (whole + below);
  if (isinf(below))
    return whole * q / tanh(q);
  const double moved = below / (whole * q);
  return whole * q * (tanh(q) + moved) / (1 + moved * tanh(q));
}

double percuta_transport_intact_permeability(const struct percuta_intact_skin *skin, bool excised) {
  double total = excised ? INFINITY : 0;
  for (int i = skin->count - 1; i >= 0; i--) {
    if (i > 0 || skin->polar_permeance == 0) {
      total = conductance(&skin->layer[i], total);
      continue;
    }
    const double along = conductance(&skin->layer[0], INFINITY) + skin->polar_permeance;
    total = isinf(total) ? along : along * total / (along + total);
  }
  return total;
}

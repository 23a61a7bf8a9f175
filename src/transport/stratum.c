/* One cell of the composite: corneocytes in lipid lamellae. A solute goes along the lamellae (D_lip
 * K_lip), hops across them (k_trans) and, where it fits between the keratin fibrils, through
 * corneocytes (D_c K_c). The published fit P^ gives the permeability of the whole from two numbers:
 *   R = k_trans period^2 / (bilayer D_lip),   sigma = D_lip K_lip / (D_c K_c)
 *   P_sc = P^(R, sigma) D_lip K_lip / h,      D_sc = P_sc h / K_sc
 * Wang, Kasting & Nitsche 2006, 2007; Dancik et al. 2013.
 * Theory: docs/theory/barrier.md. Verified: tests/verification/test_barrier.c. */
#include "transport/stratum.h"

#include <math.h>
#include <stdio.h>

#include "base/laws.h"
#include "base/number.h"
#include "catalogue/catalogue.h"

static const char *const STATE[PERCUTA_HYDRATIONS] = {"dry", "wet"};

static enum percuta_status read_number(const struct percuta_entry *entry,
                                       const struct percuta_yaml_node *node, const char *key,
                                       double *out) {
  if (percuta_base_number_parse(percuta_base_yaml_text(node, key, ""), out) == PERCUTA_OK)
    return PERCUTA_OK;
  return percuta_catalogue_entry_mistake(entry, node, key, "is no number");
}

/* `count` numbers of a list. */
static enum percuta_status read_list(const struct percuta_entry *entry,
                                     const struct percuta_yaml_node *list, int count, double *out) {
  int i = 0;
  for (const struct percuta_yaml_node *item = list ? list->child : NULL; item; item = item->next) {
    if (i == count || item->text == NULL ||
        percuta_base_number_parse(item->text, &out[i]) != PERCUTA_OK)
      return percuta_catalogue_entry_mistake(entry, item, "",
                                             "is no number of a list of that length");
    i++;
  }
  return i == count ? PERCUTA_OK
                    : percuta_catalogue_entry_mistake(entry, list, "", "lacks numbers of its list");
}

static enum percuta_status read_fit(const struct percuta_entry *entry, const char *state,
                                    struct percuta_stratum_fit *fit) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(entry->root, state);
  char hindrance[32];
  snprintf(hindrance, sizeof hindrance, "hindrance_%s", state);
  enum percuta_status status = read_number(entry, node, "floor", &fit->floor);
  if (status == PERCUTA_OK)
    status = read_number(entry, node, "sigma_factor", &fit->sigma_factor);
  if (status == PERCUTA_OK)
    status = read_number(entry, node, "r_factor", &fit->r_factor);
  if (status == PERCUTA_OK)
    status = read_list(entry, percuta_base_yaml_get(entry->root, hindrance), 4, fit->hindrance);
  const struct percuta_yaml_node *rows = percuta_base_yaml_get(node, "c");
  const struct percuta_yaml_node *row = rows ? rows->child : NULL;
  for (int i = 0; i < PERCUTA_STRATUM_POWERS && status == PERCUTA_OK; i++) {
    status = read_list(entry, row, PERCUTA_STRATUM_POWERS, fit->c[i]);
    row = row ? row->next : NULL;
  }
  return status;
}

static enum percuta_status read_fits(const struct percuta_catalogue *catalogue,
                                     struct percuta_diag *diag,
                                     struct percuta_stratum_model *model) {
  struct percuta_entry entry;
  enum percuta_status status =
      percuta_catalogue_file(catalogue, "transport/transfer.yaml", diag, &entry);
  if (status != PERCUTA_OK)
    return status;
  for (int i = 0; i < PERCUTA_HYDRATIONS && status == PERCUTA_OK; i++)
    status = read_fit(&entry, STATE[i], &model->state[i].fit);
  const struct {
    const char *key;
    double *value;
  } bounds[] = {{"polynomial_from", &model->polynomial_from},
                {"polynomial_to", &model->polynomial_to},
                {"least_sigma", &model->least_sigma},
                {"most_sigma", &model->most_sigma}};
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds && status == PERCUTA_OK; i++)
    status = read_number(&entry, entry.root, bounds[i].key, bounds[i].value);
  return status;
}

enum percuta_status percuta_transport_stratum_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_stratum_model *out) {
  struct percuta_stratum_model model;
  struct percuta_stratum_state *wet = &model.state[PERCUTA_HYDRATION_WET];
  struct percuta_stratum_state *dry = &model.state[PERCUTA_HYDRATION_DRY];
  const struct percuta_parameter_slot slots[] = {
      {"stratum.thickness_wet", &wet->thickness},
      {"stratum.thickness_dry", &dry->thickness},
      {"stratum.period_wet", &wet->period},
      {"stratum.period_dry", &dry->period},
      {"stratum.corneocytes_wet", &wet->corneocytes},
      {"stratum.corneocytes_dry", &dry->corneocytes},
      {"stratum.fibrils_wet", &wet->fibrils},
      {"stratum.fibrils_dry", &dry->fibrils},
      {"stratum.water_wet", &wet->water},
      {"stratum.water_dry", &dry->water},
      {"stratum.dry_factor", &dry->slowing},
      {"stratum.bilayer", &model.bilayer},
      {"stratum.fibril_radius", &model.fibril_radius},
      {"stratum.lipid_partition", &model.lipid_partition},
      {"stratum.lipid_exponent", &model.lipid_exponent},
      {"stratum.protein_partition", &model.protein_partition},
      {"stratum.protein_exponent", &model.protein_exponent},
      {"stratum.dry_density_share", &model.dry_density_share},
      {"stratum.protein_density", &model.protein_density},
      {"stratum.lateral_diffusivity", &model.lateral_diffusivity},
      {"stratum.lateral_mass", &model.lateral_mass},
      {"stratum.lateral_exponent", &model.lateral_exponent},
      {"stratum.lateral_floor", &model.lateral_floor},
      {"stratum.scatter", &model.scatter},
      {"stratum.charged_ratio", &model.charged_ratio},
      {"stratum.transfer_log", &model.transfer_log},
      {"stratum.transfer_slope", &model.transfer_slope}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  wet->slowing = 1;
  if (status == PERCUTA_OK)
    status = read_fits(scenario->catalogue, diag, &model);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

static double polynomial(const struct percuta_stratum_fit *fit, double log_sigma, double log_R) {
  double sum = 0;
  for (int i = PERCUTA_STRATUM_POWERS - 1; i >= 0; i--) {
    double row = 0;
    for (int j = PERCUTA_STRATUM_POWERS - 1; j >= 0; j--)
      row = row * log_R + fit->c[i][j];
    sum = sum * log_sigma + row;
  }
  return pow(10, sum);
}

double percuta_transport_stratum_dimensionless(const struct percuta_stratum_model *model,
                                               enum percuta_hydration hydration, double R,
                                               double sigma) {
  const struct percuta_stratum_fit *fit = &model->state[hydration].fit;
  if (R > model->polynomial_to)
    return fit->floor + 1 / (fit->sigma_factor * sigma + fit->r_factor / R);
  const double log_sigma = log10(fmin(fmax(sigma, model->least_sigma), model->most_sigma));
  const double log_R = log10(fmax(R, model->polynomial_from));
  return polynomial(fit, log_sigma, log_R) * fmin(R / model->polynomial_from, 1);
}

/* D_c K_c of the corneocytes' water between fibrils [m^2/s]; 0 for solutes that do not fit. */
static double corneocyte_conductance(const struct percuta_stratum_model *model,
                                     const struct percuta_stratum_state *state,
                                     const struct percuta_stratum_solute *solute) {
  const double size = solute->radius / model->fibril_radius;
  const double excluded = state->fibrils * (1 + size) * (1 + size);
  const double *h = state->fit.hindrance;
  const double hindrance = h[0] + size * (h[1] + size * (h[2] + size * h[3]));
  if (excluded >= 1 || hindrance <= 0)
    return 0;
  const double K = 1 - excluded;
  return solute->diffusivity * (1 - excluded) * hindrance * K;
}

void percuta_transport_stratum_compute(const struct percuta_stratum_model *model,
                                       enum percuta_hydration hydration,
                                       const struct percuta_stratum_solute *solute,
                                       struct percuta_stratum_barrier *out) {
  const struct percuta_stratum_state *state = &model->state[hydration];
  const double Kow = pow(10, solute->log_kow);
  const double K_lip = model->lipid_partition * pow(Kow, model->lipid_exponent);
  const double protein = model->protein_partition * pow(Kow, model->protein_exponent);
  const double share = model->dry_density_share;
  const double K_cor =
      (share * protein + state->water) / (share / model->protein_density + state->water);
  const double lateral = pow(model->lateral_mass / solute->molar_mass, model->lateral_exponent);
  const double D_lip =
      (model->lateral_diffusivity * lateral + model->lateral_floor) / state->slowing;
  const double root = cbrt(solute->molar_mass / PERCUTA_LAWS_GRAM);
  const double k_trans = pow(10, model->transfer_log + model->transfer_slope * root) *
                         PERCUTA_LAWS_CM / state->slowing;
  const double through = corneocyte_conductance(model, state, solute);
  struct percuta_stratum_barrier barrier = {
      .R = k_trans * state->period * state->period / (model->bilayer * D_lip),
      .sigma = through > 0 ? D_lip * K_lip / through : INFINITY,
      .partition = (1 - state->corneocytes) * K_lip + state->corneocytes * K_cor,
      .lipid_partition = K_lip};
  barrier.dimensionless =
      percuta_transport_stratum_dimensionless(model, hydration, barrier.R, barrier.sigma);
  barrier.permeability = barrier.dimensionless * D_lip * K_lip / state->thickness;
  barrier.diffusivity = barrier.permeability * state->thickness / barrier.partition;
  *out = barrier;
}

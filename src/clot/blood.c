/* Blood in a cut, at a point:
 *
 *   network   dc/dt  = sum over reactions of rate constant times reactants   (Hockin et al. 2002)
 *   fibrin    dF/dt  = -k_cat [IIa] F / (K_M + F)                            (Michaelis-Menten)
 *   platelets dP/dt  = -k [IIa] / (K + [IIa]) P
 *
 * F is fibrinogen, P the share of platelets that still hold their granules. Neither acts back on
 * the network, which takes membrane to be in excess and thrombin not to be held up by fibrin.
 * Theory: docs/theory/clot.md. Test: tests/unit/test_blood.c. */
#include "clot/blood.h"

#include <math.h>

const struct percuta_clotting PERCUTA_CLOT_BLOOD_NORMAL = {.II = 1,
                                                           .V = 1,
                                                           .VII = 1,
                                                           .VIII = 1,
                                                           .IX = 1,
                                                           .X = 1,
                                                           .AT = 1,
                                                           .TFPI = 1,
                                                           .fibrinogen = 1,
                                                           .platelets = 1};

bool percuta_clot_blood_is_normal(const struct percuta_scenario *scenario) {
  const struct percuta_clotting *c = &scenario->person.clotting, *n = &PERCUTA_CLOT_BLOOD_NORMAL;
  return (percuta_scenario_anticoagulants(&scenario->person) & PERCUTA_TAKES_WARFARIN) == 0 &&
         c->II == n->II && c->V == n->V && c->VII == n->VII && c->VIII == n->VIII &&
         c->IX == n->IX && c->X == n->X && c->AT == n->AT && c->TFPI == n->TFPI &&
         c->fibrinogen == n->fibrinogen && c->platelets == n->platelets;
}

static enum percuta_status read_parameters(const struct percuta_parameters *set,
                                           struct percuta_diag *diag,
                                           struct percuta_blood_parameters *p) {
  const struct percuta_parameter_slot slots[] = {
      {"clot.tissue_factor", &p->tissue_factor},
      {"clot.VIIa", &p->VIIa},
      {"clot.meizothrombin_weight", &p->meizothrombin_weight},
      {"clot.threshold", &p->threshold},
      {"clot.window", &p->window},
      {"clot.II", &p->II},
      {"clot.V", &p->V},
      {"clot.VII", &p->VII},
      {"clot.VIII", &p->VIII},
      {"clot.IX", &p->IX},
      {"clot.X", &p->X},
      {"clot.AT", &p->AT},
      {"clot.TFPI", &p->TFPI},
      {"clot.fibrinogen", &p->fibrinogen},
      {"clot.platelets", &p->platelets},
      {"clot.fibrin_rate", &p->fibrin_rate},
      {"clot.fibrin_half", &p->fibrin_half},
      {"clot.platelet_half", &p->platelet_half},
      {"clot.platelet_rate", &p->platelet_rate},
      {"clot.pdgf", &p->pdgf},
      {"clot.tgf_beta", &p->tgf_beta},
      {"clot.bleeding_time", &p->bleeding_time},
      {"clot.bleeding_time_none", &p->bleeding_time_none},
      {"clot.bleeding_time_slope", &p->bleeding_time_slope},
      {"clot.bleeding_time_least", &p->bleeding_time_least},
      {"clot.plug_thrombin_share", &p->plug_thrombin_share},
      {"clot.warfarin_II", &p->warfarin_II},
      {"clot.warfarin_VII", &p->warfarin_VII},
      {"clot.warfarin_IX", &p->warfarin_IX},
      {"clot.warfarin_X", &p->warfarin_X},
      {"clot.tolerance", &p->tolerance},
  };
  return percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
}

/* The person's levels, those that the anticoagulant lowers multiplied by what it leaves. */
static struct percuta_clotting levels_of(const struct percuta_person *person, bool normal,
                                         const struct percuta_blood_parameters *p) {
  struct percuta_clotting level = normal ? PERCUTA_CLOT_BLOOD_NORMAL : person->clotting;
  if (!normal && percuta_scenario_anticoagulants(person) & PERCUTA_TAKES_WARFARIN) {
    level.II *= p->warfarin_II;
    level.VII *= p->warfarin_VII;
    level.IX *= p->warfarin_IX;
    level.X *= p->warfarin_X;
  }
  return level;
}

/* Fills the initial state; false when the network lacks a species that blood begins with. */
static bool fill(struct percuta_blood *blood, const struct percuta_clotting *level) {
  const struct percuta_blood_parameters *p = &blood->parameters;
  const struct {
    const char *name;
    double concentration;
  } start[] = {{"TF", p->tissue_factor},       {"II", level->II * p->II},
               {"V", level->V * p->V},         {"VII", level->VII * p->VII},
               {"VIIa", level->VII * p->VIIa}, {"VIII", level->VIII * p->VIII},
               {"IX", level->IX * p->IX},      {"X", level->X * p->X},
               {"ATIII", level->AT * p->AT},   {"TFPI", level->TFPI * p->TFPI}};
  for (size_t i = 0; i < sizeof start / sizeof start[0]; i++) {
    const int species = percuta_clot_network_find(&blood->network, start[i].name);
    if (species < 0)
      return false;
    blood->initial[species] = start[i].concentration;
  }
  blood->initial[percuta_clot_blood_fibrinogen(blood)] = level->fibrinogen * p->fibrinogen;
  blood->initial[percuta_clot_blood_platelets(blood)] = 1;
  blood->platelets = level->platelets * p->platelets;
  blood->thrombin = percuta_clot_network_find(&blood->network, "IIa");
  blood->meizothrombin = percuta_clot_network_find(&blood->network, "mIIa");
  return blood->thrombin >= 0 && blood->meizothrombin >= 0;
}

enum percuta_status percuta_clot_blood_read(const struct percuta_scenario *scenario, bool normal,
                                            struct percuta_diag *diag, struct percuta_blood *out) {
  struct percuta_blood blood = {0};
  enum percuta_status status = read_parameters(scenario->parameters, diag, &blood.parameters);
  if (status == PERCUTA_OK)
    status = percuta_clot_network_build(scenario->parameters, "hockin", diag, &blood.network);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_clotting level = levels_of(&scenario->person, normal, &blood.parameters);
  if (!fill(&blood, &level)) {
    percuta_base_diag_add(diag, &(struct percuta_mistake){
                                    .code = PERCUTA_CODE_DATA_FAULT,
                                    .key = "hockin",
                                    .what = "lacks a species that blood begins with or thrombin"});
    percuta_clot_blood_clear(&blood);
    return PERCUTA_BAD_INPUT;
  }
  *out = blood;
  return PERCUTA_OK;
}

void percuta_clot_blood_clear(struct percuta_blood *blood) {
  percuta_clot_network_clear(&blood->network);
}

int percuta_clot_blood_size(const struct percuta_blood *blood) {
  return blood->network.species + 2;
}

int percuta_clot_blood_fibrinogen(const struct percuta_blood *blood) {
  return blood->network.species;
}

int percuta_clot_blood_platelets(const struct percuta_blood *blood) {
  return blood->network.species + 1;
}

double percuta_clot_blood_thrombin(const struct percuta_blood *blood, const double *state) {
  return state[blood->thrombin] +
         blood->parameters.meizothrombin_weight * state[blood->meizothrombin];
}

void percuta_clot_blood_rates(const struct percuta_blood *blood, const double *state,
                              double *rates) {
  const struct percuta_blood_parameters *p = &blood->parameters;
  const int fibrinogen = percuta_clot_blood_fibrinogen(blood);
  const int platelets = percuta_clot_blood_platelets(blood);
  const double thrombin = state[blood->thrombin];
  percuta_clot_network_rates(&blood->network, state, rates);
  rates[fibrinogen] =
      -p->fibrin_rate * thrombin * state[fibrinogen] / (p->fibrin_half + state[fibrinogen]);
  rates[platelets] =
      -p->platelet_rate * thrombin / (p->platelet_half + thrombin) * state[platelets];
}

void percuta_clot_blood_jacobian(const struct percuta_blood *blood, const double *state,
                                 double *jacobian) {
  const struct percuta_blood_parameters *p = &blood->parameters;
  const int size = percuta_clot_blood_size(blood), by = blood->thrombin;
  const int fibrinogen = percuta_clot_blood_fibrinogen(blood);
  const int platelets = percuta_clot_blood_platelets(blood);
  const double thrombin = state[by];
  for (int i = 0; i < size * size; i++)
    jacobian[i] = 0;
  percuta_clot_network_jacobian(&blood->network, state, size, jacobian);
  const double room = p->fibrin_half + state[fibrinogen];
  jacobian[fibrinogen + by * size] = -p->fibrin_rate * state[fibrinogen] / room;
  jacobian[fibrinogen + fibrinogen * size] =
      -p->fibrin_rate * thrombin * p->fibrin_half / (room * room);
  const double bound = p->platelet_half + thrombin;
  jacobian[platelets + by * size] =
      -p->platelet_rate * p->platelet_half / (bound * bound) * state[platelets];
  jacobian[platelets + platelets * size] = -p->platelet_rate * thrombin / bound;
}

double percuta_clot_blood_bleeding_time(const struct percuta_blood_parameters *parameters,
                                        double platelets) {
  const double counted = fmax(platelets, parameters->bleeding_time_least);
  return fmax(parameters->bleeding_time,
              parameters->bleeding_time_none - counted / parameters->bleeding_time_slope);
}

double percuta_clot_blood_plug(const struct percuta_blood_parameters *parameters,
                               const double bleeding_time[2], const double threshold_time[2]) {
  const double share = parameters->plug_thrombin_share;
  const double normal = fmin(threshold_time[0], parameters->window);
  const double this = fmin(threshold_time[1], parameters->window);
  return bleeding_time[1] / bleeding_time[0] * (1 - share + share * this / normal);
}

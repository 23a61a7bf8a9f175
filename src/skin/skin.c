/* The mean person's skin is read from the atlas (site, sex), changed by age, sex and phototype as
 * the table `skin` says, drawn if asked for, and then changed by the condition.
 * Theory: docs/theory/skin.md. Test: tests/unit/test_skin.c. */
#include "skin/skin.h"

#include <math.h>
#include <string.h>

#include "skin/condition.h"
#include "skin/habits.h"
#include "skin/person.h"
#include "skin/site.h"

/* The parameters of table `skin` that hold for every site. */
struct constants {
  double collagen_age_young, collagen_age_old, collagen_score_young, collagen_score_old,
      collagen_score_sd;
  double loop_density, loop_density_sd, loop_age_reference, loop_age_young, loop_age_old,
      loop_decline;
  double thickness_age_reference, thickness_age_young, thickness_age_old;
  double epidermis_decline[2], dermis_decline_body, dermis_decline_face[2]; /* [1/s] by sex */
  double epidermis_sex_ratio, pressure_sex_ratio, pressure_sd;
  double corneum_phototype_ratio, epidermis_phototype_ratio, dermis_phototype_ratio;
  double papillary_share;
  double stiffness, stiffness_age_reference, stiffness_age_young, stiffness_age_old,
      stiffness_age_ratio;
};

static enum percuta_status read_constants(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag, struct constants *c,
                                          struct percuta_skin *skin) {
  const struct percuta_parameter_slot slots[] = {
      {"skin.collagen_age_young", &c->collagen_age_young},
      {"skin.collagen_age_old", &c->collagen_age_old},
      {"skin.collagen_score_young", &c->collagen_score_young},
      {"skin.collagen_score_old", &c->collagen_score_old},
      {"skin.collagen_score_sd", &c->collagen_score_sd},
      {"skin.loop_density", &c->loop_density},
      {"skin.loop_density_sd", &c->loop_density_sd},
      {"skin.loop_age_reference", &c->loop_age_reference},
      {"skin.loop_age_young", &c->loop_age_young},
      {"skin.loop_age_old", &c->loop_age_old},
      {"skin.loop_decline", &c->loop_decline},
      {"skin.capillary_radius", &skin->capillary_radius},
      {"skin.capillary_pressure", &skin->capillary_pressure},
      {"viable.blood_flow", &skin->blood_flow},
      {"skin.plexus_depth", &skin->plexus_depth},
      {"skin.plexus_thickness", &skin->plexus_thickness},
      {"skin.plexus_length_density", &skin->plexus_length_density},
      {"skin.plexus_radius", &skin->plexus_radius},
      {"skin.loop_height", &skin->loop_height},
      {"skin.deep_plexus_thickness", &skin->deep_plexus_thickness},
      {"skin.deep_plexus_length_density", &skin->deep_plexus_length_density},
      {"skin.deep_plexus_radius", &skin->deep_plexus_radius},
      {"skin.papillary_share", &c->papillary_share},
      {"skin.thickness_age_reference", &c->thickness_age_reference},
      {"skin.thickness_age_young", &c->thickness_age_young},
      {"skin.thickness_age_old", &c->thickness_age_old},
      {"skin.epidermis_decline_female", &c->epidermis_decline[PERCUTA_FEMALE]},
      {"skin.epidermis_decline_male", &c->epidermis_decline[PERCUTA_MALE]},
      {"skin.dermis_decline_body", &c->dermis_decline_body},
      {"skin.dermis_decline_face_female", &c->dermis_decline_face[PERCUTA_FEMALE]},
      {"skin.dermis_decline_face_male", &c->dermis_decline_face[PERCUTA_MALE]},
      {"skin.epidermis_sex_ratio", &c->epidermis_sex_ratio},
      {"skin.corneum_phototype_ratio", &c->corneum_phototype_ratio},
      {"skin.epidermis_phototype_ratio", &c->epidermis_phototype_ratio},
      {"skin.dermis_phototype_ratio", &c->dermis_phototype_ratio},
      {"skin.capillary_pressure_sd", &c->pressure_sd},
      {"skin.capillary_pressure_sex_ratio", &c->pressure_sex_ratio},
      {"skin.stiffness_film", &skin->stiffness_film},
      {"skin.stiffness", &c->stiffness},
      {"skin.stiffness_age_reference", &c->stiffness_age_reference},
      {"skin.stiffness_age_young", &c->stiffness_age_young},
      {"skin.stiffness_age_old", &c->stiffness_age_old},
      {"skin.stiffness_age_ratio", &c->stiffness_age_ratio}};
  return percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots,
                                      diag);
}

/* Thickness at `age` over that at the reference age, when the share `rate` of that of the young is
 * lost per time. */
static double thinning(const struct constants *c, double age, double rate) {
  double young = c->thickness_age_young, old = c->thickness_age_old;
  double left = 1 - rate * (old - young);
  return percuta_skin_person_age_law(age, young, 1, old, left) /
         percuta_skin_person_age_law(c->thickness_age_reference, young, 1, old, left);
}

/* This sex's value over the mean of both, when men have `ratio` times the women's. */
static double share_of_sex(enum percuta_sex sex, double ratio) {
  return 2 * percuta_skin_person_of_sex(sex, 1, ratio) / (1 + ratio);
}

/* Relative to phototype III, linear in the tone from I to VI, which has `ratio` times the value of
 * I.
 */
static double share_of_tone(double tone, double ratio) {
  const double third = (double)PERCUTA_PHOTOTYPE_III / PERCUTA_PHOTOTYPE_VI;
  return (1 + tone * (ratio - 1)) / (1 + third * (ratio - 1));
}

/* Of a rate by sex. */
static double of_sex(enum percuta_sex sex, const double rate[2]) {
  return percuta_skin_person_of_sex(sex, rate[PERCUTA_FEMALE], rate[PERCUTA_MALE]);
}

/* A thickness that the scenario gives is known, and has no spread; else this person's, `factor`
 * times the atlas's. */
static struct percuta_measure thickness(const struct percuta_scenario *scenario,
                                        enum percuta_person_trait trait,
                                        struct percuta_measure atlas, double factor, double given) {
  if (given > 0)
    return (struct percuta_measure){given, 0};
  double sd = factor * atlas.sd;
  return (struct percuta_measure){
      percuta_skin_person_draw(scenario, trait, factor * atlas.mean, sd), sd};
}

static void set_layers(const struct percuta_scenario *scenario, const struct constants *c,
                       const struct percuta_site *site, struct percuta_skin *skin) {
  const struct percuta_person *person = &scenario->person;
  const struct percuta_layers *given = &scenario->layers;
  bool body = strcmp(site->region, "trunk") == 0 || strcmp(site->region, "limb") == 0;
  double dermis_decline =
      body ? c->dermis_decline_body : of_sex(person->sex, c->dermis_decline_face);
  const double tone = percuta_skin_person_tone(scenario);
  double corneum_factor = share_of_tone(tone, c->corneum_phototype_ratio);
  double epidermis_factor = share_of_tone(tone, c->epidermis_phototype_ratio) *
                            thinning(c, person->age, of_sex(person->sex, c->epidermis_decline));
  double dermis_factor =
      share_of_tone(tone, c->dermis_phototype_ratio) * thinning(c, person->age, dermis_decline);
  if (!site->epidermis_by_sex)
    epidermis_factor *= share_of_sex(person->sex, c->epidermis_sex_ratio);
  const struct percuta_measure corneum = thickness(scenario, PERCUTA_TRAIT_STRATUM_CORNEUM,
                                                   site->stratum_corneum, corneum_factor, 0),
                               epidermis =
                                   thickness(scenario, PERCUTA_TRAIT_EPIDERMIS, site->epidermis,
                                             epidermis_factor, given->epidermis),
                               dermis = thickness(scenario, PERCUTA_TRAIT_DERMIS, site->dermis,
                                                  dermis_factor, given->dermis),
                               fat = thickness(scenario, PERCUTA_TRAIT_HYPODERMIS, site->hypodermis,
                                               1, given->hypodermis);
  const double papillary = c->papillary_share;
  const struct percuta_measure layers[PERCUTA_LAYER_COUNT] = {
      [PERCUTA_STRATUM_CORNEUM] = corneum,
      [PERCUTA_VIABLE_EPIDERMIS] = epidermis,
      [PERCUTA_PAPILLARY_DERMIS] = {dermis.mean * papillary, dermis.sd * papillary},
      [PERCUTA_RETICULAR_DERMIS] = {dermis.mean * (1 - papillary), dermis.sd * (1 - papillary)},
      [PERCUTA_HYPODERMIS] = fat};
  for (int i = 0; i < PERCUTA_LAYER_COUNT; i++) {
    skin->thickness[i] = layers[i].mean;
    skin->thickness_sd[i] = layers[i].sd;
  }
}

/* On entry capillary_pressure holds the reference, which pools both sexes. */
static void set_pressure(const struct percuta_scenario *scenario, const struct constants *c,
                         const struct percuta_site *site, struct percuta_skin *skin) {
  double pressure = percuta_skin_person_draw(scenario, PERCUTA_TRAIT_CAPILLARY_PRESSURE,
                                             skin->capillary_pressure, c->pressure_sd);
  skin->capillary_pressure = pressure * site->capillary_pressure_factor *
                             share_of_sex(scenario->person.sex, c->pressure_sex_ratio);
}

/* What depends on age: resting collagen, capillary loops, stiffness. */
static void age_skin(const struct percuta_scenario *scenario, const struct constants *c,
                     const struct percuta_site *site, struct percuta_skin *skin) {
  double age = scenario->person.age;
  double score = percuta_skin_person_age_law(age, c->collagen_age_young, c->collagen_score_young,
                                             c->collagen_age_old, c->collagen_score_old);
  skin->collagen_rel =
      percuta_skin_person_draw(scenario, PERCUTA_TRAIT_COLLAGEN, score, c->collagen_score_sd) /
      c->collagen_score_young;

  double loops = percuta_skin_person_draw(scenario, PERCUTA_TRAIT_LOOP_DENSITY, c->loop_density,
                                          c->loop_density_sd);
  double left =
      percuta_skin_person_age_law(age, c->loop_age_young, 1, c->loop_age_old, 1 - c->loop_decline);
  double left_reference = percuta_skin_person_age_law(c->loop_age_reference, c->loop_age_young, 1,
                                                      c->loop_age_old, 1 - c->loop_decline);
  skin->loop_density = site->loop_density_factor * loops * left / left_reference;

  double stiff = percuta_skin_person_age_law(age, c->stiffness_age_young, 1, c->stiffness_age_old,
                                             c->stiffness_age_ratio);
  double stiff_reference =
      percuta_skin_person_age_law(c->stiffness_age_reference, c->stiffness_age_young, 1,
                                  c->stiffness_age_old, c->stiffness_age_ratio);
  skin->stiffness = c->stiffness * stiff / stiff_reference;
}

enum percuta_status percuta_skin_read(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct percuta_skin *out) {
  struct percuta_skin skin = {.perfusion_rel = 1,
                              .proliferation_factor = 1,
                              .production_factor = 1,
                              .clearance_factor = 1,
                              .defect_collagen_rel = 1};
  struct constants constants = {0};
  enum percuta_status status = read_constants(scenario, diag, &constants, &skin);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_site site;
  status = percuta_skin_site_read(scenario, diag, &site);
  if (status != PERCUTA_OK)
    return status;
  memcpy(skin.site_name, site.name, sizeof skin.site_name);
  memcpy(skin.region, site.region, sizeof skin.region);
  skin.closure_half_time = percuta_skin_person_draw(
      scenario, PERCUTA_TRAIT_CLOSURE, site.closure_half_time.mean, site.closure_half_time.sd);
  if (scenario->person.draw == PERCUTA_DRAW_MEAN)
    skin.closure_spread =
        sqrt(log1p(pow(site.closure_half_time.sd / site.closure_half_time.mean, 2)));
  set_layers(scenario, &constants, &site, &skin);
  set_pressure(scenario, &constants, &site, &skin);
  age_skin(scenario, &constants, &site, &skin);
  /* The apex of a loop lies under the epidermis over its papilla. */
  skin.loop_top = percuta_skin_layer_top(&skin, PERCUTA_PAPILLARY_DERMIS);
  /* The deep plexus lies on the fat. */
  skin.deep_plexus_depth =
      percuta_skin_layer_top(&skin, PERCUTA_HYPODERMIS) - skin.deep_plexus_thickness;
  status = percuta_skin_condition_apply(scenario, diag, &skin);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_skin_habits_apply(scenario, diag, &skin);
  if (status != PERCUTA_OK)
    return status;
  skin.blood_flow *= skin.perfusion_rel;
  *out = skin;
  return PERCUTA_OK;
}

double percuta_skin_layer_top(const struct percuta_skin *skin, enum percuta_layer layer) {
  double depth = 0;
  for (int i = 0; i < (int)layer; i++)
    depth += skin->thickness[i];
  return depth;
}

double percuta_skin_stiffness(const struct percuta_skin *skin, double scale) {
  return skin->stiffness + skin->stiffness_film / scale;
}

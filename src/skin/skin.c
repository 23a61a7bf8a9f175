/* The mean person's skin is read from the atlas (site, sex), aged by the laws of the table `skin`,
 * drawn if asked for, and then changed by the condition. Theory: docs/theory/skin.md. */
#include "skin/skin.h"

#include <stdio.h>
#include <stdlib.h>

#include "skin/atlas.h"
#include "skin/condition.h"
#include "skin/listing.h"
#include "skin/person.h"

/* The parameters of table `skin` that hold for every site. */
struct constants {
  double collagen_age_young, collagen_age_old, collagen_score_young, collagen_score_old,
      collagen_score_sd;
  double loop_density, loop_density_sd, loop_age_reference, loop_age_young, loop_age_old,
      loop_decline;
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
      {"skin.plexus_depth", &skin->plexus_depth},
      {"skin.plexus_thickness", &skin->plexus_thickness},
      {"skin.plexus_length_density", &skin->plexus_length_density},
      {"skin.plexus_radius", &skin->plexus_radius},
      {"skin.loop_height", &skin->loop_height},
      {"skin.deep_plexus_thickness", &skin->deep_plexus_thickness},
      {"skin.deep_plexus_length_density", &skin->deep_plexus_length_density},
      {"skin.deep_plexus_radius", &skin->deep_plexus_radius},
      {"skin.papillary_share", &c->papillary_share},
      {"skin.stiffness", &c->stiffness},
      {"skin.stiffness_age_reference", &c->stiffness_age_reference},
      {"skin.stiffness_age_young", &c->stiffness_age_young},
      {"skin.stiffness_age_old", &c->stiffness_age_old},
      {"skin.stiffness_age_ratio", &c->stiffness_age_ratio}};
  return percuta_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
}

/* Reads mean and spread of `key`, for this sex where the atlas tells the sexes apart, and draws. */
static enum percuta_status draw_from_atlas(const struct percuta_atlas *atlas,
                                           const struct percuta_yaml_node *site, const char *key,
                                           const char *dimension,
                                           const struct percuta_scenario *scenario,
                                           enum percuta_person_trait trait, double out[2]) {
  const char *sex = scenario->person.sex == PERCUTA_FEMALE ? "female" : "male";
  const struct percuta_yaml_node *entry = percuta_yaml_get(site, key);
  const struct percuta_yaml_node *map = site;
  if (percuta_yaml_get(entry, sex)) {
    map = entry;
    key = sex;
  }
  double mean = 0, sd = 0;
  enum percuta_status status = percuta_atlas_quantity(atlas, map, key, "value", dimension, &mean);
  if (status == PERCUTA_OK)
    status = percuta_atlas_quantity(atlas, map, key, "sd", dimension, &sd);
  if (status != PERCUTA_OK)
    return status;
  if (!(mean > 0) || !(sd >= 0))
    return percuta_atlas_mistake(atlas, map, key, "needs a value above 0 and an sd of 0 or more");
  out[0] = percuta_person_draw(scenario, trait, mean, sd);
  out[1] = sd;
  return PERCUTA_OK;
}

/* A thickness that the scenario gives is known, and has no spread. */
static void replace(double given, double layer[2]) {
  if (given > 0) {
    layer[0] = given;
    layer[1] = 0;
  }
}

/* Thickness of the layers, loop density factor and closure of one site of the atlas. */
static enum percuta_status read_site(const struct percuta_atlas *atlas,
                                     const struct percuta_yaml_node *site,
                                     const struct percuta_scenario *scenario,
                                     double papillary_share, struct percuta_skin *skin) {
  double corneum[2] = {0}, epidermis[2] = {0}, dermis[2] = {0}, fat[2] = {0}, closure[2] = {0};
  const struct {
    const char *key, *dimension;
    enum percuta_person_trait trait;
    double *out;
  } entries[] = {{"stratum_corneum", "m", PERCUTA_TRAIT_STRATUM_CORNEUM, corneum},
                 {"epidermis", "m", PERCUTA_TRAIT_EPIDERMIS, epidermis},
                 {"dermis", "m", PERCUTA_TRAIT_DERMIS, dermis},
                 {"hypodermis", "m", PERCUTA_TRAIT_HYPODERMIS, fat},
                 {"closure_half_time", "s", PERCUTA_TRAIT_CLOSURE, closure}};
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    enum percuta_status status = draw_from_atlas(atlas, site, entries[i].key, entries[i].dimension,
                                                 scenario, entries[i].trait, entries[i].out);
    if (status != PERCUTA_OK)
      return status;
  }
  const struct percuta_layers *given = &scenario->layers;
  replace(given->epidermis, epidermis);
  replace(given->dermis, dermis);
  replace(given->hypodermis, fat);
  for (int i = 0; i < 2; i++) {
    double *layer = i == 0 ? skin->thickness : skin->thickness_sd;
    layer[PERCUTA_STRATUM_CORNEUM] = corneum[i];
    layer[PERCUTA_VIABLE_EPIDERMIS] = epidermis[i];
    layer[PERCUTA_PAPILLARY_DERMIS] = dermis[i] * papillary_share;
    layer[PERCUTA_RETICULAR_DERMIS] = dermis[i] * (1 - papillary_share);
    layer[PERCUTA_HYPODERMIS] = fat[i];
  }
  skin->closure_half_time = closure[0];
  snprintf(skin->site_name, sizeof skin->site_name, "%s",
           percuta_yaml_text(site, "name", scenario->site));
  snprintf(skin->region, sizeof skin->region, "%s", percuta_yaml_text(site, "region", ""));
  return percuta_atlas_quantity(atlas, site, "loop_density_factor", "value", "1",
                                &skin->loop_density);
}

/* What depends on age: resting collagen, capillary loops, stiffness. On entry loop_density holds
 * the site's factor. */
static void age_skin(const struct percuta_scenario *scenario, const struct constants *c,
                     struct percuta_skin *skin) {
  double age = scenario->person.age;
  double score = percuta_person_age_law(age, c->collagen_age_young, c->collagen_score_young,
                                        c->collagen_age_old, c->collagen_score_old);
  skin->collagen_rel =
      percuta_person_draw(scenario, PERCUTA_TRAIT_COLLAGEN, score, c->collagen_score_sd) /
      c->collagen_score_young;

  double loops = percuta_person_draw(scenario, PERCUTA_TRAIT_LOOP_DENSITY, c->loop_density,
                                     c->loop_density_sd);
  double left =
      percuta_person_age_law(age, c->loop_age_young, 1, c->loop_age_old, 1 - c->loop_decline);
  double left_reference = percuta_person_age_law(c->loop_age_reference, c->loop_age_young, 1,
                                                 c->loop_age_old, 1 - c->loop_decline);
  skin->loop_density *= loops * left / left_reference;

  double stiff = percuta_person_age_law(age, c->stiffness_age_young, 1, c->stiffness_age_old,
                                        c->stiffness_age_ratio);
  double stiff_reference =
      percuta_person_age_law(c->stiffness_age_reference, c->stiffness_age_young, 1,
                             c->stiffness_age_old, c->stiffness_age_ratio);
  skin->stiffness = c->stiffness * stiff / stiff_reference;
}

static enum percuta_status find_site(const struct percuta_atlas *atlas,
                                     const struct percuta_scenario *scenario,
                                     double papillary_share, struct percuta_skin *skin) {
  const struct percuta_yaml_node *sites = percuta_yaml_get(atlas->root, "sites");
  const struct percuta_yaml_node *site = percuta_yaml_get(sites, scenario->site);
  if (!site)
    return percuta_atlas_mistake(atlas, sites, scenario->site, "is not a site of the atlas");
  return read_site(atlas, site, scenario, papillary_share, skin);
}

enum percuta_status percuta_skin_build(const struct percuta_scenario *scenario,
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
  struct percuta_atlas atlas;
  status = percuta_atlas_open("skin/atlas.yaml", scenario->units, diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  status = find_site(&atlas, scenario, constants.papillary_share, &skin);
  percuta_atlas_close(&atlas);
  if (status != PERCUTA_OK)
    return status;
  age_skin(scenario, &constants, &skin);
  /* The apex of a loop lies under the epidermis over its papilla. */
  skin.loop_top = percuta_skin_layer_top(&skin, PERCUTA_PAPILLARY_DERMIS);
  /* The deep plexus lies on the fat. */
  skin.deep_plexus_depth =
      percuta_skin_layer_top(&skin, PERCUTA_HYPODERMIS) - skin.deep_plexus_thickness;
  status = percuta_condition_apply(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    *out = skin;
  return status;
}

double percuta_skin_layer_top(const struct percuta_skin *skin, enum percuta_layer layer) {
  double depth = 0;
  for (int i = 0; i < (int)layer; i++)
    depth += skin->thickness[i];
  return depth;
}

enum percuta_status percuta_skin_list_sites(struct percuta_list_entry **out, size_t *count) {
  return percuta_listing_read("skin/atlas.yaml", "sites", out, count);
}

enum percuta_status percuta_skin_list_conditions(struct percuta_list_entry **out, size_t *count) {
  return percuta_listing_read("skin/conditions.yaml", "conditions", out, count);
}

void percuta_skin_free_list(struct percuta_list_entry **list) {
  if (!list)
    return;
  free(*list);
  *list = NULL;
}

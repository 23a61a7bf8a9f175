#include "transport/product.h"

#include <stdio.h>
#include <string.h>

/* A quantity from 0 on, or above 0. */
static enum percuta_status read_quantity(const struct percuta_atlas *atlas, const char *key,
                                         const char *dimension, double *out) {
  const enum percuta_status status =
      percuta_atlas_quantity(atlas, atlas->root, key, "value", dimension, out);
  if (status == PERCUTA_OK && !(*out > 0))
    return percuta_atlas_mistake(atlas, percuta_yaml_get(atlas->root, key), key, "is not above 0");
  return status;
}

/* A compound that is not there is a mistake of the product that names it. */
static enum percuta_status read_compound(const struct percuta_atlas *atlas, const char *beside,
                                         const struct percuta_yaml_node *node,
                                         struct percuta_compound *out) {
  const char *id = percuta_yaml_text(node, "compound", "");
  char path[1024], what[256];
  bool own = false;
  if (percuta_entry_find("compounds", id, beside, path, sizeof path, &own))
    return percuta_compound_read(id, beside, atlas->units, atlas->diag, out);
  snprintf(what, sizeof what,
           "there is no compound `%.60s`; `percuta list compounds` shows all; your own is a file "
           "NAME.yaml beside the scenario",
           id);
  const struct percuta_yaml_node *named = percuta_yaml_get(node, "compound");
  return percuta_atlas_mistake(atlas, named ? named : node, "compound", what);
}

static enum percuta_status read_active(const struct percuta_atlas *atlas, const char *beside,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_product *product) {
  static const char *const keys[] = {"compound", "mass_fraction", "status", "source", "note", NULL};
  if (product->active_count == PERCUTA_PRODUCT_ACTIVES)
    return percuta_atlas_mistake(atlas, node, "actives", "has more compounds than fit");
  struct percuta_product_active *active = &product->active[product->active_count];
  enum percuta_status status = percuta_entry_check_keys(atlas, node, keys);
  if (status == PERCUTA_OK)
    status = read_compound(atlas, beside, node, &active->compound);
  if (status != PERCUTA_OK)
    return status;
  char what[256];
  const struct percuta_yaml_node *share = percuta_yaml_get(node, "mass_fraction");
  if (percuta_units_parse(atlas->units, percuta_yaml_text(node, "mass_fraction", ""), "1",
                          &active->mass_fraction, what, (int)sizeof what) != PERCUTA_OK)
    return percuta_atlas_mistake(atlas, share ? share : node, "mass_fraction", what);
  if (!(active->mass_fraction > 0 && active->mass_fraction <= 1))
    return percuta_atlas_mistake(atlas, share, "mass_fraction", "is no share of 1");
  product->active_count++;
  return PERCUTA_OK;
}

/* What numbs needs to be known as an anaesthetic. */
static enum percuta_status check_numbing(const struct percuta_atlas *atlas,
                                         const struct percuta_product *product) {
  for (int i = 0; i < product->active_count && product->kind == PERCUTA_PRODUCT_NUMBING; i++)
    if (!(product->active[i].compound.numbing.level > 0))
      return percuta_atlas_mistake(atlas, percuta_yaml_get(atlas->root, "actives"), "actives",
                                   "has a compound whose file says nothing of `numbing`, in a "
                                   "product of kind numbing");
  return PERCUTA_OK;
}

static enum percuta_status read_actives(const struct percuta_atlas *atlas, const char *beside,
                                        struct percuta_product *product) {
  const struct percuta_yaml_node *actives = percuta_yaml_get(atlas->root, "actives");
  if (actives == NULL || actives->kind != PERCUTA_YAML_LIST || actives->child == NULL)
    return percuta_atlas_mistake(atlas, actives, "actives", "is no list of compounds");
  enum percuta_status status = PERCUTA_OK;
  for (const struct percuta_yaml_node *node = actives->child; node && status == PERCUTA_OK;
       node = node->next)
    status = read_active(atlas, beside, node, product);
  for (int i = 0; i < product->active_count; i++)
    product->active[i].concentration = product->active[i].mass_fraction * product->density;
  return status;
}

static enum percuta_status read_words(const struct percuta_atlas *atlas,
                                      struct percuta_product *product) {
  static const char *const kinds[] = {"numbing", "serum", "lotion", "drug", "solution", NULL};
  static const char *const vehicles[] = {"aqueous solution", "hydroalcoholic solution", "gel",
                                         "oil-in-water cream", NULL};
  static const char *const truths[] = {"false", "true", NULL};
  int kind = 0, vehicle = 0, occluded = 0, sterile = 0, meant = 0, irritant = 0;
  enum percuta_status status = percuta_entry_choose(atlas, atlas->root, "kind", kinds, &kind);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "vehicle", vehicles, &vehicle);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "occluded", truths, &occluded);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "sterile", truths, &sterile);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "meant_to_be_needled_in", truths, &meant);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "irritant", truths, &irritant);
  product->kind = (enum percuta_product_kind)kind;
  product->vehicle = (enum percuta_product_vehicle)vehicle;
  product->occluded = occluded == 1;
  product->sterile = sterile == 1;
  product->meant_to_be_needled_in = meant == 1;
  product->irritant = irritant == 1;
  snprintf(product->warning, sizeof product->warning, "%s",
           percuta_yaml_text(atlas->root, "warning", ""));
  return status;
}

/* Limits that the product's label names; all of them may be missing. */
static enum percuta_status read_limits(const struct percuta_atlas *atlas,
                                       struct percuta_product_limits *limits) {
  static const char *const keys[] = {"mass", "area", "time", NULL};
  const struct {
    const char *key, *dimension;
    double *value;
  } given[] = {
      {"mass", "kg", &limits->mass}, {"area", "m^2", &limits->area}, {"time", "s", &limits->time}};
  const struct percuta_yaml_node *node = percuta_yaml_get(atlas->root, "limits");
  enum percuta_status status = node ? percuta_entry_check_keys(atlas, node, keys) : PERCUTA_OK;
  for (size_t i = 0; node && i < sizeof given / sizeof *given && status == PERCUTA_OK; i++) {
    const struct percuta_yaml_node *limit = percuta_yaml_get(node, given[i].key);
    if (!limit)
      continue;
    status = percuta_atlas_quantity(atlas, node, given[i].key, "value", given[i].dimension,
                                    given[i].value);
    if (status == PERCUTA_OK && !(*given[i].value > 0))
      status = percuta_atlas_mistake(atlas, limit, given[i].key, "is not above 0");
  }
  return status;
}

enum percuta_status percuta_product_read(const char *id, const char *beside,
                                         const struct percuta_units *units,
                                         struct percuta_diag *diag, struct percuta_product *out) {
  static const char *const keys[] = {
      "name",     "known",      "kind",    "actives",  "pH",      "vehicle",
      "density",  "dose",       "contact", "occluded", "sterile", "meant_to_be_needled_in",
      "irritant", "blood_flow", "limits",  "warning",  NULL};
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_entry_open("products", id, beside, units, diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_product product = {.blood_flow = 1};
  snprintf(product.id, sizeof product.id, "%s", id);
  snprintf(product.name, sizeof product.name, "%s", percuta_yaml_text(atlas.root, "name", id));
  status = percuta_entry_check_keys(&atlas, atlas.root, keys);
  if (status == PERCUTA_OK)
    status = read_words(&atlas, &product);
  if (status == PERCUTA_OK)
    status = read_quantity(&atlas, "pH", "1", &product.pH);
  if (status == PERCUTA_OK)
    status = read_quantity(&atlas, "density", "kg/m^3", &product.density);
  if (status == PERCUTA_OK)
    status = read_quantity(&atlas, "dose", "kg/m^2", &product.dose);
  if (status == PERCUTA_OK)
    status = read_quantity(&atlas, "contact", "s", &product.contact);
  if (status == PERCUTA_OK && percuta_yaml_get(atlas.root, "blood_flow"))
    status = read_quantity(&atlas, "blood_flow", "1", &product.blood_flow);
  if (status == PERCUTA_OK)
    status = read_limits(&atlas, &product.limits);
  if (status == PERCUTA_OK)
    status = read_actives(&atlas, beside, &product);
  if (status == PERCUTA_OK)
    status = check_numbing(&atlas, &product);
  percuta_atlas_close(&atlas);
  if (status == PERCUTA_OK)
    *out = product;
  return status;
}

enum percuta_status percuta_product_list(struct percuta_list_entry **out, size_t *count) {
  return percuta_entry_list("products", out, count);
}

/* A product from its file, with the compounds in it.
 * Test: tests/unit/test_product.c. */
#include "substance/product.h"

#include <math.h>
#include <stdio.h>

#include "catalogue/listing.h"
#include "substance/check.h"

#define WHOLE 1e-9 /* by which shares may miss a whole when they are added */

/* A compound that is not there is a mistake of the product that names it. */
static enum percuta_status report_compound(const struct percuta_entry *entry,
                                           const struct percuta_scenario *scenario,
                                           const struct percuta_yaml_node *node, const char *id) {
  struct percuta_listing listing;
  char what[128], hint[256] = "", nearest[64] = "";
  bool known = false;
  const enum percuta_status status =
      percuta_catalogue_listing_make(scenario->catalogue, PERCUTA_COMPOUNDS, &listing);
  if (status != PERCUTA_OK)
    return status;
  percuta_catalogue_listing_nearest(&listing, id, &known, nearest, sizeof nearest);
  percuta_catalogue_listing_clear(&listing);
  snprintf(what, sizeof what, "there is no compound `%.60s`", id);
  const struct percuta_scenario_file *file =
      percuta_scenario_files_find(&scenario->files, PERCUTA_COMPOUNDS, id);
  if (file != NULL && file->lacks != NULL)
    snprintf(hint, sizeof hint, "%s", file->lacks);
  else if (nearest[0] != '\0')
    snprintf(hint, sizeof hint, "did you mean `%s`?", nearest);
  const struct percuta_yaml_node *named = percuta_base_yaml_get(node, "compound");
  return percuta_substance_check_report(
      entry, named ? named : node,
      (struct percuta_mistake){
          .code = named ? PERCUTA_CODE_UNKNOWN_NAME : PERCUTA_CODE_MISSING,
          .key = "compound",
          .what = what,
          .allowed = "an id of `percuta list compounds`, or of your own file beside the scenario",
          .hint = hint});
}

static bool is_there(const struct percuta_scenario *scenario, const char *id) {
  const struct percuta_scenario_file *file =
      percuta_scenario_files_find(&scenario->files, PERCUTA_COMPOUNDS, id);
  struct percuta_entry entry;
  return (file != NULL && file->own) ||
         percuta_catalogue_find(scenario->catalogue, PERCUTA_COMPOUNDS, id, NULL, &entry);
}

static enum percuta_status read_compound(const struct percuta_entry *entry,
                                         const struct percuta_scenario *scenario,
                                         const struct percuta_yaml_node *node,
                                         struct percuta_compound *out) {
  const char *id = percuta_base_yaml_text(node, "compound", "");
  return is_there(scenario, id) ? percuta_substance_compound_read(scenario, id, entry->diag, out)
                                : report_compound(entry, scenario, node, id);
}

static enum percuta_status read_active(const struct percuta_entry *entry,
                                       const struct percuta_scenario *scenario,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_product_active *active) {
  static const char *const keys[] = {"compound", "mass_fraction", "status", "source", "note", NULL};
  static const struct percuta_check_range share = {"%", 0, 1, true};
  enum percuta_status status = percuta_substance_check_keys(entry, node, keys);
  if (node->kind != PERCUTA_YAML_MAP)
    return status;
  status = percuta_substance_check_both(status, percuta_substance_check_status(entry, node));
  status =
      percuta_substance_check_both(status, read_compound(entry, scenario, node, &active->compound));
  return percuta_substance_check_both(
      status,
      percuta_substance_check_scalar(entry, node, "mass_fraction", &share, &active->mass_fraction));
}

/* What numbs needs to be known as an anaesthetic. */
static enum percuta_status check_numbing(const struct percuta_entry *entry,
                                         const struct percuta_product *product) {
  for (int i = 0; i < product->active_count && product->kind == PERCUTA_PRODUCT_NUMBING; i++)
    if (!(product->active[i].compound.numbing.level > 0))
      return percuta_substance_check_report(
          entry, percuta_base_yaml_get(entry->root, "actives"),
          (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                   .key = "actives",
                                   .what =
                                       "has a compound whose file says nothing of `numbing`, in a "
                                       "product of kind numbing"});
  return PERCUTA_OK;
}

static enum percuta_status read_actives(const struct percuta_entry *entry,
                                        const struct percuta_scenario *scenario,
                                        struct percuta_product *product) {
  const struct percuta_yaml_node *actives = percuta_base_yaml_get(entry->root, "actives");
  if (actives == NULL || actives->kind != PERCUTA_YAML_LIST || actives->child == NULL)
    return percuta_substance_check_report(
        entry, actives,
        (struct percuta_mistake){.code = actives ? PERCUTA_CODE_WRONG_KIND : PERCUTA_CODE_MISSING,
                                 .key = "actives",
                                 .what = actives ? "is no list of compounds" : "is missing",
                                 .allowed = "1 to 6 of {compound: …, mass_fraction: …}"});
  enum percuta_status status = PERCUTA_OK;
  double all = 0;
  for (const struct percuta_yaml_node *node = actives->child; node; node = node->next) {
    if (product->active_count == PERCUTA_PRODUCT_ACTIVES)
      return percuta_substance_check_report(
          entry, node,
          (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                   .key = "actives",
                                   .what = "has more compounds than fit",
                                   .allowed = "1 to 6 compounds"});
    struct percuta_product_active *active = &product->active[product->active_count++];
    status = percuta_substance_check_both(status, read_active(entry, scenario, node, active));
    all += active->mass_fraction;
  }
  char what[64];
  snprintf(what, sizeof what, "make %.6g %% of the mass in all", 100 * all);
  return all <= 1 + WHOLE
             ? status
             : percuta_substance_check_report(
                   entry, actives,
                   (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                            .key = "actives",
                                            .what = what,
                                            .allowed = "mass fractions of at most 100 % in all"});
}

static enum percuta_status read_words(const struct percuta_entry *entry,
                                      struct percuta_product *product) {
  static const char *const kinds[] = {"numbing", "serum", "lotion", "drug", "solution", NULL};
  static const char *const vehicles[] = {"aqueous solution", "hydroalcoholic solution", "gel",
                                         "oil-in-water cream", NULL};
  static const char *const truths[] = {"false", "true", NULL};
  int kind = 0, vehicle = PERCUTA_VEHICLE_AQUEOUS;
  const struct {
    const char *key;
    bool *value;
  } given[] = {{"occluded", &product->occluded},
               {"sterile", &product->sterile},
               {"meant_to_be_needled_in", &product->meant_to_be_needled_in},
               {"irritant", &product->irritant}};
  enum percuta_status status =
      percuta_substance_check_choice(entry, entry->root, "kind", kinds, &kind);
  if (percuta_base_yaml_get(entry->root, "vehicle"))
    status = percuta_substance_check_both(
        status, percuta_substance_check_choice(entry, entry->root, "vehicle", vehicles, &vehicle));
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    int truth = 0;
    status = percuta_substance_check_both(
        status, percuta_substance_check_choice(entry, entry->root, given[i].key, truths, &truth));
    *given[i].value = truth == 1;
  }
  product->kind = (enum percuta_product_kind)kind;
  product->vehicle = (enum percuta_product_vehicle)vehicle;
  snprintf(product->warning, sizeof product->warning, "%s",
           percuta_base_yaml_text(entry->root, "warning", ""));
  return status;
}

static enum percuta_status read_quantities(const struct percuta_entry *entry,
                                           struct percuta_product *product) {
  const struct {
    const char *key;
    struct percuta_check_range range;
    double *value;
    bool optional;
  } given[] = {{"pH", {"", 0, 14, false}, &product->pH, false},
               {"density", {"g/cm^3", 0.3, 3, false}, &product->density, false},
               {"dose", {"mg/cm^2", 0, 500, true}, &product->dose, false},
               {"contact", {"min", 0, 1440, true}, &product->contact, false},
               {"blood_flow", {"1", 0, HUGE_VAL, true}, &product->blood_flow, true}};
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < sizeof given / sizeof *given; i++)
    if (!given[i].optional || percuta_base_yaml_get(entry->root, given[i].key))
      status = percuta_substance_check_both(
          status, percuta_substance_check_quantity(entry, entry->root, given[i].key, "value",
                                                   &given[i].range, given[i].value));
  return status;
}

/* Limits that the product's label names; all of them may be missing. */
static enum percuta_status read_limits(const struct percuta_entry *entry,
                                       struct percuta_product_limits *limits) {
  static const char *const keys[] = {"mass", "area", "time", NULL};
  const struct {
    const char *key;
    struct percuta_check_range range;
    double *value;
  } given[] = {{"mass", {"g", 0, HUGE_VAL, true}, &limits->mass},
               {"area", {"cm^2", 0, HUGE_VAL, true}, &limits->area},
               {"time", {"min", 0, HUGE_VAL, true}, &limits->time}};
  const struct percuta_yaml_node *node = percuta_base_yaml_get(entry->root, "limits");
  enum percuta_status status = node ? percuta_substance_check_keys(entry, node, keys) : PERCUTA_OK;
  for (size_t i = 0; i < sizeof given / sizeof *given; i++)
    if (percuta_base_yaml_get(node, given[i].key))
      status = percuta_substance_check_both(
          status, percuta_substance_check_quantity(entry, node, given[i].key, "value",
                                                   &given[i].range, given[i].value));
  return status;
}

static enum percuta_status read_all(const struct percuta_entry *entry,
                                    const struct percuta_scenario *scenario,
                                    struct percuta_product *product) {
  static const char *const keys[] = {
      "name",     "known",      "kind",    "actives",  "pH",      "vehicle",
      "density",  "dose",       "contact", "occluded", "sterile", "meant_to_be_needled_in",
      "irritant", "blood_flow", "limits",  "warning",  NULL};
  enum percuta_status status = percuta_substance_check_keys(entry, entry->root, keys);
  status = percuta_substance_check_both(status, percuta_substance_check_name(entry));
  status = percuta_substance_check_both(status, read_words(entry, product));
  status = percuta_substance_check_both(status, read_quantities(entry, product));
  status = percuta_substance_check_both(status, read_limits(entry, &product->limits));
  status = percuta_substance_check_both(status, read_actives(entry, scenario, product));
  for (int i = 0; i < product->active_count; i++)
    product->active[i].concentration = product->active[i].mass_fraction * product->density;
  return status == PERCUTA_OK ? check_numbing(entry, product) : status;
}

enum percuta_status percuta_substance_product_read(const struct percuta_scenario *scenario,
                                                   const char *id, struct percuta_diag *diag,
                                                   struct percuta_product *out) {
  struct percuta_entry entry;
  enum percuta_status status =
      percuta_substance_check_open(scenario, PERCUTA_PRODUCTS, id, diag, &entry);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_product product = {.blood_flow = 1};
  snprintf(product.id, sizeof product.id, "%s", id);
  snprintf(product.name, sizeof product.name, "%s", percuta_base_yaml_text(entry.root, "name", id));
  status = read_all(&entry, scenario, &product);
  if (status == PERCUTA_OK)
    *out = product;
  return status;
}

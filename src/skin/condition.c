/* What a condition does to skin, from data/skin/conditions.yaml: its factors multiply values, its
 * defect takes collagen from a disc or stripe, its relief gives the surface a form.
 * Theory: docs/theory/skin.md. Tests: tests/unit/test_skin.c; relief: test_relief.c. */
#include "skin/condition.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "catalogue/catalogue.h"

/* The value of `skin` that a factor of this name multiplies, or NULL. */
static double *factor_target(struct percuta_skin *skin, const char *name) {
  struct {
    const char *name;
    double *value;
  } targets[] = {{"collagen", &skin->collagen_rel},
                 {"perfusion", &skin->perfusion_rel},
                 {"loop_density", &skin->loop_density},
                 {"stiffness", &skin->stiffness},
                 {"closure_half_time", &skin->closure_half_time},
                 {"proliferation", &skin->proliferation_factor},
                 {"production", &skin->production_factor},
                 {"clearance", &skin->clearance_factor}};
  for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
    if (strcmp(targets[i].name, name) == 0)
      return targets[i].value;
  return NULL;
}

static enum percuta_status apply_factors(const struct percuta_entry *entry,
                                         const struct percuta_yaml_node *factors,
                                         struct percuta_skin *skin) {
  const struct percuta_yaml_node *node = factors ? factors->child : NULL;
  for (; node; node = node->next) {
    double *target = factor_target(skin, node->key);
    if (!target)
      return percuta_catalogue_entry_mistake(entry, node, node->key, "is not a known factor");
    double factor = 1;
    enum percuta_status status =
        percuta_catalogue_entry_quantity(entry, factors, node->key, "value", "1", &factor);
    if (status != PERCUTA_OK)
      return status;
    *target *= factor;
  }
  return PERCUTA_OK;
}

/* A defect is as deep as the dermis at most. */
static enum percuta_status apply_defect(const struct percuta_entry *entry,
                                        const struct percuta_yaml_node *defect,
                                        const struct percuta_condition *given,
                                        struct percuta_skin *skin) {
  if (!defect)
    return PERCUTA_OK;
  const char *shape = percuta_base_yaml_text(defect, "shape", "");
  skin->defect_is_stripe = strcmp(shape, "stripe") == 0;
  if (!skin->defect_is_stripe && strcmp(shape, "disc") != 0)
    return percuta_catalogue_entry_mistake(entry, defect, "shape", "is neither disc nor stripe");
  enum percuta_status status =
      percuta_catalogue_entry_quantity(entry, defect, "depth", "value", "m", &skin->defect_depth);
  if (status == PERCUTA_OK)
    status =
        percuta_catalogue_entry_quantity(entry, defect, "width", "value", "m", &skin->defect_width);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_entry_quantity(entry, defect, "collagen", "value", "1",
                                              &skin->defect_collagen_rel);
  skin->defect_thickness_rel = 1;
  if (status == PERCUTA_OK && percuta_base_yaml_get(defect, "thickness"))
    status = percuta_catalogue_entry_quantity(entry, defect, "thickness", "value", "1",
                                              &skin->defect_thickness_rel);
  if (given->depth > 0)
    skin->defect_depth = given->depth;
  if (given->width > 0)
    skin->defect_width = given->width;
  double dermis =
      skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS];
  skin->defect_depth = fmin(skin->defect_depth, dermis);
  skin->has_defect = true;
  return status;
}

/* Position of `word` among the words for `profile`, or -1. */
static int find_profile(const char *word) {
  static const char *const profile[] = {[PERCUTA_SCAR_BOXCAR] = "boxcar",
                                        [PERCUTA_SCAR_ROLLING] = "rolling",
                                        [PERCUTA_SCAR_ICEPICK] = "icepick"};
  for (int i = 0; i < (int)(sizeof profile / sizeof *profile); i++)
    if (strcmp(profile[i], word) == 0)
      return i;
  return -1;
}

/* What the entry `relief` says itself; scars and striae are as wide as their defect. */
static enum percuta_status read_relief(const struct percuta_entry *entry,
                                       const struct percuta_yaml_node *relief,
                                       struct percuta_relief_form *form) {
  enum percuta_status status =
      percuta_catalogue_entry_quantity(entry, relief, "recess", "value", "m", &form->recess);
  if (status != PERCUTA_OK)
    return status;
  if (form->kind == PERCUTA_RELIEF_DISC) {
    int profile = find_profile(
        percuta_base_yaml_text(percuta_base_yaml_get(relief, "profile"), "value", "rolling"));
    if (profile < 0)
      return percuta_catalogue_entry_mistake(entry, relief, "profile", "is not a profile");
    form->profile = (enum percuta_scar_profile)profile;
  }
  if (form->kind != PERCUTA_RELIEF_FURROWS)
    return PERCUTA_OK;
  status = percuta_catalogue_entry_quantity(entry, relief, "width", "value", "m", &form->width);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_entry_quantity(entry, relief, "wavelength", "value", "m",
                                              &form->wavelength);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_entry_quantity(entry, relief, "direction", "value", "rad",
                                              &form->direction);
  return status;
}

/* The relief with the sizes of the data, or of the scenario once it has them: then it has a width,
 * too. On entry the defect is known. */
static enum percuta_status apply_relief(const struct percuta_entry *entry,
                                        const struct percuta_yaml_node *relief,
                                        const struct percuta_condition *given,
                                        struct percuta_skin *skin) {
  static const char *const shape[] = {[PERCUTA_RELIEF_FURROWS] = "furrows",
                                      [PERCUTA_RELIEF_STRIPE] = "stripe",
                                      [PERCUTA_RELIEF_DISC] = "disc"};
  if (!relief)
    return PERCUTA_OK;
  struct percuta_relief_form form = {.width = skin->defect_width};
  const char *word = percuta_base_yaml_text(relief, "shape", "");
  for (int i = PERCUTA_RELIEF_FURROWS; i <= PERCUTA_RELIEF_DISC; i++)
    if (strcmp(shape[i], word) == 0)
      form.kind = (enum percuta_relief_kind)i;
  if (form.kind == PERCUTA_RELIEF_FLAT)
    return percuta_catalogue_entry_mistake(entry, relief, "shape",
                                           "is none of furrows, stripe and disc");
  enum percuta_status status = read_relief(entry, relief, &form);
  if (status != PERCUTA_OK)
    return status;
  if (given->width > 0) {
    form.width = given->width;
    form.recess = given->recess;
    form.profile = given->profile;
    form.wavelength = given->wavelength;
    form.direction = given->direction;
  }
  skin->relief = form;
  return PERCUTA_OK;
}

enum percuta_status percuta_skin_condition_apply(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_skin *skin) {
  struct percuta_entry entry;
  enum percuta_status status =
      percuta_catalogue_file(scenario->catalogue, "skin/conditions.yaml", diag, &entry);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_skin changed = *skin;
  const struct percuta_yaml_node *all = percuta_base_yaml_get(entry.root, "conditions");
  const struct percuta_yaml_node *node = percuta_base_yaml_get(all, scenario->condition.kind);
  if (!node) {
    status = percuta_catalogue_entry_mistake(&entry, all, scenario->condition.kind,
                                             "is not a condition of this file");
  } else {
    snprintf(changed.condition_name, sizeof changed.condition_name, "%s",
             percuta_base_yaml_text(node, "name", scenario->condition.kind));
    status = apply_factors(&entry, percuta_base_yaml_get(node, "factors"), &changed);
    if (status == PERCUTA_OK)
      status = apply_defect(&entry, percuta_base_yaml_get(node, "defect"), &scenario->condition,
                            &changed);
    if (status == PERCUTA_OK)
      status = apply_relief(&entry, percuta_base_yaml_get(node, "relief"), &scenario->condition,
                            &changed);
  }
  if (status == PERCUTA_OK)
    *skin = changed;
  return status;
}

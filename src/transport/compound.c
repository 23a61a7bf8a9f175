#include "transport/compound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum { MOST = 1000000 };

/* A whole number of 0 or more; `otherwise` when the key is left out. */
static enum percuta_status read_count(const struct percuta_atlas *atlas, const char *key,
                                      int otherwise, int *out) {
  const struct percuta_yaml_node *node = percuta_yaml_get(atlas->root, key);
  double value = otherwise;
  if (node && (node->text == NULL || percuta_number_parse(node->text, &value) != PERCUTA_OK ||
               value < 0 || value > MOST || value != floor(value)))
    return percuta_atlas_mistake(atlas, node, key, "is no whole number of 0 or more");
  *out = (int)value;
  return PERCUTA_OK;
}

static enum percuta_status read_positive(const struct percuta_atlas *atlas, const char *key,
                                         const char *dimension, double *out) {
  double value = 0;
  const enum percuta_status status =
      percuta_atlas_quantity(atlas, atlas->root, key, "value", dimension, &value);
  if (status != PERCUTA_OK)
    return status;
  if (!(value > 0))
    return percuta_atlas_mistake(atlas, percuta_yaml_get(atlas->root, key), key, "is not above 0");
  *out = value;
  return PERCUTA_OK;
}

static enum percuta_status read_group(const struct percuta_atlas *atlas,
                                      const struct percuta_yaml_node *node,
                                      struct percuta_compound *compound) {
  static const char *const keys[] = {"kind", "pKa", "status", "source", "note", NULL};
  static const char *const kinds[] = {"acid", "base", NULL};
  if (compound->group_count == PERCUTA_COMPOUND_GROUPS)
    return percuta_atlas_mistake(atlas, node, "groups", "has more groups than fit");
  struct percuta_compound_group *group = &compound->group[compound->group_count];
  int kind = 0;
  enum percuta_status status = percuta_entry_check_keys(atlas, node, keys);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, node, "kind", kinds, &kind);
  if (status == PERCUTA_OK &&
      percuta_number_parse(percuta_yaml_text(node, "pKa", ""), &group->pKa) != PERCUTA_OK)
    status = percuta_atlas_mistake(atlas, node, "pKa", "is no number");
  group->base = kind == 1;
  compound->group_count++;
  return status;
}

static enum percuta_status read_groups(const struct percuta_atlas *atlas,
                                       struct percuta_compound *compound) {
  const struct percuta_yaml_node *groups = percuta_yaml_get(atlas->root, "groups");
  enum percuta_status status = PERCUTA_OK;
  if (groups == NULL)
    return status;
  if (groups->kind != PERCUTA_YAML_LIST || compound->state != PERCUTA_COMPOUND_MOLECULE)
    return percuta_atlas_mistake(atlas, groups, "groups",
                                 "is a list, of a compound whose state is `molecule`");
  for (const struct percuta_yaml_node *node = groups->child; node && status == PERCUTA_OK;
       node = node->next)
    status = read_group(atlas, node, compound);
  return status;
}

static enum percuta_status read_structure(const struct percuta_atlas *atlas,
                                          struct percuta_compound *compound) {
  const struct percuta_yaml_node *root = atlas->root;
  const char *formula = percuta_yaml_text(root, "formula", "");
  enum percuta_status status = PERCUTA_OK;
  if (percuta_formula_read(formula, &compound->formula) != PERCUTA_OK)
    status = percuta_atlas_mistake(atlas, percuta_yaml_get(root, "formula"), "formula",
                                   "is no formula such as C14H22N2O");
  const struct {
    const char *key;
    int otherwise, *count;
  } counts[] = {{"repeat", 1, &compound->repeat},
                {"rings", 0, &compound->rings},
                {"double_bonds", 0, &compound->double_bonds},
                {"triple_bonds", 0, &compound->triple_bonds}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts && status == PERCUTA_OK; i++)
    status = read_count(atlas, counts[i].key, counts[i].otherwise, counts[i].count);
  if (status == PERCUTA_OK && percuta_yaml_get(root, "volume"))
    status = read_positive(atlas, "volume", "m^3/mol", &compound->volume);
  if (status == PERCUTA_OK && compound->formula.other > 0 && compound->volume == 0)
    status =
        percuta_atlas_mistake(atlas, percuta_yaml_get(root, "formula"), "formula",
                              "has an atom of unknown volume: say the `volume` of the molecule");
  return status;
}

static enum percuta_status read_unbound(const struct percuta_atlas *atlas,
                                        struct percuta_compound *compound) {
  const struct percuta_yaml_node *node = percuta_yaml_get(atlas->root, "unbound");
  if (node == NULL || (node->text && strcmp(node->text, "computed") == 0))
    return PERCUTA_OK;
  const enum percuta_status status = read_positive(atlas, "unbound", "1", &compound->unbound);
  if (status == PERCUTA_OK && compound->unbound > 1)
    return percuta_atlas_mistake(atlas, node, "unbound", "is a share above 1");
  return status;
}

static enum percuta_status read_properties(const struct percuta_atlas *atlas,
                                           struct percuta_compound *compound) {
  static const char *const kinds[] = {"small-molecule", "peptide", "protein",
                                      "polymer",        "ion",     NULL};
  static const char *const states[] = {"molecule", "zwitterion", "ion", NULL};
  static const char *const bindings[] = {"neutral-or-base", "acid-with-pharmacophore", "other-acid",
                                         NULL};
  int kind = 0, state = 0, binding = 0;
  enum percuta_status status = percuta_entry_choose(atlas, atlas->root, "kind", kinds, &kind);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "state", states, &state);
  if (status == PERCUTA_OK)
    status = percuta_entry_choose(atlas, atlas->root, "binding", bindings, &binding);
  compound->kind = (enum percuta_compound_kind)kind;
  compound->state = (enum percuta_compound_state)state;
  compound->binding = (enum percuta_compound_binding)binding;
  if (status == PERCUTA_OK)
    status = read_positive(atlas, "molar_mass", "kg/mol", &compound->molar_mass);
  if (status == PERCUTA_OK)
    status =
        percuta_atlas_quantity(atlas, atlas->root, "log_kow", "value", "1", &compound->log_kow);
  if (status == PERCUTA_OK && percuta_yaml_get(atlas->root, "solubility"))
    status = read_positive(atlas, "solubility", "kg/m^3", &compound->solubility);
  return status;
}

/* What makes a compound a local anaesthetic; a file that has the map has all of it. */
static enum percuta_status read_numbing(const struct percuta_atlas *atlas,
                                        struct percuta_compound_numbing *numbing) {
  static const char *const keys[] = {"level", "clearance", "distribution", "toxic", NULL};
  const struct {
    const char *key, *field, *dimension;
    double *value;
  } given[] = {{"level", "value", "kg/m^3", &numbing->level},
               {"level", "low", "kg/m^3", &numbing->level_low},
               {"level", "high", "kg/m^3", &numbing->level_high},
               {"clearance", "value", "m^3/s", &numbing->clearance},
               {"distribution", "value", "m^3/kg", &numbing->distribution},
               {"toxic", "value", "kg/m^3", &numbing->toxic}};
  const struct percuta_yaml_node *node = percuta_yaml_get(atlas->root, "numbing");
  enum percuta_status status = node ? percuta_entry_check_keys(atlas, node, keys) : PERCUTA_OK;
  for (size_t i = 0; node && i < sizeof given / sizeof *given && status == PERCUTA_OK; i++) {
    status = percuta_atlas_quantity(atlas, node, given[i].key, given[i].field, given[i].dimension,
                                    given[i].value);
    if (status == PERCUTA_OK && !(*given[i].value > 0))
      status = percuta_atlas_mistake(atlas, percuta_yaml_get(node, given[i].key), given[i].key,
                                     "is not above 0");
  }
  if (status == PERCUTA_OK &&
      !(numbing->level_low <= numbing->level && numbing->level <= numbing->level_high))
    status = percuta_atlas_mistake(atlas, percuta_yaml_get(node, "level"), "level",
                                   "is not between its low and high");
  return status;
}

enum percuta_status percuta_compound_read(const char *id, const char *beside,
                                          const struct percuta_units *units,
                                          struct percuta_diag *diag, struct percuta_compound *out) {
  static const char *const keys[] = {
      "name",         "known",        "kind",       "formula",    "repeat",  "rings",
      "double_bonds", "triple_bonds", "molar_mass", "volume",     "log_kow", "state",
      "groups",       "binding",      "unbound",    "solubility", "numbing", NULL};
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_entry_open("compounds", id, beside, units, diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_compound compound = {.repeat = 1};
  snprintf(compound.id, sizeof compound.id, "%s", id);
  snprintf(compound.name, sizeof compound.name, "%s", percuta_yaml_text(atlas.root, "name", id));
  status = percuta_entry_check_keys(&atlas, atlas.root, keys);
  if (status == PERCUTA_OK)
    status = read_structure(&atlas, &compound);
  if (status == PERCUTA_OK)
    status = read_properties(&atlas, &compound);
  if (status == PERCUTA_OK)
    status = read_groups(&atlas, &compound);
  if (status == PERCUTA_OK)
    status = read_unbound(&atlas, &compound);
  if (status == PERCUTA_OK)
    status = read_numbing(&atlas, &compound.numbing);
  percuta_atlas_close(&atlas);
  if (status == PERCUTA_OK)
    *out = compound;
  return status;
}

double percuta_compound_neutral(const struct percuta_compound *compound, double pH,
                                double ion_share) {
  if (compound->state == PERCUTA_COMPOUND_CHARGED)
    return ion_share;
  double share = 1;
  for (int i = 0; i < compound->group_count; i++) {
    const struct percuta_compound_group *group = &compound->group[i];
    share /= 1 + pow(10, group->base ? group->pKa - pH : pH - group->pKa);
  }
  return share;
}

double percuta_compound_log_d(const struct percuta_compound *compound, double neutral) {
  return compound->log_kow + log10(neutral);
}

enum percuta_status percuta_compound_list(struct percuta_list_entry **out, size_t *count) {
  return percuta_entry_list("compounds", out, count);
}

/* A compound from its file, its neutral share at a pH and its distribution:
 *   f = product over bases of 1/(1 + 10^(pKa - pH)) and over acids of 1/(1 + 10^(pH - pKa))
 *   log D = log Kow + log10 f
 * Theory: docs/theory/barrier.md. Test: tests/unit/test_compound.c. */
#include "substance/compound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "substance/check.h"
#include "substance/plausible.h"

#define MISFIT 0.05 /* by which a molar mass may miss that of its formula, relative */

enum { MOST = 1000000 };

/* A whole number from `least` on, which it is when the key is left out. */
static enum percuta_status read_count(const struct percuta_entry *entry, const char *key, int least,
                                      int *out) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(entry->root, key);
  double value = least;
  enum percuta_code code = PERCUTA_CODE_NONE;
  char what[64];
  if (node && node->text == NULL)
    code = PERCUTA_CODE_WRONG_KIND;
  else if (node &&
           (percuta_base_number_parse(node->text, &value) != PERCUTA_OK || value != floor(value)))
    code = PERCUTA_CODE_NOT_WHOLE;
  else if (value < least || value > MOST)
    code = PERCUTA_CODE_OUT_OF_RANGE;
  snprintf(what, sizeof what, "is no whole number of %d or more", least);
  if (code != PERCUTA_CODE_NONE)
    return percuta_substance_check_report(
        entry, node, (struct percuta_mistake){.code = code, .key = key, .what = what});
  *out = (int)value;
  return PERCUTA_OK;
}

static enum percuta_status read_group(const struct percuta_entry *entry,
                                      const struct percuta_yaml_node *node,
                                      struct percuta_compound_group *group) {
  static const char *const keys[] = {"kind", "pKa", "status", "source", "note", NULL};
  static const char *const kinds[] = {"acid", "base", NULL};
  static const struct percuta_check_range range = {"", -5, 20, false};
  int kind = 0;
  enum percuta_status status = percuta_substance_check_keys(entry, node, keys);
  if (node->kind != PERCUTA_YAML_MAP)
    return status;
  status = percuta_substance_check_both(status, percuta_substance_check_status(entry, node));
  status = percuta_substance_check_both(
      status, percuta_substance_check_choice(entry, node, "kind", kinds, &kind));
  group->base = kind == 1;
  return percuta_substance_check_both(
      status, percuta_substance_check_scalar(entry, node, "pKa", &range, &group->pKa));
}

static enum percuta_status read_groups(const struct percuta_entry *entry,
                                       struct percuta_compound *compound) {
  const struct percuta_yaml_node *groups = percuta_base_yaml_get(entry->root, "groups");
  enum percuta_status status = PERCUTA_OK;
  if (groups == NULL)
    return status;
  if (groups->kind != PERCUTA_YAML_LIST || compound->state != PERCUTA_COMPOUND_MOLECULE)
    return percuta_substance_check_report(
        entry, groups,
        (struct percuta_mistake){.code = groups->kind == PERCUTA_YAML_LIST
                                             ? PERCUTA_CODE_CONFLICT
                                             : PERCUTA_CODE_WRONG_KIND,
                                 .key = "groups",
                                 .what = "is a list, of a compound whose state is `molecule`"});
  for (const struct percuta_yaml_node *node = groups->child; node; node = node->next) {
    if (compound->group_count == PERCUTA_COMPOUND_GROUPS)
      return percuta_substance_check_report(
          entry, node,
          (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                   .key = "groups",
                                   .what = "has more groups than fit",
                                   .allowed = "up to 6 groups"});
    status = percuta_substance_check_both(
        status, read_group(entry, node, &compound->group[compound->group_count++]));
  }
  return status;
}

static enum percuta_status read_structure(const struct percuta_entry *entry,
                                          struct percuta_compound *compound) {
  const struct percuta_yaml_node *formula = percuta_base_yaml_get(entry->root, "formula");
  enum percuta_status status = PERCUTA_OK;
  if (percuta_substance_formula_read(percuta_base_yaml_text(entry->root, "formula", ""),
                                     &compound->formula) != PERCUTA_OK)
    status = percuta_substance_check_report(
        entry, formula,
        (struct percuta_mistake){.code = formula ? PERCUTA_CODE_BAD_FORM : PERCUTA_CODE_MISSING,
                                 .key = "formula",
                                 .what = formula ? "is no formula" : "is missing",
                                 .allowed = "elements and numbers such as C14H22N2O"});
  const struct {
    const char *key;
    int least, *count;
  } counts[] = {{"repeat", 1, &compound->repeat},
                {"rings", 0, &compound->rings},
                {"double_bonds", 0, &compound->double_bonds},
                {"triple_bonds", 0, &compound->triple_bonds}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    status = percuta_substance_check_both(
        status, read_count(entry, counts[i].key, counts[i].least, counts[i].count));
  if (compound->formula.other > 0 && percuta_base_yaml_get(entry->root, "volume") == NULL)
    return percuta_substance_check_report(
        entry, formula,
        (struct percuta_mistake){
            .code = PERCUTA_CODE_NOT_COVERED,
            .key = "formula",
            .what = "has an atom of unknown volume",
            .hint = "say the `volume` of the molecule, such as {value: 300 cm^3/mol}"});
  return status;
}

static enum percuta_status read_quantities(const struct percuta_entry *entry,
                                           struct percuta_compound *compound) {
  const struct {
    const char *key;
    struct percuta_check_range range;
    double *value;
    bool optional;
  } given[] = {{"molar_mass", {"g/mol", 0, HUGE_VAL, true}, &compound->molar_mass, false},
               {"log_kow", {"", -12, 15, false}, &compound->log_kow, false},
               {"volume", {"cm^3/mol", 0, HUGE_VAL, true}, &compound->volume, true},
               {"solubility", {"g/l", 0, HUGE_VAL, true}, &compound->solubility, true},
               {"unbound", {"%", 0, 1, true}, &compound->unbound, true}};
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const struct percuta_yaml_node *node = percuta_base_yaml_get(entry->root, given[i].key);
    const bool computed = given[i].value == &compound->unbound && node && node->text &&
                          strcmp(node->text, "computed") == 0;
    if (!computed && (node || !given[i].optional))
      status = percuta_substance_check_both(
          status, percuta_substance_check_quantity(entry, entry->root, given[i].key, "value",
                                                   &given[i].range, given[i].value));
  }
  return status;
}

static enum percuta_status read_words(const struct percuta_entry *entry,
                                      struct percuta_compound *compound) {
  static const char *const kinds[] = {"small-molecule", "peptide", "protein",
                                      "polymer",        "ion",     NULL};
  static const char *const states[] = {"molecule", "zwitterion", "ion", NULL};
  static const char *const bindings[] = {"neutral-or-base", "acid-with-pharmacophore", "other-acid",
                                         NULL};
  int kind = 0, state = 0, binding = 0;
  enum percuta_status status =
      percuta_substance_check_choice(entry, entry->root, "kind", kinds, &kind);
  status = percuta_substance_check_both(
      status, percuta_substance_check_choice(entry, entry->root, "state", states, &state));
  status = percuta_substance_check_both(
      status, percuta_substance_check_choice(entry, entry->root, "binding", bindings, &binding));
  compound->kind = (enum percuta_compound_kind)kind;
  compound->state = (enum percuta_compound_state)state;
  compound->binding = (enum percuta_compound_binding)binding;
  return status;
}

/* The mass of a unit [kg/mol] by its formula; 0 when it has an element of unknown mass. */
static enum percuta_status weigh(const struct percuta_entry *weights, const char *formula,
                                 double *out) {
  const struct percuta_yaml_node *elements = percuta_base_yaml_get(weights->root, "elements");
  enum percuta_status status = PERCUTA_OK;
  char symbol[3];
  int number = 0;
  double sum = 0;
  while (status == PERCUTA_OK &&
         percuta_substance_formula_next(&formula, symbol, &number) == PERCUTA_OK) {
    double mass = 0;
    if (percuta_base_yaml_get(elements, symbol) == NULL) {
      sum = 0;
      break;
    }
    status = percuta_catalogue_entry_quantity(weights, elements, symbol, "value", "g/mol", &mass);
    sum += mass * number;
  }
  *out = sum;
  return status;
}

/* A mistyped formula or molar mass shows in the other. */
static enum percuta_status check_mass(const struct percuta_entry *entry,
                                      const struct percuta_entry *weights,
                                      const struct percuta_compound *compound) {
  double mass = 0;
  char what[96], allowed[96];
  const enum percuta_status status =
      weigh(weights, percuta_base_yaml_text(entry->root, "formula", ""), &mass);
  mass *= compound->repeat;
  if (status != PERCUTA_OK || fabs(compound->molar_mass - mass) <= MISFIT * mass || mass == 0)
    return status;
  snprintf(what, sizeof what, "%.6g g/mol is not that of the formula", 1e3 * compound->molar_mass);
  snprintf(allowed, sizeof allowed, "within 5 %% of %.6g g/mol", 1e3 * mass);
  return percuta_substance_check_report(
      entry, percuta_base_yaml_get(entry->root, "molar_mass"),
      (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                               .key = "molar_mass",
                               .what = what,
                               .allowed = allowed,
                               .hint =
                                   "the formula is of one unit, of which a polymer has `repeat`"});
}

/* What makes a compound a local anaesthetic; a file that has the map has all of it. */
static enum percuta_status read_numbing(const struct percuta_entry *entry,
                                        struct percuta_compound_numbing *numbing) {
  static const char *const keys[] = {"level", "clearance", "distribution", "toxic", NULL};
  const struct {
    const char *key, *field, *unit;
    double *value;
  } given[] = {{"level", "value", "mg/cm^3", &numbing->level},
               {"level", "low", "mg/cm^3", &numbing->level_low},
               {"level", "high", "mg/cm^3", &numbing->level_high},
               {"clearance", "value", "l/min", &numbing->clearance},
               {"distribution", "value", "l/kg", &numbing->distribution},
               {"toxic", "value", "ug/ml", &numbing->toxic}};
  const struct percuta_yaml_node *node = percuta_base_yaml_get(entry->root, "numbing");
  enum percuta_status status = node ? percuta_substance_check_keys(entry, node, keys) : PERCUTA_OK;
  if (node == NULL || node->kind != PERCUTA_YAML_MAP)
    return status;
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const struct percuta_check_range range = {given[i].unit, 0, HUGE_VAL, true};
    if (strcmp(given[i].field, "value") != 0 && numbing->level == 0)
      continue; /* the map is wrong as a whole */
    status = percuta_substance_check_both(
        status, percuta_substance_check_quantity(entry, node, given[i].key, given[i].field, &range,
                                                 given[i].value));
  }
  if (status == PERCUTA_OK &&
      !(numbing->level_low <= numbing->level && numbing->level <= numbing->level_high))
    status = percuta_substance_check_report(
        entry, percuta_base_yaml_get(node, "level"),
        (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                 .key = "level",
                                 .what = "is not between its low and high"});
  return status;
}

static enum percuta_status read_all(const struct percuta_entry *entry,
                                    const struct percuta_entry *weights,
                                    struct percuta_compound *compound) {
  static const char *const keys[] = {
      "name",         "known",        "kind",       "formula",    "repeat",  "rings",
      "double_bonds", "triple_bonds", "molar_mass", "volume",     "log_kow", "state",
      "groups",       "binding",      "unbound",    "solubility", "numbing", NULL};
  enum percuta_status status = percuta_substance_check_keys(entry, entry->root, keys);
  status = percuta_substance_check_both(status, percuta_substance_check_name(entry));
  const enum percuta_status structure = percuta_substance_check_both(
      read_structure(entry, compound), read_quantities(entry, compound));
  status = percuta_substance_check_both(status, structure);
  if (structure == PERCUTA_OK)
    status = percuta_substance_check_both(status, check_mass(entry, weights, compound));
  status = percuta_substance_check_both(status, read_words(entry, compound));
  status = percuta_substance_check_both(status, read_groups(entry, compound));
  return percuta_substance_check_both(status, read_numbing(entry, &compound->numbing));
}

enum percuta_status percuta_substance_compound_read(const struct percuta_scenario *scenario,
                                                    const char *id, struct percuta_diag *diag,
                                                    struct percuta_compound *out) {
  struct percuta_entry entry, weights;
  enum percuta_status status =
      percuta_substance_check_open(scenario, PERCUTA_COMPOUNDS, id, diag, &entry);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_file(scenario->catalogue, "transport/elements.yaml", diag, &weights);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_compound compound = {.repeat = 1};
  snprintf(compound.id, sizeof compound.id, "%s", id);
  snprintf(compound.name, sizeof compound.name, "%s",
           percuta_base_yaml_text(entry.root, "name", id));
  status = read_all(&entry, &weights, &compound);
  if (status == PERCUTA_OK)
    status = percuta_substance_plausible_check(&entry, scenario, &compound);
  if (status == PERCUTA_OK)
    *out = compound;
  return status;
}

double percuta_substance_compound_neutral(const struct percuta_compound *compound, double pH,
                                          double ion_share) {
  return percuta_substance_compound_passing(compound, pH, ion_share, 0);
}

double percuta_substance_compound_passing(const struct percuta_compound *compound, double pH,
                                          double ion_share, double charged_ratio) {
  if (compound->state == PERCUTA_COMPOUND_CHARGED)
    return ion_share;
  double share = 1;
  for (int i = 0; i < compound->group_count; i++) {
    const struct percuta_compound_group *group = &compound->group[i];
    const double charged = pow(10, group->base ? group->pKa - pH : pH - group->pKa);
    share *= (1 + charged_ratio * charged) / (1 + charged);
  }
  return share;
}

double percuta_substance_compound_log_d(const struct percuta_compound *compound, double neutral) {
  return compound->log_kow + log10(neutral);
}

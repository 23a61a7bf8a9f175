/* A table of parameters from its YAML file: every field checked, all mistakes said, and on any of
 * them nothing added. Tests: tests/unit/test_parameters.c. */
#include "base/table.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum { NAME_BYTES = 200, TEXT_BYTES = 400 };

/* What is read from one file. */
struct load {
  struct percuta_parameters *set;
  const struct percuta_units *units;
  struct percuta_diag *diag;
  const char *shown; /* the file's name in messages */
  const char *table;
  enum percuta_status status;
};

/* Adds a mistake in the file being loaded, about `key` at `node` (NULL: no place). */
static void refuse(struct load *load, const struct percuta_yaml_node *node, const char *key,
                   const char *what, const char *allowed) {
  const struct percuta_place place = {
      .file = load->shown, .line = node ? node->line : 0, .column = node ? node->column : 0};
  percuta_base_diag_add(load->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                              .place = place,
                                                              .key = key,
                                                              .what = what,
                                                              .given = node ? node->text : NULL,
                                                              .allowed = allowed});
  load->status = PERCUTA_BAD_INPUT;
}

/* The fields of an entry, and whether each must be there. */
static const struct field {
  const char *key;
  bool needed;
  bool list;
} FIELDS[] = {
    {"value", true, false},   {"unit", true, false},    {"range", true, true},
    {"status", true, false},  {"source", false, false}, {"population", false, false},
    {"meaning", true, false},
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof FIELDS[0] };

static bool is_field(const char *key) {
  for (size_t i = 0; i < FIELD_COUNT; i++)
    if (strcmp(FIELDS[i].key, key) == 0)
      return true;
  return false;
}

/* Checks that the entry has the fields it must have, of the right kind, and no others. */
static bool check_fields(struct load *load, const struct percuta_yaml_node *node,
                         const char *name) {
  static const char ALLOWED[] = "value, unit, range, status, source, population, meaning";
  char what[TEXT_BYTES];
  bool good = true;
  if (node->kind != PERCUTA_YAML_MAP) {
    refuse(load, node, name, "is no map of fields", ALLOWED);
    return false;
  }
  for (const struct percuta_yaml_node *child = node->child; child != NULL; child = child->next) {
    if (is_field(child->key))
      continue;
    snprintf(what, sizeof what, "there is no field `%.80s`", child->key);
    refuse(load, child, name, what, ALLOWED);
    good = false;
  }
  for (size_t i = 0; i < FIELD_COUNT; i++) {
    const struct percuta_yaml_node *child = percuta_base_yaml_get(node, FIELDS[i].key);
    const bool missing =
        child == NULL || (child->kind == PERCUTA_YAML_SCALAR && *child->text == '\0');
    const enum percuta_yaml_kind kind = FIELDS[i].list ? PERCUTA_YAML_LIST : PERCUTA_YAML_SCALAR;
    if (missing ? !FIELDS[i].needed : child->kind == kind)
      continue;
    snprintf(what, sizeof what, "the field `%s` is %s", FIELDS[i].key,
             missing ? "missing" : "of the wrong kind");
    refuse(load, child ? child : node, name, what, NULL);
    good = false;
  }
  return good;
}

/* Reads the number at `node`. */
static bool read_number(struct load *load, const struct percuta_yaml_node *node, const char *name,
                        double *out) {
  char what[TEXT_BYTES];
  if (node->kind == PERCUTA_YAML_SCALAR && percuta_base_number_parse(node->text, out) == PERCUTA_OK)
    return true;
  snprintf(what, sizeof what, "`%.80s` is no finite number",
           node->kind == PERCUTA_YAML_SCALAR ? node->text : "a list or map");
  refuse(load, node, name, what, NULL);
  return false;
}

/* Reads value and range and checks that they fit together. */
static bool read_numbers(struct load *load, const struct percuta_yaml_node *node, const char *name,
                         struct percuta_parameter *out) {
  const struct percuta_yaml_node *value = percuta_base_yaml_get(node, "value");
  const struct percuta_yaml_node *range = percuta_base_yaml_get(node, "range");
  const struct percuta_yaml_node *low = range->child;
  if (low == NULL || low->next == NULL || low->next->next != NULL) {
    refuse(load, range, name, "the range does not have two numbers", "[lowest, highest]");
    return false;
  }
  if (!read_number(load, value, name, &out->value) || !read_number(load, low, name, &out->low) ||
      !read_number(load, low->next, name, &out->high))
    return false;
  if (!(out->low <= out->high)) {
    refuse(load, range, name, "the range ends below its beginning", "[lowest, highest]");
    return false;
  }
  if (!(out->value >= out->low && out->value <= out->high)) {
    char what[TEXT_BYTES];
    snprintf(what, sizeof what, "the value %g is outside its range %g to %g", out->value, out->low,
             out->high);
    refuse(load, value, name, what, NULL);
    return false;
  }
  return true;
}

/* Reads unit and status and checks that what is said to be published names its source. */
static bool read_words(struct load *load, const struct percuta_yaml_node *node, const char *name,
                       struct percuta_parameter *out) {
  const struct percuta_yaml_node *unit = percuta_base_yaml_get(node, "unit");
  const struct percuta_yaml_node *status = percuta_base_yaml_get(node, "status");
  char what[TEXT_BYTES];
  if (percuta_base_units_to_si(load->units, out->value, unit->text, &out->value_si) != PERCUTA_OK) {
    snprintf(what, sizeof what, "`%.80s` is no known unit", unit->text);
    refuse(load, unit, name, what, NULL);
    return false;
  }
  size_t i = 0;
  while (i < PERCUTA_PARAMETER_STATUS_COUNT &&
         strcmp(percuta_base_parameters_status((enum percuta_parameter_status)i), status->text) !=
             0)
    i++;
  if (i == PERCUTA_PARAMETER_STATUS_COUNT) {
    snprintf(what, sizeof what, "there is no status `%.80s`", status->text);
    refuse(load, status, name, what, "cited, derived, calibrated, to-be-checked, assumed");
    return false;
  }
  out->status = (enum percuta_parameter_status)i;
  const bool published = out->status == PERCUTA_PARAMETER_CITED ||
                         out->status == PERCUTA_PARAMETER_DERIVED ||
                         out->status == PERCUTA_PARAMETER_CALIBRATED;
  if (published && *percuta_base_yaml_text(node, "source", "") == '\0') {
    snprintf(what, sizeof what, "is %s but names no source", status->text);
    refuse(load, status, name, what, "a source, or status: assumed");
    return false;
  }
  return true;
}

/* Adds the entry `node` of the table to the set. */
static void load_entry(struct load *load, const struct percuta_yaml_node *node) {
  char name[NAME_BYTES], what[TEXT_BYTES], origin[PATH_MAX + 32];
  struct percuta_parameter read = {.name = name, .origin = origin};
  const int length = snprintf(name, sizeof name, "%s.%s", load->table, node->key);
  if (length >= NAME_BYTES) {
    refuse(load, node, load->table, "the name is too long", NULL);
    return;
  }
  const struct percuta_parameter *other = percuta_base_parameters_find(load->set, name);
  if (other != NULL) {
    snprintf(what, sizeof what, "there is one already, from %.300s", other->origin);
    refuse(load, node, name, what, NULL);
    return;
  }
  if (!check_fields(load, node, name) || !read_numbers(load, node, name, &read) ||
      !read_words(load, node, name, &read))
    return;
  snprintf(origin, sizeof origin, "%s:%d", load->shown, node->key_line);
  read.unit = percuta_base_yaml_text(node, "unit", "");
  read.source = percuta_base_yaml_text(node, "source", "");
  read.population = percuta_base_yaml_text(node, "population", "");
  read.meaning = percuta_base_yaml_text(node, "meaning", "");
  const enum percuta_status status = percuta_base_parameters_append(load->set, &read);
  if (status != PERCUTA_OK)
    load->status = status;
}

/* Checks the head of a table's file, which is a map with table, description and parameters. */
static void check_head(struct load *load, const struct percuta_yaml_node *root) {
  static const char ALLOWED[] = "table, description, parameters";
  const struct percuta_yaml_node *parameters = percuta_base_yaml_get(root, "parameters");
  for (const struct percuta_yaml_node *child = root->child; child != NULL; child = child->next)
    if (root->kind != PERCUTA_YAML_MAP ||
        (strcmp(child->key, "table") != 0 && strcmp(child->key, "description") != 0 &&
         strcmp(child->key, "parameters") != 0))
      refuse(load, child, child->key ? child->key : "", "does not belong in a table", ALLOWED);
  if (*percuta_base_yaml_text(root, "table", "") == '\0')
    refuse(load, root, "table", "the table has no name", NULL);
  if (*percuta_base_yaml_text(root, "description", "") == '\0')
    refuse(load, root, "description", "is missing", "one sentence");
  if (parameters == NULL || parameters->kind != PERCUTA_YAML_MAP || parameters->child == NULL)
    refuse(load, parameters ? parameters : root, "parameters", "is no map of parameters", NULL);
}

/* Adds the table in `root`, all of it or, on a mistake, nothing. */
static enum percuta_status load_table(struct load *load, const struct percuta_yaml_node *root) {
  const size_t before = percuta_base_parameters_count(load->set);
  check_head(load, root);
  if (load->status != PERCUTA_OK)
    return load->status;
  load->table = percuta_base_yaml_text(root, "table", "");
  const struct percuta_yaml_node *child = percuta_base_yaml_get(root, "parameters")->child;
  for (; child != NULL && load->status != PERCUTA_MEMORY; child = child->next)
    load_entry(load, child);
  if (load->status != PERCUTA_OK)
    percuta_base_parameters_truncate(load->set, before);
  return load->status;
}

bool percuta_base_table_is(const struct percuta_yaml_node *root) {
  return percuta_base_yaml_get(root, "table") != NULL;
}

enum percuta_status percuta_base_table_add(struct percuta_parameters *set,
                                           const struct percuta_units *units,
                                           const struct percuta_yaml_node *root, const char *shown,
                                           struct percuta_diag *diag) {
  struct load load = {.set = set, .units = units, .diag = diag, .shown = shown};
  return load_table(&load, root);
}

enum percuta_status percuta_base_table_load(struct percuta_parameters *set,
                                            const struct percuta_units *units, const char *path,
                                            struct percuta_diag *diag) {
  struct percuta_yaml_node *root = NULL;
  enum percuta_status status =
      percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_DATA, diag, &root);
  if (status == PERCUTA_OK)
    status = percuta_base_table_add(set, units, root, path, diag);
  percuta_base_yaml_destroy(&root);
  return status;
}

#include "base/parameters.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/number.h"
#include "base/path.h"
#include "base/yaml.h"

/* The data files are ours, yet a damaged one must not take the machine with it. */
static const struct percuta_yaml_limits LIMITS = {
    .bytes = (size_t)4 << 20, .depth = 8, .nodes = 200000};

enum { NAME_BYTES = 200, TEXT_BYTES = 400 };

struct percuta_parameters {
  struct percuta_parameter **entry; /* owned, each; in the order in which they were loaded */
  size_t count, room;
};

/* What is read from one file. */
struct load {
  struct percuta_parameters *set;
  const struct percuta_units *units;
  struct percuta_diag *diag;
  const char *shown; /* the file's name in messages */
  const char *table;
  enum percuta_status status;
};

enum percuta_status percuta_base_parameters_create(struct percuta_parameters **out) {
  struct percuta_parameters *set = calloc(1, sizeof *set);
  if (set == NULL)
    return PERCUTA_MEMORY;
  *out = set;
  return PERCUTA_OK;
}

/* Frees a text that the table owns; the public struct shows it as const. */
static void free_text(const char *text) {
  free((void *)(uintptr_t)text);
}

static void destroy_entry(struct percuta_parameter *entry) {
  if (entry == NULL)
    return;
  free_text(entry->name);
  free_text(entry->unit);
  free_text(entry->source);
  free_text(entry->population);
  free_text(entry->meaning);
  free_text(entry->origin);
  free(entry);
}

void percuta_base_parameters_destroy(struct percuta_parameters **set) {
  if (set == NULL || *set == NULL)
    return;
  for (size_t i = 0; i < (*set)->count; i++)
    destroy_entry((*set)->entry[i]);
  free((*set)->entry);
  free(*set);
  *set = NULL;
}

static struct percuta_parameter *find(const struct percuta_parameters *set, const char *name) {
  for (size_t i = 0; i < set->count; i++)
    if (strcmp(set->entry[i]->name, name) == 0)
      return set->entry[i];
  return NULL;
}

/* Takes `entry` over; false, with nothing changed, when out of memory. */
static bool append(struct percuta_parameters *set, struct percuta_parameter *entry) {
  if (set->count == set->room) {
    const size_t room = set->room > 0 ? 2 * set->room : 64;
    struct percuta_parameter **grown =
        realloc(set->entry, room * sizeof(struct percuta_parameter *));
    if (grown == NULL)
      return false;
    set->entry = grown;
    set->room = room;
  }
  set->entry[set->count++] = entry;
  return true;
}

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

static const char *const STATUS[PERCUTA_PARAMETER_STATUS_COUNT] = {
    [PERCUTA_PARAMETER_CITED] = "cited",
    [PERCUTA_PARAMETER_DERIVED] = "derived",
    [PERCUTA_PARAMETER_CALIBRATED] = "calibrated",
    [PERCUTA_PARAMETER_TO_BE_CHECKED] = "to-be-checked",
    [PERCUTA_PARAMETER_ASSUMED] = "assumed",
};

const char *percuta_base_parameters_status(enum percuta_parameter_status status) {
  return STATUS[status];
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
  while (i < PERCUTA_PARAMETER_STATUS_COUNT && strcmp(STATUS[i], status->text) != 0)
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

/* Fills the owned texts of `out` from the entry `node`; false when out of memory. */
static bool copy_texts(const struct load *load, const struct percuta_yaml_node *node,
                       const char *name, struct percuta_parameter *out) {
  char origin[PATH_MAX + 32];
  snprintf(origin, sizeof origin, "%s:%d", load->shown, node->key_line);
  out->name = strdup(name);
  out->unit = strdup(percuta_base_yaml_text(node, "unit", ""));
  out->source = strdup(percuta_base_yaml_text(node, "source", ""));
  out->population = strdup(percuta_base_yaml_text(node, "population", ""));
  out->meaning = strdup(percuta_base_yaml_text(node, "meaning", ""));
  out->origin = strdup(origin);
  return out->name && out->unit && out->source && out->population && out->meaning && out->origin;
}

/* Adds the entry `node` of the table to the set. */
static void load_entry(struct load *load, const struct percuta_yaml_node *node) {
  char name[NAME_BYTES], what[TEXT_BYTES];
  struct percuta_parameter read = {0};
  const int length = snprintf(name, sizeof name, "%s.%s", load->table, node->key);
  if (length >= NAME_BYTES) {
    refuse(load, node, load->table, "the name is too long", NULL);
    return;
  }
  const struct percuta_parameter *other = find(load->set, name);
  if (other != NULL) {
    snprintf(what, sizeof what, "there is one already, from %.300s", other->origin);
    refuse(load, node, name, what, NULL);
    return;
  }
  if (!check_fields(load, node, name) || !read_numbers(load, node, name, &read) ||
      !read_words(load, node, name, &read))
    return;
  struct percuta_parameter *entry = malloc(sizeof *entry);
  if (entry != NULL)
    *entry = read;
  if (entry == NULL || !copy_texts(load, node, name, entry) || !append(load->set, entry)) {
    destroy_entry(entry);
    load->status = PERCUTA_MEMORY;
  }
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

/* Takes away the entries from index `count` on. */
static void cut_back(struct percuta_parameters *set, size_t count) {
  while (set->count > count)
    destroy_entry(set->entry[--set->count]);
}

/* Adds the table in `root`, all of it or, on a mistake, nothing. */
static enum percuta_status load_table(struct load *load, const struct percuta_yaml_node *root) {
  const size_t before = load->set->count;
  check_head(load, root);
  if (load->status != PERCUTA_OK)
    return load->status;
  load->table = percuta_base_yaml_text(root, "table", "");
  const struct percuta_yaml_node *child = percuta_base_yaml_get(root, "parameters")->child;
  for (; child != NULL && load->status != PERCUTA_MEMORY; child = child->next)
    load_entry(load, child);
  if (load->status != PERCUTA_OK)
    cut_back(load->set, before);
  return load->status;
}

/* percuta_base_parameters_load with the name that messages and origins show. */
static enum percuta_status load_file(struct percuta_parameters *set,
                                     const struct percuta_units *units, const char *path,
                                     const char *shown, struct percuta_diag *diag) {
  struct percuta_yaml_node *root = NULL;
  struct load load = {.set = set, .units = units, .diag = diag, .shown = shown};
  enum percuta_status status = percuta_base_yaml_read(path, shown, LIMITS, diag, NULL, &root);
  if (status == PERCUTA_OK)
    status = load_table(&load, root);
  percuta_base_yaml_destroy(&root);
  return status;
}

enum percuta_status percuta_base_parameters_load(struct percuta_parameters *set,
                                                 const struct percuta_units *units,
                                                 const char *path, struct percuta_diag *diag) {
  return load_file(set, units, path, path, diag);
}

/* Whether the file holds a table: a line of it begins with `table:`. Other data files, which may be
 * long, are told apart without being parsed. */
static enum percuta_status is_table(const char *path, bool *out) {
  char *text = NULL;
  size_t length = 0;
  const enum percuta_status status = percuta_base_path_read(path, LIMITS.bytes, &text, &length);
  if (status != PERCUTA_OK)
    return status;
  *out = strncmp(text, "table:", 6) == 0 || strstr(text, "\ntable:") != NULL;
  free(text);
  return PERCUTA_OK;
}

/* What percuta_base_parameters_load_all carries along from file to file. */
struct load_all {
  struct percuta_parameters *set;
  const struct percuta_units *units;
  struct percuta_diag *diag;
  size_t skip; /* bytes of the path before the part that is shown */
  enum percuta_status status;
};

static void report_unread(struct percuta_diag *diag, const char *path) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNREADABLE_FILE,
                                                        .place = {.file = path},
                                                        .what = "cannot be read"});
}

static bool load_next(const char *path, void *context) {
  struct load_all *all = context;
  const char *shown = path + all->skip;
  bool table = false;
  enum percuta_status status = is_table(path, &table);
  if (status != PERCUTA_OK)
    report_unread(all->diag, shown);
  else if (table)
    status = load_file(all->set, all->units, path, shown, all->diag);
  if (all->status == PERCUTA_OK)
    all->status = status;
  return status != PERCUTA_MEMORY;
}

enum percuta_status percuta_base_parameters_load_all(struct percuta_parameters *set,
                                                     const struct percuta_units *units,
                                                     struct percuta_diag *diag) {
  char folder[PATH_MAX];
  enum percuta_status status = percuta_base_path_data(folder, sizeof folder);
  if (status != PERCUTA_OK) {
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_NO_DATA,
                                                    .what = "Percuta's data folder was not found",
                                                    .hint = "set PERCUTA_DATA to it"});
    return status;
  }
  /* Shown names begin with the folder's own, "data/…", so that they are the same on all machines.
   */
  const char *slash = strrchr(folder, '/');
  struct load_all all = {
      .set = set, .units = units, .diag = diag, .skip = slash ? (size_t)(slash - folder) + 1 : 0};
  status = percuta_base_files_visit(folder, load_next, &all);
  if (status != PERCUTA_OK && all.status == PERCUTA_OK)
    report_unread(diag, folder);
  return all.status != PERCUTA_OK ? all.status : status;
}

/* The name nearest to `name` among those of the set, or NULL when none is near. */
static const char *nearest(const struct percuta_parameters *set, const char *name) {
  const char *best = NULL;
  int limit = (int)(strnlen(name, NAME_BYTES) / 3) + 1;
  for (size_t i = 0; i < set->count; i++) {
    const int distance = percuta_base_yaml_distance(name, set->entry[i]->name);
    if (distance < limit) {
      limit = distance;
      best = set->entry[i]->name;
    }
  }
  return best;
}

enum percuta_status percuta_base_parameters_override(struct percuta_parameters *set,
                                                     const struct percuta_units *units,
                                                     const char *name, const char *text,
                                                     const char *origin,
                                                     struct percuta_units_mistake *why) {
  struct percuta_parameter *entry = find(set, name);
  double value_si = 0, zero = 0, one = 0;
  if (entry == NULL) {
    const char *near = nearest(set, name);
    why->code = PERCUTA_CODE_UNKNOWN_NAME;
    snprintf(why->what, sizeof why->what, "there is no such parameter%s%s%s",
             near ? "; did you mean `" : "", near ? near : "", near ? "`?" : "");
    return PERCUTA_BAD_INPUT;
  }
  enum percuta_status status = percuta_base_units_parse(units, text, entry->unit, &value_si, why);
  if (status == PERCUTA_OK)
    status = percuta_base_units_to_si(units, 0, entry->unit, &zero);
  if (status == PERCUTA_OK)
    status = percuta_base_units_to_si(units, 1, entry->unit, &one);
  if (status != PERCUTA_OK)
    return status;
  char *copy = strdup(origin);
  if (copy == NULL)
    return PERCUTA_MEMORY;
  free_text(entry->origin);
  entry->origin = copy;
  entry->value_si = value_si;
  entry->value = (value_si - zero) / (one - zero);
  entry->overridden = true;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_parameters_put(struct percuta_parameters *set,
                                                const struct percuta_units *units, const char *name,
                                                double value) {
  struct percuta_parameter *entry = find(set, name);
  double value_si = 0;
  if (entry == NULL)
    return PERCUTA_BAD_INPUT;
  enum percuta_status status = percuta_base_units_to_si(units, value, entry->unit, &value_si);
  if (status != PERCUTA_OK)
    return status;
  entry->value = value;
  entry->value_si = value_si;
  return PERCUTA_OK;
}

size_t percuta_base_parameters_count(const struct percuta_parameters *set) {
  return set->count;
}

const struct percuta_parameter *percuta_base_parameters_at(const struct percuta_parameters *set,
                                                           size_t index) {
  return set->entry[index];
}

const struct percuta_parameter *percuta_base_parameters_find(const struct percuta_parameters *set,
                                                             const char *name) {
  return find(set, name);
}

enum percuta_status percuta_base_parameters_fill(const struct percuta_parameters *set,
                                                 const struct percuta_parameter_slot *slots,
                                                 size_t count, struct percuta_diag *diag) {
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < count; i++) {
    if (find(set, slots[i].name) != NULL)
      continue;
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){
                              .code = PERCUTA_CODE_DATA_FAULT,
                              .key = slots[i].name,
                              .what = "the model needs this parameter, which no data file has"});
    status = PERCUTA_BAD_INPUT;
  }
  for (size_t i = 0; status == PERCUTA_OK && i < count; i++)
    *slots[i].value = find(set, slots[i].name)->value_si;
  return status;
}

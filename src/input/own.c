/* Looks beside the scenario for what it names before the catalogue is asked. Tests:
 * tests/unit/test_compound.c, test_product.c, test_scenario.c, tests/cli/products.sh. */
#include "input/own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/path.h"

enum { LONGEST_ID = 63 };

static bool is_id(const char *id) {
  static const char allowed[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._%";
  const size_t length = strlen(id);
  return length > 0 && length <= LONGEST_ID && id[0] != '.' && strspn(id, allowed) == length;
}

/* Whether NAME.yaml is what a run writes into its own folder, where a copy of NAME goes, too; on
 * some disks in any capitals. */
static bool is_taken(const char *id) {
  return strcasecmp(id, "used_parameters") == 0;
}

bool percuta_input_own_beside(const char *id, const char *beside, char *out, size_t size) {
  const char *slash = strrchr(beside, '/');
  const int folder = slash ? (int)(slash - beside) + 1 : 0;
  const int length = snprintf(out, size, "%.*s%s.yaml", folder, beside, id);
  return length > 0 && (size_t)length < size;
}

static bool find_beside(const char *id, const char *beside, char *out, size_t size) {
  return is_id(id) && percuta_input_own_beside(id, beside, out, size) && access(out, R_OK) == 0;
}

/* Whether the document describes one of this kind, as its keys tell: a scenario or a compound may
 * have the name of a product. What cannot be parsed counts, so that its mistakes are said. */
static bool is_of_kind(enum percuta_kind kind, const struct percuta_yaml_node *root) {
  static const char *const product[] = {"actives", "dose", "contact", "vehicle", NULL};
  static const char *const compound[] = {"molar_mass", "log_kow", "formula", NULL};
  bool is = root == NULL;
  for (const char *const *key = kind == PERCUTA_PRODUCTS ? product : compound; *key && !is; key++)
    is = percuta_base_yaml_get(root, *key) != NULL;
  return is;
}

/* Reads and parses the file; file->root stays NULL when it cannot be parsed. */
static enum percuta_status read_file(const char *path, struct percuta_scenario_file *file) {
  struct percuta_diag *unsaid = NULL;
  enum percuta_status status = percuta_base_path_read(path, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes,
                                                      &file->text, &file->length);
  if (status == PERCUTA_BAD_INPUT) { /* too long: what is kept of it says so when it is parsed */
    file->text = calloc(PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes + 2, 1);
    file->length = PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes + 1;
    status = file->text ? PERCUTA_OK : PERCUTA_MEMORY;
  }
  if (status != PERCUTA_OK)
    return status;
  file->path = strdup(path);
  if (file->path == NULL || percuta_base_diag_create(&unsaid) != 0)
    return PERCUTA_MEMORY;
  status = percuta_base_yaml_parse(file->text, file->length, path,
                                   PERCUTA_BASE_YAML_LIMITS_SCENARIO, unsaid, &file->root);
  percuta_base_diag_destroy(&unsaid);
  return status == PERCUTA_MEMORY ? status : PERCUTA_OK;
}

bool percuta_input_own_is(enum percuta_kind kind, const char *id, const char *beside) {
  struct percuta_scenario_files one = {.file = NULL};
  struct percuta_scenario_file file = {.kind = kind};
  char path[1024];
  if (!find_beside(id, beside, path, sizeof path))
    return false;
  const bool is = read_file(path, &file) == PERCUTA_OK && is_of_kind(kind, file.root);
  (void)percuta_scenario_files_add(&one, &file);
  percuta_scenario_files_clear(&one);
  return is;
}

/* Says why the file is not taken for one of its kind, and gives up the rest of it. */
static enum percuta_status set_aside(struct percuta_scenario_file *file) {
  char what[256];
  const bool product = file->kind == PERCUTA_PRODUCTS;
  const char *kind = product ? "product" : "compound";
  if (is_taken(file->id))
    snprintf(what, sizeof what,
             "%s.yaml is the name of a file that every run writes; give the %s another", file->id,
             kind);
  else
    snprintf(what, sizeof what, "%s.yaml beside the scenario is no %s: it lacks %s", file->id, kind,
             product ? "`actives`" : "`molar_mass` and `log_kow`");
  free(file->text);
  free(file->path);
  percuta_base_yaml_destroy(&file->root);
  file->text = file->path = NULL;
  file->own = false;
  file->lacks = strdup(what);
  return file->lacks ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* Loads the compounds of a product that has just been added. */
static enum percuta_status load_compounds(struct percuta_scenario *scenario, const char *id) {
  const struct percuta_scenario_file *file =
      percuta_scenario_files_find(&scenario->files, PERCUTA_PRODUCTS, id);
  struct percuta_entry entry = {.root = file ? file->root : NULL};
  if (file == NULL || (!file->own && !percuta_catalogue_find(scenario->catalogue, PERCUTA_PRODUCTS,
                                                             id, NULL, &entry)))
    return PERCUTA_OK;
  const struct percuta_yaml_node *actives = percuta_base_yaml_get(entry.root, "actives");
  enum percuta_status status = PERCUTA_OK;
  for (const struct percuta_yaml_node *node = actives ? actives->child : NULL;
       node && status == PERCUTA_OK; node = node->next)
    status = percuta_input_own_load(scenario, PERCUTA_COMPOUNDS,
                                    percuta_base_yaml_text(node, "compound", ""));
  return status;
}

enum percuta_status percuta_input_own_load(struct percuta_scenario *scenario,
                                           enum percuta_kind kind, const char *id) {
  struct percuta_scenario_file file = {.kind = kind};
  struct percuta_entry entry;
  char path[1024];
  enum percuta_status status = PERCUTA_OK;
  if (percuta_scenario_files_find(&scenario->files, kind, id) != NULL || !is_id(id))
    return PERCUTA_OK;
  snprintf(file.id, sizeof file.id, "%s", id);
  file.own = find_beside(id, scenario->path, path, sizeof path);
  if (file.own)
    status = read_file(path, &file);
  if (status == PERCUTA_OK && file.own && (is_taken(id) || !is_of_kind(kind, file.root)))
    status = set_aside(&file);
  if (!file.own && file.lacks == NULL &&
      !percuta_catalogue_find(scenario->catalogue, kind, id, NULL, &entry))
    return status;
  const enum percuta_status added = percuta_scenario_files_add(&scenario->files, &file);
  if (status == PERCUTA_OK)
    status = added;
  if (status == PERCUTA_OK && kind == PERCUTA_PRODUCTS)
    status = load_compounds(scenario, id);
  return status;
}

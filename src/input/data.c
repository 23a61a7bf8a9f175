/* The data that a scenario uses, in a form that says the same whatever comments, layout and sources
 * stand in the files. Test: tests/unit/test_scenario.c. */
#include "input/data.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "catalogue/catalogue.h"

/* Keys that tell where a value comes from and move none. */
static const char *const PROVENANCE[] = {"source", "note",   "known",      "evidence",
                                         "reason", "status", "population", "meaning"};

static bool is_provenance(const char *key) {
  for (size_t i = 0; key != NULL && i < sizeof PROVENANCE / sizeof *PROVENANCE; i++)
    if (strcmp(key, PROVENANCE[i]) == 0)
      return true;
  return false;
}

/* One value a line, after the names of what it stands in; a list's members by number. */
static void write_node(const char *path, const struct percuta_yaml_node *node, FILE *stream) {
  char below[1024];
  int number = 0;
  if (node->kind == PERCUTA_YAML_SCALAR) {
    fprintf(stream, "%s: %s\n", path, node->text);
    return;
  }
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next) {
    if (is_provenance(child->key))
      continue;
    if (child->key != NULL)
      snprintf(below, sizeof below, "%.700s.%.300s", path, child->key);
    else
      snprintf(below, sizeof below, "%.700s.%d", path, number++);
    write_node(below, child, stream);
  }
}

static void write_entry(const struct percuta_scenario *scenario, enum percuta_kind kind,
                        const char *id, FILE *stream) {
  struct percuta_entry entry;
  char path[512];
  snprintf(path, sizeof path, "%s.%.400s", percuta_catalogue_kind_name(kind), id);
  if (id[0] != '\0' && percuta_catalogue_find(scenario->catalogue, kind, id, NULL, &entry))
    write_node(path, entry.root, stream);
}

/* The map `key` (NULL: all) of the data file `name`. */
static void write_file(const struct percuta_scenario *scenario, const char *name, const char *key,
                       FILE *stream) {
  struct percuta_diag *unused = NULL;
  struct percuta_entry entry;
  if (percuta_base_diag_create(&unused) == 0 &&
      percuta_catalogue_file(scenario->catalogue, name, unused, &entry) == PERCUTA_OK) {
    const struct percuta_yaml_node *node =
        key ? percuta_base_yaml_get(entry.root, key) : entry.root;
    if (node != NULL)
      write_node(name, node, stream);
  }
  percuta_base_diag_destroy(&unused);
}

/* The joint draws, as they stand; nothing where there are none. */
static void write_draws(const struct percuta_scenario *scenario, FILE *stream) {
  enum { MOST = 64 << 20 };
  char path[4096], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/%s", percuta_catalogue_folder(scenario->catalogue),
           PERCUTA_INPUT_DATA_DRAWS);
  if (percuta_base_path_kind(path) == PERCUTA_PATH_FILE &&
      percuta_base_path_read(path, MOST, &text, &length) == PERCUTA_OK)
    fwrite(text, 1, length, stream);
  free(text);
}

void percuta_input_data_write(const struct percuta_scenario *scenario, FILE *stream) {
  write_entry(scenario, PERCUTA_SITES, scenario->site, stream);
  write_file(scenario, "skin/atlas.yaml", "columns", stream);
  write_entry(scenario, PERCUTA_CONDITIONS, scenario->condition.kind, stream);
  for (int i = 0; i < scenario->files.count; i++) {
    const struct percuta_scenario_file *file = &scenario->files.file[i];
    if (!file->own)
      write_entry(scenario, file->kind, file->id, stream);
  }
  if (scenario->model.draws > 0 && percuta_scenario_is_alive(scenario))
    write_draws(scenario, stream);
  if (scenario->files.count > 0) /* a law's constants */
    write_file(scenario, "transport/transfer.yaml", NULL, stream);
}

/* The list of files that a scenario names, without reading any. Tests: tests/unit/test_compound.c,
 * test_product.c, test_scenario.c. */
#include "scenario/files.h"

#include <stdlib.h>
#include <string.h>

static void clear_file(struct percuta_scenario_file *file) {
  free(file->lacks);
  free(file->path);
  free(file->text);
  percuta_base_yaml_destroy(&file->root);
}

const struct percuta_scenario_file *
percuta_scenario_files_find(const struct percuta_scenario_files *files, enum percuta_kind kind,
                            const char *id) {
  for (int i = 0; i < files->count; i++)
    if (files->file[i].kind == kind && strcmp(files->file[i].id, id) == 0)
      return &files->file[i];
  return NULL;
}

enum percuta_status percuta_scenario_files_add(struct percuta_scenario_files *files,
                                               struct percuta_scenario_file *file) {
  struct percuta_scenario_file *grown =
      realloc(files->file, ((size_t)files->count + 1) * sizeof *grown);
  if (grown == NULL) {
    clear_file(file);
    return PERCUTA_MEMORY;
  }
  files->file = grown;
  files->file[files->count++] = *file;
  return PERCUTA_OK;
}

void percuta_scenario_files_clear(struct percuta_scenario_files *files) {
  for (int i = 0; i < files->count; i++)
    clear_file(&files->file[i]);
  free(files->file);
  *files = (struct percuta_scenario_files){.file = NULL};
}

enum percuta_status percuta_scenario_files_open(const struct percuta_scenario_files *files,
                                                const struct percuta_catalogue *catalogue,
                                                enum percuta_kind kind, const char *id,
                                                struct percuta_diag *diag, bool *found,
                                                struct percuta_entry *out) {
  const struct percuta_scenario_file *file = percuta_scenario_files_find(files, kind, id);
  if (file == NULL || !file->own) {
    *found = percuta_catalogue_find(catalogue, kind, id, diag, out);
    return PERCUTA_OK;
  }
  *found = true;
  *out = (struct percuta_entry){.path = file->path,
                                .root = file->root,
                                .units = percuta_catalogue_units(catalogue),
                                .diag = diag};
  if (file->root != NULL)
    return PERCUTA_OK;
  /* parsed once more, so that its mistakes are said where they are asked for */
  struct percuta_yaml_node *root = NULL;
  const enum percuta_status status = percuta_base_yaml_parse(
      file->text, file->length, file->path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root);
  percuta_base_yaml_destroy(&root);
  return status == PERCUTA_OK ? PERCUTA_BAD_INPUT : status;
}

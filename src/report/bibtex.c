#include "report/bibtex.h"

#include <string.h>

#include "base/path.h"
#include "base/yaml.h"
#include "report/html.h"
#include "scenario/version.h"

#define PATH_SIZE 4096

/* Whether the source of any parameter that the run used as shipped names this work. */
static bool is_used(const struct percuta_parameters *set, const char *match) {
  if (match[0] == '\0') {
    return true;
  }
  for (size_t i = 0; i < percuta_parameters_count(set); ++i) {
    const struct percuta_parameter *parameter = percuta_parameters_at(set, i);
    if (!parameter->overridden && strstr(parameter->source, match) != NULL) {
      return true;
    }
  }
  return false;
}

static void write_entry(FILE *stream, const struct percuta_yaml_node *work) {
  const char *key = percuta_yaml_text(work, "key", "work");
  fputc('@', stream);
  percuta_html_text(stream, percuta_yaml_text(work, "type", "misc"));
  fputc('{', stream);
  percuta_html_text(stream, key);
  for (const struct percuta_yaml_node *field = work->child; field != NULL; field = field->next) {
    if (field->text != NULL && strcmp(field->key, "key") != 0 && strcmp(field->key, "match") != 0 &&
        strcmp(field->key, "type") != 0) {
      fprintf(stream, ",\n  %s = {", field->key);
      percuta_html_text(stream, field->text);
      fputc('}', stream);
    }
  }
  if (strcmp(key, "percuta") == 0) {
    fputs(",\n  version = {" PERCUTA_VERSION "}", stream);
  }
  fputs("\n}\n\n", stream);
}

enum percuta_status percuta_bibtex_write(FILE *stream, const struct percuta_scenario *scenario) {
  char folder[PATH_SIZE], path[PATH_SIZE + 32];
  enum percuta_status status = percuta_path_data(folder, sizeof folder);
  if (status != PERCUTA_OK) {
    return status;
  }
  snprintf(path, sizeof path, "%s/citations.yaml", folder);
  struct percuta_diag *diag = NULL;
  if (percuta_diag_create(&diag) != 0) {
    return PERCUTA_MEMORY;
  }
  struct percuta_yaml_node *root = NULL;
  status = percuta_yaml_read(path, path, PERCUTA_YAML_LIMITS_SCENARIO, diag, NULL, &root);
  const struct percuta_yaml_node *works = percuta_yaml_get(root, "citations");
  for (const struct percuta_yaml_node *work = works != NULL ? works->child : NULL; work != NULL;
       work = work->next) {
    if (is_used(scenario->parameters, percuta_yaml_text(work, "match", ""))) {
      write_entry(stream, work);
    }
  }
  percuta_yaml_destroy(&root);
  percuta_diag_destroy(&diag);
  return status;
}

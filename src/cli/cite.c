/* cite: the works a run rests on, as BibTeX. What is known of a work is in data/citations.yaml. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/yaml.h"
#include "cli/commands.h"
#include "device/device.h"
#include "scenario/version.h"
#include "skin/atlas.h"

/* Distinct source texts, each owned. */
struct sources {
  char **text;
  size_t count;
};

/* Adds one work, `length` bytes of `text`, unless it is there or is no work. */
static enum percuta_status add_work(struct sources *sources, const char *text, size_t length) {
  static const char ASSUMED[] = "assumed";
  const size_t end = sizeof ASSUMED - 1;
  if (length == 0 || (length >= end && strncmp(text + length - end, ASSUMED, end) == 0))
    return PERCUTA_OK;
  for (size_t i = 0; i < sources->count; i++)
    if (strncmp(sources->text[i], text, length) == 0 && sources->text[i][length] == '\0')
      return PERCUTA_OK;
  char **grown = realloc(sources->text, (sources->count + 1) * sizeof(char *));
  if (grown == NULL)
    return PERCUTA_MEMORY;
  sources->text = grown;
  sources->text[sources->count] = strndup(text, length);
  if (sources->text[sources->count] == NULL)
    return PERCUTA_MEMORY;
  sources->count++;
  return PERCUTA_OK;
}

/* Adds the works of a source text, which stand between semicolons outside parentheses. */
static enum percuta_status add_source(struct sources *sources, const char *text) {
  enum percuta_status status = PERCUTA_OK;
  const char *start = text;
  int depth = 0;
  for (const char *c = text; status == PERCUTA_OK; c++) {
    depth += (*c == '(') - (*c == ')');
    if (*c != '\0' && (*c != ';' || depth > 0))
      continue;
    start += strspn(start, " ");
    status = add_work(sources, start, (size_t)(c - start));
    if (*c == '\0')
      break;
    start = c + 1;
  }
  return status;
}

static void clear_sources(struct sources *sources) {
  for (size_t i = 0; i < sources->count; i++)
    free(sources->text[i]);
  free(sources->text);
}

static enum percuta_status add_parameters(struct sources *sources,
                                          const struct percuta_parameters *set) {
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; status == PERCUTA_OK && i < percuta_parameters_count(set); i++) {
    const struct percuta_parameter *parameter = percuta_parameters_at(set, i);
    if (parameter->status != PERCUTA_PARAMETER_ASSUMED && !parameter->overridden)
      status = add_source(sources, parameter->source);
  }
  return status;
}

static enum percuta_status add_device(struct sources *sources, const struct percuta_units *units,
                                      const char *preset) {
  struct percuta_device device = {.preset = NULL};
  char source[256] = "";
  const enum percuta_status status =
      percuta_device_load(units, preset, &device, source, sizeof source);
  return status == PERCUTA_OK ? add_source(sources, source) : status;
}

/* Every `source` that stands in `node` or below; as deep as the reader's limit. */
static enum percuta_status add_tree(struct sources *sources, const struct percuta_yaml_node *node) {
  enum percuta_status status = PERCUTA_OK;
  for (node = node ? node->child : NULL; node && status == PERCUTA_OK; node = node->next) {
    if (node->key != NULL && strcmp(node->key, "source") == 0 && node->text != NULL)
      status = add_source(sources, node->text);
    else
      status = add_tree(sources, node);
  }
  return status;
}

/* The sources of the skin at `site`, or of every site when NULL. */
static enum percuta_status add_skin(struct sources *sources, const char *site,
                                    struct percuta_diag *diag) {
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_atlas_open("skin/atlas.yaml", NULL, diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_yaml_node *sites = percuta_yaml_get(atlas.root, "sites");
  status = add_tree(sources, site ? percuta_yaml_get(sites, site) : sites);
  percuta_atlas_close(&atlas);
  return status;
}

/* The sources of everything that Percuta ships. */
static enum percuta_status gather_all(struct sources *sources, struct percuta_diag *diag) {
  struct percuta_units *units = NULL;
  struct percuta_parameters *set = NULL;
  struct percuta_list_entry *devices = NULL;
  size_t count = 0;
  enum percuta_status status = percuta_units_create(&units);
  if (status == PERCUTA_OK)
    status = percuta_parameters_create(&set);
  if (status == PERCUTA_OK)
    status = percuta_parameters_load_all(set, units, diag);
  if (status == PERCUTA_OK)
    status = add_parameters(sources, set);
  if (status == PERCUTA_OK)
    status = add_skin(sources, NULL, diag);
  if (status == PERCUTA_OK)
    status = percuta_device_list(&devices, &count);
  for (size_t i = 0; status == PERCUTA_OK && i < count; i++)
    status = add_device(sources, units, devices[i].id);
  percuta_skin_free_list(&devices);
  percuta_parameters_destroy(&set);
  percuta_units_destroy(&units);
  return status;
}

/* The sources of the run whose result is in `folder`, and the version it was made with. */
static enum percuta_status gather_run(const char *folder, struct sources *sources, char *version,
                                      size_t version_size, struct percuta_diag *diag) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/used_parameters.yaml", folder);
  struct stat info;
  if (stat(path, &info) != 0) {
    fprintf(stderr, "percuta cite: %.300s is not a result folder: used_parameters.yaml: %s\n",
            folder, strerror(errno));
    return PERCUTA_BAD_INPUT;
  }
  struct percuta_scenario *scenario = NULL;
  enum percuta_status status = percuta_scenario_read(path, NULL, 0, diag, &scenario);
  if (status != PERCUTA_OK)
    return status;
  static const char HEAD[] = "# Percuta ";
  if (strncmp(scenario->text, HEAD, sizeof HEAD - 1) == 0) {
    const char *start = scenario->text + sizeof HEAD - 1;
    snprintf(version, version_size, "%.*s", (int)strcspn(start, ":\n"), start);
  }
  status = add_parameters(sources, scenario->parameters);
  if (status == PERCUTA_OK)
    status = add_skin(sources, scenario->site, diag);
  if (status == PERCUTA_OK && scenario->device.preset[0] != '\0')
    status = add_device(sources, scenario->units, scenario->device.preset);
  percuta_scenario_destroy(&scenario);
  return status;
}

/* Prints text with the characters that BibTeX gives a meaning to escaped. */
static void print_escaped(const char *text) {
  for (const char *c = text; *c != '\0'; c++) {
    if (strchr("&%#_$", *c) != NULL)
      putchar('\\');
    putchar(*c);
  }
}

static void print_entry(const struct percuta_yaml_node *entry, const char *version) {
  const char *key = percuta_yaml_text(entry, "key", "");
  printf("@%s{%s", percuta_yaml_text(entry, "type", "misc"), key);
  for (const struct percuta_yaml_node *field = entry->child; field; field = field->next) {
    if (strcmp(field->key, "key") == 0 || strcmp(field->key, "match") == 0 ||
        strcmp(field->key, "type") == 0 || field->text == NULL)
      continue;
    printf(",\n  %s = {%s}", field->key, field->text);
  }
  if (strcmp(key, "percuta") == 0)
    printf(",\n  version = {%s}", version);
  printf("\n}\n\n");
}

/* Prints known works first, then the sources that no known work covers as they stand. */
static void print_all(const struct percuta_yaml_node *works, const struct sources *sources,
                      const char *version) {
  bool *covered = calloc(sources->count + 1, sizeof *covered);
  for (const struct percuta_yaml_node *work = works ? works->child : NULL; work;
       work = work->next) {
    const char *match = percuta_yaml_text(work, "match", "");
    bool used = *match == '\0';
    for (size_t i = 0; *match != '\0' && i < sources->count; i++) {
      if (strstr(sources->text[i], match) == NULL)
        continue;
      used = true;
      if (covered != NULL)
        covered[i] = true;
    }
    if (used)
      print_entry(work, version);
  }
  int number = 0;
  for (size_t i = 0; i < sources->count; i++) {
    if (covered != NULL && covered[i])
      continue;
    printf("@misc{source%d,\n  note = {", ++number);
    print_escaped(sources->text[i]);
    printf("}\n}\n\n");
  }
  free(covered);
}

static enum percuta_status print_citations(const struct sources *sources, const char *version,
                                           struct percuta_diag *diag) {
  struct percuta_atlas works;
  const enum percuta_status status = percuta_atlas_open("citations.yaml", NULL, diag, &works);
  if (status != PERCUTA_OK)
    return status;
  print_all(percuta_yaml_get(works.root, "citations"), sources, version);
  percuta_atlas_close(&works);
  return PERCUTA_OK;
}

enum percuta_status percuta_cite_command(const struct percuta_commands_line *line) {
  struct percuta_diag *diag = NULL;
  if (percuta_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  struct sources sources = {.count = 0};
  char version[64] = PERCUTA_VERSION;
  enum percuta_status status =
      line->argument_count == 0
          ? gather_all(&sources, diag)
          : gather_run(line->argument[0], &sources, version, sizeof version, diag);
  if (status == PERCUTA_OK)
    status = print_citations(&sources, version, diag);
  if (percuta_diag_count(diag) > 0)
    percuta_diag_print(diag, stderr);
  clear_sources(&sources);
  percuta_diag_destroy(&diag);
  return status;
}

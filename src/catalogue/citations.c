#include "catalogue/citations.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue/atlas.h"
#include "device/device.h"
#include "input/products.h"
#include "substance/product.h"

struct percuta_citations {
  struct percuta_diag *diag;  /* borrowed */
  struct percuta_atlas works; /* owned */
  char **source;              /* owned, each distinct and owned */
  size_t source_count;
};

enum percuta_status percuta_catalogue_citations_create(struct percuta_diag *diag,
                                                       struct percuta_citations **out) {
  struct percuta_citations *citations = calloc(1, sizeof *citations);
  if (citations == NULL)
    return PERCUTA_MEMORY;
  citations->diag = diag;
  const enum percuta_status status =
      percuta_catalogue_atlas_open("citations.yaml", NULL, diag, &citations->works);
  if (status != PERCUTA_OK) {
    free(citations);
    return status;
  }
  *out = citations;
  return PERCUTA_OK;
}

void percuta_catalogue_citations_destroy(struct percuta_citations **citations) {
  if (*citations == NULL)
    return;
  for (size_t i = 0; i < (*citations)->source_count; i++)
    free((*citations)->source[i]);
  free((*citations)->source);
  percuta_catalogue_atlas_close(&(*citations)->works);
  free(*citations);
  *citations = NULL;
}

enum percuta_status percuta_catalogue_citations_add(struct percuta_citations *citations,
                                                    const char *source) {
  if (*source == '\0' || strcmp(source, "assumed") == 0)
    return PERCUTA_OK;
  for (size_t i = 0; i < citations->source_count; i++)
    if (strcmp(citations->source[i], source) == 0)
      return PERCUTA_OK;
  char **grown = realloc(citations->source, (citations->source_count + 1) * sizeof(char *));
  if (grown == NULL)
    return PERCUTA_MEMORY;
  citations->source = grown;
  char *copy = strdup(source);
  if (copy == NULL)
    return PERCUTA_MEMORY;
  grown[citations->source_count++] = copy;
  return PERCUTA_OK;
}

static enum percuta_status add_parameters(struct percuta_citations *citations,
                                          const struct percuta_parameters *set) {
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; status == PERCUTA_OK && i < percuta_base_parameters_count(set); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    if (!parameter->overridden)
      status = percuta_catalogue_citations_add(citations, parameter->source);
  }
  return status;
}

static enum percuta_status add_device(struct percuta_citations *citations,
                                      const struct percuta_units *units, const char *preset) {
  struct percuta_device device = {.preset = NULL};
  char source[256] = "";
  const enum percuta_status status =
      percuta_device_load(units, preset, &device, source, sizeof source);
  return status == PERCUTA_OK ? percuta_catalogue_citations_add(citations, source) : status;
}

/* Every `source` that stands in `node` or below; as deep as the reader's limit. */
static enum percuta_status add_tree(struct percuta_citations *citations,
                                    const struct percuta_yaml_node *node) {
  enum percuta_status status = PERCUTA_OK;
  for (node = node ? node->child : NULL; node && status == PERCUTA_OK; node = node->next) {
    if (node->key != NULL && strcmp(node->key, "source") == 0 && node->text != NULL)
      status = percuta_catalogue_citations_add(citations, node->text);
    else
      status = add_tree(citations, node);
  }
  return status;
}

/* The sources of the entry `id` of the map `list` in a file of the skin, or of all when NULL. */
static enum percuta_status add_skin(struct percuta_citations *citations, const char *file,
                                    const char *list, const char *id) {
  struct percuta_atlas atlas;
  enum percuta_status status = percuta_catalogue_atlas_open(file, NULL, citations->diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_yaml_node *entries = percuta_base_yaml_get(atlas.root, list);
  status = add_tree(citations, id ? percuta_base_yaml_get(entries, id) : entries);
  percuta_catalogue_atlas_close(&atlas);
  return status;
}

/* The sources of one of Percuta's products or compounds. */
static enum percuta_status add_entry(struct percuta_citations *citations, const char *kind,
                                     const char *id) {
  struct percuta_atlas atlas;
  enum percuta_status status =
      percuta_substance_entry_open(kind, id, NULL, NULL, citations->diag, &atlas);
  if (status != PERCUTA_OK)
    return status;
  status = add_tree(citations, atlas.root);
  percuta_catalogue_atlas_close(&atlas);
  return status;
}

/* The sources of every file of data/<kind>/. */
static enum percuta_status add_entries(struct percuta_citations *citations, const char *kind) {
  struct percuta_list_entry *entries = NULL;
  size_t count = 0;
  enum percuta_status status = percuta_substance_entry_list(kind, &entries, &count);
  for (size_t i = 0; i < count && status == PERCUTA_OK; i++)
    status = add_entry(citations, kind, entries[i].id);
  percuta_skin_free_list(&entries);
  return status;
}

/* The sources of a user's own product or compound; its file may be gone by the end of a run. */
static enum percuta_status add_own(struct percuta_citations *citations,
                                   const struct percuta_products_file *file) {
  struct percuta_yaml_node *root = NULL;
  enum percuta_status status =
      percuta_base_yaml_parse(file->text, strlen(file->text), file->id,
                              PERCUTA_BASE_YAML_LIMITS_SCENARIO, citations->diag, &root);
  if (status == PERCUTA_OK)
    status = add_tree(citations, root);
  percuta_base_yaml_destroy(&root);
  return status;
}

enum percuta_status percuta_catalogue_citations_add_run(struct percuta_citations *citations,
                                                        const struct percuta_scenario *scenario) {
  enum percuta_status status = add_parameters(citations, scenario->parameters);
  if (status == PERCUTA_OK)
    status = add_skin(citations, "skin/atlas.yaml", "sites", scenario->site);
  if (status == PERCUTA_OK)
    status = add_skin(citations, "skin/conditions.yaml", "conditions", scenario->condition.kind);
  if (status == PERCUTA_OK && scenario->device.preset[0] != '\0')
    status = add_device(citations, scenario->units, scenario->device.preset);
  for (int i = 0; i < percuta_input_products_count(scenario) && status == PERCUTA_OK; i++) {
    const struct percuta_products_file file = percuta_input_products_at(scenario, i);
    status = file.text ? add_own(citations, &file) : add_entry(citations, file.kind, file.id);
  }
  return status;
}

enum percuta_status percuta_catalogue_citations_add_all(struct percuta_citations *citations) {
  struct percuta_units *units = NULL;
  struct percuta_parameters *set = NULL;
  struct percuta_list_entry *devices = NULL;
  size_t count = 0;
  enum percuta_status status = percuta_base_units_create(&units);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_create(&set);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_load_all(set, units, citations->diag);
  if (status == PERCUTA_OK)
    status = add_parameters(citations, set);
  if (status == PERCUTA_OK)
    status = add_skin(citations, "skin/atlas.yaml", "sites", NULL);
  if (status == PERCUTA_OK)
    status = add_skin(citations, "skin/conditions.yaml", "conditions", NULL);
  if (status == PERCUTA_OK)
    status = add_entries(citations, "compounds");
  if (status == PERCUTA_OK)
    status = add_entries(citations, "products");
  if (status == PERCUTA_OK)
    status = percuta_device_list(&devices, &count);
  for (size_t i = 0; status == PERCUTA_OK && i < count; i++)
    status = add_device(citations, units, devices[i].id);
  percuta_skin_free_list(&devices);
  percuta_base_parameters_destroy(&set);
  percuta_base_units_destroy(&units);
  return status;
}

/* Whether `source` names the work: its `match` is a text or a list of texts. */
static bool names(const char *source, const struct percuta_yaml_node *match) {
  if (match == NULL)
    return false;
  if (match->kind == PERCUTA_YAML_SCALAR)
    return *match->text != '\0' && strstr(source, match->text) != NULL;
  for (const struct percuta_yaml_node *item = match->child; item; item = item->next)
    if (item->text != NULL && *item->text != '\0' && strstr(source, item->text) != NULL)
      return true;
  return false;
}

/* Writes text with the characters that BibTeX gives a meaning to escaped. */
static void write_escaped(const char *text, FILE *stream) {
  for (const char *c = text; *c != '\0'; c++) {
    if (strchr("&%#_$", *c) != NULL)
      fputc('\\', stream);
    fputc(*c, stream);
  }
}

static void write_entry(const struct percuta_yaml_node *entry, const char *version, FILE *stream) {
  const char *key = percuta_base_yaml_text(entry, "key", "");
  fprintf(stream, "@%s{%s", percuta_base_yaml_text(entry, "type", "misc"), key);
  for (const struct percuta_yaml_node *field = entry->child; field; field = field->next) {
    if (strcmp(field->key, "key") == 0 || strcmp(field->key, "match") == 0 ||
        strcmp(field->key, "type") == 0 || field->text == NULL)
      continue;
    fprintf(stream, ",\n  %s = {%s}", field->key, field->text);
  }
  if (strcmp(key, "percuta") == 0)
    fprintf(stream, ",\n  version = {%s}", version);
  fprintf(stream, "\n}\n\n");
}

enum percuta_status percuta_catalogue_citations_write(const struct percuta_citations *citations,
                                                      const char *version, FILE *stream) {
  bool *covered = calloc(citations->source_count + 1, sizeof *covered);
  if (covered == NULL)
    return PERCUTA_MEMORY;
  const struct percuta_yaml_node *works = percuta_base_yaml_get(citations->works.root, "citations");
  for (const struct percuta_yaml_node *work = works ? works->child : NULL; work;
       work = work->next) {
    const struct percuta_yaml_node *match = percuta_base_yaml_get(work, "match");
    bool used = *percuta_base_yaml_text(work, "match", "list") == '\0';
    for (size_t i = 0; i < citations->source_count; i++) {
      if (names(citations->source[i], match))
        used = covered[i] = true;
    }
    if (used)
      write_entry(work, version, stream);
  }
  int number = 0;
  for (size_t i = 0; i < citations->source_count; i++) {
    if (covered[i])
      continue;
    fprintf(stream, "@misc{source%d,\n  note = {", ++number);
    write_escaped(citations->source[i], stream);
    fprintf(stream, "}\n}\n\n");
  }
  free(covered);
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

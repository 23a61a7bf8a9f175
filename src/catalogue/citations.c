/* Which known works a set of source texts names, as BibTeX. What is known of a work is in
 * data/citations.yaml.
 * Tests: tests/unit/test_catalogue.c, tests/cli/run.sh. */
#include "catalogue/citations.h"

#include <stdlib.h>
#include <string.h>

struct percuta_citations {
  const struct percuta_yaml_node *works; /* borrowed from the catalogue */
  char **source;                         /* owned, each distinct and owned */
  size_t source_count;
};

enum percuta_status percuta_catalogue_citations_create(const struct percuta_catalogue *catalogue,
                                                       struct percuta_diag *diag,
                                                       struct percuta_citations **out) {
  struct percuta_entry works;
  const enum percuta_status status =
      percuta_catalogue_file(catalogue, "citations.yaml", diag, &works);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_citations *citations = calloc(1, sizeof *citations);
  if (citations == NULL)
    return PERCUTA_MEMORY;
  citations->works = works.root;
  *out = citations;
  return PERCUTA_OK;
}

void percuta_catalogue_citations_destroy(struct percuta_citations **citations) {
  if (*citations == NULL)
    return;
  for (size_t i = 0; i < (*citations)->source_count; i++)
    free((*citations)->source[i]);
  free((*citations)->source);
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

enum percuta_status
percuta_catalogue_citations_add_parameters(struct percuta_citations *citations,
                                           const struct percuta_parameters *set) {
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; status == PERCUTA_OK && i < percuta_base_parameters_count(set); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    if (!parameter->overridden)
      status = percuta_catalogue_citations_add(citations, parameter->source);
  }
  return status;
}

enum percuta_status percuta_catalogue_citations_add_tree(struct percuta_citations *citations,
                                                         const struct percuta_yaml_node *node) {
  enum percuta_status status = PERCUTA_OK;
  for (node = node ? node->child : NULL; node && status == PERCUTA_OK; node = node->next) {
    if (node->key != NULL && strcmp(node->key, "source") == 0 && node->text != NULL)
      status = percuta_catalogue_citations_add(citations, node->text);
    else
      status = percuta_catalogue_citations_add_tree(citations, node);
  }
  return status;
}

enum percuta_status percuta_catalogue_citations_add_entry(struct percuta_citations *citations,
                                                          enum percuta_kind kind,
                                                          const struct percuta_entry *entry) {
  if (kind == PERCUTA_DEVICES)
    return percuta_catalogue_citations_add(citations,
                                           percuta_base_yaml_text(entry->root, "source", ""));
  return percuta_catalogue_citations_add_tree(citations, entry->root);
}

enum percuta_status percuta_catalogue_citations_add_all(struct percuta_citations *citations,
                                                        const struct percuta_catalogue *catalogue) {
  enum percuta_status status = percuta_catalogue_citations_add_parameters(
      citations, percuta_catalogue_parameters(catalogue));
  for (int kind = 0; kind < PERCUTA_KINDS; kind++) {
    struct percuta_entry entry;
    const char *id = NULL;
    for (size_t i = 0; status == PERCUTA_OK &&
                       percuta_catalogue_at(catalogue, (enum percuta_kind)kind, i, &id, &entry);
         i++)
      status = percuta_catalogue_citations_add_entry(citations, (enum percuta_kind)kind, &entry);
  }
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
  const struct percuta_yaml_node *works = percuta_base_yaml_get(citations->works, "citations");
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

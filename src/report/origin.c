#include "report/origin.h"

#include <string.h>

#include "report/html.h"
#include "skin/atlas.h"

#define DEPTH 3 /* of maps inside an entry */

static void write_words(FILE *stream, const char *key) {
  for (; *key != '\0'; ++key) {
    fputc(*key == '_' ? ' ' : *key, stream);
  }
}

/* A quantity as the data write it, with its micrometres as people write them. */
static void write_quantity(FILE *stream, const char *text) {
  const size_t length = strlen(text);
  if (length > 3 && strcmp(text + length - 3, " um") == 0) {
    fprintf(stream, "%.*s&nbsp;µm", (int)length - 3, text);
  } else {
    percuta_html_text(stream, text);
  }
}

/* Writes the texts of `keys` that the entry has, with `separator` between them. */
static void write_texts(FILE *stream, const struct percuta_yaml_node *entry,
                        const char *const *keys, size_t count, const char *separator) {
  const char *between = "";
  for (size_t i = 0; i < count; ++i) {
    const char *text = percuta_yaml_text(entry, keys[i], "");
    if (text[0] != '\0' && strcmp(text, "none") != 0) {
      fputs(between, stream);
      percuta_html_text(stream, text);
      between = separator;
    }
  }
}

static void write_spread(FILE *stream, const struct percuta_yaml_node *entry) {
  const struct percuta_yaml_node *range = percuta_yaml_get(entry, "range");
  const char *sd = percuta_yaml_text(entry, "sd", "0");
  if (range != NULL && range->child != NULL && range->child->next != NULL) {
    write_quantity(stream, range->child->text);
    fputs(" … ", stream);
    write_quantity(stream, range->child->next->text);
  } else if (sd[0] != '0' || strchr(sd, '.') != NULL) {
    fputs("±&nbsp;", stream);
    write_quantity(stream, sd);
  }
}

static void write_entry(FILE *stream, const char *group, const char *name,
                        const struct percuta_yaml_node *entry, const char *source) {
  static const char *const keys[] = {"source", "evidence", "method", "note", "reason"};
  const char *status = percuta_yaml_text(entry, "status", "assumed");
  const bool assumed = strcmp(status, "cited") != 0 && strcmp(status, "derived") != 0;
  fputs("<tr><td>", stream);
  percuta_html_text(stream, group);
  fputs(": <b>", stream);
  write_words(stream, name);
  fputs("</b></td><td class=\"n\">", stream);
  write_quantity(stream, percuta_yaml_text(entry, "value", ""));
  fputs("</td><td class=\"n\">", stream);
  write_spread(stream, entry);
  fprintf(stream, "</td><td><span class=\"tag%s\">", assumed ? " assumed" : "");
  percuta_html_text(stream, status);
  fputs("</span></td><td>", stream);
  if (percuta_yaml_get(entry, "source") == NULL && !assumed && source[0] != '\0') {
    percuta_html_text(stream, source);
    fputs("; ", stream);
  }
  write_texts(stream, entry, keys, sizeof keys / sizeof keys[0], "; ");
  fputs("</td></tr>\n", stream);
}

/* Rows for every entry with a value in `node`; of maps by sex only that of the person. */
static void write_entries(FILE *stream, const struct percuta_scenario *scenario, const char *group,
                          const char *name, const struct percuta_yaml_node *node, int depth) {
  const char *other = scenario->person.sex == PERCUTA_FEMALE ? "male" : "female";
  const char *source = percuta_yaml_text(node, "source", "");
  if (node == NULL || node->kind != PERCUTA_YAML_MAP || depth == 0) {
    return;
  }
  for (const struct percuta_yaml_node *child = node->child; child != NULL; child = child->next) {
    const bool sex = strcmp(child->key, "female") == 0 || strcmp(child->key, "male") == 0;
    if (strcmp(child->key, other) == 0) {
      continue;
    }
    if (percuta_yaml_get(child, "value") != NULL) {
      write_entry(stream, group, sex ? name : child->key, child, source);
    } else {
      write_entries(stream, scenario, group, child->key, child, depth - 1);
    }
  }
}

/* One entry of one data file; files and entries that do not exist add nothing. */
static enum percuta_status write_file(FILE *stream, const struct percuta_scenario *scenario,
                                      const char *group, const char *file, const char *list,
                                      const char *id) {
  struct percuta_diag *diag = NULL;
  struct percuta_atlas atlas = {.root = NULL};
  if (!percuta_atlas_exists(file)) {
    return PERCUTA_OK;
  }
  if (percuta_diag_create(&diag) != 0) {
    return PERCUTA_MEMORY;
  }
  const enum percuta_status status = percuta_atlas_open(file, scenario->units, diag, &atlas);
  if (status == PERCUTA_OK) {
    const struct percuta_yaml_node *all =
        list != NULL ? percuta_yaml_get(atlas.root, list) : atlas.root;
    const struct percuta_yaml_node *entry = list != NULL ? percuta_yaml_get(all, id) : all;
    write_entries(stream, scenario, group, id, entry, DEPTH);
    percuta_atlas_close(&atlas);
  }
  percuta_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_origin_write(FILE *stream, const struct percuta_scenario *scenario) {
  const char *preset = scenario->device.preset;
  char file[256];
  fputs("<div class=\"scroll\"><table class=\"sources\"><thead><tr><th scope=\"col\">Value</th>"
        "<th scope=\"col\"></th><th scope=\"col\">Spread or range</th>"
        "<th scope=\"col\">Status</th><th scope=\"col\">Source and method</th></tr></thead>"
        "<tbody>\n",
        stream);
  enum percuta_status status =
      write_file(stream, scenario, "Site", "skin/atlas.yaml", "sites", scenario->site);
  if (status == PERCUTA_OK) {
    status = write_file(stream, scenario, "Condition", "skin/conditions.yaml", "conditions",
                        scenario->condition.kind);
  }
  if (status == PERCUTA_OK && preset[0] != '\0') {
    status = write_file(stream, scenario, "Device", "devices/presets.yaml", "presets", preset);
    snprintf(file, sizeof file, "devices/%.200s.yaml", preset);
  }
  if (status == PERCUTA_OK && preset[0] != '\0' && strcmp(preset, "presets") != 0) {
    status = write_file(stream, scenario, "Device", file, NULL, preset);
  }
  fputs("</tbody></table></div>\n", stream);
  return status;
}

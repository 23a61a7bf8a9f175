#include "report/origin.h"

#include <string.h>

#include "catalogue/atlas.h"
#include "report/html.h"
#include "substance/entry.h"

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
    percuta_report_html_text(stream, text);
  }
}

/* Writes the texts of `keys` that the entry has, with `separator` between them. */
static void write_texts(FILE *stream, const struct percuta_yaml_node *entry,
                        const char *const *keys, size_t count, const char *separator) {
  const char *between = "";
  for (size_t i = 0; i < count; ++i) {
    const char *text = percuta_base_yaml_text(entry, keys[i], "");
    if (text[0] != '\0' && strcmp(text, "none") != 0) {
      fputs(between, stream);
      percuta_report_html_text(stream, text);
      between = separator;
    }
  }
}

static void write_spread(FILE *stream, const struct percuta_yaml_node *entry) {
  const struct percuta_yaml_node *range = percuta_base_yaml_get(entry, "range");
  const char *sd = percuta_base_yaml_text(entry, "sd", "0");
  if (range != NULL && range->child != NULL && range->child->next != NULL) {
    write_quantity(stream, range->child->text);
    fputs(" … ", stream);
    write_quantity(stream, range->child->next->text);
  } else if (sd[0] != '0' || strchr(sd, '.') != NULL) {
    fputs("±&nbsp;", stream);
    write_quantity(stream, sd);
  }
}

/* A row for `entry`, whose quantity is at `key`. */
static void write_entry(FILE *stream, const char *group, const char *name, const char *key,
                        const struct percuta_yaml_node *entry, const char *source) {
  static const char *const keys[] = {"source", "evidence", "method", "note", "reason"};
  const char *status = percuta_base_yaml_text(entry, "status", "assumed");
  const bool assumed = strcmp(status, "cited") != 0 && strcmp(status, "derived") != 0;
  fputs("<tr><td>", stream);
  percuta_report_html_text(stream, group);
  fputs(": <b>", stream);
  write_words(stream, name);
  fputs("</b></td><td class=\"n\">", stream);
  write_quantity(stream, percuta_base_yaml_text(entry, key, ""));
  fputs("</td><td class=\"n\">", stream);
  write_spread(stream, entry);
  fprintf(stream, "</td><td><span class=\"tag%s\">", assumed ? " assumed" : "");
  percuta_report_html_text(stream, status);
  fputs("</span></td><td>", stream);
  if (percuta_base_yaml_get(entry, "source") == NULL && !assumed && source[0] != '\0') {
    percuta_report_html_text(stream, source);
    fputs("; ", stream);
  }
  write_texts(stream, entry, keys, sizeof keys / sizeof keys[0], "; ");
  fputs("</td></tr>\n", stream);
}

/* Rows for every entry with a value in `node`; of maps by sex only that of the person. */
static void write_entries(FILE *stream, const struct percuta_scenario *scenario, const char *group,
                          const char *name, const struct percuta_yaml_node *node, int depth) {
  const char *other = scenario->person.sex == PERCUTA_FEMALE ? "male" : "female";
  const char *source = percuta_base_yaml_text(node, "source", "");
  if (node == NULL || node->kind != PERCUTA_YAML_MAP || depth == 0) {
    return;
  }
  for (const struct percuta_yaml_node *child = node->child; child != NULL; child = child->next) {
    const bool sex = strcmp(child->key, "female") == 0 || strcmp(child->key, "male") == 0;
    if (strcmp(child->key, other) == 0) {
      continue;
    }
    if (percuta_base_yaml_get(child, "value") != NULL) {
      write_entry(stream, group, sex ? name : child->key, "value", child, source);
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
  if (!percuta_catalogue_atlas_exists(file)) {
    return PERCUTA_OK;
  }
  if (percuta_base_diag_create(&diag) != 0) {
    return PERCUTA_MEMORY;
  }
  const enum percuta_status status =
      percuta_catalogue_atlas_open(file, scenario->units, diag, &atlas);
  if (status == PERCUTA_OK) {
    const struct percuta_yaml_node *all =
        list != NULL ? percuta_base_yaml_get(atlas.root, list) : atlas.root;
    const struct percuta_yaml_node *entry = list != NULL ? percuta_base_yaml_get(all, id) : all;
    write_entries(stream, scenario, group, id, entry, DEPTH);
    percuta_catalogue_atlas_close(&atlas);
  }
  percuta_base_diag_destroy(&diag);
  return status;
}

/* The items of the list `list` of a file of data/compounds or data/products: in each the text at
 * `name` says what it is and the quantity is at `key`. */
static void write_list(FILE *stream, const char *group, const struct percuta_yaml_node *root,
                       const char *list, const char *name, const char *key) {
  const struct percuta_yaml_node *items = percuta_base_yaml_get(root, list);
  for (const struct percuta_yaml_node *item = items ? items->child : NULL; item;
       item = item->next) {
    char what[128];
    snprintf(what, sizeof what, "%.60s %.60s", strcmp(key, "pKa") == 0 ? "pKa of a" : "share of",
             percuta_base_yaml_text(item, name, ""));
    write_entry(stream, group, what, key, item, "");
  }
}

/* A product's or a compound's file; one that is no longer there adds nothing. Gives the file, to be
 * closed by the caller, and whether it is there. */
static bool open_entry(const struct percuta_scenario *scenario, const char *kind, const char *id,
                       struct percuta_diag *diag, struct percuta_atlas *out) {
  return id != NULL && id[0] != '\0' &&
         percuta_substance_entry_open(kind, id, scenario->path, scenario->units, diag, out) ==
             PERCUTA_OK;
}

static void write_compound(FILE *stream, const struct percuta_scenario *scenario,
                           struct percuta_diag *diag, const char *id) {
  struct percuta_atlas atlas;
  if (open_entry(scenario, "compounds", id, diag, &atlas)) {
    const char *name = percuta_base_yaml_text(atlas.root, "name", id);
    write_entries(stream, scenario, name, id, atlas.root, DEPTH);
    write_list(stream, name, atlas.root, "groups", "kind", "pKa");
    percuta_catalogue_atlas_close(&atlas);
  }
}

static void write_product(FILE *stream, const struct percuta_scenario *scenario,
                          struct percuta_diag *diag, const char *id) {
  struct percuta_atlas atlas;
  if (!open_entry(scenario, "products", id, diag, &atlas)) {
    return;
  }
  const char *name = percuta_base_yaml_text(atlas.root, "name", id);
  const struct percuta_yaml_node *actives = percuta_base_yaml_get(atlas.root, "actives");
  write_entries(stream, scenario, name, id, atlas.root, DEPTH);
  write_list(stream, name, atlas.root, "actives", "compound", "mass_fraction");
  for (const struct percuta_yaml_node *item = actives ? actives->child : NULL; item;
       item = item->next) {
    write_compound(stream, scenario, diag, percuta_base_yaml_text(item, "compound", ""));
  }
  percuta_catalogue_atlas_close(&atlas);
}

/* The cream and what goes on after the needles, each product once. */
static enum percuta_status write_products(FILE *stream, const struct percuta_scenario *scenario) {
  const struct percuta_session *session = &scenario->session;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0) {
    return PERCUTA_MEMORY;
  }
  write_product(stream, scenario, diag, session->numbing.product);
  for (int i = 0; i < session->product_count; ++i) {
    bool seen = false;
    for (int j = 0; j < i && !seen; ++j) {
      seen = strcmp(session->products[i].product, session->products[j].product) == 0;
    }
    if (!seen) {
      write_product(stream, scenario, diag, session->products[i].product);
    }
  }
  percuta_base_diag_destroy(&diag);
  return PERCUTA_OK;
}

enum percuta_status percuta_report_origin_write(FILE *stream,
                                                const struct percuta_scenario *scenario) {
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
  if (status == PERCUTA_OK) {
    status = write_products(stream, scenario);
  }
  fputs("</tbody></table></div>\n", stream);
  return status;
}

/* The table of values with their sources.
 * Test: tests/unit/test_report.c. */
#include "report/origin.h"

#include <string.h>

#include "report/html.h"

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

/* Rows for every entry with a value in `node`; of maps by sex only that of the person, or both. */
static void write_entries(FILE *stream, const struct percuta_scenario *scenario, const char *group,
                          const char *name, const struct percuta_yaml_node *node, int depth) {
  const enum percuta_sex person = scenario->person.sex;
  const char *other = person == PERCUTA_FEMALE ? "male" : person == PERCUTA_MALE ? "female" : "";
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
      write_entry(stream, group, sex && *other ? name : child->key, "value", child, source);
    } else {
      write_entries(stream, scenario, group, child->key, child, depth - 1);
    }
  }
}

/* One entry of the catalogue; one that does not exist adds nothing. */
static void write_found(FILE *stream, const struct percuta_scenario *scenario, const char *group,
                        enum percuta_kind kind, const char *id) {
  struct percuta_entry entry;
  if (percuta_catalogue_find(scenario->catalogue, kind, id, NULL, &entry)) {
    write_entries(stream, scenario, group, id, entry.root, DEPTH);
  }
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

/* What is said of a product or compound, by the user's own file if there is one. */
static bool open_entry(const struct percuta_scenario *scenario, enum percuta_kind kind,
                       const char *id, struct percuta_entry *out) {
  bool found = false;
  return id != NULL && id[0] != '\0' &&
         percuta_scenario_files_open(&scenario->files, scenario->catalogue, kind, id, NULL, &found,
                                     out) == PERCUTA_OK &&
         found;
}

static void write_compound(FILE *stream, const struct percuta_scenario *scenario, const char *id) {
  struct percuta_entry entry;
  if (open_entry(scenario, PERCUTA_COMPOUNDS, id, &entry)) {
    const char *name = percuta_base_yaml_text(entry.root, "name", id);
    write_entries(stream, scenario, name, id, entry.root, DEPTH);
    write_list(stream, name, entry.root, "groups", "kind", "pKa");
  }
}

static void write_product(FILE *stream, const struct percuta_scenario *scenario, const char *id) {
  struct percuta_entry entry;
  if (!open_entry(scenario, PERCUTA_PRODUCTS, id, &entry)) {
    return;
  }
  const char *name = percuta_base_yaml_text(entry.root, "name", id);
  const struct percuta_yaml_node *actives = percuta_base_yaml_get(entry.root, "actives");
  write_entries(stream, scenario, name, id, entry.root, DEPTH);
  write_list(stream, name, entry.root, "actives", "compound", "mass_fraction");
  for (const struct percuta_yaml_node *item = actives ? actives->child : NULL; item;
       item = item->next) {
    write_compound(stream, scenario, percuta_base_yaml_text(item, "compound", ""));
  }
}

/* The cream and what goes on after the needles, each product once. */
static void write_products(FILE *stream, const struct percuta_scenario *scenario) {
  const struct percuta_session *session = &scenario->session;
  write_product(stream, scenario, session->numbing.product);
  for (int i = 0; i < session->product_count; ++i) {
    bool seen = false;
    for (int j = 0; j < i && !seen; ++j) {
      seen = strcmp(session->products[i].product, session->products[j].product) == 0;
    }
    if (!seen) {
      write_product(stream, scenario, session->products[i].product);
    }
  }
}

void percuta_report_origin_write(FILE *stream, const struct percuta_scenario *scenario) {
  fputs("<div class=\"scroll\"><table class=\"sources\"><thead><tr><th scope=\"col\">Value</th>"
        "<th scope=\"col\"></th><th scope=\"col\">Spread or range</th>"
        "<th scope=\"col\">Status</th><th scope=\"col\">Source and method</th></tr></thead>"
        "<tbody>\n",
        stream);
  write_found(stream, scenario, "Site", PERCUTA_SITES, scenario->site);
  write_found(stream, scenario, "Condition", PERCUTA_CONDITIONS, scenario->condition.kind);
  write_found(stream, scenario, "Device", PERCUTA_DEVICES, scenario->device.preset);
  write_products(stream, scenario);
  fputs("</tbody></table></div>\n", stream);
}

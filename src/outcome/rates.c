/* Looks published rates up in data/outcome/rates.yaml, as tools/pool_rates.py pooled them; nothing
 * is computed here. Theory: docs/theory/rates.md. Test: tests/unit/test_rates.c. */
#include "outcome/rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct percuta_yaml_node *node, const char *key) {
  const char *text = percuta_base_yaml_text(node, key, NULL);
  return text ? text : "";
}

static double number_of(const struct percuta_yaml_node *node, const char *key) {
  const char *text = text_of(node, key);
  return *text != '\0' ? strtod(text, NULL) : NAN;
}

static int count_of(const struct percuta_yaml_node *node, const char *key) {
  return (int)strtol(text_of(node, key), NULL, 10);
}

static struct percuta_rate read_rate(const struct percuta_yaml_node *node) {
  return (struct percuta_rate){.condition = text_of(node, "condition"),
                               .endpoint = text_of(node, "endpoint"),
                               .unit = text_of(node, "unit"),
                               .meaning = text_of(node, "meaning"),
                               .better = text_of(node, "better"),
                               .group = text_of(node, "group"),
                               .quality = text_of(node, "quality"),
                               .rows = text_of(node, "rows"),
                               .names = text_of(node, "names"),
                               .note = text_of(node, "note"),
                               .raw = text_of(node, "raw"),
                               .nearest = text_of(node, "nearest"),
                               .gap = text_of(node, "gap"),
                               .value = number_of(node, "value"),
                               .low = number_of(node, "low"),
                               .high = number_of(node, "high"),
                               .prediction_low = number_of(node, "prediction_low"),
                               .prediction_high = number_of(node, "prediction_high"),
                               .studies = count_of(node, "studies"),
                               .people = count_of(node, "people"),
                               .people_unknown = count_of(node, "people_unknown")};
}

/* The rate at *index of those of `condition`; NULL when there are fewer: then *index has fallen by
 * their number. */
static const struct percuta_yaml_node *find(const struct percuta_yaml_node *list,
                                            const char *condition, size_t *index) {
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    if (condition && strcmp(text_of(node, "condition"), condition) != 0)
      continue;
    if (*index == 0)
      return node;
    --*index;
  }
  return NULL;
}

bool percuta_outcome_rates_at(const struct percuta_catalogue *catalogue, const char *condition,
                              size_t index, struct percuta_rate *out) {
  struct percuta_diag *diag = NULL;
  struct percuta_entry file = {.root = NULL};
  if (percuta_base_diag_create(&diag) != PERCUTA_OK ||
      percuta_catalogue_file(catalogue, "outcome/rates.yaml", diag, &file) != PERCUTA_OK)
    file.root = NULL; /* a folder of data without rates has none */
  percuta_base_diag_destroy(&diag);
  const struct percuta_yaml_node *list = percuta_base_yaml_get(file.root, "rates");
  const struct percuta_yaml_node *node = find(list, condition, &index);
  if (node == NULL && condition)
    node = find(list, "any", &index);
  if (node == NULL)
    return false;
  *out = read_rate(node);
  return true;
}

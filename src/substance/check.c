/* Files of compounds and products: keys, words and quantities, with all mistakes said, each at its
 * place.
 * Tests: tests/unit/test_compound.c, test_product.c. */
#include "substance/check.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"

#define SAME 1e-12 /* relative error of a conversion of units */

enum { TEXT = 320 };

/* That there is none, and why a file of that name was not taken for one. */
static enum percuta_status report_absence(const struct percuta_scenario *scenario,
                                          enum percuta_kind kind, const char *id,
                                          struct percuta_diag *diag) {
  const struct percuta_scenario_file *file =
      percuta_scenario_files_find(&scenario->files, kind, id);
  const char *name = percuta_catalogue_kind_name(kind);
  char what[256], hint[160];
  if (file != NULL && file->lacks != NULL)
    snprintf(what, sizeof what, "%s", file->lacks);
  else
    snprintf(what, sizeof what, "there is no `%.60s` among the %s", id, name);
  snprintf(hint, sizeof hint,
           "`percuta list %s` shows all; your own is a file NAME.yaml beside the scenario", name);
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                      .place = {.file = scenario->path ? scenario->path : "data"},
                                      .key = name,
                                      .what = what,
                                      .given = id,
                                      .hint = hint});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_substance_check_open(const struct percuta_scenario *scenario,
                                                 enum percuta_kind kind, const char *id,
                                                 struct percuta_diag *diag,
                                                 struct percuta_entry *out) {
  bool found = false;
  struct percuta_entry entry;
  const enum percuta_status status = percuta_scenario_files_open(
      &scenario->files, scenario->catalogue, kind, id, diag, &found, &entry);
  if (status != PERCUTA_OK)
    return status;
  if (!found)
    return report_absence(scenario, kind, id, diag);
  if (entry.root->kind != PERCUTA_YAML_MAP)
    return percuta_substance_check_report(
        &entry, entry.root,
        (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND, .what = "is no map of keys"});
  *out = entry;
  return PERCUTA_OK;
}

enum percuta_status percuta_substance_check_report(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   struct percuta_mistake mistake) {
  mistake.place = (struct percuta_place){.file = entry->path};
  if (node) {
    mistake.place.line = node->line;
    mistake.place.column = node->column;
    mistake.given = node->text;
  }
  percuta_base_diag_add(entry->diag, &mistake);
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_substance_check_both(enum percuta_status one,
                                                 enum percuta_status other) {
  return one == PERCUTA_OK || (one == PERCUTA_BAD_INPUT && other != PERCUTA_OK) ? other : one;
}

/* The words, with commas. */
static void join(const char *const *words, char *out, size_t size) {
  size_t used = 0;
  out[0] = '\0';
  for (int i = 0; words[i] && used < size; i++)
    used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "", words[i]);
}

/* "did you mean …?" in `hint` when one of the words is near, which is then returned. */
static const char *suggest(const char *word, const char *const *words, char *hint, size_t size) {
  int best = INT_MAX;
  const char *nearest = NULL;
  for (int i = 0; words[i]; i++) {
    const int distance = percuta_base_nearest_distance(word, words[i]);
    if (distance >= 0 && distance < best) {
      best = distance;
      nearest = words[i];
    }
  }
  if (nearest)
    snprintf(hint, size, "did you mean `%s`?", nearest);
  return nearest;
}

static void report_key(const struct percuta_entry *entry, const struct percuta_yaml_node *member,
                       const char *const *keys) {
  char allowed[TEXT] = "keys here: ", hint[TEXT];
  join(keys, allowed + strlen(allowed), sizeof allowed - strlen(allowed));
  const struct percuta_place place = {entry->path, member->key_line, member->key_column};
  percuta_base_diag_add(entry->diag,
                        &(struct percuta_mistake){
                            .code = PERCUTA_CODE_UNKNOWN_KEY,
                            .place = place,
                            .key = member->key,
                            .what = "there is no such key",
                            .given = member->key,
                            .allowed = allowed,
                            .hint = suggest(member->key, keys, hint, sizeof hint) ? hint : NULL});
}

enum percuta_status percuta_substance_check_keys(const struct percuta_entry *entry,
                                                 const struct percuta_yaml_node *node,
                                                 const char *const *keys) {
  enum percuta_status status = PERCUTA_OK;
  if (node == NULL || node->kind != PERCUTA_YAML_MAP)
    return percuta_substance_check_report(entry, node,
                                          (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                                                   .key = node ? node->key : NULL,
                                                                   .what = "is no map of keys"});
  for (const struct percuta_yaml_node *member = node->child; member; member = member->next) {
    bool known = false;
    for (const char *const *key = keys; *key && !known; key++)
      known = strcmp(member->key, *key) == 0;
    if (known)
      continue;
    report_key(entry, member, keys);
    status = PERCUTA_BAD_INPUT;
  }
  return status;
}

enum percuta_status percuta_substance_check_choice(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   const char *key, const char *const *words,
                                                   int *out) {
  const struct percuta_yaml_node *member = percuta_base_yaml_get(node, key);
  const char *text = percuta_base_yaml_text(node, key, "");
  char what[TEXT] = "is none of: ", hint[TEXT];
  for (int i = 0; words[i]; i++) {
    if (strcmp(text, words[i]) == 0) {
      *out = i;
      return PERCUTA_OK;
    }
  }
  if (member == NULL)
    snprintf(what, sizeof what, "is missing; one of: ");
  join(words, what + strlen(what), sizeof what - strlen(what));
  return percuta_substance_check_report(
      entry, member ? member : node,
      (struct percuta_mistake){.code = member ? PERCUTA_CODE_NOT_A_CHOICE : PERCUTA_CODE_MISSING,
                               .key = key,
                               .what = what,
                               .hint = suggest(text, words, hint, sizeof hint) ? hint : NULL});
}

enum percuta_status percuta_substance_check_name(const struct percuta_entry *entry) {
  const struct percuta_yaml_node *name = percuta_base_yaml_get(entry->root, "name");
  if (name == NULL || (name->text && name->text[strspn(name->text, " \t\n")] != '\0'))
    return PERCUTA_OK;
  return percuta_substance_check_report(
      entry, name,
      (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY,
                               .key = "name",
                               .what = "is empty",
                               .allowed = "what a report shows",
                               .hint = "leave it out to show the file's name"});
}

enum percuta_status percuta_substance_check_status(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node) {
  static const char *const words[] = {"cited",         "derived", "calibrated",
                                      "to-be-checked", "assumed", NULL};
  int which = 0;
  return percuta_base_yaml_get(node, "status") == NULL
             ? PERCUTA_OK
             : percuta_substance_check_choice(entry, node, "status", words, &which);
}

/* Whether what is in the range has no unit. */
static bool is_plain(const struct percuta_check_range *range) {
  return *range->unit == '\0' || strcmp(range->unit, "1") == 0;
}

/* Such as "0.3 to 3 g/cm^3" or "above 0 g/mol". */
static void say_range(const struct percuta_check_range *range, char *out, size_t size) {
  const bool share = strcmp(range->unit, "%") == 0;
  const char *unit = is_plain(range) ? "" : range->unit;
  const char *gap = *unit != '\0' ? " " : "";
  const double times = share ? 100 : 1;
  if (isinf(range->high))
    snprintf(out, size, "above %g%s%s", times * range->low, gap, unit);
  else if (range->above)
    snprintf(out, size, "above %g and up to %g%s%s", times * range->low, times * range->high, gap,
             unit);
  else
    snprintf(out, size, "%g to %g%s%s", times * range->low, times * range->high, gap, unit);
}

/* Why `text` cannot be read; what is given by volume is a share only with the density. */
static enum percuta_status report_unread(const struct percuta_entry *entry,
                                         const struct percuta_yaml_node *node, const char *text,
                                         const struct percuta_check_range *range,
                                         const struct percuta_units_mistake *why,
                                         struct percuta_mistake mistake) {
  const bool share = strcmp(range->unit, "%") == 0;
  char hint[256] = "";
  double number = 0;
  const bool is_number = percuta_base_number_parse(text, &number) == PERCUTA_OK;
  if (share && is_number && number > 0 && number <= 1)
    snprintf(hint, sizeof hint, "write `%.60s %%`, or `%g %%` where a share of 1 is meant", text,
             100 * number);
  else if (is_number)
    snprintf(hint, sizeof hint, "write the unit, such as `%.60s %s`", text, range->unit);
  else if (share && why->code == PERCUTA_CODE_WRONG_DIMENSION)
    snprintf(hint, sizeof hint,
             "a share of the mass: divide what is in a volume by the density, or write mg/g");
  mistake.code = why->code;
  mistake.what = why->what;
  mistake.hint = hint;
  return percuta_substance_check_report(entry, node, mistake);
}

/* `text` at `node` into SI. The ends of a range in "%" are shares of 1. */
static enum percuta_status parse(const struct percuta_entry *entry,
                                 const struct percuta_yaml_node *node, const char *key,
                                 const char *text, const struct percuta_check_range *range,
                                 double *out) {
  const bool share = strcmp(range->unit, "%") == 0;
  char what[256], allowed[128];
  struct percuta_units_mistake why;
  struct percuta_mistake mistake = {
      .code = PERCUTA_CODE_OUT_OF_RANGE, .key = key, .allowed = allowed};
  double value = 0, one = 1;
  say_range(range, allowed, sizeof allowed);
  if (percuta_base_units_parse(entry->units, text, range->unit, &value, &why) != PERCUTA_OK)
    return report_unread(entry, node, text, range, &why, mistake);
  if (!share && !is_plain(range))
    (void)percuta_base_units_to_si(entry->units, 1, range->unit, &one);
  const double margin = SAME * fabs(value);
  const bool low = range->above ? !(value > range->low * one) : value < range->low * one - margin;
  if (!low && value <= range->high * one + margin) {
    *out = value;
    return PERCUTA_OK;
  }
  if (share)
    snprintf(what, sizeof what, "`%.60s` is not between %g and %g %%", text, 100 * range->low,
             100 * range->high);
  else
    snprintf(what, sizeof what, "`%.60s` is too %s", text, low ? "small" : "large");
  mistake.what = what;
  mistake.allowed = share ? NULL : allowed;
  return percuta_substance_check_report(entry, node, mistake);
}

enum percuta_status percuta_substance_check_scalar(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   const char *key,
                                                   const struct percuta_check_range *range,
                                                   double *out) {
  const struct percuta_yaml_node *scalar = percuta_base_yaml_get(node, key);
  char allowed[128];
  if (scalar && scalar->text)
    return parse(entry, scalar, key, scalar->text, range, out);
  say_range(range, allowed, sizeof allowed);
  return percuta_substance_check_report(
      entry, scalar ? scalar : node,
      (struct percuta_mistake){.code = scalar ? PERCUTA_CODE_WRONG_KIND : PERCUTA_CODE_MISSING,
                               .key = key,
                               .what = scalar ? "is not a single value" : "is missing",
                               .allowed = allowed});
}

enum percuta_status percuta_substance_check_quantity(const struct percuta_entry *entry,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const struct percuta_check_range *range,
                                                     double *out) {
  static const char *const keys[] = {"value",  "low",    "high", "range",
                                     "status", "source", "note", NULL};
  const struct percuta_yaml_node *map = percuta_base_yaml_get(node, key);
  const struct percuta_yaml_node *scalar = percuta_base_yaml_get(map, field);
  char what[256], allowed[128], hint[256];
  say_range(range, allowed, sizeof allowed);
  snprintf(what, sizeof what, "lacks a `%s`", field);
  struct percuta_mistake mistake = {
      .code = PERCUTA_CODE_MISSING, .key = key, .what = "is missing", .allowed = allowed};
  if (map == NULL)
    return percuta_substance_check_report(entry, node, mistake);
  if (map->text != NULL) {
    snprintf(hint, sizeof hint, "write `%s: {value: %.60s}`", key, map->text);
    mistake.code = PERCUTA_CODE_WRONG_KIND;
    mistake.what = "takes a map with a `value`";
    mistake.hint = hint;
    return percuta_substance_check_report(entry, map, mistake);
  }
  enum percuta_status status = percuta_substance_check_keys(entry, map, keys);
  if (map->kind == PERCUTA_YAML_MAP)
    status = percuta_substance_check_both(status, percuta_substance_check_status(entry, map));
  if (map->kind == PERCUTA_YAML_MAP && (scalar == NULL || scalar->text == NULL)) {
    mistake.what = what;
    return percuta_substance_check_report(entry, map, mistake);
  }
  if (scalar == NULL)
    return status;
  return percuta_substance_check_both(status, parse(entry, scalar, key, scalar->text, range, out));
}

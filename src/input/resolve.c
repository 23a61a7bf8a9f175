/* Every key in the order of the registry: given, from the preset, from the condition, or the
 * default, and where from.
 * Tests: tests/unit/test_scenario.c, tests/robustness. */
#include "input/resolve.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "input/items.h"
#include "input/preset.h"
#include "input/value.h"

#define SAME 1e-13 /* relative difference that 14 digits do not show */

static const struct percuta_key *key_at(int index) {
  return percuta_input_keys_at((size_t)index);
}

/* `given`: what was given, as text; NULL: that is not the user's. */
static void report_text(const struct percuta_resolve *resolve, struct percuta_place place,
                        const char *path, const char *given,
                        const struct percuta_value_mistake *mistake) {
  percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = mistake->code,
                                                                 .place = place,
                                                                 .key = path,
                                                                 .what = mistake->what,
                                                                 .given = given,
                                                                 .allowed = mistake->allowed,
                                                                 .hint = mistake->hint});
}

/* `node` holds what was given; NULL likewise. */
static void report(const struct percuta_resolve *resolve, struct percuta_place place,
                   const char *path, const struct percuta_yaml_node *node,
                   const struct percuta_value_mistake *mistake) {
  report_text(resolve, place, path, node ? node->text : NULL, mistake);
}

static enum percuta_status remember(struct percuta_resolve *resolve, int key, const char *kind,
                                    const char *text) {
  const size_t size = strlen(kind) + strlen(text) + sizeof ": ";
  char *origin = malloc(size);
  if (origin == NULL)
    return PERCUTA_MEMORY;
  snprintf(origin, size, "%s%s%s", kind, *text ? ": " : "", text);
  struct percuta_origin *slot = &resolve->scenario->origin[key];
  free(slot->text);
  slot->text = origin;
  slot->source = *text ? strlen(kind) + strlen(": ") : 0;
  return PERCUTA_OK;
}

static enum percuta_status remember_place(struct percuta_resolve *resolve, int key,
                                          struct percuta_place place) {
  char text[PERCUTA_KEYS_TEXT];
  if (place.line > 0)
    snprintf(text, sizeof text, "%s:%d", place.file, place.line);
  else
    snprintf(text, sizeof text, "%s", place.file);
  return remember(resolve, key, text, "");
}

/* Whether the key does anything in this scenario: 1, 0, or -1 when that depends on a wrong value.
 */
static int applies(const struct percuta_resolve *resolve, const struct percuta_key *key) {
  const char *choices = NULL;
  const int when = percuta_input_keys_when(key, &choices);
  if (when < 0)
    return 1;
  if (resolve->skipped[when])
    return 0;
  if (!resolve->valid[when])
    return -1;
  char value[64];
  percuta_input_value_text(resolve->scenario->units, key_at(when), resolve->scenario, value,
                           sizeof value);
  return percuta_input_keys_when_holds(choices, value);
}

static bool on_command_line(const struct percuta_resolve *resolve, int index) {
  const struct percuta_given_entry *entry = &resolve->given->key[index];
  return entry->node != NULL && entry->place.file != resolve->given->file;
}

/* Reports a key that does nothing, unless the file was right and the command line made it idle: a
 * scenario of a patch can be tried as a column without being rewritten. */
static void report_idle(const struct percuta_resolve *resolve, int index) {
  const struct percuta_key *key = key_at(index);
  const char *choices = NULL;
  int deciding = percuta_input_keys_when(key, &choices);
  while (resolve->skipped[deciding]) /* the first of those that depend on each other */
    deciding = percuta_input_keys_when(key_at(deciding), &choices);
  if (on_command_line(resolve, deciding) && !on_command_line(resolve, index))
    return;
  const struct percuta_key *when = key_at(deciding);
  const struct percuta_place place = resolve->given->key[index].place;
  char value[64], what[PERCUTA_KEYS_TEXT], allowed[PERCUTA_KEYS_TEXT] = "only with ";
  const size_t used = strlen(allowed);
  if (percuta_input_keys_when_any(choices)) {
    snprintf(what, sizeof what, "does nothing without %s", when->path);
    percuta_input_keys_allowed(when, allowed + used, sizeof allowed - used);
  } else {
    percuta_input_value_text(resolve->scenario->units, when, resolve->scenario, value,
                             sizeof value);
    snprintf(what, sizeof what, "does nothing with %s %s", when->path, value);
    percuta_input_keys_choices_in_words(choices, allowed + used, sizeof allowed - used);
  }
  percuta_base_diag_add(resolve->diag,
                        &(struct percuta_mistake){.code = PERCUTA_CODE_IDLE_KEY,
                                                  .place = place,
                                                  .key = key->path,
                                                  .what = what,
                                                  .given = resolve->given->key[index].node->text,
                                                  .allowed = allowed,
                                                  .hint = "leave it out"});
}

/* A preset brings its properties with it; the kind must not contradict it. */
static enum percuta_status load_preset(struct percuta_resolve *resolve, int index) {
  struct percuta_device *device = &resolve->scenario->device;
  if (device->preset[0] == '\0') {
    percuta_base_diag_add(resolve->diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_EMPTY,
                                                    .place = resolve->given->key[index].place,
                                                    .key = key_at(index)->path,
                                                    .what = "is empty",
                                                    .given = "",
                                                    .allowed = "an id of `percuta list devices`"});
    return PERCUTA_BAD_INPUT;
  }
  const enum percuta_status status = percuta_input_preset_read(
      resolve->scenario->catalogue, device->preset, resolve->diag, device, &resolve->device);
  resolve->preset_loaded = status == PERCUTA_OK;
  resolve->full_taper = device->needle.taper >= device->needle.length;
  if (status == PERCUTA_OK)
    snprintf(resolve->preset_source, sizeof resolve->preset_source, "%s",
             percuta_base_yaml_text(resolve->device.root, "source", "assumed"));
  return status;
}

static enum percuta_status read_kind(struct percuta_resolve *resolve, int index,
                                     const struct percuta_given_entry *entry) {
  struct percuta_scenario *scenario = resolve->scenario;
  char of_preset[64];
  percuta_input_value_text(scenario->units, key_at(index), scenario, of_preset, sizeof of_preset);
  struct percuta_value_mistake mistake;
  const enum percuta_status status = percuta_input_value_read(
      scenario, key_at(index), entry->node->text, resolve->scenario, &mistake);
  char kind[64];
  percuta_input_value_text(scenario->units, key_at(index), scenario, kind, sizeof kind);
  if (status == PERCUTA_OK && resolve->preset_loaded && strcmp(kind, of_preset) != 0) {
    mistake.code = PERCUTA_CODE_CONFLICT;
    snprintf(mistake.what, sizeof mistake.what, "`%s` contradicts the preset %s, which is a %s",
             kind, scenario->device.preset, of_preset);
    snprintf(mistake.allowed, sizeof mistake.allowed, "%s", of_preset);
    snprintf(mistake.hint, sizeof mistake.hint, "leave out device.kind or device.preset");
    report(resolve, entry->place, key_at(index)->path, entry->node, &mistake);
    return PERCUTA_BAD_INPUT;
  }
  if (status == PERCUTA_BAD_INPUT)
    report(resolve, entry->place, key_at(index)->path, entry->node, &mistake);
  return status;
}

static enum percuta_status read_given(struct percuta_resolve *resolve, int index) {
  const struct percuta_given_entry *entry = &resolve->given->key[index];
  const struct percuta_key *key = key_at(index);
  struct percuta_value_mistake mistake = {.code = PERCUTA_CODE_WRONG_KIND,
                                          .what = "is not a single value"};
  if (key->type == PERCUTA_KEY_TIMES)
    snprintf(mistake.what, sizeof mistake.what, "is not a list of times");
  percuta_input_keys_allowed(key, mistake.allowed, sizeof mistake.allowed);
  if (key->type == PERCUTA_KEY_LIST)
    return percuta_input_items_read(resolve, key, entry->node, entry->place);
  char room[PERCUTA_KEYS_TEXT];
  const char *text = percuta_input_value_of_node(key, entry->node, room, sizeof room);
  if (text == NULL) {
    report(resolve, entry->place, key->path, entry->node, &mistake);
    return PERCUTA_BAD_INPUT;
  }
  if (strcmp(key->path, "device.kind") == 0)
    return read_kind(resolve, index, entry);
  enum percuta_status status =
      percuta_input_value_read(resolve->scenario, key, text, resolve->scenario, &mistake);
  if (status == PERCUTA_BAD_INPUT)
    report_text(resolve, entry->place, key->path, text, &mistake);
  if (status == PERCUTA_OK && strcmp(key->path, "device.preset") == 0)
    status = load_preset(resolve, index);
  return status;
}

/* The size of the condition's defect or relief as data/skin/conditions.yaml gives it, read into its
 * key. */
static enum percuta_status take_condition(struct percuta_resolve *resolve, int index) {
  const struct percuta_key *key = key_at(index);
  const char *kind = resolve->scenario->condition.kind;
  struct percuta_entry condition = {.root = NULL};
  (void)percuta_catalogue_find(resolve->scenario->catalogue, PERCUTA_CONDITIONS, kind,
                               resolve->diag, &condition);
  const char *leaf = percuta_input_keys_leaf(key->path);
  const struct percuta_yaml_node *entry =
      percuta_base_yaml_get(percuta_base_yaml_get(condition.root, "defect"), leaf);
  if (entry == NULL)
    entry = percuta_base_yaml_get(percuta_base_yaml_get(condition.root, "relief"), leaf);
  struct percuta_value_mistake mistake;
  enum percuta_status status =
      percuta_input_value_read(resolve->scenario, key, percuta_base_yaml_text(entry, "value", ""),
                               resolve->scenario, &mistake);
  char origin[128], known[PERCUTA_KEYS_TEXT];
  snprintf(origin, sizeof origin, "condition %.100s", kind);
  percuta_catalogue_entry_describe(entry, known, sizeof known);
  if (status == PERCUTA_OK)
    status = remember(resolve, index, origin, known);
  return status;
}

/* Where a missing key should stand: at the innermost section around it that was given, else at the
 * file's beginning. *broken says that such a section is no map. */
static struct percuta_place place_of_missing(const struct percuta_resolve *resolve,
                                             const char *path, bool *broken) {
  char parent[PERCUTA_KEYS_TEXT];
  snprintf(parent, sizeof parent, "%s", path);
  for (char *dot = strrchr(parent, '.'); dot != NULL; dot = strrchr(parent, '.')) {
    *dot = '\0';
    const int section = percuta_input_keys_find_section(parent);
    *broken = resolve->given->section_broken[section];
    if (resolve->given->section[section].line > 0)
      return resolve->given->section[section];
  }
  return (struct percuta_place){.file = resolve->given->file, .line = 1, .column = 1};
}

/* A key that nobody gave and that has no default: it must be given, unless a mistake hides it. */
static void report_missing(const struct percuta_resolve *resolve, int index) {
  const struct percuta_key *key = key_at(index);
  const int preset = percuta_input_keys_find("device.preset"),
            kind = percuta_input_keys_find("device.kind");
  const bool of_device = strncmp(key->path, "device.", 7) == 0;
  if (of_device && resolve->given->key[preset].node != NULL)
    return; /* the preset's name is wrong and has been reported */
  if (of_device && index != kind && !resolve->valid[kind])
    return; /* which keys are missing depends on the kind */
  bool broken = false;
  const struct percuta_place place = place_of_missing(resolve, key->path, &broken);
  char allowed[PERCUTA_KEYS_TEXT];
  percuta_input_keys_allowed(key, allowed, sizeof allowed);
  if (!broken)
    percuta_base_diag_add(
        resolve->diag,
        &(struct percuta_mistake){
            .code = PERCUTA_CODE_MISSING,
            .place = place,
            .key = key->path,
            .what = "is missing",
            .allowed = allowed,
            .hint = index == kind ? "or name a device.preset, see `percuta list devices`" : NULL});
}

/* What the catalogue calls the property of a device's key. */
static const char *property_of(const struct percuta_key *key) {
  const bool length = strcmp(key->path, "device.needle.length") == 0;
  return length ? "needle_length" : percuta_input_keys_leaf(key->path);
}

/* Needles that taper over their whole length still do when only their length is changed. */
static void follow_length(struct percuta_resolve *resolve, const struct percuta_key *key) {
  if (strcmp(key->path, "device.needle.taper") == 0 && resolve->full_taper &&
      resolve->valid[percuta_input_keys_find("device.needle.length")])
    resolve->scenario->device.needle.taper = resolve->scenario->device.needle.length;
}

/* The value of the preset, brought to the precision in which it is written. */
static enum percuta_status take_preset(struct percuta_resolve *resolve, int index) {
  struct percuta_scenario *scenario = resolve->scenario;
  const struct percuta_key *key = key_at(index);
  char text[PERCUTA_KEYS_TEXT], known[PERCUTA_KEYS_TEXT], source[PERCUTA_KEYS_TEXT], origin[128];
  follow_length(resolve, key);
  percuta_input_value_written(scenario->units, key, scenario, text, sizeof text);
  struct percuta_value_mistake mistake;
  enum percuta_status status = percuta_input_value_read(scenario, key, text, scenario, &mistake);
  if (status == PERCUTA_BAD_INPUT)
    report(resolve, (struct percuta_place){.file = scenario->device.preset}, key->path, NULL,
           &mistake);
  if (status != PERCUTA_OK)
    return status;
  snprintf(origin, sizeof origin, "preset %.100s", scenario->device.preset);
  percuta_catalogue_entry_describe(percuta_base_yaml_get(resolve->device.root, property_of(key)),
                                   known, sizeof known);
  const bool cited = strncmp(known, "assumed", 7) != 0;
  snprintf(source, sizeof source, "%.200s%s%.300s", known, cited && *known ? "; " : "",
           cited ? resolve->preset_source : "");
  return remember(resolve, index, origin, source);
}

/* An option that changes an entry of list number `index`, or NULL. */
static const struct percuta_given_item *change_of(const struct percuta_given *given, int index) {
  for (size_t i = 0; i < given->item_count; i++)
    if (given->item[i].key == index)
      return &given->item[i];
  return NULL;
}

/* The default of the registry; a core that the scenario names is kept by joint draws too. */
static const char *fallback_of(const struct percuta_resolve *resolve,
                               const struct percuta_key *key) {
  const int core = percuta_input_keys_find("healing.core");
  const bool keeps =
      strcmp(key->path, "model.cores") == 0 && resolve->given->key[core].node != NULL;
  return keeps ? "kept" : key->fallback;
}

static enum percuta_status take_fallback(struct percuta_resolve *resolve, int index) {
  const struct percuta_given_item *change = change_of(resolve->given, index);
  const struct percuta_key *key = key_at(index);
  struct percuta_value_mistake mistake;
  enum percuta_status status = PERCUTA_OK;
  if (key->type == PERCUTA_KEY_LIST)
    status = percuta_input_items_read_fallback(resolve, key);
  else if (key->fallback[0] != '\0') /* an empty text is there already */
    status = percuta_input_value_read(resolve->scenario, key, fallback_of(resolve, key),
                                      resolve->scenario, &mistake);
  if (status == PERCUTA_OK && change != NULL)
    return remember_place(resolve, index, change->place);
  resolve->scenario->origin[index].fallback = status == PERCUTA_OK;
  return status == PERCUTA_OK ? remember(resolve, index, "default", key->source) : status;
}

static enum percuta_status resolve_key(struct percuta_resolve *resolve, int index) {
  const struct percuta_key *key = key_at(index);
  const struct percuta_given_entry *given = &resolve->given->key[index];
  const int does = applies(resolve, key);
  if (does == 0) {
    resolve->skipped[index] = true;
    if (given->node != NULL)
      report_idle(resolve, index);
    return PERCUTA_OK;
  }
  enum percuta_status status = PERCUTA_BAD_INPUT;
  if (given->node != NULL) {
    status = read_given(resolve, index);
    if (status == PERCUTA_OK)
      status = remember_place(resolve, index, given->place);
  } else if (does == 1 && resolve->preset_loaded && key->fallback == NULL &&
             strncmp(key->path, "device.", 7) == 0) {
    status = take_preset(resolve, index);
  } else if (key->fallback != NULL) {
    status = take_fallback(resolve, index);
  } else if (does == 1 && strncmp(key->path, "skin.condition.", 15) == 0) {
    status = take_condition(resolve, index);
  } else if (does == 1) {
    report_missing(resolve, index);
  }
  resolve->valid[index] = status == PERCUTA_OK;
  return status == PERCUTA_BAD_INPUT ? PERCUTA_OK : status;
}

enum percuta_status percuta_input_resolve_keys(struct percuta_resolve *resolve) {
  enum percuta_status status = PERCUTA_OK;
  for (int i = 0; i < PERCUTA_KEYS_COUNT && status == PERCUTA_OK; i++)
    if (strchr(key_at(i)->path, '[') == NULL) /* an item is read with its list */
      status = resolve_key(resolve, i);
  return status;
}

/* The parameter whose name is nearest to `name`, or NULL. */
static const char *nearest_parameter(const struct percuta_parameters *set, const char *name) {
  const char *best = NULL;
  int limit = INT_MAX;
  for (size_t i = 0; i < percuta_base_parameters_count(set); i++) {
    const char *other = percuta_base_parameters_at(set, i)->name;
    const int distance = percuta_base_nearest_distance(name, other);
    if (distance >= 0 && distance < limit) {
      limit = distance;
      best = other;
    }
  }
  return best;
}

static void report_unknown_parameter(const struct percuta_resolve *resolve,
                                     const struct percuta_given_parameter *given,
                                     const char *path) {
  char hint[PERCUTA_KEYS_TEXT];
  const char *nearest = nearest_parameter(resolve->scenario->parameters, given->name);
  if (nearest != NULL)
    snprintf(hint, sizeof hint, "did you mean `%s`?", nearest);
  percuta_base_diag_add(resolve->diag,
                        &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                                  .place = given->place,
                                                  .key = path,
                                                  .what = "there is no such parameter",
                                                  .given = given->name,
                                                  .allowed = "a name that `percuta explain` shows",
                                                  .hint = nearest ? hint : NULL});
}

/* Sets one parameter to the 14 digits in which it is written to used_parameters.yaml. A value equal
 * to the one in the data, to these digits, is not an override. */
static enum percuta_status override(struct percuta_resolve *resolve,
                                    const struct percuta_given_parameter *given,
                                    struct percuta_units_mistake *why) {
  struct percuta_scenario *scenario = resolve->scenario;
  const struct percuta_parameter *now =
      percuta_base_parameters_find(scenario->parameters, given->name);
  double si = 0, one = 1;
  const enum percuta_status status =
      percuta_base_units_parse(scenario->units, given->node->text, now->unit, &si, why);
  if (status != PERCUTA_OK)
    return status;
  if (fabs(si - now->value_si) <= SAME * fabs(now->value_si))
    return PERCUTA_OK;
  const bool pure = strcmp(now->unit, "1") == 0;
  if (!pure)
    (void)percuta_base_units_to_si(scenario->units, 1, now->unit, &one);
  char text[128], place[PERCUTA_KEYS_TEXT];
  snprintf(text, sizeof text, "%.14g%s%.80s", si / one, pure ? "" : " ", pure ? "" : now->unit);
  snprintf(place, sizeof place, "%s:%d", given->place.file, given->place.line);
  return percuta_base_parameters_override(scenario->parameters, scenario->units, given->name, text,
                                          place, why);
}

enum percuta_status percuta_input_resolve_parameters(struct percuta_resolve *resolve) {
  for (size_t i = 0; i < resolve->given->parameter_count; i++) {
    const struct percuta_given_parameter *given = &resolve->given->parameter[i];
    char path[PERCUTA_KEYS_TEXT];
    struct percuta_units_mistake why = {PERCUTA_CODE_WRONG_KIND, "is not a single value"};
    snprintf(path, sizeof path, "parameters.%.300s", given->name);
    const struct percuta_parameter *parameter =
        percuta_base_parameters_find(resolve->scenario->parameters, given->name);
    if (parameter == NULL) {
      report_unknown_parameter(resolve, given, path);
      continue;
    }
    enum percuta_status status = PERCUTA_BAD_INPUT;
    if (given->node->kind == PERCUTA_YAML_SCALAR)
      status = override(resolve, given, &why);
    if (status == PERCUTA_BAD_INPUT) {
      char allowed[PERCUTA_KEYS_TEXT];
      snprintf(allowed, sizeof allowed, "a number in %s",
               strcmp(parameter->unit, "1") == 0 ? "no unit" : parameter->unit);
      percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = why.code,
                                                                     .place = given->place,
                                                                     .key = path,
                                                                     .what = why.what,
                                                                     .given = given->node->text,
                                                                     .allowed = allowed});
    } else if (status != PERCUTA_OK) {
      return status;
    }
  }
  return PERCUTA_OK;
}

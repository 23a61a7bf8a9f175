/* if (one of the keys of a `when` is there) then (the key that it names has such a value, as given,
 * by default or, of a device, by its preset); and if (there is no preset) then (the properties of
 * the device's kind are there). Test: tests/cli/schema.sh. */
#include "input/conditions.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "input/keys.h"

/* A schema that holds where `path` is there and meets `value`, which it takes. */
static cJSON *has(const char *path, cJSON *value) {
  const char *dot = strchr(path, '.');
  char word[64];
  snprintf(word, sizeof word, "%.*s", (int)(dot ? dot - path : (long)strlen(path)), path);
  cJSON *schema = cJSON_CreateObject();
  cJSON_AddStringToObject(schema, "type", "object");
  cJSON *properties = cJSON_AddObjectToObject(schema, "properties");
  cJSON_AddItemToObject(properties, word, dot ? has(dot + 1, value) : value);
  cJSON_AddItemToArray(cJSON_AddArrayToObject(schema, "required"), cJSON_CreateString(word));
  return schema;
}

static cJSON *is_there(const char *path) {
  return has(path, cJSON_CreateTrue());
}

static cJSON *is_not(cJSON *schema) {
  cJSON *out = cJSON_CreateObject();
  cJSON_AddItemToObject(out, "not", schema);
  return out;
}

/* {"anyOf": [a, b]} or {"allOf": [a, b]}. */
static cJSON *both(const char *how, cJSON *a, cJSON *b) {
  cJSON *out = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(out, how);
  cJSON_AddItemToArray(list, a);
  cJSON_AddItemToArray(list, b);
  return out;
}

static cJSON *one_of(const char *choices) {
  cJSON *schema = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(schema, "enum");
  char word[64];
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++)
    cJSON_AddItemToArray(list, cJSON_CreateString(word));
  return schema;
}

/* The presets of a kind of device. */
static cJSON *preset_of(const struct percuta_catalogue *catalogue, const char *kinds) {
  cJSON *schema = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(schema, "enum");
  struct percuta_entry entry;
  const char *id = NULL;
  for (size_t i = 0; percuta_catalogue_at(catalogue, PERCUTA_DEVICES, i, &id, &entry); i++)
    if (percuta_input_keys_choice_index(kinds, percuta_base_yaml_text(entry.root, "kind", "")) >= 0)
      cJSON_AddItemToArray(list, cJSON_CreateString(id));
  return schema;
}

/* A schema that holds where `key` does something; NULL: everywhere. */
static cJSON *applies(const struct percuta_catalogue *catalogue, const struct percuta_key *key) {
  const char *choices = NULL;
  const int when = percuta_input_keys_when(key, &choices);
  if (when < 0)
    return NULL;
  const struct percuta_key *other = percuta_input_keys_at((size_t)when);
  cJSON *something = cJSON_CreateObject();
  cJSON_AddNumberToObject(something, "minLength", 1);
  cJSON_AddStringToObject(something, "type", "string");
  const bool any = percuta_input_keys_when_any(choices);
  cJSON *holds = has(other->path, any ? something : one_of(choices));
  if (!any)
    cJSON_Delete(something);
  if (other->fallback != NULL && percuta_input_keys_when_holds(choices, other->fallback))
    holds = both("anyOf", holds, is_not(is_there(other->path)));
  if (strcmp(other->path, "device.kind") == 0)
    holds = both("anyOf", holds,
                 both("allOf", is_not(is_there(other->path)),
                      has("device.preset", preset_of(catalogue, choices))));
  cJSON *outer = applies(catalogue, other); /* as deep as keys hang on each other */
  return outer ? both("allOf", holds, outer) : holds;
}

static void add_rule(cJSON *rules, cJSON *where, cJSON *then) {
  cJSON *rule = cJSON_CreateObject();
  cJSON_AddItemToObject(rule, "if", where);
  cJSON_AddItemToObject(rule, "then", then);
  cJSON_AddItemToArray(rules, rule);
}

/* For the first key with this `when`: all that have it. */
static void add_idle(const struct percuta_catalogue *catalogue, size_t index, cJSON *rules) {
  const struct percuta_key *key = percuta_input_keys_at(index);
  for (size_t i = 0; i < index; i++)
    if (strcmp(percuta_input_keys_at(i)->when, key->when) == 0)
      return;
  cJSON *where = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(where, "anyOf");
  for (size_t i = index; i < PERCUTA_KEYS_COUNT; i++)
    if (strcmp(percuta_input_keys_at(i)->when, key->when) == 0)
      cJSON_AddItemToArray(list, is_there(percuta_input_keys_at(i)->path));
  add_rule(rules, where, applies(catalogue, key));
}

void percuta_input_conditions_add(const struct percuta_catalogue *catalogue, cJSON *root) {
  cJSON *rules = cJSON_AddArrayToObject(root, "allOf");
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (*key->when != '\0')
      add_idle(catalogue, i, rules);
    if (strncmp(key->path, "device.", 7) != 0 || key->fallback != NULL)
      continue;
    cJSON *bare = is_not(is_there("device.preset")), *when = applies(catalogue, key);
    add_rule(rules, when ? both("allOf", bare, when) : bare, is_there(key->path));
  }
}

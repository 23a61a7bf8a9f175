/* A resolved scenario as a tree of JSON, printed as YAML or as it is.
 * Tests: tests/cli/scenario.sh, json.sh, tests/unit/test_scenario.c. */
#include "input/explain.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_json.h"
#include "catalogue/catalogue.h"
#include "input/describe.h"
#include "input/resolve.h"
#include "input/used.h"
#include "input/value.h"

/* cJSON prints numbers with up to 17 digits; 14 are what a value is stored with. */
static void add_number(cJSON *object, const char *name, double value) {
  char digits[40];
  snprintf(digits, sizeof digits, "%.14g", value);
  cJSON_AddRawToObject(object, name, digits);
}

static void add_items(const struct percuta_scenario *scenario, const struct percuta_key *list,
                      cJSON *entry);

static void add_times(const struct percuta_scenario *scenario, const struct percuta_key *key,
                      const void *owner, cJSON *object, const char *name) {
  cJSON *list = cJSON_AddArrayToObject(object, name);
  char digits[40];
  for (int i = 0; i < percuta_input_value_time_count(key, owner); i++) {
    snprintf(digits, sizeof digits, "%.14g",
             percuta_input_value_time(scenario->units, key, owner, i));
    cJSON_AddItemToArray(list, cJSON_CreateRaw(digits));
  }
}

static void add_chosen(const struct percuta_key *key, const void *owner, cJSON *object,
                       const char *name) {
  cJSON *list = cJSON_AddArrayToObject(object, name);
  char word[64];
  for (int i = 0; percuta_input_keys_choice_at(key->choices, i, word, sizeof word); i++)
    if (percuta_input_value_chosen(key, owner, i))
      cJSON_AddItemToArray(list, cJSON_CreateString(word));
}

/* The value of `key` in `owner` as `name`, in the unit of the key. */
static void add_value(const struct percuta_scenario *scenario, const struct percuta_key *key,
                      const void *owner, cJSON *object, const char *name) {
  char text[PERCUTA_KEYS_TEXT];
  switch (key->type) {
  case PERCUTA_KEY_LIST:
    add_items(scenario, key, object);
    break;
  case PERCUTA_KEY_QUANTITY:
  case PERCUTA_KEY_INTEGER:
    add_number(object, name, percuta_input_value_number(scenario->units, key, owner));
    break;
  case PERCUTA_KEY_CHOICES:
    add_chosen(key, owner, object, name);
    break;
  case PERCUTA_KEY_TIMES:
    add_times(scenario, key, owner, object, name);
    break;
  case PERCUTA_KEY_SEED:
  case PERCUTA_KEY_BOOLEAN:
    percuta_input_value_text(scenario->units, key, owner, text, sizeof text);
    cJSON_AddRawToObject(object, name, text);
    break;
  case PERCUTA_KEY_TEXT:
  case PERCUTA_KEY_NAME:
  case PERCUTA_KEY_CHOICE:
    percuta_input_value_text(scenario->units, key, owner, text, sizeof text);
    cJSON_AddStringToObject(object, name, text);
    break;
  }
}

/* The entries of a list, and the units of what they hold; an item is no list, so this goes no
 * deeper. */
static void add_items(const struct percuta_scenario *scenario, const struct percuta_key *list,
                      cJSON *entry) {
  const struct percuta_keys_list *items = percuta_input_keys_list_find(list->path);
  cJSON *value = cJSON_AddArrayToObject(entry, "value");
  for (int i = 0; i < percuta_input_keys_item_count(items, scenario); i++) {
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(value, item);
    for (size_t k = 0; k < PERCUTA_KEYS_COUNT; k++) {
      const struct percuta_key *key = percuta_input_keys_at(k);
      if (percuta_input_keys_is_item(key->path, list->path))
        add_value(scenario, key, percuta_input_keys_item_at(items, scenario, i), item,
                  percuta_input_keys_leaf(key->path));
    }
  }
  cJSON *units = cJSON_AddObjectToObject(entry, "unit");
  for (size_t k = 0; k < PERCUTA_KEYS_COUNT; k++) {
    const struct percuta_key *key = percuta_input_keys_at(k);
    if (percuta_input_keys_is_item(key->path, list->path) && *key->unit != '\0')
      cJSON_AddStringToObject(units, percuta_input_keys_leaf(key->path), key->unit);
  }
}

/* Where the value of a key comes from, in parts, and what the registry says of the key. */
static void add_details(const struct percuta_scenario *scenario, int index, cJSON *entry) {
  const struct percuta_key *key = percuta_input_keys_at((size_t)index);
  const char *origin = scenario->origin[index].text;
  const size_t source = scenario->origin[index].source;
  char place[PERCUTA_KEYS_TEXT];
  if (*key->unit == '\0' && key->type != PERCUTA_KEY_LIST)
    cJSON_AddNullToObject(entry, "unit");
  if (key->type != PERCUTA_KEY_LIST) {
    char *text = percuta_input_used_text(scenario, key);
    cJSON_AddStringToObject(entry, "written", text ? text : "");
    free(text);
  }
  snprintf(place, sizeof place, "%.*s", (int)(source > 0 ? source - strlen(": ") : strlen(origin)),
           origin);
  (void)percuta_base_diag_json_add_text(entry, "origin", place);
  if (source > 0)
    cJSON_AddStringToObject(entry, "source", origin + source);
  else
    cJSON_AddNullToObject(entry, "source");
  cJSON_AddBoolToObject(entry, "default", scenario->origin[index].fallback);
  percuta_input_describe_key(key, entry);
  if (key->type == PERCUTA_KEY_LIST)
    percuta_input_describe_items(key, entry);
}

static void add_keys(const struct percuta_scenario *scenario, bool json, cJSON *root) {
  cJSON *keys = cJSON_AddObjectToObject(root, json ? "keys" : "scenario");
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const char *origin = scenario->origin[i].text;
    if (origin == NULL)
      continue;
    const struct percuta_key *key = percuta_input_keys_at((size_t)i);
    cJSON *entry = cJSON_AddObjectToObject(keys, key->path);
    add_value(scenario, key, scenario, entry, "value");
    if (*key->unit != '\0')
      cJSON_AddStringToObject(entry, "unit", key->unit);
    if (json)
      add_details(scenario, i, entry);
    else
      cJSON_AddStringToObject(entry, "source", origin);
  }
}

static bool is_outside(const struct percuta_parameter *parameter) {
  return parameter->value < parameter->low || parameter->value > parameter->high;
}

static void add_parameter(const struct percuta_parameter *parameter, cJSON *entry) {
  add_number(entry, "value", parameter->value);
  cJSON_AddStringToObject(entry, "unit", parameter->unit);
  cJSON *range = cJSON_AddArrayToObject(entry, "range");
  cJSON_AddItemToArray(range, cJSON_CreateNumber(parameter->low));
  cJSON_AddItemToArray(range, cJSON_CreateNumber(parameter->high));
  if (is_outside(parameter))
    cJSON_AddTrueToObject(entry, "outside_range");
  cJSON_AddStringToObject(entry, "status", percuta_base_parameters_status(parameter->status));
  cJSON_AddStringToObject(entry, "source", parameter->source);
  cJSON_AddStringToObject(entry, "origin", parameter->origin);
  if (parameter->overridden)
    cJSON_AddTrueToObject(entry, "overridden");
  cJSON_AddStringToObject(entry, "meaning", parameter->meaning);
}

/* The same for programs, where every parameter has every member. */
static void add_parameter_json(const struct percuta_parameter *parameter, cJSON *entry) {
  add_number(entry, "value", parameter->value);
  cJSON_AddStringToObject(entry, "unit", parameter->unit);
  add_number(entry, "low", parameter->low);
  add_number(entry, "high", parameter->high);
  cJSON_AddBoolToObject(entry, "outside_range", is_outside(parameter));
  cJSON_AddStringToObject(entry, "status", percuta_base_parameters_status(parameter->status));
  cJSON_AddStringToObject(entry, "source", parameter->source);
  cJSON_AddStringToObject(entry, "population", parameter->population);
  cJSON_AddStringToObject(entry, "meaning", parameter->meaning);
  (void)percuta_base_diag_json_add_text(entry, "origin", parameter->origin);
  cJSON_AddBoolToObject(entry, "overridden", parameter->overridden);
}

static void add_parameters(const struct percuta_scenario *scenario, bool json, cJSON *root) {
  cJSON *all = cJSON_AddObjectToObject(root, "parameters");
  for (size_t i = 0; i < percuta_base_parameters_count(scenario->parameters); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    (json ? add_parameter_json : add_parameter)(parameter,
                                                cJSON_AddObjectToObject(all, parameter->name));
  }
}

/* A tree of the data files as JSON; as deep as their reader allows. */
static cJSON *tree(const struct percuta_yaml_node *node) {
  if (node->kind == PERCUTA_YAML_SCALAR)
    return cJSON_CreateString(node->text);
  cJSON *out = node->kind == PERCUTA_YAML_MAP ? cJSON_CreateObject() : cJSON_CreateArray();
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next) {
    if (child->key != NULL)
      cJSON_AddItemToObject(out, child->key, tree(child));
    else
      cJSON_AddItemToArray(out, tree(child));
  }
  return out;
}

/* What the catalogue, or the user's own file, says about `id` of a kind, in the object `name`. */
static enum percuta_status add_entry(const struct percuta_scenario *scenario, cJSON *root,
                                     const char *name, enum percuta_kind kind, const char *id) {
  struct percuta_diag *unsaid = NULL;
  struct percuta_entry entry;
  bool found = false;
  if (percuta_base_diag_create(&unsaid) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status = percuta_scenario_files_open(
      &scenario->files, scenario->catalogue, kind, id, unsaid, &found, &entry);
  cJSON *all = cJSON_GetObjectItemCaseSensitive(root, name);
  if (status == PERCUTA_OK && found)
    cJSON_AddItemToObject(all ? all : cJSON_AddObjectToObject(root, name), id, tree(entry.root));
  percuta_base_diag_destroy(&unsaid);
  return status;
}

/* The site, the condition, and the products on the skin with their compounds. */
static enum percuta_status add_entries(const struct percuta_scenario *scenario, cJSON *root) {
  enum percuta_status status = add_entry(scenario, root, "site", PERCUTA_SITES, scenario->site);
  if (status == PERCUTA_OK)
    status = add_entry(scenario, root, "condition", PERCUTA_CONDITIONS, scenario->condition.kind);
  for (int i = 0; i < scenario->files.count && status == PERCUTA_OK; i++) {
    const struct percuta_scenario_file *file = &scenario->files.file[i];
    status =
        add_entry(scenario, root, percuta_catalogue_kind_name(file->kind), file->kind, file->id);
  }
  return status;
}

/* A leaf of the tree as YAML; lists and the objects in them in flow style. */
static void print_flow(const cJSON *item, FILE *stream) {
  if (cJSON_IsString(item)) {
    percuta_input_value_quote(item->valuestring, stream);
    return;
  }
  if (!cJSON_IsArray(item) && !cJSON_IsObject(item)) {
    char *text = cJSON_PrintUnformatted(item);
    fputs(text ? text : "null", stream);
    cJSON_free(text);
    return;
  }
  const bool list = cJSON_IsArray(item);
  fputc(list ? '[' : '{', stream);
  for (const cJSON *child = item->child; child != NULL; child = child->next) {
    if (!list)
      fprintf(stream, "%s: ", child->string);
    print_flow(child, stream);
    if (child->next != NULL)
      fputs(", ", stream);
  }
  fputc(list ? ']' : '}', stream);
}

/* The tree as YAML in block style; it is as deep as `tree` makes it. */
static void print_block(const cJSON *object, int depth, FILE *stream) {
  for (const cJSON *child = object->child; child != NULL; child = child->next) {
    fprintf(stream, "%*s%s:", 2 * depth, "", child->string);
    if (cJSON_IsObject(child) && child->child != NULL) {
      fputc('\n', stream);
      print_block(child, depth + 1, stream);
    } else {
      fputc(' ', stream);
      print_flow(child, stream);
      fputc('\n', stream);
    }
  }
}

enum percuta_status percuta_input_explain_print(const struct percuta_scenario *scenario, bool json,
                                                FILE *stream) {
  cJSON *root = cJSON_CreateObject();
  char hash[32];
  if (json)
    (void)percuta_base_diag_json_add_text(root, "scenario", scenario->path);
  snprintf(hash, sizeof hash, "%016" PRIx64, scenario->hash);
  cJSON_AddStringToObject(root, "hash", hash);
  add_keys(scenario, json, root);
  enum percuta_status status = add_entries(scenario, root);
  add_parameters(scenario, json, root);
  if (json) {
    (void)percuta_base_diag_json_add(root, status, NULL);
    char *text = cJSON_Print(root);
    if (text != NULL)
      fprintf(stream, "%s\n", text);
    else
      status = PERCUTA_MEMORY;
    cJSON_free(text);
  } else {
    print_block(root, 0, stream);
  }
  cJSON_Delete(root);
  return ferror(stream) ? PERCUTA_IO : status;
}

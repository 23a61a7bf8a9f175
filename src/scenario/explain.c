#include "scenario/explain.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/catalogue.h"
#include "scenario/resolve.h"
#include "scenario/value.h"

/* cJSON prints numbers with up to 17 digits; 14 are what a value is stored with. */
static void add_number(cJSON *object, const char *name, double value) {
  char digits[40];
  snprintf(digits, sizeof digits, "%.14g", value);
  cJSON_AddRawToObject(object, name, digits);
}

static void add_passes(const struct percuta_scenario *scenario, cJSON *entry) {
  const struct percuta_key *key =
      percuta_keys_at((size_t)percuta_keys_find("session.passes[].direction"));
  cJSON *list = cJSON_AddArrayToObject(entry, "value");
  for (int i = 0; i < scenario->session.pass_count; i++) {
    cJSON *pass = cJSON_CreateObject();
    add_number(pass, "direction",
               percuta_value_number(scenario->units, key, &scenario->session.passes[i]));
    cJSON_AddItemToArray(list, pass);
  }
  cJSON_AddStringToObject(entry, "unit", key->unit);
}

static void add_value(const struct percuta_scenario *scenario, const struct percuta_key *key,
                      cJSON *entry) {
  char text[PERCUTA_KEYS_TEXT];
  switch (key->type) {
  case PERCUTA_KEY_LIST:
    add_passes(scenario, entry);
    return;
  case PERCUTA_KEY_QUANTITY:
  case PERCUTA_KEY_INTEGER:
    add_number(entry, "value", percuta_value_number(scenario->units, key, scenario));
    break;
  case PERCUTA_KEY_SEED:
  case PERCUTA_KEY_BOOLEAN:
    percuta_value_text(scenario->units, key, scenario, text, sizeof text);
    cJSON_AddRawToObject(entry, "value", text);
    break;
  case PERCUTA_KEY_TEXT:
  case PERCUTA_KEY_NAME:
  case PERCUTA_KEY_CHOICE:
    percuta_value_text(scenario->units, key, scenario, text, sizeof text);
    cJSON_AddStringToObject(entry, "value", text);
    break;
  }
  if (*key->unit != '\0')
    cJSON_AddStringToObject(entry, "unit", key->unit);
}

static void add_keys(const struct percuta_scenario *scenario, cJSON *root) {
  cJSON *keys = cJSON_AddObjectToObject(root, "scenario");
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const char *origin = scenario->provenance->origin[i];
    if (origin == NULL)
      continue;
    const struct percuta_key *key = percuta_keys_at((size_t)i);
    cJSON *entry = cJSON_AddObjectToObject(keys, key->path);
    add_value(scenario, key, entry);
    cJSON_AddStringToObject(entry, "source", origin);
  }
}

static void add_parameters(const struct percuta_scenario *scenario, cJSON *root) {
  cJSON *all = cJSON_AddObjectToObject(root, "parameters");
  for (size_t i = 0; i < percuta_parameters_count(scenario->parameters); i++) {
    const struct percuta_parameter *parameter = percuta_parameters_at(scenario->parameters, i);
    cJSON *entry = cJSON_AddObjectToObject(all, parameter->name);
    add_number(entry, "value", parameter->value);
    cJSON_AddStringToObject(entry, "unit", parameter->unit);
    cJSON *range = cJSON_AddArrayToObject(entry, "range");
    cJSON_AddItemToArray(range, cJSON_CreateNumber(parameter->low));
    cJSON_AddItemToArray(range, cJSON_CreateNumber(parameter->high));
    if (parameter->value < parameter->low || parameter->value > parameter->high)
      cJSON_AddTrueToObject(entry, "outside_range");
    cJSON_AddStringToObject(entry, "status", percuta_parameters_status(parameter->status));
    cJSON_AddStringToObject(entry, "source", parameter->source);
    cJSON_AddStringToObject(entry, "origin", parameter->origin);
    if (parameter->overridden)
      cJSON_AddTrueToObject(entry, "overridden");
    cJSON_AddStringToObject(entry, "meaning", parameter->meaning);
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

/* What the data files say about the site and the condition. */
static enum percuta_status add_skin(const struct percuta_scenario *scenario, cJSON *root) {
  struct percuta_diag *diag = NULL;
  if (percuta_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  struct percuta_catalogue site, condition;
  enum percuta_status status = percuta_catalogue_open_site(scenario->site, diag, &site);
  if (status == PERCUTA_OK && site.entry != NULL)
    cJSON_AddItemToObject(cJSON_AddObjectToObject(root, "site"), scenario->site, tree(site.entry));
  percuta_catalogue_close(&site);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_open_condition(scenario->condition.kind, diag, &condition);
  if (status == PERCUTA_OK) {
    if (condition.entry != NULL)
      cJSON_AddItemToObject(cJSON_AddObjectToObject(root, "condition"), scenario->condition.kind,
                            tree(condition.entry));
    percuta_catalogue_close(&condition);
  }
  percuta_diag_destroy(&diag);
  return status;
}

/* A leaf of the tree as YAML; lists and the objects in them in flow style. */
static void print_flow(const cJSON *item, FILE *stream) {
  if (cJSON_IsString(item)) {
    percuta_value_quote(item->valuestring, stream);
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

enum percuta_status percuta_explain_print(const struct percuta_scenario *scenario, bool json,
                                          FILE *stream) {
  cJSON *root = cJSON_CreateObject();
  char hash[32];
  snprintf(hash, sizeof hash, "%016" PRIx64, scenario->hash);
  cJSON_AddStringToObject(root, "hash", hash);
  add_keys(scenario, root);
  const enum percuta_status status = add_skin(scenario, root);
  add_parameters(scenario, root);
  if (json) {
    char *text = cJSON_Print(root);
    if (text != NULL)
      fprintf(stream, "%s\n", text);
    cJSON_free(text);
  } else {
    print_block(root, 0, stream);
  }
  cJSON_Delete(root);
  return ferror(stream) ? PERCUTA_IO : status;
}

/* The registry of keys as JSON, for `percuta explain --json`. Tested by tests/unit/test_scenario.c
 * and tests/cli/json.sh. */
#include "input/describe.h"

#include <string.h>

static const char *const TYPES[] = {
    [PERCUTA_KEY_TEXT] = "text",       [PERCUTA_KEY_NAME] = "name",
    [PERCUTA_KEY_CHOICE] = "choice",   [PERCUTA_KEY_QUANTITY] = "quantity",
    [PERCUTA_KEY_INTEGER] = "integer", [PERCUTA_KEY_SEED] = "seed",
    [PERCUTA_KEY_BOOLEAN] = "boolean", [PERCUTA_KEY_TIMES] = "times",
    [PERCUTA_KEY_LIST] = "list",       [PERCUTA_KEY_CHOICES] = "choices",
};

static void add_choices(const char *choices, cJSON *object) {
  cJSON *list = cJSON_AddArrayToObject(object, "choices");
  char word[64];
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++)
    cJSON_AddItemToArray(list, cJSON_CreateString(word));
}

void percuta_input_describe_key(const struct percuta_key *key, cJSON *object) {
  const bool name = key->type == PERCUTA_KEY_NAME,
             choice = key->type == PERCUTA_KEY_CHOICE || key->type == PERCUTA_KEY_CHOICES;
  cJSON_AddStringToObject(object, "type", TYPES[key->type]);
  if (name || choice || key->type == PERCUTA_KEY_BOOLEAN) {
    cJSON_AddNullToObject(object, "low");
    cJSON_AddNullToObject(object, "high");
  } else {
    cJSON_AddNumberToObject(object, "low", key->low);
    cJSON_AddNumberToObject(object, "high", key->high);
  }
  cJSON_AddBoolToObject(object, "zero", percuta_input_keys_may_be_zero(key));
  if (choice)
    add_choices(key->choices, object);
  else
    cJSON_AddNullToObject(object, "choices");
  if (name)
    cJSON_AddStringToObject(object, "list", key->choices);
  else
    cJSON_AddNullToObject(object, "list");
  cJSON_AddStringToObject(object, "meaning", key->meaning);
}

void percuta_input_describe_items(const struct percuta_key *list, cJSON *object) {
  cJSON *items = cJSON_AddObjectToObject(object, "items");
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (!percuta_input_keys_is_item(key->path, list->path))
      continue;
    cJSON *item = cJSON_AddObjectToObject(items, percuta_input_keys_leaf(key->path));
    cJSON_AddStringToObject(item, "unit", key->unit);
    percuta_input_describe_key(key, item);
  }
}

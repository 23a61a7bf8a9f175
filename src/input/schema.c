/* The JSON Schema and docs/scenario.md, from the registry.
 * Tests: tests/unit/test_scenario.c, tests/cli/scenario.sh (the page is up to date). */
#include "input/schema.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "input/keys.h"

/* Ids of the data that a NAME is chosen from; a product may also be a file of the user's own. */
static void add_names(const struct percuta_catalogue *catalogue, cJSON *schema, const char *list) {
  const enum percuta_kind kind = percuta_catalogue_kind_named(list);
  struct percuta_entry entry;
  const char *id = NULL;
  if (kind == PERCUTA_PRODUCTS) {
    cJSON *either = cJSON_AddArrayToObject(schema, "anyOf");
    cJSON *own = cJSON_CreateObject();
    cJSON_AddStringToObject(own, "type", "string");
    cJSON_AddItemToArray(either, schema = cJSON_CreateObject());
    cJSON_AddItemToArray(either, own);
  }
  cJSON *ids = cJSON_AddArrayToObject(schema, "enum");
  for (size_t i = 0; percuta_catalogue_at(catalogue, kind, i, &id, &entry); i++)
    cJSON_AddItemToArray(ids, cJSON_CreateString(id));
}

/* The choices; true and false without quotes are no words to a reader of YAML. */
static void add_choices(cJSON *schema, const char *choices) {
  cJSON *list = cJSON_AddArrayToObject(schema, "enum");
  char word[64];
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++) {
    cJSON_AddItemToArray(list, cJSON_CreateString(word));
    if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
      cJSON_AddItemToArray(list, cJSON_CreateBool(strcmp(word, "true") == 0));
  }
}

/* A quantity is a number with a unit; a pure number may also be a bare one. */
static void add_quantity(cJSON *schema, const struct percuta_key *key) {
  static const char NUMBER[] = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?";
  char pattern[128];
  if (strcmp(key->unit, "1") == 0) {
    cJSON_AddStringToObject(schema, "type", "number");
    cJSON_AddNumberToObject(schema, "minimum", key->low);
    cJSON_AddNumberToObject(schema, "maximum", key->high);
    return;
  }
  snprintf(pattern, sizeof pattern, "^\\s*%s\\s*[^\\d\\s].*$", NUMBER);
  cJSON_AddStringToObject(schema, "type", "string");
  cJSON_AddStringToObject(schema, "pattern", pattern);
}

static void fill_schema(const struct percuta_catalogue *catalogue, cJSON *schema,
                        const struct percuta_key *key) {
  switch (key->type) {
  case PERCUTA_KEY_TEXT:
    cJSON_AddStringToObject(schema, "type", "string");
    cJSON_AddNumberToObject(schema, "maxLength", key->high);
    break;
  case PERCUTA_KEY_NAME:
    add_names(catalogue, schema, key->choices);
    break;
  case PERCUTA_KEY_CHOICE:
    add_choices(schema, key->choices);
    break;
  case PERCUTA_KEY_QUANTITY:
    add_quantity(schema, key);
    break;
  case PERCUTA_KEY_INTEGER:
  case PERCUTA_KEY_SEED:
    cJSON_AddStringToObject(schema, "type", "integer");
    cJSON_AddNumberToObject(schema, "minimum", key->low);
    cJSON_AddNumberToObject(schema, "maximum", key->high);
    break;
  case PERCUTA_KEY_BOOLEAN:
    cJSON_AddStringToObject(schema, "type", "boolean");
    break;
  case PERCUTA_KEY_LIST:
    cJSON_AddStringToObject(schema, "type", "array");
    cJSON_AddNumberToObject(schema, "minItems", key->low);
    cJSON_AddNumberToObject(schema, "maxItems", key->high);
    break;
  }
}

static cJSON *add_object(cJSON *properties, const char *name, const char *meaning) {
  cJSON *schema = cJSON_AddObjectToObject(properties, name);
  cJSON_AddStringToObject(schema, "type", "object");
  cJSON_AddStringToObject(schema, "description", meaning);
  cJSON_AddFalseToObject(schema, "additionalProperties");
  return schema;
}

static void add_items(const struct percuta_catalogue *catalogue, cJSON *schema,
                      const struct percuta_key *list);

static void add_key(const struct percuta_catalogue *catalogue, cJSON *properties,
                    const struct percuta_key *key) {
  cJSON *schema = cJSON_AddObjectToObject(properties, percuta_input_keys_leaf(key->path));
  char allowed[PERCUTA_KEYS_TEXT], text[2 * PERCUTA_KEYS_TEXT];
  percuta_input_keys_allowed(key, allowed, sizeof allowed);
  snprintf(text, sizeof text, "%s Allowed: %s.", key->meaning, allowed);
  cJSON_AddStringToObject(schema, "description", text);
  fill_schema(catalogue, schema, key);
  if (key->type == PERCUTA_KEY_LIST)
    add_items(catalogue, schema, key);
}

/* What an entry of the list holds; an item is no list, so this goes no deeper. */
static void add_items(const struct percuta_catalogue *catalogue, cJSON *schema,
                      const struct percuta_key *list) {
  cJSON *item = add_object(schema, "items", "One entry.");
  cJSON *properties = cJSON_AddObjectToObject(item, "properties");
  cJSON *required = cJSON_AddArrayToObject(item, "required");
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (!percuta_input_keys_is_item(key->path, list->path))
      continue;
    add_key(catalogue, properties, key);
    if (key->fallback == NULL)
      cJSON_AddItemToArray(required, cJSON_CreateString(percuta_input_keys_leaf(key->path)));
  }
}

static void add_parameters(const struct percuta_catalogue *catalogue, cJSON *properties) {
  const struct percuta_parameters *set = percuta_catalogue_parameters(catalogue);
  for (size_t i = 0; i < percuta_base_parameters_count(set); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    cJSON *schema = cJSON_AddObjectToObject(properties, parameter->name);
    cJSON *types = cJSON_AddArrayToObject(schema, "type");
    cJSON_AddItemToArray(types, cJSON_CreateString("string"));
    cJSON_AddItemToArray(types, cJSON_CreateString("number"));
    char text[PERCUTA_KEYS_TEXT];
    snprintf(text, sizeof text, "%s; %g [%s]", parameter->meaning, parameter->value,
             parameter->unit);
    cJSON_AddStringToObject(schema, "description", text);
  }
}

/* Adds the keys and sections directly in `parent` to `schema`, and theirs to them: as deep as the
 * registry's paths. */
static void add_section(const struct percuta_catalogue *catalogue, cJSON *schema,
                        const char *parent) {
  cJSON *properties = cJSON_AddObjectToObject(schema, "properties");
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (percuta_input_keys_is_child(key->path, parent) && strchr(key->path, '[') == NULL)
      add_key(catalogue, properties, key);
  }
  for (size_t i = 0; i < PERCUTA_KEYS_SECTIONS; i++) {
    const struct percuta_section *section = percuta_input_keys_section_at(i);
    if (!percuta_input_keys_is_child(section->path, parent))
      continue;
    cJSON *child = add_object(properties, percuta_input_keys_leaf(section->path), section->meaning);
    if (strcmp(section->path, "parameters") == 0)
      add_parameters(catalogue, cJSON_AddObjectToObject(child, "properties"));
    else
      add_section(catalogue, child, section->path);
  }
}

enum percuta_status percuta_input_schema_print(const struct percuta_catalogue *catalogue,
                                               FILE *stream) {
  cJSON *root = cJSON_CreateObject();
  cJSON_AddStringToObject(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
  cJSON_AddStringToObject(root, "title", "Percuta scenario");
  cJSON_AddStringToObject(root, "type", "object");
  cJSON_AddFalseToObject(root, "additionalProperties");
  cJSON *required = cJSON_AddArrayToObject(root, "required");
  cJSON_AddItemToArray(required, cJSON_CreateString("percuta"));
  cJSON_AddItemToArray(required, cJSON_CreateString("person"));
  cJSON_AddItemToArray(required, cJSON_CreateString("skin"));
  cJSON_AddItemToArray(required, cJSON_CreateString("device"));
  add_section(catalogue, root, "");
  char *text = cJSON_Print(root);
  const enum percuta_status status = text != NULL ? PERCUTA_OK : PERCUTA_MEMORY;
  if (text != NULL)
    fprintf(stream, "%s\n", text);
  cJSON_free(text);
  cJSON_Delete(root);
  return status;
}

/* A word for the default of a key, and where it comes from. */
static void print_default(const struct percuta_key *key, FILE *stream) {
  const bool device = strncmp(key->path, "device.", 7) == 0;
  const bool condition = strncmp(key->path, "skin.condition.", 15) == 0;
  if (key->fallback == NULL)
    fputs(device      ? "from the preset, else required"
          : condition ? "from the condition"
                      : "required",
          stream);
  else if (key->fallback[0] == '\0')
    fputs("none", stream);
  else
    fprintf(stream, "`%s` (%s)", key->fallback, key->source);
}

static void print_row(const struct percuta_key *key, FILE *stream) {
  char allowed[PERCUTA_KEYS_TEXT];
  percuta_input_keys_allowed(key, allowed, sizeof allowed);
  fprintf(stream, "| `%s` | %s", key->path, key->meaning);
  const char *choices = NULL;
  const int when = percuta_input_keys_when(key, &choices);
  if (when >= 0 && percuta_input_keys_when_any(choices)) {
    fprintf(stream, " Only with a `%s`.", percuta_input_keys_at((size_t)when)->path);
  } else if (when >= 0) {
    char words[PERCUTA_KEYS_TEXT];
    percuta_input_keys_choices_in_words(choices, words, sizeof words);
    fprintf(stream, " Only with `%s` %s.", percuta_input_keys_at((size_t)when)->path, words);
  }
  fprintf(stream, " | %s | ", allowed);
  print_default(key, stream);
  fputs(" |\n", stream);
}

static void print_table(const char *parent, FILE *stream) {
  fputs("| key | meaning | allowed | default |\n|---|---|---|---|\n", stream);
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    char section[PERCUTA_KEYS_TEXT];
    snprintf(section, sizeof section, "%s", key->path);
    char *end = strstr(section, "[].");
    if (end != NULL)
      *end = '\0'; /* items stand with their list */
    if (percuta_input_keys_is_child(section, parent))
      print_row(key, stream);
  }
  fputc('\n', stream);
}

enum percuta_status percuta_input_schema_print_reference(FILE *stream) {
  fputs(
      "# Scenario reference\n\n"
      "This page is generated by `percuta schema --reference`; do not edit it.\n\n"
      "A scenario is a YAML file. A quantity is a number and a unit, such as `1.5 mm`; any unit "
      "of\n"
      "the same dimension will do. A week is 7 days, a month 365/12 days, a year 365 days. A key\n"
      "that does not exist, or that would do nothing, is an error. `percuta check` reports all\n"
      "mistakes at once, and `percuta explain` shows every value as it will be used.\n\n"
      "## At the top\n\n",
      stream);
  print_table("", stream);
  for (size_t i = 0; i < PERCUTA_KEYS_SECTIONS; i++) {
    const struct percuta_section *section = percuta_input_keys_section_at(i);
    fprintf(stream, "## `%s`\n\n%s\n\n", section->path, section->meaning);
    if (strcmp(section->path, "parameters") != 0)
      print_table(section->path, stream);
  }
  fputs("```yaml\nparameters:\n  koppenol.signal_diffusivity: 3e-3 cm^2/day\n```\n\n"
        "The text is a number and a unit of the parameter's dimension; a value outside the "
        "plausible\n"
        "range is used and reported as such by `percuta explain`.\n",
        stream);
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

/* The JSON Schema and docs/scenario.md, from the registry.
 * Tests: tests/unit/test_keys.c, tests/cli/scenario.sh (the page is up to date). */
#include "input/schema.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "input/conditions.h"
#include "input/keys.h"
#include "input/pattern.h"

static void add_pattern(cJSON *schema, char *pattern, const char *allowed) {
  cJSON_AddStringToObject(schema, "type", "string");
  cJSON_AddStringToObject(schema, "pattern", pattern ? pattern : "");
  if (allowed != NULL) /* which editors show in place of the pattern */
    cJSON_AddStringToObject(schema, "patternErrorMessage", allowed);
  free(pattern);
}

/* One more of the schemas of which a value must meet one. */
static cJSON *add_alternative(cJSON *schema) {
  cJSON *list = cJSON_GetObjectItemCaseSensitive(schema, "anyOf");
  if (list == NULL)
    list = cJSON_AddArrayToObject(schema, "anyOf");
  cJSON *alternative = cJSON_CreateObject();
  cJSON_AddItemToArray(list, alternative);
  return alternative;
}

/* The ids of a kind; of products those that numb, or the others. */
static void add_ids(const struct percuta_catalogue *catalogue, enum percuta_kind kind, bool numbing,
                    cJSON *ids) {
  struct percuta_entry entry;
  const char *id = NULL;
  for (size_t i = 0; percuta_catalogue_at(catalogue, kind, i, &id, &entry); i++)
    if (kind != PERCUTA_PRODUCTS ||
        (strcmp(percuta_base_yaml_text(entry.root, "kind", ""), "numbing") == 0) == numbing)
      cJSON_AddItemToArray(ids, cJSON_CreateString(id));
}

/* Ids of the data that a NAME is chosen from; a product may also be a file of the user's own, of
 * another name, or none. */
static void add_names(const struct percuta_catalogue *catalogue, cJSON *schema,
                      const struct percuta_key *key) {
  const enum percuta_kind kind = percuta_catalogue_kind_named(key->choices);
  const bool product = kind == PERCUTA_PRODUCTS;
  const bool numbing = product && strncmp(key->path, "session.numbing.", 16) == 0;
  add_ids(catalogue, kind, numbing,
          cJSON_AddArrayToObject(product ? add_alternative(schema) : schema, "enum"));
  if (!product)
    return;
  cJSON *own = add_alternative(schema), *others = cJSON_AddObjectToObject(own, "not");
  add_pattern(own, strdup("^[A-Za-z0-9_%-][A-Za-z0-9._%-]{0,62}$"), NULL);
  add_ids(catalogue, kind, !numbing, cJSON_AddArrayToObject(others, "enum"));
  if (key->fallback != NULL) {
    cJSON *nothing = cJSON_AddArrayToObject(add_alternative(schema), "enum");
    cJSON_AddItemToArray(nothing, cJSON_CreateString(""));
    cJSON_AddItemToArray(nothing, cJSON_CreateNull());
  }
}

/* What readers of YAML 1.1 and 1.2 make of a word for true or false: the truth, or the text. */
static void add_truth(cJSON *list, bool truth) {
  static const char *const words[2][9] = {
      {"false", "False", "FALSE", "off", "Off", "OFF", "no", "No", "NO"},
      {"true", "True", "TRUE", "on", "On", "ON", "yes", "Yes", "YES"}};
  cJSON_AddItemToArray(list, cJSON_CreateBool(truth));
  for (int i = 0; i < 9; i++)
    cJSON_AddItemToArray(list, cJSON_CreateString(words[truth][i]));
}

/* The choices, of which true and on, false and off are no words to a reader of YAML. */
static void add_choices(cJSON *schema, const char *choices) {
  cJSON *list = cJSON_AddArrayToObject(schema, "enum");
  char word[64];
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++) {
    const bool yes = strcmp(word, "true") == 0 || strcmp(word, "on") == 0;
    if (yes || strcmp(word, "false") == 0 || strcmp(word, "off") == 0)
      add_truth(list, yes);
    else
      cJSON_AddItemToArray(list, cJSON_CreateString(word));
  }
}

/* The pattern, which it releases, or any of the key's names. */
static char *or_names(char *pattern, const struct percuta_key *key) {
  char names[PERCUTA_KEYS_TEXT];
  percuta_input_keys_names(key, names, sizeof names);
  const size_t size = strlen(pattern) + strlen(names) + sizeof "|^(?:)$";
  char *both = malloc(size);
  if (both != NULL)
    snprintf(both, size, "%s|^(?:%s)$", pattern, names);
  free(pattern);
  return both;
}

/* A quantity is text with a unit; a pure number may also be a number. */
static void add_quantity(const struct percuta_catalogue *catalogue, cJSON *schema,
                         const struct percuta_key *key, const char *allowed) {
  char *pattern = percuta_input_pattern_quantity(percuta_catalogue_units(catalogue), key);
  if (pattern != NULL && percuta_input_keys_has_names(key))
    pattern = or_names(pattern, key);
  if (strcmp(key->unit, "1") != 0) {
    add_pattern(schema, pattern, allowed);
    return;
  }
  cJSON *number = add_alternative(schema);
  cJSON_AddStringToObject(number, "type", "number");
  cJSON_AddNumberToObject(number, "minimum", key->low);
  cJSON_AddNumberToObject(number, "maximum", key->high);
  add_pattern(add_alternative(schema), pattern, allowed);
}

/* A whole number, or its text. */
static void add_whole(cJSON *schema, const struct percuta_key *key, const char *allowed) {
  const bool seed = key->type == PERCUTA_KEY_SEED;
  cJSON *number = add_alternative(schema);
  char pattern[64];
  cJSON_AddStringToObject(number, "type", "integer");
  cJSON_AddNumberToObject(number, "minimum", key->low);
  if (seed)
    cJSON_AddRawToObject(number, "maximum", "18446744073709551615");
  else
    cJSON_AddNumberToObject(number, "maximum", key->high);
  cJSON *text = add_alternative(schema);
  snprintf(pattern, sizeof pattern, seed ? "^\\d{1,19}(?:\\.0*)?$" : "^[-+]?\\d+(?:\\.0*)?$");
  if (seed) {
    add_pattern(text, strdup(pattern), allowed);
    return;
  }
  add_pattern(text, percuta_input_pattern_number(key->low, key->high), allowed);
  cJSON *both = cJSON_AddArrayToObject(text, "allOf"), *whole = cJSON_CreateObject();
  cJSON_AddItemToArray(both, whole);
  cJSON_AddStringToObject(whole, "pattern", pattern);
}

/* Text, which a reader of YAML may take for something else. */
static void add_text(cJSON *schema, const struct percuta_key *key) {
  cJSON *types = cJSON_AddArrayToObject(schema, "type");
  static const char *const all[] = {"string", "number", "boolean", "null"};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    cJSON_AddItemToArray(types, cJSON_CreateString(all[i]));
  cJSON_AddNumberToObject(schema, "maxLength", key->high);
}

/* A list, or a name for one. */
static void add_list_or_name(cJSON *schema, const struct percuta_key *key) {
  char names[PERCUTA_KEYS_TEXT], pattern[PERCUTA_KEYS_TEXT + 8];
  cJSON *types = cJSON_AddArrayToObject(schema, "type");
  cJSON_AddItemToArray(types, cJSON_CreateString("array"));
  cJSON_AddItemToArray(types, cJSON_CreateString("string"));
  percuta_input_keys_names(key, names, sizeof names);
  snprintf(pattern, sizeof pattern, "^(?:%s)$", names);
  cJSON_AddStringToObject(schema, "pattern", pattern);
}

static void fill_schema(const struct percuta_catalogue *catalogue, cJSON *schema,
                        const struct percuta_key *key, const char *allowed) {
  switch (key->type) {
  case PERCUTA_KEY_TEXT:
    add_text(schema, key);
    break;
  case PERCUTA_KEY_NAME:
    add_names(catalogue, schema, key);
    break;
  case PERCUTA_KEY_CHOICE:
    add_choices(schema, key->choices);
    break;
  case PERCUTA_KEY_QUANTITY:
    add_quantity(catalogue, schema, key, allowed);
    break;
  case PERCUTA_KEY_INTEGER:
  case PERCUTA_KEY_SEED:
    add_whole(schema, key, allowed);
    break;
  case PERCUTA_KEY_BOOLEAN:
    add_choices(schema, "true|false");
    break;
  case PERCUTA_KEY_CHOICES:
    cJSON_AddStringToObject(schema, "type", "array");
    cJSON_AddTrueToObject(schema, "uniqueItems");
    add_choices(cJSON_AddObjectToObject(schema, "items"), key->choices);
    break;
  case PERCUTA_KEY_TIMES:
    cJSON_AddStringToObject(schema, "type", "array");
    cJSON_AddNumberToObject(schema, "maxItems", PERCUTA_MAX_TIMES);
    add_quantity(catalogue, cJSON_AddObjectToObject(schema, "items"), key, allowed);
    break;
  case PERCUTA_KEY_LIST:
    if (percuta_input_keys_has_names(key))
      add_list_or_name(schema, key);
    else
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
  fill_schema(catalogue, schema, key, allowed);
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
    char text[PERCUTA_KEYS_TEXT];
    snprintf(text, sizeof text, "%s; %g [%s]", parameter->meaning, parameter->value,
             parameter->unit);
    cJSON_AddStringToObject(schema, "description", text);
    if (strcmp(parameter->unit, "1") == 0)
      cJSON_AddStringToObject(add_alternative(schema), "type", "number");
    add_pattern(strcmp(parameter->unit, "1") == 0 ? add_alternative(schema) : schema,
                percuta_input_pattern_any(percuta_catalogue_units(catalogue), parameter->unit),
                NULL);
  }
}

/* The keys directly in `parent` that every scenario has; those of a device hang on the preset. */
static void add_required(cJSON *schema, const char *parent) {
  cJSON *required = cJSON_CreateArray();
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (percuta_input_keys_is_child(key->path, parent) && key->fallback == NULL &&
        *key->when == '\0' && strncmp(key->path, "device.", 7) != 0)
      cJSON_AddItemToArray(required, cJSON_CreateString(percuta_input_keys_leaf(key->path)));
  }
  static const char *const sections[] = {"person", "skin", "device"};
  for (size_t i = 0; *parent == '\0' && i < sizeof sections / sizeof *sections; i++)
    cJSON_AddItemToArray(required, cJSON_CreateString(sections[i]));
  if (cJSON_GetArraySize(required) > 0)
    cJSON_AddItemToObject(schema, "required", required);
  else
    cJSON_Delete(required);
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
  add_required(schema, parent);
}

enum percuta_status percuta_input_schema_print(const struct percuta_catalogue *catalogue,
                                               FILE *stream) {
  cJSON *root = cJSON_CreateObject();
  cJSON_AddStringToObject(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
  cJSON_AddStringToObject(root, "title", "Percuta scenario");
  cJSON_AddStringToObject(root, "type", "object");
  cJSON_AddFalseToObject(root, "additionalProperties");
  add_section(catalogue, root, "");
  percuta_input_conditions_add(catalogue, root);
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
      "the same dimension will do, spelled out (`weeks`), in symbols (`um`, `µm`) or as papers "
      "have it\n"
      "(`45 yo`, `4 wks`, `3 mo`). A week is 7 days, a month 365/12 days, a year 365 days. "
      "Revolutions,\n"
      "cycles and strokes are counted: `3000 rpm` are 50 Hz; an angle is none of them: `314 rad/s` "
      "is no\n"
      "frequency. A share is written `5 %`. The decimal point is `.`, and thousands have no mark. "
      "True and\n"
      "false may be written as YAML 1.1 or 1.2 has them (`true`, `on`, `yes`), whole numbers as "
      "`4` or\n"
      "`4.0`. A key that does not exist, or that would do nothing, is an error. `percuta check` "
      "reports all\n"
      "mistakes at once, tells what a run will take of memory, disk and time, and `percuta "
      "explain` shows\n"
      "every value as it will be used.\n\n"
      "`--set KEY=VALUE` changes one value from the command line, `--set "
      "session.passes[0].direction=\"45 deg\"`\n"
      "one of an entry of a list, counted from 0; the number behind the last entry adds one. `-` "
      "in place of\n"
      "the file reads standard input.\n\n"
      "`percuta schema` prints the same rules for editors, as JSON Schema: keys, which of them go "
      "together,\n"
      "units and ranges. It knows the units that people use, fewer than are read; what depends on "
      "two numbers\n"
      "(a taper longer than the needle, a session after the end) only `percuta check` can tell.\n\n"
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

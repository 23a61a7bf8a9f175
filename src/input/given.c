/* Sorts what the file and every --set give by key; what is no key is said here.
 * Tests: tests/unit/test_scenario.c, tests/robustness. */
#include "input/given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ITEMS = 1000 };

/* Options of the command line that stand for a key. */
static const struct {
  const char *option, *key;
} SHORT[] = {{"--fidelity", "model.fidelity"},
             {"--draws", "model.draws"},
             {"--site", "skin.site"},
             {"--age", "person.age"},
             {"--force", "session.force"}};

/* Where a tree of nodes comes from, and what is filled from it. */
struct walk {
  struct percuta_given *given;
  struct percuta_diag *diag;
  const char *file;
  bool from_option; /* else every node has its own line and column */
  int line;         /* of an option: its number; 0: it stands once */
  enum percuta_status status;
};

static struct percuta_place place_of(const struct walk *walk, int line, int column) {
  if (walk->from_option)
    return (struct percuta_place){.file = walk->file, .line = walk->line};
  return (struct percuta_place){.file = walk->file, .line = line, .column = column};
}

/* "keys here: a, b, c" for the keys and groups that stand directly in `parent`. */
static void list_children(const char *parent, char *out, size_t size) {
  size_t used = (size_t)snprintf(out, size, "keys here: ");
  const char *joint = "";
  for (int i = 0; i < PERCUTA_KEYS_COUNT && used < size; i++) {
    const char *path = percuta_input_keys_at((size_t)i)->path;
    if (percuta_input_keys_is_child(path, parent)) {
      used +=
          (size_t)snprintf(out + used, size - used, "%s%s", joint, percuta_input_keys_leaf(path));
      joint = ", ";
    }
  }
  for (size_t i = 0; i < PERCUTA_KEYS_SECTIONS && used < size; i++) {
    const char *path = percuta_input_keys_section_at(i)->path;
    if (percuta_input_keys_is_child(path, parent)) {
      used +=
          (size_t)snprintf(out + used, size - used, "%s%s", joint, percuta_input_keys_leaf(path));
      joint = ", ";
    }
  }
}

/* "did you mean `session.passes[0].direction`?" */
static void say_nearest(const char *nearest, char *out, size_t size) {
  const char *any = strstr(nearest, "[]");
  const int before = any ? (int)(any - nearest) : (int)strlen(nearest);
  snprintf(out, size, "did you mean `%.*s%s%s`?", before, nearest, any ? "[0]" : "",
           any ? any + 2 : "");
}

/* The path as the registry writes it: "session.passes[].angle" for "session.passes[0].angle" and,
 * where the brackets were forgotten, for "session.passes.angle". */
static void write_plain(const char *path, char *out, size_t size) {
  const char *open = strchr(path, '['), *close = open ? strchr(open, ']') : NULL;
  const char *leaf = percuta_input_keys_leaf(path);
  char parent[PERCUTA_KEYS_TEXT];
  snprintf(parent, sizeof parent, "%.*s", leaf > path ? (int)(leaf - path) - 1 : 0, path);
  if (close != NULL)
    snprintf(out, size, "%.*s[]%s", (int)(open - path), path, close + 1);
  else if (percuta_input_keys_list_find(parent) != NULL)
    snprintf(out, size, "%.200s[].%.200s", parent, leaf);
  else
    snprintf(out, size, "%s", path);
}

void percuta_input_given_report_unknown(struct percuta_diag *diag, struct percuta_place place,
                                        const char *written, const char *shown, const char *given) {
  char parent[PERCUTA_KEYS_TEXT], path[PERCUTA_KEYS_TEXT];
  write_plain(written, path, sizeof path);
  snprintf(parent, sizeof parent, "%s", path);
  char *dot = strrchr(parent, '.');
  *(dot ? dot : parent) = '\0';
  const bool item = strchr(parent, '[') != NULL;
  while (*parent != '\0' && !item && percuta_input_keys_find_section(parent) < 0) {
    dot = strrchr(parent, '.');
    *(dot ? dot : parent) = '\0';
  }
  char allowed[2 * PERCUTA_KEYS_TEXT];
  list_children(parent, allowed, sizeof allowed);
  char hint[PERCUTA_KEYS_TEXT] = "";
  const char *nearest = percuta_input_keys_nearest(path);
  if (nearest != NULL && strcmp(nearest, written) == 0)
    snprintf(hint, sizeof hint, "write `%.100s:` with `%.100s:` below it", parent,
             percuta_input_keys_leaf(path));
  else if (nearest != NULL)
    say_nearest(nearest, hint, sizeof hint);
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_KEY,
                                                        .place = place,
                                                        .key = shown,
                                                        .what = "there is no such key",
                                                        .given = given,
                                                        .allowed = allowed,
                                                        .hint = hint});
}

static void add_parameter(struct walk *walk, const char *name, const struct percuta_yaml_node *node,
                          struct percuta_place place) {
  struct percuta_given *given = walk->given;
  struct percuta_given_parameter *grown =
      realloc(given->parameter, (given->parameter_count + 1) * sizeof *grown);
  if (grown == NULL) {
    walk->status = PERCUTA_MEMORY;
    return;
  }
  given->parameter = grown;
  grown[given->parameter_count++] =
      (struct percuta_given_parameter){.name = name, .node = node, .place = place};
}

static void take_parameters(struct walk *walk, const struct percuta_yaml_node *map) {
  for (const struct percuta_yaml_node *child = map->child; child; child = child->next)
    add_parameter(walk, child->key, child, place_of(walk, child->line, child->column));
}

static void take_section(struct walk *walk, const char *path, const struct percuta_yaml_node *node);

/* Files what stands in section number `section`, given as `node`. */
static void take_group(struct walk *walk, int section, struct percuta_place place,
                       const struct percuta_yaml_node *node) {
  const char *path = percuta_input_keys_section_at((size_t)section)->path;
  const bool parameters = strcmp(path, "parameters") == 0;
  if (node->kind == PERCUTA_YAML_MAP) {
    if (parameters)
      take_parameters(walk, node);
    else
      take_section(walk, path, node);
    return;
  }
  char allowed[2 * PERCUTA_KEYS_TEXT] = "parameter names with their values";
  if (!parameters)
    list_children(path, allowed, sizeof allowed);
  walk->given->section_broken[section] = true;
  percuta_base_diag_add(walk->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                                              .place = place,
                                                              .key = path,
                                                              .what = "needs keys below it",
                                                              .given = node->text,
                                                              .allowed = allowed});
}

/* Files what stands in map `node`, the section `path` ("" is the whole scenario). Goes no deeper
 * than the registry's sections. */
static void take_section(struct walk *walk, const char *path,
                         const struct percuta_yaml_node *node) {
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next) {
    char full[PERCUTA_KEYS_TEXT];
    const int length = snprintf(full, sizeof full, "%s%s%s", path, *path ? "." : "", child->key);
    const struct percuta_place place = place_of(walk, child->line, child->column);
    const bool one_word = strchr(child->key, '.') == NULL && length < (int)sizeof full;
    const int key = one_word ? percuta_input_keys_find(full) : -1;
    const int section = one_word ? percuta_input_keys_find_section(full) : -1;
    const struct percuta_place key_place = place_of(walk, child->key_line, child->key_column);
    if (section >= 0)
      walk->given->section[section] = key_place;
    if (key >= 0 && strchr(full, '[') == NULL) {
      walk->given->key[key] = (struct percuta_given_entry){.node = child, .place = place};
    } else if (section >= 0) {
      take_group(walk, section, place, child);
    } else {
      percuta_input_given_report_unknown(walk->diag, key_place, full, full, child->key);
    }
  }
}

/* Keeps a document, so that its nodes can be borrowed; takes ownership, also on failure. */
static enum percuta_status keep_document(struct percuta_given *given,
                                         struct percuta_yaml_node *document) {
  struct percuta_yaml_node **grown =
      realloc(given->document, (given->document_count + 1) * sizeof(struct percuta_yaml_node *));
  if (grown == NULL) {
    percuta_base_yaml_destroy(&document);
    return PERCUTA_MEMORY;
  }
  given->document = grown;
  given->document[given->document_count++] = document;
  return PERCUTA_OK;
}

/* Parses the text and keeps the document, a map, whose root is *out. */
static enum percuta_status parse_map(struct percuta_given *given, const char *path,
                                     const char *text, size_t length,
                                     const struct percuta_mistake *no_map,
                                     struct percuta_diag *diag, struct percuta_yaml_node **out) {
  struct percuta_yaml_node *root = NULL;
  PERCUTA_TRY(
      percuta_base_yaml_parse(text, length, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root));
  PERCUTA_TRY(keep_document(given, root));
  given->file = path;
  *out = root;
  if (root->kind == PERCUTA_YAML_MAP)
    return PERCUTA_OK;
  struct percuta_mistake mistake = *no_map;
  mistake.place = (struct percuta_place){path, root->line, root->column};
  mistake.given = root->text;
  mistake.allowed = "a map of keys";
  percuta_base_diag_add(diag, &mistake);
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_input_given_parse(struct percuta_given *given, const char *path,
                                              const char *text, size_t length,
                                              struct percuta_diag *diag) {
  static const struct percuta_mistake no_map = {
      .code = PERCUTA_CODE_WRONG_KIND,
      .what = "this is not a scenario",
      .hint = "begin with `percuta: 1`; see examples/first-session.yaml"};
  struct percuta_yaml_node *root = NULL;
  PERCUTA_TRY(parse_map(given, path, text, length, &no_map, diag, &root));
  struct walk walk = {.given = given, .diag = diag, .file = path};
  take_section(&walk, "", root);
  return walk.status;
}

/* Whether a map has a key of a scenario's first level. */
static bool is_scenario(const struct percuta_yaml_node *root) {
  for (const struct percuta_yaml_node *child = root->child; child; child = child->next)
    if (percuta_input_keys_find_section(child->key) >= 0 ||
        percuta_input_keys_find(child->key) >= 0)
      return true;
  return false;
}

/* Whether it is an entry as data/devices/ has it: {needle_length: {value: 1.5 mm}}. */
static bool is_entry(const struct percuta_yaml_node *root) {
  for (const struct percuta_yaml_node *child = root->child; child; child = child->next)
    if (strcmp(child->key, "needle_length") == 0 || percuta_base_yaml_get(child, "value") != NULL)
      return true;
  return false;
}

/* The key of a scenario that a property of an entry is. */
static void name_property(const char *property, char *out, size_t size) {
  static const char LENGTH[] = "needle_length";
  snprintf(out, size, "device.needle.%.200s", strcmp(property, LENGTH) == 0 ? "length" : property);
  if (percuta_input_keys_find(out) < 0)
    snprintf(out, size, "device.%.200s", property);
  if (strcmp(property, "name") == 0)
    snprintf(out, size, "title");
}

/* Files the properties of an entry, each with its `value` or as it stands. */
static void take_entry(struct walk *walk, const struct percuta_yaml_node *root) {
  static const char *const words[] = {"known", "source"};
  for (const struct percuta_yaml_node *child = root->child; child; child = child->next) {
    char path[PERCUTA_KEYS_TEXT];
    bool word = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      word = word || strcmp(child->key, words[i]) == 0;
    if (word)
      continue;
    name_property(child->key, path, sizeof path);
    const int key = percuta_input_keys_find(path);
    const struct percuta_yaml_node *value = percuta_base_yaml_get(child, "value");
    if (value == NULL)
      value = child;
    if (key >= 0)
      walk->given->key[key] = (struct percuta_given_entry){
          .node = value, .place = place_of(walk, value->line, value->column)};
    else
      percuta_input_given_report_unknown(walk->diag,
                                         place_of(walk, child->key_line, child->key_column), path,
                                         child->key, child->key);
  }
}

/* What a scenario must have and a device does not. */
static enum percuta_status fill_in(struct percuta_given *given, struct percuta_diag *diag) {
  static const char *const usual[][2] = {{"percuta", "percuta=1"},
                                         {"person.age", "person.age=45 years"},
                                         {"person.sex", "person.sex=female"},
                                         {"skin.site", "skin.site=cheek"}};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
    if (given->key[percuta_input_keys_find(usual[i][0])].node == NULL)
      PERCUTA_TRY(percuta_input_given_set(given, usual[i][1], 0, diag));
  return PERCUTA_OK;
}

enum percuta_status percuta_input_given_parse_device(struct percuta_given *given, const char *path,
                                                     const char *text, size_t length,
                                                     struct percuta_diag *diag) {
  static const struct percuta_mistake no_map = {
      .code = PERCUTA_CODE_WRONG_KIND,
      .what = "this is not a device",
      .hint = "begin with `device:` and its keys below; `percuta help device` shows one"};
  struct percuta_yaml_node *root = NULL;
  PERCUTA_TRY(parse_map(given, path, text, length, &no_map, diag, &root));
  struct walk walk = {.given = given, .diag = diag, .file = path};
  if (is_scenario(root))
    take_section(&walk, "", root);
  else if (is_entry(root))
    take_entry(&walk, root);
  else
    take_section(&walk, "device", root);
  return walk.status == PERCUTA_OK ? fill_in(given, diag) : walk.status;
}

/* The list, entry and leaf of a path such as "session.passes[0].direction"; false when it is none.
 */
static bool split_item(const char *path, struct percuta_given_item *out, char *leaf, size_t size) {
  char list[PERCUTA_KEYS_TEXT], *end = NULL;
  const char *open = strchr(path, '[');
  if (open == NULL || open[1] < '0' || open[1] > '9')
    return false;
  snprintf(list, sizeof list, "%.*s", (int)(open - path), path);
  out->key = percuta_input_keys_find(list);
  const long index = strtol(open + 1, &end, 10);
  if (out->key < 0 || percuta_input_keys_list_find(list) == NULL || index > MOST_ITEMS ||
      *end != ']' || (end[1] != '\0' && end[1] != '.'))
    return false;
  out->index = (int)index;
  snprintf(leaf, size, "%s", end[1] == '.' ? end + 2 : "");
  snprintf(list + strlen(list), sizeof list - strlen(list), "[].%.200s", leaf);
  return *leaf == '\0' || percuta_input_keys_find(list) >= 0;
}

static void add_item(struct walk *walk, struct percuta_given_item item, const char *leaf,
                     const struct percuta_yaml_node *node) {
  struct percuta_given *given = walk->given;
  struct percuta_given_item *grown = realloc(given->item, (given->item_count + 1) * sizeof *grown);
  given->item = grown ? grown : given->item;
  item.leaf = strdup(leaf);
  item.node = node;
  item.place = place_of(walk, 0, 0);
  if (grown == NULL || item.leaf == NULL) {
    free(item.leaf);
    walk->status = PERCUTA_MEMORY;
    return;
  }
  grown[given->item_count++] = item;
}

const struct percuta_given_item *percuta_input_given_item(const struct percuta_given *given,
                                                          int key, int index, const char *leaf) {
  const struct percuta_given_item *found = NULL;
  for (size_t i = 0; i < given->item_count; i++)
    if (given->item[i].key == key && given->item[i].index == index &&
        strcmp(given->item[i].leaf, leaf) == 0)
      found = &given->item[i];
  return found;
}

/* A list as a whole takes the place of what was changed in it before. */
static void forget_items(struct percuta_given *given, int key) {
  size_t kept = 0;
  for (size_t i = 0; i < given->item_count; i++) {
    if (given->item[i].key == key)
      free(given->item[i].leaf);
    else
      given->item[kept++] = given->item[i];
  }
  given->item_count = kept;
}

/* Files the parsed value of a --set under its key, group or parameter. */
static void take_set(struct walk *walk, const char *path, const struct percuta_yaml_node *node) {
  const struct percuta_place place = place_of(walk, 0, 0);
  struct percuta_given_item item;
  char leaf[PERCUTA_KEYS_TEXT];
  if (split_item(path, &item, leaf, sizeof leaf)) {
    add_item(walk, item, leaf, node);
    return;
  }
  const int key = percuta_input_keys_find(path);
  const int section = percuta_input_keys_find_section(path);
  if (key >= 0)
    forget_items(walk->given, key);
  if (key >= 0 && strchr(path, '[') == NULL)
    walk->given->key[key] = (struct percuta_given_entry){.node = node, .place = place};
  else if (section >= 0)
    take_group(walk, section, place, node);
  else
    percuta_input_given_report_unknown(walk->diag, place, path, path, path);
}

/* Mistakes in the text of a value, told as that of its key. */
static void tell(const struct percuta_diag *found, const char *path, const struct walk *walk) {
  for (size_t i = 0; i < percuta_base_diag_kept(found); i++) {
    struct percuta_mistake mistake = *percuta_base_diag_at(found, i);
    if (mistake.key == NULL || *mistake.key == '\0')
      mistake.key = path;
    percuta_base_diag_add(walk->diag, &mistake);
  }
}

/* Parses the value of a --set as if it stood on the line of its number, so that messages name that
 * line. */
static enum percuta_status parse_set(const char *value, const char *path, const struct walk *walk,
                                     struct percuta_yaml_node **out) {
  const size_t length = strlen(value), before = walk->line > 0 ? (size_t)walk->line - 1 : 0;
  char *text = malloc(before + length + 1);
  struct percuta_diag *found = NULL;
  if (text == NULL || percuta_base_diag_create(&found) != 0) {
    free(text);
    return PERCUTA_MEMORY;
  }
  memset(text, '\n', before);
  memcpy(text + before, value, length + 1);
  const enum percuta_status status = percuta_base_yaml_parse(
      text, before + length, walk->file, PERCUTA_BASE_YAML_LIMITS_SCENARIO, found, out);
  tell(found, path, walk);
  percuta_base_diag_destroy(&found);
  free(text);
  return status;
}

/* The key that "--option=value" stands for, NULL of any other text; *shown is what it is called. */
static const char *key_of_option(const char *set, const char **shown) {
  *shown = PERCUTA_INPUT_GIVEN_SET_SHOWN;
  for (size_t i = 0; i < sizeof SHORT / sizeof *SHORT; i++) {
    const size_t length = strlen(SHORT[i].option);
    if (strncmp(set, SHORT[i].option, length) == 0 && set[length] == '=') {
      *shown = SHORT[i].option;
      return SHORT[i].key;
    }
  }
  return NULL;
}

enum percuta_status percuta_input_given_set(struct percuta_given *given, const char *set,
                                            int number, struct percuta_diag *diag) {
  static const char PARAMETERS[] = "parameters.";
  struct walk walk = {.given = given, .diag = diag, .from_option = true};
  const char *key = key_of_option(set, &walk.file);
  walk.line = key ? 0 : number;
  const struct percuta_place place = place_of(&walk, 0, 0);
  const char *equals = strchr(set, '=');
  const size_t length = equals ? (size_t)(equals - set) : 0;
  if (length == 0 || length >= PERCUTA_KEYS_TEXT) {
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){.code = PERCUTA_CODE_BAD_FORM,
                                        .place = place,
                                        .what = "is not of the form key.path=value",
                                        .given = set,
                                        .hint = "for example --set session.force=\"3 N\""});
    return PERCUTA_OK;
  }
  char path[PERCUTA_KEYS_TEXT];
  snprintf(path, sizeof path, "%.*s", (int)length, set);
  if (key)
    snprintf(path, sizeof path, "%s", key);
  struct percuta_yaml_node *node = NULL;
  enum percuta_status status = parse_set(equals + 1, path, &walk, &node);
  if (status == PERCUTA_BAD_INPUT)
    return PERCUTA_OK; /* said in diag; go on to find more */
  if (status == PERCUTA_OK)
    status = keep_document(given, node);
  if (status != PERCUTA_OK)
    return status;
  if (strncmp(path, PARAMETERS, sizeof PARAMETERS - 1) != 0) {
    take_set(&walk, path, node);
    return walk.status;
  }
  free(node->key); /* a document's root has no key: it carries the parameter's name */
  node->key = strdup(path + sizeof PARAMETERS - 1);
  if (node->key == NULL)
    return PERCUTA_MEMORY;
  add_parameter(&walk, node->key, node, place);
  return walk.status;
}

void percuta_input_given_clear(struct percuta_given *given) {
  for (size_t i = 0; i < given->document_count; i++)
    percuta_base_yaml_destroy(&given->document[i]);
  for (size_t i = 0; i < given->item_count; i++)
    free(given->item[i].leaf);
  free(given->item);
  free(given->document);
  free(given->parameter);
  *given = (struct percuta_given){.file = NULL};
}

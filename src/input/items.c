/* Lists of maps, such as session.passes, member by member.
 * Tests: tests/unit/test_scenario.c, tests/robustness. */
#include "input/items.h"

#include <stdio.h>
#include <string.h>

#include "input/choice.h"
#include "input/value.h"

/* One item being read. */
struct item {
  struct percuta_resolve *resolve;
  const struct percuta_keys_list *list;
  int list_key;                         /* of it, in the registry */
  int number;                           /* in the list, from 0 */
  const struct percuta_yaml_node *node; /* borrowed; NULL: added by options, member by member */
  struct percuta_place place; /* without column: of an option or default, all of it is there */
  void *owner;                /* the struct that is filled */
};

static struct percuta_place place_at(const struct item *item, int line, int column) {
  if (item->place.column == 0)
    return item->place;
  return (struct percuta_place){item->place.file, line, column};
}

/* "session.passes[1]" or, with a key, "session.passes[1].direction". */
static void show_path(const struct item *item, const char *key, char *out, size_t size) {
  snprintf(out, size, "%s[%d]%s%.200s", item->list->path, item->number, *key ? "." : "", key);
}

/* `node` is where it was given, as `given`; NULL: nothing was. */
static void report(const struct item *item, const struct percuta_yaml_node *node, const char *given,
                   const char *key, const struct percuta_value_mistake *mistake) {
  char path[PERCUTA_KEYS_TEXT];
  show_path(item, key, path, sizeof path);
  percuta_base_diag_add(item->resolve->diag,
                        &(struct percuta_mistake){
                            .code = mistake->code,
                            .place = node ? place_at(item, node->line, node->column) : item->place,
                            .key = path,
                            .what = mistake->what,
                            .given = given,
                            .allowed = mistake->allowed,
                            .hint = mistake->hint});
}

static enum percuta_status check_keys(const struct item *item) {
  enum percuta_status status = PERCUTA_OK;
  for (const struct percuta_yaml_node *child = item->node->child; child; child = child->next) {
    char path[PERCUTA_KEYS_TEXT], shown[PERCUTA_KEYS_TEXT];
    snprintf(path, sizeof path, "%s[].%.200s", item->list->path, child->key);
    if (percuta_input_keys_find(path) >= 0)
      continue;
    show_path(item, child->key, shown, sizeof shown);
    percuta_input_given_report_unknown(item->resolve->diag,
                                       place_at(item, child->key_line, child->key_column), path,
                                       shown, child->key);
    status = PERCUTA_BAD_INPUT;
  }
  return status;
}

/* Reads the item's `key`, or takes its default. */
static enum percuta_status read_member(const struct item *item, const struct percuta_key *key) {
  const char *leaf = percuta_input_keys_leaf(key->path);
  const struct percuta_given_item *change =
      percuta_input_given_item(item->resolve->given, item->list_key, item->number, leaf);
  const struct percuta_yaml_node *child =
      change ? change->node : percuta_base_yaml_get(item->node, leaf);
  char room[PERCUTA_KEYS_TEXT];
  const char *text =
      child ? percuta_input_value_of_node(key, child, room, sizeof room) : key->fallback;
  struct percuta_value_mistake mistake = {.code = PERCUTA_CODE_MISSING, .what = "is missing"};
  if (child)
    mistake = (struct percuta_value_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                             .what = "is not a single value"};
  if (child && key->type == PERCUTA_KEY_TIMES)
    snprintf(mistake.what, sizeof mistake.what, "is not a list of times");
  percuta_input_keys_allowed(key, mistake.allowed, sizeof mistake.allowed);
  enum percuta_status status = PERCUTA_BAD_INPUT;
  if (text)
    status = percuta_input_value_read(item->resolve->scenario, key, text, item->owner, &mistake);
  struct item from = *item;
  if (change)
    from.place = change->place;
  if (status == PERCUTA_BAD_INPUT)
    report(&from, child, child ? text : NULL, leaf, &mistake);
  return status;
}

static enum percuta_status read_item(const struct item *item) {
  if (item->node != NULL && item->node->kind != PERCUTA_YAML_MAP) {
    struct percuta_value_mistake mistake = {.code = PERCUTA_CODE_WRONG_KIND,
                                            .what = "is not a map of keys"};
    snprintf(mistake.allowed, sizeof mistake.allowed, "%s", item->list->example);
    report(item, item->node, item->node->text, "", &mistake);
    return PERCUTA_BAD_INPUT;
  }
  enum percuta_status status = item->node != NULL ? check_keys(item) : PERCUTA_OK;
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (!percuta_input_keys_is_item(key->path, item->list->path))
      continue;
    const enum percuta_status one = read_member(item, key);
    if (one != PERCUTA_OK)
      status = one;
  }
  return status;
}

/* What is to be read into entry number item->number: as the list says, or as an option that changes
 * it as a whole. */
static struct item with_change(struct item item) {
  const struct percuta_given_item *change =
      percuta_input_given_item(item.resolve->given, item.list_key, item.number, "");
  if (change != NULL) {
    item.node = change->node;
    item.place = change->place;
  } else if (item.node != NULL && item.place.column > 0) {
    item.place = (struct percuta_place){item.place.file, item.node->line, item.node->column};
  }
  return item;
}

/* The entries with those that options add, one after the other, behind `count`. */
static int count_changed(const struct percuta_resolve *resolve, int key, int count) {
  const struct percuta_given *given = resolve->given;
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < given->item_count && !more; i++)
      more = given->item[i].key == key && given->item[i].index == count;
    count += more;
  }
  return count;
}

/* Changes of entries that there are not. */
static enum percuta_status check_changes(const struct percuta_resolve *resolve,
                                         const struct percuta_key *list, int key, int count) {
  enum percuta_status status = PERCUTA_OK;
  char path[PERCUTA_KEYS_TEXT], allowed[PERCUTA_KEYS_TEXT];
  for (size_t i = 0; i < resolve->given->item_count; i++) {
    const struct percuta_given_item *item = &resolve->given->item[i];
    if (item->key != key || item->index < count)
      continue;
    snprintf(path, sizeof path, "%s[%d]", list->path, item->index);
    snprintf(allowed, sizeof allowed, "%s[0] to %s[%d], which adds one", list->path, list->path,
             count);
    percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                                                   .place = item->place,
                                                                   .key = path,
                                                                   .what = "there is no such entry",
                                                                   .allowed = allowed});
    status = PERCUTA_BAD_INPUT;
  }
  return status;
}

static enum percuta_status read_entries(struct item item, int count) {
  char *scenario = (char *)item.resolve->scenario;
  const struct percuta_keys_list *list = item.list;
  enum percuta_status status = PERCUTA_OK;
  for (item.number = 0; item.number < count; item.number++) {
    const struct item now = with_change(item);
    const enum percuta_status one = read_item(&now);
    if (one != PERCUTA_OK)
      status = one;
    item.owner = (char *)item.owner + list->item_size;
    item.node = item.node ? item.node->next : NULL;
  }
  *(int *)(void *)(scenario + list->count) = count;
  return status;
}

/* A name for some entries. */
static enum percuta_status read_named(struct percuta_resolve *resolve,
                                      const struct percuta_key *key, const char *entries,
                                      struct percuta_place place) {
  struct percuta_yaml_node *node = NULL;
  enum percuta_status status = percuta_base_yaml_parse(
      entries, strlen(entries), "a name", PERCUTA_BASE_YAML_LIMITS_SCENARIO, resolve->diag, &node);
  place.column = 0;
  if (status == PERCUTA_OK)
    status = percuta_input_items_read(resolve, key, node, place);
  percuta_base_yaml_destroy(&node);
  return status;
}

enum percuta_status percuta_input_items_read(struct percuta_resolve *resolve,
                                             const struct percuta_key *key,
                                             const struct percuta_yaml_node *node,
                                             struct percuta_place place) {
  const struct percuta_keys_list *list = percuta_input_keys_list_find(key->path);
  const int index = percuta_input_keys_find(key->path);
  struct percuta_value_mistake mistake = {.code = PERCUTA_CODE_WRONG_KIND, .what = "is not a list"};
  percuta_input_keys_allowed(key, mistake.allowed, sizeof mistake.allowed);
  char entries[PERCUTA_KEYS_TEXT];
  if (node->kind == PERCUTA_YAML_SCALAR &&
      percuta_input_keys_named(key, node->text, entries, sizeof entries))
    return read_named(resolve, key, entries, place);
  int count = 0;
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next)
    count++;
  if (node->kind == PERCUTA_YAML_LIST) {
    count = count_changed(resolve, index, count);
    mistake.code = PERCUTA_CODE_WRONG_COUNT;
    snprintf(mistake.what, sizeof mistake.what, "has %d entries", count);
  }
  if (node->kind != PERCUTA_YAML_LIST || count < (int)key->low || count > list->most) {
    char hint[PERCUTA_KEYS_TEXT];
    snprintf(hint, sizeof hint, "for example [%s]", list->example);
    if (percuta_input_keys_has_names(key) && node->text != NULL) {
      percuta_input_keys_names(key, entries, sizeof entries);
      percuta_input_choice_hint(entries, node->text, &mistake);
      if (*mistake.hint != '\0')
        snprintf(hint, sizeof hint, "%s", mistake.hint);
    }
    percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = mistake.code,
                                                                   .place = place,
                                                                   .key = key->path,
                                                                   .what = mistake.what,
                                                                   .given = node->text,
                                                                   .allowed = mistake.allowed,
                                                                   .hint = hint});
    return PERCUTA_BAD_INPUT;
  }
  const enum percuta_status changes = check_changes(resolve, key, index, count);
  const enum percuta_status status =
      read_entries((struct item){.resolve = resolve,
                                 .list = list,
                                 .list_key = index,
                                 .node = node->child,
                                 .place = place,
                                 .owner = (char *)resolve->scenario + list->first},
                   count);
  return status == PERCUTA_OK ? changes : status;
}

enum percuta_status percuta_input_items_read_fallback(struct percuta_resolve *resolve,
                                                      const struct percuta_key *key) {
  struct percuta_yaml_node *node = NULL;
  enum percuta_status status =
      percuta_base_yaml_parse(key->fallback, strlen(key->fallback), "default",
                              PERCUTA_BASE_YAML_LIMITS_SCENARIO, resolve->diag, &node);
  if (status == PERCUTA_OK)
    status =
        percuta_input_items_read(resolve, key, node, (struct percuta_place){.file = "default"});
  percuta_base_yaml_destroy(&node);
  return status;
}

/* The registry keys.def as tables, and what follows from a key alone: its leaf, its choices, its
 * neighbours in spelling.
 * Test: tests/unit/test_keys.c. */
#include "input/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

static const struct percuta_key KEYS[] = {
#define PERCUTA_SECTION(path, sentence)
#define AT(member) offsetof(struct percuta_scenario, member), true
#define IN_PASS(member) offsetof(struct percuta_pass, member), true
#define IN_PRODUCT(member) offsetof(struct percuta_product_plan, member), true
#define IN_CHANGE(member) offsetof(struct percuta_change, member), true
#define NOWHERE 0, false
#define PERCUTA_KEY(path, type, place, ...) {path, PERCUTA_KEY_##type, place, __VA_ARGS__},
#include "input/keys.def"
#undef PERCUTA_KEY
#undef PERCUTA_SECTION
#undef AT
#undef IN_PASS
#undef IN_PRODUCT
#undef IN_CHANGE
#undef NOWHERE
};

static const struct percuta_section SECTIONS[] = {
#define PERCUTA_SECTION(path, sentence) {path, sentence},
#define PERCUTA_KEY(...)
#include "input/keys.def"
#undef PERCUTA_KEY
#undef PERCUTA_SECTION
};

static const struct percuta_keys_list LISTS[] = {
    {"session.passes", offsetof(struct percuta_scenario, session.pass_count),
     offsetof(struct percuta_scenario, session.passes), sizeof(struct percuta_pass),
     PERCUTA_MAX_PASSES, "{direction: 0 deg}"},
    {"session.topicals", offsetof(struct percuta_scenario, session.product_count),
     offsetof(struct percuta_scenario, session.products), sizeof(struct percuta_product_plan),
     PERCUTA_MAX_PRODUCTS, "{product: ascorbic-acid-15%}"},
    {"course.changes", offsetof(struct percuta_scenario, course.change_count),
     offsetof(struct percuta_scenario, course.changes), sizeof(struct percuta_change),
     PERCUTA_MAX_CHANGES, "{from: 2, needle_length: 2 mm}"},
};

_Static_assert(sizeof KEYS / sizeof KEYS[0] == PERCUTA_KEYS_COUNT, "one entry for every key");
_Static_assert(sizeof SECTIONS / sizeof SECTIONS[0] == PERCUTA_KEYS_SECTIONS, "and every section");

const struct percuta_key *percuta_input_keys_at(size_t index) {
  return &KEYS[index];
}

const struct percuta_section *percuta_input_keys_section_at(size_t index) {
  return &SECTIONS[index];
}

int percuta_input_keys_find(const char *path) {
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++)
    if (strcmp(KEYS[i].path, path) == 0)
      return i;
  return -1;
}

int percuta_input_keys_find_section(const char *path) {
  for (int i = 0; i < PERCUTA_KEYS_SECTIONS; i++)
    if (strcmp(SECTIONS[i].path, path) == 0)
      return i;
  return -1;
}

const char *percuta_input_keys_leaf(const char *path) {
  const char *dot = strrchr(path, '.');
  return dot ? dot + 1 : path;
}

bool percuta_input_keys_is_child(const char *path, const char *parent) {
  const size_t length = strlen(parent);
  if (length == 0)
    return strchr(path, '.') == NULL;
  return strncmp(path, parent, length) == 0 && path[length] == '.' &&
         strchr(path + length + 1, '.') == NULL;
}

/* How far `candidate` is from what was meant by `path`, smaller is nearer; -1 when too far. Words
 * are compared without their section, and the section decides between equals. */
static int remoteness(const char *path, const char *candidate) {
  const char *word = percuta_input_keys_leaf(path);
  const char *other = percuta_input_keys_leaf(candidate);
  const int distance = percuta_base_nearest_distance(word, other);
  if (distance < 0)
    return -1;
  const size_t parent = (size_t)(word - path);
  const bool same_section =
      (size_t)(other - candidate) == parent && !strncmp(path, candidate, parent);
  return 2 * distance + (same_section ? 0 : 1);
}

const char *percuta_input_keys_nearest(const char *path) {
  const char *best = NULL;
  int best_score = 0;
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT + PERCUTA_KEYS_SECTIONS; i++) {
    const char *candidate =
        i < PERCUTA_KEYS_COUNT ? KEYS[i].path : SECTIONS[i - PERCUTA_KEYS_COUNT].path;
    const int score = remoteness(path, candidate);
    if (score >= 0 && (best == NULL || score < best_score)) {
      best = candidate;
      best_score = score;
    }
  }
  return best;
}

const struct percuta_keys_list *percuta_input_keys_list_find(const char *path) {
  for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++)
    if (strcmp(LISTS[i].path, path) == 0)
      return &LISTS[i];
  return NULL;
}

bool percuta_input_keys_is_item(const char *path, const char *list) {
  const size_t length = strlen(list);
  return strncmp(path, list, length) == 0 && strncmp(path + length, "[].", 3) == 0;
}

int percuta_input_keys_item_count(const struct percuta_keys_list *list,
                                  const struct percuta_scenario *scenario) {
  return *(const int *)(const void *)((const char *)scenario + list->count);
}

const void *percuta_input_keys_item_at(const struct percuta_keys_list *list,
                                       const struct percuta_scenario *scenario, int index) {
  return (const char *)scenario + list->first + (size_t)index * list->item_size;
}

bool percuta_input_keys_choice_at(const char *choices, int index, char *out, size_t size) {
  const char *start = choices;
  for (; index > 0; index--) {
    start = strchr(start, '|');
    if (start == NULL)
      return false;
    start++;
  }
  if (*start == '\0')
    return false;
  const size_t length = strcspn(start, "|");
  snprintf(out, size, "%.*s", (int)length, start);
  return true;
}

int percuta_input_keys_choice_index(const char *choices, const char *word) {
  char choice[64];
  for (int i = 0; percuta_input_keys_choice_at(choices, i, choice, sizeof choice); i++)
    if (strcmp(choice, word) == 0)
      return i;
  return -1;
}

int percuta_input_keys_when(const struct percuta_key *key, const char **choices) {
  const char *equals = strchr(key->when, '=');
  if (equals == NULL)
    return -1;
  char path[128];
  snprintf(path, sizeof path, "%.*s", (int)(equals - key->when), key->when);
  *choices = equals + 1;
  return percuta_input_keys_find(path);
}

bool percuta_input_keys_when_any(const char *choices) {
  return strcmp(choices, "*") == 0;
}

bool percuta_input_keys_when_holds(const char *choices, const char *value) {
  return percuta_input_keys_when_any(choices)
             ? *value != '\0'
             : percuta_input_keys_choice_index(choices, value) >= 0;
}

void percuta_input_keys_choices_in_words(const char *choices, char *out, size_t size) {
  char word[64];
  size_t used = 0;
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word) && used < size; i++) {
    char after[64];
    const bool last = !percuta_input_keys_choice_at(choices, i + 1, after, sizeof after);
    const char *joint = i == 0 ? "" : last ? " or " : ", ";
    used += (size_t)snprintf(out + used, size - used, "%s%s", joint, word);
  }
}

bool percuta_input_keys_has_names(const struct percuta_key *key) {
  return (key->type == PERCUTA_KEY_QUANTITY || key->type == PERCUTA_KEY_LIST) &&
         strchr(key->choices, '=') != NULL;
}

bool percuta_input_keys_named(const struct percuta_key *key, const char *name, char *out,
                              size_t size) {
  char entry[PERCUTA_KEYS_TEXT];
  for (int i = 0; percuta_input_keys_has_names(key) &&
                  percuta_input_keys_choice_at(key->choices, i, entry, sizeof entry);
       i++) {
    char *value = strchr(entry, '=');
    *value = '\0';
    if (strcmp(entry, name) != 0)
      continue;
    snprintf(out, size, "%s", value + 1);
    return true;
  }
  return false;
}

void percuta_input_keys_names(const struct percuta_key *key, char *out, size_t size) {
  char entry[PERCUTA_KEYS_TEXT];
  size_t used = 0;
  out[0] = '\0';
  for (int i = 0; percuta_input_keys_choice_at(key->choices, i, entry, sizeof entry) && used < size;
       i++)
    used += (size_t)snprintf(out + used, size - used, "%s%.*s", i > 0 ? "|" : "",
                             (int)strcspn(entry, "="), entry);
}

bool percuta_input_keys_may_be_zero(const struct percuta_key *key) {
  return key->type == PERCUTA_KEY_QUANTITY && strcmp(key->choices, "0") == 0;
}

static void say_allowed(const struct percuta_key *key, char *out, size_t size) {
  const char *unit = strcmp(key->unit, "1") == 0 ? "" : key->unit;
  const char *space = *unit ? " " : "";
  size_t used = 0;
  switch (key->type) {
  case PERCUTA_KEY_TEXT:
    snprintf(out, size, "a text of at most %g characters", key->high);
    break;
  case PERCUTA_KEY_NAME:
    snprintf(out, size, "an id of `percuta list %s`%s", key->choices,
             strcmp(key->choices, "products") == 0 ? ", or of your own file beside the scenario"
                                                   : "");
    break;
  case PERCUTA_KEY_CHOICE:
    percuta_input_keys_choices_in_words(key->choices, out, size);
    break;
  case PERCUTA_KEY_CHOICES:
    used = (size_t)snprintf(out, size, "a list of any of ");
    percuta_input_keys_choices_in_words(key->choices, out + used, size - used);
    break;
  case PERCUTA_KEY_QUANTITY:
    snprintf(out, size, "%s%g to %g%s%s", percuta_input_keys_may_be_zero(key) ? "0, or " : "",
             key->low, key->high, space, unit);
    break;
  case PERCUTA_KEY_INTEGER:
    if (key->low < key->high)
      snprintf(out, size, "a whole number from %g to %g", key->low, key->high);
    else
      snprintf(out, size, "only %g", key->low);
    break;
  case PERCUTA_KEY_SEED:
    snprintf(out, size, "a whole number from 0 to 18446744073709551615");
    break;
  case PERCUTA_KEY_BOOLEAN:
    snprintf(out, size, "true or false, on or off");
    break;
  case PERCUTA_KEY_TIMES:
    snprintf(out, size, "a list of up to %d increasing times, each %g to %g%s%s", PERCUTA_MAX_TIMES,
             key->low, key->high, space, unit);
    break;
  case PERCUTA_KEY_LIST:
    snprintf(out, size, "a list of %g to %g entries", key->low, key->high);
    break;
  }
}

void percuta_input_keys_allowed(const struct percuta_key *key, char *out, size_t size) {
  char names[PERCUTA_KEYS_TEXT];
  say_allowed(key, out, size);
  const size_t used = strlen(out);
  if (!percuta_input_keys_has_names(key) || used + sizeof ", or " > size)
    return;
  snprintf(out + used, size - used, ", or ");
  percuta_input_keys_names(key, names, sizeof names);
  percuta_input_keys_choices_in_words(names, out + used + strlen(", or "),
                                      size - used - strlen(", or "));
}

/* The registry of scenario keys as data: what each key is, what it may hold, and where its value
 * lies in struct percuta_scenario. The lines themselves are in keys.def. */
#ifndef PERCUTA_INPUT_KEYS_H
#define PERCUTA_INPUT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "scenario/scenario.h"

enum percuta_key_type {
  PERCUTA_KEY_TEXT,
  PERCUTA_KEY_NAME,
  PERCUTA_KEY_CHOICE,
  PERCUTA_KEY_CHOICES,
  PERCUTA_KEY_QUANTITY,
  PERCUTA_KEY_INTEGER,
  PERCUTA_KEY_SEED,
  PERCUTA_KEY_BOOLEAN,
  PERCUTA_KEY_TIMES,
  PERCUTA_KEY_LIST
};

/* One key; see keys.def for the meaning of each member. */
struct percuta_key {
  const char *path;
  enum percuta_key_type type;
  size_t offset; /* into struct percuta_scenario or, for items, the struct of an item */
  bool stored;   /* false: has no member of its own */
  const char *unit;
  const char *fallback;
  double low, high;
  const char *choices;
  const char *when;
  const char *meaning;
  const char *source;
};

/* A group of keys. */
struct percuta_section {
  const char *path;
  const char *meaning;
};

/* A list of the scenario, and where its items lie. */
struct percuta_keys_list {
  const char *path; /* of its key; that of an item's key is "path[].name" */
  size_t count;     /* offset of an int in struct percuta_scenario */
  size_t first;     /* offset of the array */
  size_t item_size;
  int most;            /* items that fit */
  const char *example; /* of an item, as a user writes it */
};

/* How many keys and sections there are. */
enum {
#define PERCUTA_SECTION(path, sentence)
#define PERCUTA_KEY(...) +1
  PERCUTA_KEYS_COUNT = 0
#include "input/keys.def"
#undef PERCUTA_KEY
#undef PERCUTA_SECTION
};
enum {
#define PERCUTA_SECTION(path, sentence) +1
#define PERCUTA_KEY(...)
  PERCUTA_KEYS_SECTIONS = 0
#include "input/keys.def"
#undef PERCUTA_KEY
#undef PERCUTA_SECTION
};

#define PERCUTA_KEYS_TEXT 512 /* bytes that hold any key's value, limits or path as text */

const struct percuta_key *percuta_input_keys_at(size_t index);
const struct percuta_section *percuta_input_keys_section_at(size_t index);

/* Index of the key called `path`, or -1. */
int percuta_input_keys_find(const char *path);
/* Index of the section called `path`, or -1. */
int percuta_input_keys_find_section(const char *path);

/* The last word of a path: "length" of "device.needle.length". */
const char *percuta_input_keys_leaf(const char *path);
/* Whether `path` stands directly in section `parent` ("" is the top level). */
bool percuta_input_keys_is_child(const char *path, const char *parent);

/* The key or section whose path is the likeliest meant by `path`, or NULL when none is near. */
const char *percuta_input_keys_nearest(const char *path);

/* The list of that path, a key of type LIST. */
const struct percuta_keys_list *percuta_input_keys_list_find(const char *path);
/* Whether `path` is the key of an item of the list. */
bool percuta_input_keys_is_item(const char *path, const char *list);
/* How many items there are, and the one at `index` from 0. */
int percuta_input_keys_item_count(const struct percuta_keys_list *list,
                                  const struct percuta_scenario *scenario);
const void *percuta_input_keys_item_at(const struct percuta_keys_list *list,
                                       const struct percuta_scenario *scenario, int index);

/* Position of `word` in a list "a|b|c", or -1. */
int percuta_input_keys_choice_index(const char *choices, const char *word);
/* Copies entry `index` of "a|b|c" to `out`; false when there is none. */
bool percuta_input_keys_choice_at(const char *choices, int index, char *out, size_t size);

/* Whether the key may also be written by name: its choices are "name=value|name=value". */
bool percuta_input_keys_has_names(const struct percuta_key *key);
/* The value that `name` stands for, into `out`; false when it is none of the key's names. */
bool percuta_input_keys_named(const struct percuta_key *key, const char *name, char *out,
                              size_t size);
/* Writes the names as choices: "a|b" for "a=1|b=2". */
void percuta_input_keys_names(const struct percuta_key *key, char *out, size_t size);

/* Writes "a, b or c" for "a|b|c". */
void percuta_input_keys_choices_in_words(const char *choices, char *out, size_t size);

/* Splits "key=choice|choice" of a key's `when`: index of that key, and the list of choices; -1 when
 * there is none. */
int percuta_input_keys_when(const struct percuta_key *key, const char **choices);
/* Whether these choices, of a `when`, hold for `value`. */
bool percuta_input_keys_when_holds(const char *choices, const char *value);
/* Whether they are "*", which any value meets that is not empty. */
bool percuta_input_keys_when_any(const char *choices);

/* Whether the key is a quantity that may be 0 although that is below its low. */
bool percuta_input_keys_may_be_zero(const struct percuta_key *key);

/* What a key may hold, in words: "0.1 to 100 N", "female or male", "true or false". */
void percuta_input_keys_allowed(const struct percuta_key *key, char *out, size_t size);

#endif

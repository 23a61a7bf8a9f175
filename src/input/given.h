/* What the user gave: the scenario file and every `--set`, sorted by key. Nothing is read as a
 * value yet; keys that do not exist are reported here. */
#ifndef PERCUTA_INPUT_GIVEN_H
#define PERCUTA_INPUT_GIVEN_H

#include "base/yaml.h"
#include "input/keys.h"

struct percuta_given_entry {
  const struct percuta_yaml_node *node; /* borrowed from a document; NULL: not given */
  struct percuta_place place;           /* of the value */
};

/* A change of one entry of a list, such as --set session.passes[0].direction=…. */
struct percuta_given_item {
  int key;    /* of the list */
  int index;  /* of the entry, from 0 */
  char *leaf; /* owned; of it; "" for the entry as a whole */
  const struct percuta_yaml_node *node;
  struct percuta_place place;
};

struct percuta_given_parameter {
  const char *name; /* borrowed, "table.entry" */
  const struct percuta_yaml_node *node;
  struct percuta_place place;
};

struct percuta_given {
  const char *file; /* borrowed; the scenario's path as shown */
  struct percuta_given_entry key[PERCUTA_KEYS_COUNT];
  struct percuta_place section[PERCUTA_KEYS_SECTIONS]; /* of its key; line 0: not given */
  bool section_broken[PERCUTA_KEYS_SECTIONS];          /* given, but not as a map; reported */
  struct percuta_given_parameter *parameter;           /* owned; later ones override earlier ones */
  size_t parameter_count;
  struct percuta_given_item *item; /* owned; later ones override earlier ones */
  size_t item_count;
  struct percuta_yaml_node **document; /* owned */
  size_t document_count;
};

/* Takes the `text` of the scenario that messages call `path` (borrowed) into *given, which must be
 * zero. Unknown keys and broken YAML are added to `diag`. Returns PERCUTA_OK when the text could be
 * read as YAML, also with unknown keys. Release with percuta_input_given_clear in every case. */
enum percuta_status percuta_input_given_parse(struct percuta_given *given, const char *path,
                                              const char *text, size_t length,
                                              struct percuta_diag *diag);

/* What a place in an option calls its file. */
#define PERCUTA_INPUT_GIVEN_SET_SHOWN "--set"

/* Adds "key.path=value", the `number`th (from 1) of the command line, or "--fidelity=value", which
 * gives model.fidelity and is shown as that option; likewise --site, --age and --force. */
enum percuta_status percuta_input_given_set(struct percuta_given *given, const char *set,
                                            int number, struct percuta_diag *diag);

/* The same of a file that may say no more than a device: a scenario of which only the section
 * `device` is needed, that section alone, or an entry as data/devices/ has it. What a scenario must
 * also have and this does not gets a value: a woman of 45 years, her cheek. */
enum percuta_status percuta_input_given_parse_device(struct percuta_given *given, const char *path,
                                                     const char *text, size_t length,
                                                     struct percuta_diag *diag);

/* The last change of `leaf` of entry `index` of the list number `key`; NULL: it is as the list
 * says. */
const struct percuta_given_item *percuta_input_given_item(const struct percuta_given *given,
                                                          int key, int index, const char *leaf);

void percuta_input_given_clear(struct percuta_given *given);

/* Reports that `path` is no key, with the keys that exist beside it and what may have been meant.
 * `shown` is the path as the user sees it, `given` the part of it that he wrote. */
void percuta_input_given_report_unknown(struct percuta_diag *diag, struct percuta_place place,
                                        const char *path, const char *shown, const char *given);

#endif

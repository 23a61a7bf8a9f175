/* The value of one scenario key, between the text a user writes and the scenario's member. */
#ifndef PERCUTA_INPUT_VALUE_H
#define PERCUTA_INPUT_VALUE_H

#include <stdio.h>

#include "base/yaml.h"
#include "input/keys.h"

/* Why a text is not a value of a key; the parts of a message. Empty texts say nothing. */
struct percuta_value_mistake {
  enum percuta_code code;
  char what[PERCUTA_KEYS_TEXT];
  char allowed[2 * PERCUTA_KEYS_TEXT];
  char hint[PERCUTA_KEYS_TEXT];
};

/* Reads `text` into the member of `key` in `owner`, the scenario itself or, for the items of a
 * list, one of them. `scenario` has the catalogue, and takes up the user's own files. A
 * quantity is stored as the number that percuta_input_value_text shows, so that what is written is
 * exactly what was used. Lists are not read here. On PERCUTA_BAD_INPUT nothing changes and
 * `mistake` says why; PERCUTA_MEMORY and PERCUTA_IO leave it untouched. */
enum percuta_status percuta_input_value_read(struct percuta_scenario *scenario,
                                             const struct percuta_key *key, const char *text,
                                             void *owner, struct percuta_value_mistake *mistake);

/* Says "`text` is …", shortening a long text; of an empty one that it is. */
void percuta_input_value_say(struct percuta_value_mistake *mistake, enum percuta_code code,
                             const char *text, const char *is);

/* A list of scalars as the text of one value of a TIMES or CHOICES key, "[1 h, 2 h]", in `out`; of
 * any other node its text, or NULL where it has none. What is read of a key: not for a LIST. */
const char *percuta_input_value_of_node(const struct percuta_key *key,
                                        const struct percuta_yaml_node *node, char *out,
                                        size_t size);

/* Whether the choice at `index` is among those of a CHOICES key. */
bool percuta_input_value_chosen(const struct percuta_key *key, const void *owner, int index);

/* How many times a TIMES key has, and the one at `index` in the key's display unit. */
int percuta_input_value_time_count(const struct percuta_key *key, const void *owner);
double percuta_input_value_time(const struct percuta_units *units, const struct percuta_key *key,
                                const void *owner, int index);

/* The number in the key's display unit, of a QUANTITY, INTEGER or SEED. */
double percuta_input_value_number(const struct percuta_units *units, const struct percuta_key *key,
                                  const void *owner);

/* The value as text without unit (a quantity has 14 digits) in `out`; not for lists. */
void percuta_input_value_text(const struct percuta_units *units, const struct percuta_key *key,
                              const void *owner, char *out, size_t size);

/* The same with its unit, as a scenario holds it: "5 N", "female", "0.05". */
void percuta_input_value_written(const struct percuta_units *units, const struct percuta_key *key,
                                 const void *owner, char *out, size_t size);

/* The id nearest to `word` among those of a kind of the catalogue (sites, devices …) in
 * `out`; "" when none is near. *known says whether `word` itself is one. */
enum percuta_status percuta_input_value_nearest_name(const struct percuta_catalogue *catalogue,
                                                     const char *name, const char *word,
                                                     bool *known, char *out, size_t size);

/* Writes `text` between double quotes, escaped so that YAML and JSON read it back. */
void percuta_input_value_quote(const char *text, FILE *stream);

#endif

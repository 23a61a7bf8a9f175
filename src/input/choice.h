/* Values that are words of a list of choices: one, or any of them. */
#ifndef PERCUTA_INPUT_CHOICE_H
#define PERCUTA_INPUT_CHOICE_H

#include "base/status.h"
#include "input/keys.h"
#include "input/value.h"

/* The words that readers of YAML 1.1 take for true and false: lower case, Capital or UPPER; false
 * when `text` is none. */
bool percuta_input_choice_truth(const char *text, bool *out);

/* The index of the choice that `text` is, into *member. On PERCUTA_BAD_INPUT nothing changes and
 * `mistake` says why, with what was likely meant. */
enum percuta_status percuta_input_choice_read(const struct percuta_key *key, const char *text,
                                              int *member, struct percuta_value_mistake *mistake);

/* Hints at the choice that another word likely means, if any. */
void percuta_input_choice_hint(const char *choices, const char *text,
                               struct percuta_value_mistake *mistake);

/* The bits of the choices in "[a, b]", "a" or "none", into *member; likewise. */
enum percuta_status percuta_input_choice_read_several(const struct percuta_key *key,
                                                      const char *text, int *member,
                                                      struct percuta_value_mistake *mistake);
/* Writes "[a, b]" for those bits. */
void percuta_input_choice_write_several(const struct percuta_key *key, int chosen, char *out,
                                        size_t size);

#endif

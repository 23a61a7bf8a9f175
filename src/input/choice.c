/* A value that is one of some words, or any of them, and what was likely meant by another word.
 * Tests: tests/unit/test_scenario.c, tests/robustness. */
#include "input/choice.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"

/* The words that readers of YAML 1.1 take for true and false: lower case, Capital or UPPER. */
bool percuta_input_choice_truth(const char *text, bool *out) {
  static const char *const names[] = {"false", "true", "off", "on", "no", "yes"};
  char name[8] = "";
  const size_t length = strlen(text);
  if (length == 0 || length >= sizeof name)
    return false;
  const bool upper = length > 1 && text[1] >= 'A' && text[1] <= 'Z';
  for (size_t i = 0; i < length; i++)
    name[i] = (char)((i == 0 || upper) && text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a'
                                                                           : text[i]);
  for (int i = 0; i < 6; ++i) {
    if (strcmp(name, names[i]) != 0)
      continue;
    *out = i % 2 == 1;
    return !upper || (text[0] >= 'A' && text[0] <= 'Z');
  }
  return false;
}

/* Whether `text` begins `word`, or is it, but for capitals. */
static bool begins(const char *text, const char *word) {
  return *text != '\0' && strncasecmp(text, word, strlen(text)) == 0;
}

/* The only choice that a text abbreviates or writes in other capitals, or -1. */
static int abbreviated(const char *choices, const char *text) {
  char word[64];
  int found = -1;
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++) {
    if (strcasecmp(text, word) == 0)
      return i;
    if (begins(text, word))
      found = found == -1 ? i : -2;
  }
  return found < 0 ? -1 : found;
}

/* The choice that is near in spelling, or -1. */
static int similar(const char *choices, const char *text) {
  char word[64];
  int best = INT_MAX, found = -1;
  for (int i = 0; percuta_input_keys_choice_at(choices, i, word, sizeof word); i++) {
    const int distance = percuta_base_nearest_distance(text, word);
    if (distance >= 0 && distance < best) {
      best = distance;
      found = i;
    }
  }
  return found;
}

/* Papers number what others write in Roman numerals: 3 is III, 3-4 is III-IV; -1 where choices are
 * none. */
static int numbered(const char *choices, const char *text) {
  static const char *const roman[] = {"I", "II", "III", "IV", "V", "VI"};
  char word[64] = "";
  size_t used = 0;
  for (const char *c = text; *c != '\0' && used < sizeof word; c++)
    used += (size_t)snprintf(word + used, sizeof word - used, "%s",
                             *c >= '1' && *c <= '6' ? roman[*c - '1'] : "-");
  return *word != '\0' ? percuta_input_keys_choice_index(choices, word) : -1;
}

/* Other words for a choice. */
static int translated(const char *choices, const char *text) {
  static const char *const other[][2] = {{"woman", "female"},
                                         {"women", "female"},
                                         {"w", "female"},
                                         {"man", "male"},
                                         {"men", "male"},
                                         {"no", "none"},
                                         {"3d", "patch"},
                                         {"1d", "column"},
                                         {"2d", "channel"},
                                         {"roll", "roller"},
                                         {"dermaroller", "roller"},
                                         {"dermapen", "pen"},
                                         {"blood thinner", "warfarin"},
                                         {"coumadin", "warfarin"},
                                         {"phenprocoumon", "warfarin"},
                                         {"apixaban", "direct-oral"},
                                         {"rivaroxaban", "direct-oral"},
                                         {"edoxaban", "direct-oral"},
                                         {"dabigatran", "direct-oral"},
                                         {"doac", "direct-oral"},
                                         {"noac", "direct-oral"},
                                         {"enoxaparin", "heparin"},
                                         {"acetylsalicylic acid", "aspirin"},
                                         {"asa", "aspirin"},
                                         {"diverse", "other"},
                                         {"nonbinary", "other"},
                                         {"non-binary", "other"}};
  for (size_t i = 0; i < sizeof other / sizeof *other; i++)
    if (strcasecmp(text, other[i][0]) == 0)
      return percuta_input_keys_choice_index(choices, other[i][1]);
  return -1;
}

/* on and off, or true and false, are the same to a reader of YAML 1.1: whichever the choices have;
 * -1 for other words. */
static int told_truth(const char *choices, const char *text) {
  bool truth = false;
  if (!percuta_input_choice_truth(text, &truth))
    return -1;
  const int on = percuta_input_keys_choice_index(choices, truth ? "on" : "off");
  return on >= 0 ? on : percuta_input_keys_choice_index(choices, truth ? "true" : "false");
}

void percuta_input_choice_hint(const char *choices, const char *text,
                               struct percuta_value_mistake *mistake) {
  static int (*const guess[])(const char *, const char *) = {numbered, translated, abbreviated,
                                                             similar};
  int index = -1;
  for (size_t i = 0; i < sizeof guess / sizeof *guess && index < 0; i++)
    index = guess[i](choices, text);
  char word[64];
  if (index >= 0 && percuta_input_keys_choice_at(choices, index, word, sizeof word))
    snprintf(mistake->hint, sizeof mistake->hint, "did you mean `%s`?", word);
}

enum percuta_status percuta_input_choice_read(const struct percuta_key *key, const char *text,
                                              int *member, struct percuta_value_mistake *mistake) {
  int index = percuta_input_keys_choice_index(key->choices, text);
  if (index < 0)
    index = told_truth(key->choices, text);
  if (index >= 0) {
    *member = index;
    return PERCUTA_OK;
  }
  percuta_input_value_say(mistake, PERCUTA_CODE_NOT_A_CHOICE, text, "is not one of the choices");
  percuta_input_choice_hint(key->choices, text, mistake);
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_input_choice_read_several(const struct percuta_key *key,
                                                      const char *text, int *member,
                                                      struct percuta_value_mistake *mistake) {
  int chosen = 0;
  const char *rest = text + strspn(text, "[ ");
  while (*rest != '\0' && *rest != ']') {
    char word[PERCUTA_KEYS_TEXT];
    const size_t length = strcspn(rest, ",]");
    int end = (int)length, index = 0;
    while (end > 0 && rest[end - 1] == ' ')
      end--;
    snprintf(word, sizeof word, "%.*s", end, rest);
    const bool none = strcmp(word, "none") == 0;
    if (!none && percuta_input_choice_read(key, word, &index, mistake) != PERCUTA_OK)
      return PERCUTA_BAD_INPUT;
    chosen |= none ? 0 : (int)(1U << index);
    rest += length + (rest[length] == ',');
    rest += strspn(rest, " ");
  }
  *member = chosen;
  return PERCUTA_OK;
}

void percuta_input_choice_write_several(const struct percuta_key *key, int chosen, char *out,
                                        size_t size) {
  char word[64];
  size_t used = (size_t)snprintf(out, size, "[");
  for (int i = 0; percuta_input_keys_choice_at(key->choices, i, word, sizeof word); i++)
    if (((unsigned)chosen >> i & 1U) != 0 && used < size)
      used += (size_t)snprintf(out + used, size - used, "%s%s", used > 1 ? ", " : "", word);
  if (used < size)
    snprintf(out + used, size - used, "]");
}

/* One value, from text into its member and back, with why it cannot be.
 * Tests: tests/unit/test_scenario.c, tests/robustness. */
#include "input/value.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "base/number.h"
#include "catalogue/listing.h"
#include "input/choice.h"
#include "input/own.h"

_Static_assert(sizeof(enum percuta_sex) == sizeof(int) &&
                   sizeof(enum percuta_phototype) == sizeof(int),
               "a choice is stored as an int");

#define SHOWN 60 /* bytes of a user's text that a message repeats */

enum percuta_status percuta_input_value_nearest_name(const struct percuta_catalogue *catalogue,
                                                     const char *name, const char *word,
                                                     bool *known, char *out, size_t size) {
  struct percuta_listing listing;
  const enum percuta_status status =
      percuta_catalogue_listing_make(catalogue, percuta_catalogue_kind_named(name), &listing);
  if (status != PERCUTA_OK)
    return status;
  percuta_catalogue_listing_nearest(&listing, word, known, out, size);
  percuta_catalogue_listing_clear(&listing);
  return PERCUTA_OK;
}

void percuta_input_value_say(struct percuta_value_mistake *mistake, enum percuta_code code,
                             const char *text, const char *is) {
  const size_t length = strlen(text);
  mistake->code = code;
  if (length == 0) {
    mistake->code = PERCUTA_CODE_EMPTY;
    snprintf(mistake->what, sizeof mistake->what, "is empty");
    return;
  }
  size_t shown = length > SHOWN ? SHOWN : length;
  while (shown < length && shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80)
    shown--; /* not within a character */
  snprintf(mistake->what, sizeof mistake->what, "`%.*s%s` %s", (int)shown, text,
           shown < length ? "…" : "", is);
}

static bool is_plain_number(const char *text) {
  char *end = NULL;
  (void)strtod(text, &end);
  return end != text && *end == '\0' && strspn(text, "0123456789.eE+-") == strlen(text);
}

static enum percuta_status replace_text(char **member, const char *text) {
  char *copy = strdup(text);
  if (copy == NULL)
    return PERCUTA_MEMORY;
  free(*member);
  *member = copy;
  return PERCUTA_OK;
}

static enum percuta_status read_text(const struct percuta_key *key, const char *text, char **member,
                                     struct percuta_value_mistake *mistake) {
  size_t characters = 0;
  for (const char *c = text; *c != '\0'; c++)
    characters += ((unsigned char)*c & 0xC0) != 0x80;
  if ((double)characters > key->high) {
    percuta_input_value_say(mistake, PERCUTA_CODE_TOO_LONG, text, "is too long");
    return PERCUTA_BAD_INPUT;
  }
  return replace_text(member, text);
}

/* A product may be in a file of the user's own: then *own is true, or *file says why it is not
 * taken for one. */
static enum percuta_status look_beside(struct percuta_scenario *scenario,
                                       const struct percuta_key *key, const char *text, bool *own,
                                       const struct percuta_scenario_file **file) {
  *own = false;
  if (percuta_catalogue_kind_named(key->choices) != PERCUTA_PRODUCTS)
    return PERCUTA_OK;
  const enum percuta_status status = percuta_input_own_load(scenario, PERCUTA_PRODUCTS, text);
  *file = percuta_scenario_files_find(&scenario->files, PERCUTA_PRODUCTS, text);
  *own = *file != NULL && (*file)->own;
  return status;
}

static enum percuta_status read_name(struct percuta_scenario *scenario,
                                     const struct percuta_key *key, const char *text, char **member,
                                     struct percuta_value_mistake *mistake) {
  const bool empty = *text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
  const bool none = empty && key->fallback != NULL && *key->fallback == '\0';
  const struct percuta_scenario_file *file = NULL;
  char nearest[64] = "";
  bool own = false, known = false;
  enum percuta_status status = none ? PERCUTA_OK : look_beside(scenario, key, text, &own, &file);
  if (status == PERCUTA_OK && !none && !own)
    status = percuta_input_value_nearest_name(scenario->catalogue, key->choices, text, &known,
                                              nearest, sizeof nearest);
  if (status != PERCUTA_OK)
    return status;
  if (none || own || known)
    return replace_text(member, none ? "" : text);
  percuta_input_value_say(mistake, PERCUTA_CODE_UNKNOWN_NAME, text, "is not known");
  if (file != NULL && file->lacks != NULL)
    snprintf(mistake->hint, sizeof mistake->hint, "%s", file->lacks);
  else if (nearest[0] != '\0')
    snprintf(mistake->hint, sizeof mistake->hint, "did you mean `%s`?", nearest);
  return PERCUTA_BAD_INPUT;
}

/* One display unit in SI; all display units are without offset. */
static double unit_factor(const struct percuta_units *units, const struct percuta_key *key) {
  double factor = 1;
  if (*key->unit != '\0')
    (void)percuta_base_units_to_si(units, 1, key->unit, &factor);
  return factor;
}

/* Checks the limits of `key` for `shown`, a number in the display unit. */
static bool within(const struct percuta_key *key, double shown, const char *text,
                   struct percuta_value_mistake *mistake) {
  if ((shown >= key->low && shown <= key->high) ||
      (shown == 0 && percuta_input_keys_may_be_zero(key)))
    return true;
  percuta_input_value_say(mistake, PERCUTA_CODE_OUT_OF_RANGE, text,
                          shown > key->high ? "is too large" : "is too small");
  return false;
}

static enum percuta_status read_quantity(const struct percuta_units *units,
                                         const struct percuta_key *key, const char *text,
                                         double *member, struct percuta_value_mistake *mistake) {
  double si = 0;
  struct percuta_units_mistake why;
  char named[PERCUTA_KEYS_TEXT];
  if (percuta_input_keys_named(key, text, named, sizeof named))
    return percuta_base_units_to_si(units, strtod(named, NULL), key->unit, member);
  const bool needs_unit = strcmp(key->unit, "1") != 0;
  if (needs_unit && is_plain_number(text)) {
    percuta_input_value_say(mistake, PERCUTA_CODE_NO_UNIT, text, "has no unit");
    snprintf(mistake->hint, sizeof mistake->hint, "write the unit, such as `%.40s %s`", text,
             key->unit);
    return PERCUTA_BAD_INPUT;
  }
  const enum percuta_status status = percuta_base_units_parse(units, text, key->unit, &si, &why);
  if (status != PERCUTA_OK) {
    mistake->code = why.code;
    snprintf(mistake->what, sizeof mistake->what, "%s", why.what);
    if (percuta_input_keys_has_names(key)) {
      percuta_input_keys_names(key, named, sizeof named);
      percuta_input_choice_hint(named, text, mistake);
    }
    return status;
  }
  char digits[40];
  snprintf(digits, sizeof digits, "%.14g", si / unit_factor(units, key));
  const double shown = strtod(digits, NULL);
  if (!isfinite(shown)) {
    percuta_input_value_say(mistake, PERCUTA_CODE_OUT_OF_RANGE, text, "is not a finite number");
    return PERCUTA_BAD_INPUT;
  }
  if (!within(key, shown, text, mistake))
    return PERCUTA_BAD_INPUT;
  return percuta_base_units_to_si(units, shown + 0.0, key->unit, member);
}

/* A whole number, also one that is written as 4.0 or 1e2. */
static enum percuta_status read_integer(const struct percuta_key *key, const char *text,
                                        int *member, struct percuta_value_mistake *mistake) {
  double value = 0;
  if (percuta_base_number_parse(text, &value) != PERCUTA_OK || value != floor(value)) {
    percuta_input_value_say(mistake, PERCUTA_CODE_NOT_WHOLE, text, "is not a whole number");
    return PERCUTA_BAD_INPUT;
  }
  if (!within(key, value, text, mistake))
    return PERCUTA_BAD_INPUT;
  if (member != NULL)
    *member = (int)value;
  return PERCUTA_OK;
}

static enum percuta_status read_seed(const char *text, uint64_t *member,
                                     struct percuta_value_mistake *mistake) {
  errno = 0;
  const unsigned long long value = strtoull(text, NULL, 10);
  const bool negative = *text == '-';
  const char *number = text + negative, *end = number + strspn(number, "0123456789");
  if (end > number && *end == '.') /* "4.0" */
    end += 1 + strspn(end + 1, "0");
  const bool digits = *end == '\0' && end > number;
  if (!digits || negative || errno != 0) {
    percuta_input_value_say(mistake, digits ? PERCUTA_CODE_OUT_OF_RANGE : PERCUTA_CODE_NOT_WHOLE,
                            text,
                            digits && !negative ? "is too large" : "is not a whole number from 0");
    return PERCUTA_BAD_INPUT;
  }
  *member = (uint64_t)value;
  return PERCUTA_OK;
}

static enum percuta_status read_boolean(const char *text, bool *member,
                                        struct percuta_value_mistake *mistake) {
  if (percuta_input_choice_truth(text, member))
    return PERCUTA_OK;
  percuta_input_value_say(mistake, PERCUTA_CODE_NOT_A_CHOICE, text,
                          "is neither true nor false, on nor off");
  return PERCUTA_BAD_INPUT;
}

const char *percuta_input_value_of_node(const struct percuta_key *key,
                                        const struct percuta_yaml_node *node, char *out,
                                        size_t size) {
  size_t used = 1;
  const bool several = key->type == PERCUTA_KEY_TIMES || key->type == PERCUTA_KEY_CHOICES;
  if (!several || node->kind != PERCUTA_YAML_LIST)
    return node->text;
  snprintf(out, size, "[");
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next) {
    if (child->text == NULL || used + strlen(child->text) + 4 > size)
      return NULL;
    used += (size_t)snprintf(out + used, size - used, "%s%s", used > 1 ? ", " : "", child->text);
  }
  snprintf(out + used, size - used, "]");
  return out;
}

/* Times between brackets, or a single one. */
static enum percuta_status read_times(const struct percuta_units *units,
                                      const struct percuta_key *key, const char *text,
                                      struct percuta_times *member,
                                      struct percuta_value_mistake *mistake) {
  struct percuta_times times = {.count = 0};
  const char *rest = text + strspn(text, "[ ");
  while (*rest != '\0' && *rest != ']') {
    char one[PERCUTA_KEYS_TEXT];
    const size_t length = strcspn(rest, ",]");
    snprintf(one, sizeof one, "%.*s", (int)length, rest);
    if (times.count == PERCUTA_MAX_TIMES) {
      percuta_input_value_say(mistake, PERCUTA_CODE_WRONG_COUNT, text, "has too many entries");
      return PERCUTA_BAD_INPUT;
    }
    const enum percuta_status status =
        read_quantity(units, key, one, &times.item[times.count], mistake);
    if (status != PERCUTA_OK)
      return status;
    if (times.count > 0 && times.item[times.count] <= times.item[times.count - 1]) {
      percuta_input_value_say(mistake, PERCUTA_CODE_CONFLICT, one,
                              "is not later than the one before it");
      return PERCUTA_BAD_INPUT;
    }
    times.count++;
    rest += length + (rest[length] == ',');
    rest += strspn(rest, " ");
  }
  *member = times;
  return PERCUTA_OK;
}

enum percuta_status percuta_input_value_read(struct percuta_scenario *scenario,
                                             const struct percuta_key *key, const char *text,
                                             void *owner, struct percuta_value_mistake *mistake) {
  *mistake = (struct percuta_value_mistake){.what = ""};
  percuta_input_keys_allowed(key, mistake->allowed, sizeof mistake->allowed);
  void *member = key->stored ? (char *)owner + key->offset : NULL;
  switch (key->type) {
  case PERCUTA_KEY_TEXT:
    return read_text(key, text, member, mistake);
  case PERCUTA_KEY_NAME:
    return read_name(scenario, key, text, member, mistake);
  case PERCUTA_KEY_CHOICE:
    return percuta_input_choice_read(key, text, member, mistake);
  case PERCUTA_KEY_CHOICES:
    return percuta_input_choice_read_several(key, text, member, mistake);
  case PERCUTA_KEY_QUANTITY:
    return read_quantity(scenario->units, key, text, member, mistake);
  case PERCUTA_KEY_INTEGER:
    return read_integer(key, text, member, mistake);
  case PERCUTA_KEY_SEED:
    return read_seed(text, member, mistake);
  case PERCUTA_KEY_BOOLEAN:
    return read_boolean(text, member, mistake);
  case PERCUTA_KEY_TIMES:
    return read_times(scenario->units, key, text, member, mistake);
  case PERCUTA_KEY_LIST:
    break;
  }
  percuta_input_value_say(mistake, PERCUTA_CODE_WRONG_KIND, text, "is not a list");
  return PERCUTA_BAD_INPUT;
}

double percuta_input_value_number(const struct percuta_units *units, const struct percuta_key *key,
                                  const void *owner) {
  const void *member = (const char *)owner + key->offset;
  if (key->type == PERCUTA_KEY_SEED)
    return (double)*(const uint64_t *)member;
  if (key->type != PERCUTA_KEY_QUANTITY)
    return key->stored ? *(const int *)member : key->low;
  char digits[40];
  snprintf(digits, sizeof digits, "%.14g", *(const double *)member / unit_factor(units, key));
  return strtod(digits, NULL);
}

bool percuta_input_value_chosen(const struct percuta_key *key, const void *owner, int index) {
  const void *member = (const char *)owner + key->offset;
  return ((unsigned)*(const int *)member >> index & 1U) != 0;
}

int percuta_input_value_time_count(const struct percuta_key *key, const void *owner) {
  const void *member = (const char *)owner + key->offset;
  return ((const struct percuta_times *)member)->count;
}

double percuta_input_value_time(const struct percuta_units *units, const struct percuta_key *key,
                                const void *owner, int index) {
  const void *member = (const char *)owner + key->offset;
  char digits[40];
  snprintf(digits, sizeof digits, "%.14g",
           ((const struct percuta_times *)member)->item[index] / unit_factor(units, key));
  return strtod(digits, NULL);
}

/* "[1 hours, 24 hours]" */
static void write_times(const struct percuta_units *units, const struct percuta_key *key,
                        const void *owner, char *out, size_t size) {
  size_t used = (size_t)snprintf(out, size, "[");
  for (int i = 0; i < percuta_input_value_time_count(key, owner) && used < size; i++)
    used += (size_t)snprintf(out + used, size - used, "%s%.14g %s", i > 0 ? ", " : "",
                             percuta_input_value_time(units, key, owner, i), key->unit);
  if (used < size)
    snprintf(out + used, size - used, "]");
}

void percuta_input_value_text(const struct percuta_units *units, const struct percuta_key *key,
                              const void *owner, char *out, size_t size) {
  const void *member = (const char *)owner + key->offset;
  out[0] = '\0';
  switch (key->type) {
  case PERCUTA_KEY_TEXT:
  case PERCUTA_KEY_NAME: {
    const char *text = *(char *const *)member;
    snprintf(out, size, "%s", text ? text : "");
    break;
  }
  case PERCUTA_KEY_CHOICE:
    (void)percuta_input_keys_choice_at(key->choices, *(const int *)member, out, size);
    break;
  case PERCUTA_KEY_CHOICES:
    percuta_input_choice_write_several(key, *(const int *)member, out, size);
    break;
  case PERCUTA_KEY_QUANTITY:
  case PERCUTA_KEY_INTEGER:
    snprintf(out, size, "%.14g", percuta_input_value_number(units, key, owner));
    break;
  case PERCUTA_KEY_SEED:
    snprintf(out, size, "%llu", (unsigned long long)*(const uint64_t *)member);
    break;
  case PERCUTA_KEY_BOOLEAN:
    snprintf(out, size, "%s", *(const bool *)member ? "true" : "false");
    break;
  case PERCUTA_KEY_TIMES:
    write_times(units, key, owner, out, size);
    break;
  case PERCUTA_KEY_LIST:
    break;
  }
}

void percuta_input_value_written(const struct percuta_units *units, const struct percuta_key *key,
                                 const void *owner, char *out, size_t size) {
  percuta_input_value_text(units, key, owner, out, size);
  const size_t used = strlen(out);
  if (key->type == PERCUTA_KEY_QUANTITY && strcmp(key->unit, "1") != 0)
    snprintf(out + used, size - used, " %s", key->unit);
}

void percuta_input_value_quote(const char *text, FILE *stream) {
  fputc('"', stream);
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      fprintf(stream, "\\%c", *c);
    else if (*c == '\n')
      fputs("\\n", stream);
    else if (*c == '\t')
      fputs("\\t", stream);
    else if ((unsigned char)*c < 0x20)
      fprintf(stream, "\\u%04x", (unsigned)(unsigned char)*c);
    else
      fputc(*c, stream);
  }
  fputc('"', stream);
}

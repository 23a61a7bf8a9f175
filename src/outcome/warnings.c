/* Warnings as codes with values, and the sentences made of them; test: tests/unit/test_warnings.c.
 */
#include "outcome/warnings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
static const struct {
  const char *code, *words;
} TABLE[] = {
#define PERCUTA_WARNING(code, words) {#code, words},
#include "outcome/warnings.def"
#undef PERCUTA_WARNING
};

const char *percuta_outcome_warnings_code(enum percuta_warning_code code) {
  return TABLE[code].code;
}

const char *percuta_outcome_warnings_words(enum percuta_warning_code code) {
  return TABLE[code].words;
}

int percuta_outcome_warnings_holes(enum percuta_warning_code code,
                                   struct percuta_template_piece out[PERCUTA_WARNING_VALUES]) {
  const char *rest = TABLE[code].words;
  struct percuta_template_piece piece;
  int count = 0;
  while (count < PERCUTA_WARNING_VALUES && percuta_base_template_next(&rest, &piece)) {
    if (piece.hole)
      out[count++] = piece;
  }
  return count;
}

static void drop_texts(struct percuta_warning *warning) {
  for (int i = 0; i < PERCUTA_WARNING_VALUES; ++i)
    free(warning->text[i]);
}

enum percuta_status percuta_outcome_warnings_add(struct percuta_warnings *list,
                                                 enum percuta_warning_code code,
                                                 const struct percuta_warning_value *value) {
  struct percuta_template_piece hole[PERCUTA_WARNING_VALUES];
  struct percuta_warning warning = {.code = code};
  const int count = percuta_outcome_warnings_holes(code, hole);
  bool whole = true;
  for (int i = 0; i < count; ++i) {
    warning.number[i] = value[i].number;
    if (hole[i].format_length == 0) {
      warning.text[i] = strdup(value[i].text ? value[i].text : "");
      whole = whole && warning.text[i];
    }
  }
  struct percuta_warning *grown =
      whole ? realloc(list->item, (size_t)(list->count + 1) * sizeof *grown) : NULL;
  if (!grown) {
    drop_texts(&warning);
    return PERCUTA_MEMORY;
  }
  grown[list->count++] = warning;
  list->item = grown;
  return PERCUTA_OK;
}

void percuta_outcome_warnings_clear(struct percuta_warnings *list) {
  for (int i = 0; i < list->count; ++i)
    drop_texts(&list->item[i]);
  free(list->item);
  *list = (struct percuta_warnings){.count = 0};
}

/* A sentence that grows and stops at its end. */
struct sentence {
  char *text;
  size_t size, used;
};

static void add(struct sentence *sentence, const char *text, size_t length) {
  const size_t room = sentence->size - 1 - sentence->used;
  length = length < room ? length : room;
  memcpy(sentence->text + sentence->used, text, length);
  sentence->used += length;
  sentence->text[sentence->used] = '\0';
}

/* Decimals that show `digits` significant digits or more. */
static int decimals_of(double value, int digits) {
  const int decimals = value > 0 ? digits - 1 - (int)floor(log10(value)) : 0;
  return (int)fmin(fmax(decimals, 0), 20);
}

/* Returns whether it is shown as 1. */
static bool add_number(struct sentence *sentence, const struct percuta_template_piece *hole,
                       double number) {
  const int digits = atoi(hole->format + 1); /* after the point */
  char text[64];
  switch (hole->format[hole->format_length - 1]) {
  case 'g':
    snprintf(text, sizeof text, "%.*g", digits, number);
    break;
  case 'p':
    snprintf(text, sizeof text, "%.*f", decimals_of(number, digits), number);
    break;
  default:
    snprintf(text, sizeof text, "%.*f", digits, number);
  }
  add(sentence, text, strlen(text));
  return strcmp(text, "1") == 0;
}

/* Literal text, in which brackets open and end a part that is left out when `empty`; behind a 1
 * ` days` is ` day`. */
static void add_literal(struct sentence *sentence, const struct percuta_template_piece *piece,
                        bool empty, bool one, bool *out_of_sight) {
  const int left_out = one ? (int)percuta_base_count_one(piece->text, (size_t)piece->length) : 0;
  for (int i = 0; i < piece->length; ++i) {
    const char c = piece->text[i];
    if (i > 0 && i == left_out)
      continue;
    if (c == '[')
      *out_of_sight = empty;
    else if (c == ']')
      *out_of_sight = false;
    else if (!*out_of_sight)
      add(sentence, &c, 1);
  }
}

size_t percuta_outcome_warnings_say(const struct percuta_warning *warning, char *out, size_t size) {
  const char *rest = TABLE[warning->code].words;
  struct sentence sentence = {.text = out, .size = size};
  struct percuta_template_piece piece;
  int next = 0;
  bool out_of_sight = false, one = false;
  out[0] = '\0';
  while (percuta_base_template_next(&rest, &piece)) {
    const char *text = next < PERCUTA_WARNING_VALUES ? warning->text[next] : NULL;
    const bool behind_one = one;
    one = false;
    if (!piece.hole)
      add_literal(&sentence, &piece, text && text[0] == '\0', behind_one, &out_of_sight);
    else if (piece.format_length > 0)
      one = add_number(&sentence, &piece, warning->number[next]);
    else if (text)
      add(&sentence, text, strlen(text));
    next += piece.hole;
  }
  return sentence.used;
}

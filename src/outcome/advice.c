#include "outcome/advice.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "outcome/products.h"

/* A sentence that grows and stops at its end. */
struct sentence {
  size_t used;
  char text[4096];
};

__attribute__((format(printf, 2, 3))) static void add(struct sentence *sentence, const char *format,
                                                      ...) {
  const size_t room = sizeof sentence->text - sentence->used;
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(sentence->text + sentence->used, room, format, arguments);
  va_end(arguments);
  if (length > 0) {
    sentence->used += (size_t)length < room ? (size_t)length : room - 1;
  }
}

/* Whether there is something to say of product `index`: each is spoken of once. */
static bool counts(const struct percuta_record *record, int index) {
  const struct percuta_penetration *penetration = percuta_outcome_products_at(record, index);
  const struct percuta_product *product = &penetration->product;
  const bool cream = record->numbing.used && index == 0;
  if (!percuta_outcome_products_punctured(penetration) ||
      (cream && !record->numbing.needles_first) ||
      (product->sterile && product->meant_to_be_needled_in)) {
    return false;
  }
  for (int before = 0; before < index; ++before) {
    if (strcmp(percuta_outcome_products_at(record, before)->product.id, product->id) == 0 &&
        counts(record, before)) {
      return false;
    }
  }
  return true;
}

/* Whether an earlier one of the products that are spoken of together warns of the same. */
static bool is_said(const struct percuta_record *record, int index) {
  const char *warning = percuta_outcome_products_at(record, index)->product.warning;
  for (int before = 0; before < index; ++before) {
    const struct percuta_penetration *earlier = percuta_outcome_products_at(record, before);
    if (counts(record, before) && earlier->verdict != PERCUTA_PENETRATION_DO_NOT &&
        strcmp(earlier->product.warning, warning) == 0) {
      return true;
    }
  }
  return false;
}

static void say_together(const struct percuta_record *record, percuta_advice_fn *say,
                         void *context) {
  struct sentence names = {0}, all = {0};
  struct sentence reasons = {0};
  for (int i = 0; i < percuta_outcome_products_count(record); ++i) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, i);
    const char *warning = penetration->product.warning;
    if (!counts(record, i) || penetration->verdict == PERCUTA_PENETRATION_DO_NOT) {
      continue;
    }
    add(&names, "%s%s", names.used > 0 ? "; " : "", penetration->product.name);
    if (warning[0] != '\0' && !is_said(record, i)) {
      add(&reasons, " %c%s.", toupper((unsigned char)warning[0]), warning + 1);
    }
  }
  if (names.used > 0) {
    add(&all, "Not made for needled skin: %s.%s", names.text, reasons.text);
    say(context, all.text);
  }
}

void percuta_outcome_advice_products(const struct percuta_record *record, percuta_advice_fn *say,
                                     void *context) {
  for (int w = 0; record->numbing.used && w < record->numbing.warning_count; ++w) {
    say(context, record->numbing.warning[w]);
  }
  for (int i = 0; i < percuta_outcome_products_count(record); ++i) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, i);
    if (counts(record, i) && penetration->verdict == PERCUTA_PENETRATION_DO_NOT) {
      struct sentence sentence = {0};
      add(&sentence, "Do not put %s on needled skin. %s", penetration->product.name,
          penetration->why);
      say(context, sentence.text);
    }
  }
  say_together(record, say, context);
}

/* Advice on products, in codes and values; test: tests/unit/test_advice.c. */
#include "outcome/advice.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/units.h"
#include "outcome/products.h"

#define GRAM 1e-3      /* [kg] */
#define SQUARE_CM 1e-4 /* [m^2] */

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

static enum percuta_status add_together(const struct percuta_record *record,
                                        struct percuta_warnings *out) {
  struct sentence names = {0}, reasons = {0};
  for (int i = 0; i < percuta_outcome_products_count(record); ++i) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, i);
    const char *warning = penetration->product.warning;
    if (!counts(record, i) || penetration->verdict == PERCUTA_PENETRATION_DO_NOT) {
      continue;
    }
    add(&names, "%s%s", names.used > 0 ? "; " : "", penetration->product.name);
    if (warning[0] != '\0' && !is_said(record, i)) {
      add(&reasons, "%s%c%s.", reasons.used > 0 ? " " : "", toupper((unsigned char)warning[0]),
          warning + 1);
    }
  }
  if (names.used == 0) {
    return PERCUTA_OK;
  }
  return percuta_outcome_warnings_add(
      out, PERCUTA_WARNING_products_not_made,
      (const struct percuta_warning_value[]){{.text = names.text}, {.text = reasons.text}});
}

enum percuta_status percuta_outcome_advice_numbing(const struct percuta_numbing *numbing,
                                                   struct percuta_warnings *out) {
  const struct percuta_product_limits *limits = &numbing->penetration.product.limits;
  const char *name = numbing->penetration.product.name;
  const struct {
    enum percuta_numbing_warning of;
    enum percuta_warning_code code;
    struct percuta_warning_value value[3];
  } table[] = {
      {PERCUTA_NUMBING_TOXIC,
       PERCUTA_WARNING_cream_toxic,
       {{.number = 100 * numbing->toxicity * numbing->margin},
        {.number = numbing->toxicity_time / PERCUTA_HOUR},
        {.number = 100 * numbing->signs}}},
      {PERCUTA_NUMBING_RISING,
       PERCUTA_WARNING_cream_rising,
       {{.number = numbing->penetration.plan.follow / PERCUTA_HOUR}}},
      {PERCUTA_NUMBING_MASS,
       PERCUTA_WARNING_cream_mass,
       {{.number = numbing->mass / GRAM}, {.text = name}, {.number = limits->mass / GRAM}}},
      {PERCUTA_NUMBING_AREA,
       PERCUTA_WARNING_cream_area,
       {{.number = numbing->area / SQUARE_CM},
        {.number = limits->area / SQUARE_CM},
        {.text = name}}},
      {PERCUTA_NUMBING_TIME,
       PERCUTA_WARNING_cream_time,
       {{.number = numbing->penetration.plan.apply / PERCUTA_HOUR},
        {.number = limits->time / PERCUTA_HOUR},
        {.text = name}}}};
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < sizeof table / sizeof *table && status == PERCUTA_OK; ++i) {
    if (numbing->used && numbing->warnings & table[i].of)
      status = percuta_outcome_warnings_add(out, table[i].code, table[i].value);
  }
  return status;
}

bool percuta_outcome_advice_is_of_numbing(enum percuta_warning_code code) {
  return code == PERCUTA_WARNING_cream_toxic || code == PERCUTA_WARNING_cream_mass ||
         code == PERCUTA_WARNING_cream_area || code == PERCUTA_WARNING_cream_time ||
         code == PERCUTA_WARNING_cream_rising;
}

enum percuta_status percuta_outcome_advice_products(const struct percuta_record *record,
                                                    struct percuta_warnings *out) {
  enum percuta_status status = percuta_outcome_advice_numbing(&record->numbing, out);
  for (int i = 0; i < percuta_outcome_products_count(record) && status == PERCUTA_OK; ++i) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, i);
    if (counts(record, i) && penetration->verdict == PERCUTA_PENETRATION_DO_NOT) {
      status = percuta_outcome_warnings_add(
          out, PERCUTA_WARNING_product_do_not,
          (const struct percuta_warning_value[]){{.text = penetration->product.name},
                                                 {.text = penetration->why}});
    }
  }
  return status == PERCUTA_OK ? add_together(record, out) : status;
}

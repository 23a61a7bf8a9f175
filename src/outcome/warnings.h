/* What a reader must be told: a code and its values, which a table of words (warnings.def) turns
 * into a sentence. */
#ifndef PERCUTA_OUTCOME_WARNINGS_H
#define PERCUTA_OUTCOME_WARNINGS_H

#include "base/status.h"
#include "base/template.h"

enum percuta_warning_code {
#define PERCUTA_WARNING(code, words) PERCUTA_WARNING_##code,
#include "outcome/warnings.def"
#undef PERCUTA_WARNING
  PERCUTA_WARNING_COUNT
};

enum {
  PERCUTA_WARNING_VALUES = 5,
  PERCUTA_WARNING_LENGTH = 8192 /* of a sentence, with its end */
};

/* What a warning is given: a number in the unit of its name, or a text. */
struct percuta_warning_value {
  double number;
  const char *text;
};

struct percuta_warning {
  enum percuta_warning_code code;
  double number[PERCUTA_WARNING_VALUES]; /* in the order of the holes … */
  char *text[PERCUTA_WARNING_VALUES];    /* … as are texts, owned; NULL for a number */
};

struct percuta_warnings {
  struct percuta_warning *item; /* owned */
  int count;
};

/* Adds a warning whose values, as many as its words have holes, are copied; `value` may be NULL
 * when there is none. PERCUTA_MEMORY leaves the list as it was. */
enum percuta_status percuta_outcome_warnings_add(struct percuta_warnings *list,
                                                 enum percuta_warning_code code,
                                                 const struct percuta_warning_value *value);
void percuta_outcome_warnings_clear(struct percuta_warnings *list);

/* Writes the sentence and returns its length; one that does not fit is cut off. */
size_t percuta_outcome_warnings_say(const struct percuta_warning *warning, char *out, size_t size);

const char *percuta_outcome_warnings_code(enum percuta_warning_code code);
const char *percuta_outcome_warnings_words(enum percuta_warning_code code);

/* The holes in the words of `code`, and how many there are; a text has no format. */
int percuta_outcome_warnings_holes(enum percuta_warning_code code,
                                   struct percuta_template_piece out[PERCUTA_WARNING_VALUES]);

#endif

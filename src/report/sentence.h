/* Sentences as data: words, texts, and numbers with unit, precision and source. HTML is made of
 * them by one function; another form of them would be another function. */
#ifndef PERCUTA_REPORT_SENTENCE_H
#define PERCUTA_REPORT_SENTENCE_H

#include <stdbool.h>
#include <stdio.h>

enum percuta_sentence_kind {
  PERCUTA_SENTENCE_WORDS,  /* of the form itself; `~` is a space at which no line breaks */
  PERCUTA_SENTENCE_TEXT,   /* a name or word that was put in */
  PERCUTA_SENTENCE_NUMBER, /* `digits` significant digits, `unit` */
  PERCUTA_SENTENCE_COUNT,  /* a whole number */
  PERCUTA_SENTENCE_SPELT,  /* the same, in letters below ten */
  PERCUTA_SENTENCE_CHANGE, /* relative to before, as a signed change in per cent */
  PERCUTA_SENTENCE_DAY,    /* [d] */
  PERCUTA_SENTENCE_SPAN,   /* [s] in minutes, hours or days */
  PERCUTA_SENTENCE_MONTHS  /* [s] in days or months */
};

enum percuta_sentence_weight {
  PERCUTA_SENTENCE_PLAIN,
  PERCUTA_SENTENCE_STRONG,
  PERCUTA_SENTENCE_DOUBT
};

/* One piece of a sentence. Pieces of the form are borrowed and not terminated. */
struct percuta_sentence_part {
  enum percuta_sentence_kind kind;
  enum percuta_sentence_weight weight;
  const char *words; /* of WORDS */
  int words_length;
  char *text; /* of TEXT; owned */
  double number;
  int digits;
  const char *unit; /* of NUMBER; "" for none */
  int unit_length;
  const char *source; /* what it is: block.key of summary.json, scenario.key, skin.member; "":
                         worked out where the sentence is made */
  int source_length;
};

struct percuta_sentence {
  struct percuta_sentence_part *part; /* owned */
  int count;
};

struct percuta_paragraph {
  struct percuta_sentence *sentence; /* owned */
  int count;
  bool failed; /* there was no memory for all of it */
};

/* What goes into the holes of a form, in their order. */
struct percuta_sentence_value {
  double number;
  const char *text; /* copied */
};

/* Adds a sentence. `form` is static text in which *…* is strong and _…_ is a doubt, with holes
 * {source:format}: `3` or `3 µm` (significant digits, unit), `change`, `day`, `span`, `months`,
 * `count`, `spelt`, and of texts `text`, `name` (the first letter in upper case) and `inner` (in
 * lower case). A hole without a value is a dash. */
void percuta_report_sentence_say(struct percuta_paragraph *paragraph, const char *form,
                                 const struct percuta_sentence_value *value, int count);
/* Goes on with the last sentence. */
void percuta_report_sentence_go_on(struct percuta_paragraph *paragraph, const char *form,
                                   const struct percuta_sentence_value *value, int count);

/* Writes the sentences as HTML with `separator`, HTML too, between them; `strong` is the element
 * for what is strong. */
void percuta_report_sentence_html(FILE *stream, const struct percuta_paragraph *paragraph,
                                  const char *strong, const char *separator);
void percuta_report_sentence_clear(struct percuta_paragraph *paragraph);

#endif

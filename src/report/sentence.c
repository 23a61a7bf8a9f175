/* Cuts forms into parts and writes parts as HTML; test: tests/unit/test_sentence.c. */
#include "report/sentence.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/template.h"
#include "report/html.h"

static const struct {
  const char *word;
  enum percuta_sentence_kind kind;
} FORMATS[] = {{"change", PERCUTA_SENTENCE_CHANGE}, {"day", PERCUTA_SENTENCE_DAY},
               {"span", PERCUTA_SENTENCE_SPAN},     {"months", PERCUTA_SENTENCE_MONTHS},
               {"count", PERCUTA_SENTENCE_COUNT},   {"spelt", PERCUTA_SENTENCE_SPELT},
               {"text", PERCUTA_SENTENCE_TEXT},     {"name", PERCUTA_SENTENCE_TEXT},
               {"inner", PERCUTA_SENTENCE_TEXT}};

/* The last sentence with a new part at its end; NULL without memory. */
static struct percuta_sentence_part *grow(struct percuta_paragraph *paragraph) {
  struct percuta_sentence *sentence =
      paragraph->count > 0 ? &paragraph->sentence[paragraph->count - 1] : NULL;
  struct percuta_sentence_part *part =
      sentence ? realloc(sentence->part, (size_t)(sentence->count + 1) * sizeof *part) : NULL;
  if (!part) {
    paragraph->failed = true;
    return NULL;
  }
  sentence->part = part;
  part[sentence->count] = (struct percuta_sentence_part){.unit = "", .source = ""};
  return &part[sentence->count++];
}

static void add_words(struct percuta_paragraph *paragraph, const char *words, int length,
                      enum percuta_sentence_weight weight) {
  struct percuta_sentence_part *part = length > 0 ? grow(paragraph) : NULL;
  if (!part)
    return;
  part->kind = PERCUTA_SENTENCE_WORDS;
  part->weight = weight;
  part->words = words;
  part->words_length = length;
}

/* Literal text, in which * and _ turn weights on and off. */
static void add_literal(struct percuta_paragraph *paragraph,
                        const struct percuta_template_piece *piece,
                        enum percuta_sentence_weight *weight) {
  int begin = 0;
  for (int i = 0; i <= piece->length; ++i) {
    const char c = i < piece->length ? piece->text[i] : '\0';
    if (c != '*' && c != '_' && c != '\0')
      continue;
    add_words(paragraph, piece->text + begin, i - begin, *weight);
    begin = i + 1;
    if (c != '\0')
      *weight = *weight != PERCUTA_SENTENCE_PLAIN ? PERCUTA_SENTENCE_PLAIN
                : c == '*'                        ? PERCUTA_SENTENCE_STRONG
                                                  : PERCUTA_SENTENCE_DOUBT;
  }
}

static bool is_format(const struct percuta_template_piece *hole, const char *word) {
  return (int)strlen(word) == hole->format_length &&
         strncmp(word, hole->format, (size_t)hole->format_length) == 0;
}

static char *copy_text(const struct percuta_template_piece *hole, const char *text) {
  char *copy = strdup(text ? text : "—");
  if (copy && is_format(hole, "name"))
    copy[0] = (char)toupper((unsigned char)copy[0]);
  if (copy && is_format(hole, "inner"))
    copy[0] = (char)tolower((unsigned char)copy[0]);
  return copy;
}

static void add_value(struct percuta_paragraph *paragraph,
                      const struct percuta_template_piece *hole,
                      const struct percuta_sentence_value *value,
                      enum percuta_sentence_weight weight) {
  struct percuta_sentence_part *part = grow(paragraph);
  if (!part)
    return;
  part->kind = PERCUTA_SENTENCE_NUMBER;
  part->weight = weight;
  part->number = value ? value->number : (double)NAN;
  part->source = hole->text;
  part->source_length = hole->length;
  for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; ++i) {
    if (is_format(hole, FORMATS[i].word))
      part->kind = FORMATS[i].kind;
  }
  if (part->kind == PERCUTA_SENTENCE_NUMBER) {
    part->digits = atoi(hole->format);
    const char *blank = memchr(hole->format, ' ', (size_t)hole->format_length);
    part->unit = blank ? blank + 1 : "";
    part->unit_length = blank ? (int)(hole->format + hole->format_length - part->unit) : 0;
  }
  if (part->kind == PERCUTA_SENTENCE_TEXT) {
    part->text = copy_text(hole, value ? value->text : NULL);
    paragraph->failed = paragraph->failed || !part->text;
  }
}

void percuta_report_sentence_go_on(struct percuta_paragraph *paragraph, const char *form,
                                   const struct percuta_sentence_value *value, int count) {
  enum percuta_sentence_weight weight = PERCUTA_SENTENCE_PLAIN;
  struct percuta_template_piece piece;
  int next = 0;
  while (percuta_base_template_next(&form, &piece)) {
    if (piece.hole) {
      add_value(paragraph, &piece, next < count ? &value[next] : NULL, weight);
      ++next;
    } else {
      add_literal(paragraph, &piece, &weight);
    }
  }
}

void percuta_report_sentence_say(struct percuta_paragraph *paragraph, const char *form,
                                 const struct percuta_sentence_value *value, int count) {
  struct percuta_sentence *grown =
      realloc(paragraph->sentence, (size_t)(paragraph->count + 1) * sizeof *grown);
  if (!grown) {
    paragraph->failed = true;
    return;
  }
  paragraph->sentence = grown;
  grown[paragraph->count++] = (struct percuta_sentence){.count = 0};
  percuta_report_sentence_go_on(paragraph, form, value, count);
}

void percuta_report_sentence_clear(struct percuta_paragraph *paragraph) {
  for (int s = 0; s < paragraph->count; ++s) {
    for (int p = 0; p < paragraph->sentence[s].count; ++p)
      free(paragraph->sentence[s].part[p].text);
    free(paragraph->sentence[s].part);
  }
  free(paragraph->sentence);
  *paragraph = (struct percuta_paragraph){.count = 0};
}

/* Whether the part is shown as 1 or one. */
static bool is_one(const struct percuta_sentence_part *part) {
  switch (part->kind) {
  case PERCUTA_SENTENCE_NUMBER:
    return part->unit_length == 0 &&
           strcmp(percuta_report_html_number(part->number, part->digits).text, "1") == 0;
  case PERCUTA_SENTENCE_DAY:
    return strcmp(percuta_report_html_day(part->number).text, "1") == 0;
  case PERCUTA_SENTENCE_COUNT:
    return fabs(part->number - 1) < 0.5;
  default:
    return part->kind == PERCUTA_SENTENCE_SPELT && (int)part->number == 1;
  }
}

/* Words, after the part `before` or NULL: ` minutes` is ` minute` behind a 1. */
static void write_words(FILE *stream, const struct percuta_sentence_part *part,
                        const struct percuta_sentence_part *before) {
  const size_t length = (size_t)part->words_length;
  const size_t left_out =
      before && is_one(before) ? percuta_base_count_one(part->words, length) : 0;
  for (size_t i = 0; i < length; ++i) {
    const char c[2] = {part->words[i], '\0'};
    if (i > 0 && i == left_out)
      continue;
    if (c[0] == '~')
      fputs("&nbsp;", stream);
    else
      percuta_report_html_text(stream, c);
  }
}

static void write_number(FILE *stream, const struct percuta_sentence_part *part) {
  fputs(percuta_report_html_number(part->number, part->digits).text, stream);
  if (part->unit_length > 0)
    fprintf(stream, "&nbsp;%.*s", part->unit_length, part->unit);
}

static void write_spelt(FILE *stream, double number) {
  static const char *const word[] = {"no",   "one", "two",   "three", "four",
                                     "five", "six", "seven", "eight", "nine"};
  if (number >= 0 && number < 10)
    fputs(word[(int)number], stream);
  else
    fprintf(stream, "%.0f", number);
}

static void write_part(FILE *stream, const struct percuta_sentence_part *part,
                       const struct percuta_sentence_part *before) {
  switch (part->kind) {
  case PERCUTA_SENTENCE_WORDS:
    write_words(stream, part, before);
    break;
  case PERCUTA_SENTENCE_TEXT:
    percuta_report_html_text(stream, part->text ? part->text : "");
    break;
  case PERCUTA_SENTENCE_NUMBER:
    write_number(stream, part);
    break;
  case PERCUTA_SENTENCE_COUNT:
    fprintf(stream, "%.0f", part->number);
    break;
  case PERCUTA_SENTENCE_SPELT:
    write_spelt(stream, part->number);
    break;
  case PERCUTA_SENTENCE_CHANGE:
    fputs(percuta_report_html_change(part->number).text, stream);
    break;
  case PERCUTA_SENTENCE_DAY:
    fputs(percuta_report_html_day(part->number).text, stream);
    break;
  case PERCUTA_SENTENCE_SPAN:
    fputs(percuta_report_html_span(part->number).text, stream);
    break;
  case PERCUTA_SENTENCE_MONTHS:
    fputs(percuta_report_html_months(part->number).text, stream);
    break;
  }
}

/* Ends one weight and begins another, where they differ. */
static void turn(FILE *stream, const char *strong, enum percuta_sentence_weight from,
                 enum percuta_sentence_weight to) {
  const char *const element[] = {"", strong, "em"};
  if (from == to)
    return;
  if (from != PERCUTA_SENTENCE_PLAIN)
    fprintf(stream, "</%s>", element[from]);
  if (to != PERCUTA_SENTENCE_PLAIN)
    fprintf(stream, "<%s>", element[to]);
}

void percuta_report_sentence_html(FILE *stream, const struct percuta_paragraph *paragraph,
                                  const char *strong, const char *separator) {
  for (int s = 0; s < paragraph->count; ++s) {
    const struct percuta_sentence *sentence = &paragraph->sentence[s];
    enum percuta_sentence_weight weight = PERCUTA_SENTENCE_PLAIN;
    fputs(s > 0 ? separator : "", stream);
    for (int p = 0; p < sentence->count; ++p) {
      turn(stream, strong, weight, sentence->part[p].weight);
      weight = sentence->part[p].weight;
      write_part(stream, &sentence->part[p], p > 0 ? &sentence->part[p - 1] : NULL);
    }
    turn(stream, strong, weight, PERCUTA_SENTENCE_PLAIN);
  }
}

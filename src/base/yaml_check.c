/* Bytes that are no text, and libyaml's complaints in words that a user understands.
 * Tests: tests/unit/test_yaml.c, tests/robustness. */
#include "base/yaml_check.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void report_character(uint32_t code, int length, unsigned char byte,
                             struct percuta_place place, struct percuta_diag *diag) {
  char what[120];
  struct percuta_mistake mistake = {
      .code = PERCUTA_CODE_BAD_CHARACTER, .place = place, .what = what};
  if (length == 0) {
    snprintf(what, sizeof what, "the byte 0x%02X is not UTF-8 text", (unsigned)byte);
    mistake.hint = "save the file as UTF-8 text";
  } else if (code == 0) {
    mistake.what = "a NUL byte: this is not a text file";
  } else {
    snprintf(what, sizeof what, "the control character U+%04X is not allowed", (unsigned)code);
    mistake.hint = "delete it";
  }
  percuta_base_diag_add(diag, &mistake);
}

/* How many of the first `length` bytes are plain ASCII, most of any text: neither controls nor part
 * of a character of several bytes. */
static size_t plain(const char *text, size_t length) {
  size_t count = 0;
  while (count < length && text[count] >= ' ' && text[count] <= '~')
    count++;
  return count;
}

bool percuta_base_yaml_check_text(const char *text, size_t length, const char *shown,
                                  struct percuta_diag *diag) {
  struct percuta_place place = {.file = shown, .line = 1, .column = 1};
  for (size_t at = 0; at < length;) {
    const size_t run = plain(text + at, length - at);
    at += run;
    place.column += (int)run;
    if (at == length)
      break;
    uint32_t code = 0;
    const int bytes = percuta_base_utf8_next(text + at, length - at, &code);
    const bool line_end =
        code == '\n' || (code == '\r' && (at + 1 == length || text[at + 1] != '\n'));
    const bool control =
        percuta_base_utf8_is_control(code) && code != '\n' && code != '\r' && code != '\t';
    if (bytes == 0 || control) {
      report_character(code, bytes, (unsigned char)text[at], place, diag);
      return false;
    }
    place.line += line_end;
    place.column = line_end ? 1 : place.column + 1;
    at += (size_t)bytes;
  }
  return true;
}

bool percuta_base_yaml_check_scalar(const char *text, size_t length, bool lines) {
  for (size_t at = plain(text, length); at < length; at += plain(text + at, length - at)) {
    uint32_t code = 0;
    const int bytes = percuta_base_utf8_next(text + at, length - at, &code);
    const bool spacing = lines && (code == '\n' || code == '\t');
    if (bytes == 0 || (percuta_base_utf8_is_control(code) && !spacing))
      return false;
    at += (size_t)bytes;
  }
  return true;
}

/* What libyaml says and what we say instead; `%d` stands for the line where the thing began. */
struct saying {
  enum percuta_code code;
  const char *problem; /* or context, of libyaml */
  const char *what;
  const char *hint; /* or NULL */
  bool at_start;    /* the place to show is where the thing began */
};

#define FORBIDDEN PERCUTA_CODE_FORBIDDEN_YAML
#define BAD PERCUTA_CODE_BAD_YAML

static const struct saying SAYINGS[] = {
    {FORBIDDEN, "directive", "directives (`%`) are not allowed", NULL, true},
    {FORBIDDEN, "undefined tag handle", "tags (`!`) are not allowed",
     "put text that begins with `!` between quotes", false},
    {FORBIDDEN, "scanning a tag", "tags (`!`) are not allowed",
     "put text that begins with `!` between quotes", true},
    {FORBIDDEN, "scanning an anchor", "anchors (`&`) are not allowed",
     "put text that begins with `&` between quotes", true},
    {FORBIDDEN, "scanning an alias", "aliases (`*`) are not allowed",
     "put text that begins with `*` between quotes", true},
    {BAD, "could not find expected ':'", "a key is not followed by `:`", "write `key: value`",
     true},
    {BAD, "mapping values are not allowed", "`:` stands where no key can be",
     "check this line and the one above; text that contains `: ` goes between quotes", false},
    {BAD, "mapping keys are not allowed", "`?` stands where no key can be", NULL, false},
    {BAD, "block sequence entries are not allowed", "`-` stands where no list can begin",
     "begin the list on a line of its own", false},
    {BAD, "did not find expected key", "the indentation does not fit the lines above",
     "keys of one block begin in the same column", false},
    {BAD, "did not find expected '-'", "the indentation does not fit the list above",
     "entries of one list begin with `-` in the same column", false},
    {BAD, "',' or ']'", "the list opened with `[` on line %d lacks `,` or `]` here", NULL, false},
    {BAD, "',' or '}'", "the map opened with `{` on line %d lacks `,` or `}` here", NULL, false},
    {BAD, "did not find expected node content", "a value is missing here", NULL, false},
    {BAD, "unexpected end of stream", "the text opened with a quote on line %d is not closed", NULL,
     true},
    {BAD, "unexpected document indicator", "the text opened with a quote on line %d is not closed",
     NULL, true},
    {BAD, "escape", "`\\` is followed by no known escape", "single quotes keep `\\` as it is",
     false},
    {BAD, "hexdecimal", "`\\` is followed by no known escape", "single quotes keep `\\` as it is",
     false},
    {BAD, "tab character", "a tab is used for indentation", "use spaces", false},
    {BAD, "block scalar", "`|` or `>` is followed by something other than a line end", NULL, false},
    {BAD, "unexpected ':'", "`:` stands within text in brackets", "put the text between quotes",
     false},
    {BAD, "<document start>", "text that belongs to nothing above",
     "check the indentation and brackets", false},
};

/* The character at libyaml's index, which counts characters; 0 past the end. */
static uint32_t character_at(const char *text, size_t length, size_t index) {
  uint32_t code = 0;
  for (size_t at = 0, count = 0; at < length; count++) {
    const int bytes = percuta_base_utf8_next(text + at, length - at, &code);
    if (bytes == 0)
      return 0;
    if (count == index)
      return code;
    at += (size_t)bytes;
  }
  return 0;
}

static struct percuta_place place_of(const char *shown, yaml_mark_t mark) {
  return (struct percuta_place){
      .file = shown, .line = (int)mark.line + 1, .column = (int)mark.column + 1};
}

/* Reports a character with which no YAML value can begin. */
static void report_start(uint32_t code, struct percuta_place place, struct percuta_diag *diag) {
  char what[80] = "a tab is used for indentation";
  if (code != '\t')
    snprintf(what, sizeof what, "no value can begin with `%c`", (char)code);
  percuta_base_diag_add(diag,
                        &(struct percuta_mistake){
                            .code = PERCUTA_CODE_BAD_YAML,
                            .place = place,
                            .what = what,
                            .hint = code == '\t' ? "use spaces" : "put the text between quotes"});
}

static bool says(const char *text, const char *part) {
  return text != NULL && strstr(text, part) != NULL;
}

void percuta_base_yaml_check_problem(const yaml_parser_t *parser, const char *text, size_t length,
                                     const char *shown, struct percuta_diag *diag) {
  const char *problem = parser->problem, *context = parser->context;
  struct percuta_place place = place_of(shown, parser->problem_mark);
  const struct percuta_place start = place_of(shown, parser->context_mark);
  char what[200];
  if (says(problem, "cannot start any token")) {
    report_start(character_at(text, length, parser->problem_mark.index), place, diag);
    return;
  }
  for (size_t i = 0; i < sizeof SAYINGS / sizeof SAYINGS[0]; i++) {
    const struct saying *saying = &SAYINGS[i];
    if (!says(problem, saying->problem) && !says(context, saying->problem))
      continue;
    const char *gap = strstr(saying->what, "%d");
    if (gap != NULL)
      snprintf(what, sizeof what, "%.*s%d%s", (int)(gap - saying->what), saying->what, start.line,
               gap + 2);
    else
      snprintf(what, sizeof what, "%s", saying->what);
    if (saying->at_start && context != NULL)
      place = start;
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){
                  .code = saying->code, .place = place, .what = what, .hint = saying->hint});
    return;
  }
  snprintf(what, sizeof what, "this is not YAML: %s", problem ? problem : "not known why");
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = PERCUTA_CODE_BAD_YAML, .place = place, .what = what});
}

/* A mistake knows where its key or value begins; this looks from there to where the value ends, in
 * the text as it was given. Lines are those of libyaml, which ends one at U+2028, too. Test:
 * tests/unit/test_hidden.c. */
#include "base/hidden.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { ONE = 80 }; /* bytes that name one character */
enum { NEXT_LINE = 0x85, LINE_SEPARATOR = 0x2028, PARAGRAPH_SEPARATOR = 0x2029 };

const char *percuta_base_hidden_name(uint32_t code) {
  static const struct {
    uint32_t code;
    const char *name;
  } names[] = {{0xAD, "soft hyphen"},
               {0x34F, "combining grapheme joiner"},
               {0x180E, "Mongolian vowel separator"},
               {0x200B, "zero-width space"},
               {0x200C, "zero-width non-joiner"},
               {0x200D, "zero-width joiner"},
               {LINE_SEPARATOR, "line separator"},
               {PARAGRAPH_SEPARATOR, "paragraph separator"},
               {0x2060, "word joiner"},
               {0x2061, "function application"},
               {0x2062, "invisible times"},
               {0x2063, "invisible separator"},
               {0x2064, "invisible plus"},
               {0xFEFF, "byte order mark"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].code == code)
      return names[i].name;
  return percuta_base_utf8_is_bidi(code) ? "mark of direction" : NULL;
}

/* Where a text is read. */
struct walk {
  const char *at, *end;
  int line, column;
};

/* The next character; 0 at the end. */
static uint32_t take(struct walk *walk, bool *ends_line) {
  uint32_t code = 0;
  const size_t left = (size_t)(walk->end - walk->at);
  const int bytes = left > 0 ? percuta_base_utf8_next(walk->at, left, &code) : 0;
  *ends_line = code == '\n' || (code == '\r' && walk->at[1] != '\n') || code == NEXT_LINE ||
               code == LINE_SEPARATOR || code == PARAGRAPH_SEPARATOR;
  walk->at += bytes > 0 ? bytes : left > 0;
  walk->column++;
  if (*ends_line) {
    walk->line++;
    walk->column = 1;
  }
  return bytes > 0 ? code : left > 0 ? '?' : 0;
}

/* Writes what is found from `place` to the end of the value, or on the whole line where its column
 * is not known, as far as there is room; "" when nothing is. */
static void find(const struct percuta_place *place, const char *text, int line, bool whole,
                 char *out, size_t size) {
  struct walk walk = {text, text + strlen(text), line, 1};
  bool ends = false;
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t code = ' '; code != 0;) {
    const struct walk here = walk;
    code = take(&walk, &ends);
    const bool before = here.line < place->line || (!whole && here.column < place->column);
    /* a separator that ends the line before is one in the midst of it to anybody else */
    const bool broken = before && here.line == place->line - 1 && code >= LINE_SEPARATOR && ends;
    const char *name = before && !broken ? NULL : percuta_base_hidden_name(code);
    if (name != NULL && used + ONE < size)
      used += (size_t)snprintf(out + used, size - used, "%sa %s (U+%04X) in column %d",
                               used > 0 ? ", " : "", name, (unsigned)code, here.column);
    if (!before && (ends || (!whole && (code == ',' || code == '}' || code == ']'))))
      return;
  }
}

void percuta_base_hidden_tell(struct percuta_diag *diag, const char *shown, const char *text,
                              int line) {
  char found[4 * ONE], hint[1000];
  for (size_t i = 0; i < percuta_base_diag_kept(diag); i++) {
    const struct percuta_mistake *mistake = percuta_base_diag_at(diag, i);
    const struct percuta_place *place = &mistake->place;
    if (place->file == NULL || strcmp(place->file, shown) != 0 || place->line < line)
      continue;
    const bool whole = place->column <= 1 || mistake->code == PERCUTA_CODE_BAD_YAML;
    find(place, text, line, whole, found, sizeof found);
    if (found[0] == '\0')
      continue;
    const bool more = mistake->hint != NULL && *mistake->hint != '\0';
    snprintf(hint, sizeof hint, "it contains %s, not to be seen%s%.600s", found, more ? "; " : "",
             more ? mistake->hint : "");
    percuta_base_diag_set_hint(diag, i, hint);
  }
}

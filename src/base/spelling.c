/* Spellings of units met in papers, on labels and in clinics, and what to write in place of those
 * that are no unit. Test: tests/unit/test_units.c. */
#include "base/spelling.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

struct spelling {
  const char *written, *meant;
};

static const struct spelling SPELLINGS[] = {
    {"y.o.", "years"},
    {"y.o", "years"},
    {"y/o", "years"},
    {"years old", "years"},
    {"year old", "years"},
    {"yrs old", "years"},
    {"yr old", "years"},
    {"years of age", "years"},
    {"% w/w", "%"},
    {"% (w/w)", "%"},
    {"% wt/wt", "%"},
    {"% m/m", "%"},
    {"% (m/m)", "%"},
    {"% wt", "%"},
    {"% by weight", "%"},
    {"% by mass", "%"},
    {"wt%", "%"},
    {"wt %", "%"},
    {"wt.%", "%"},
    {"wt. %", "%"},
    {"w/w %", "%"},
    {"w/w%", "%"},
    {"per cent", "%"},
    {"pct", "%"},
    {"‰", "g/kg"},
    {"per mille", "g/kg"},
    {"permille", "g/kg"},
    {"promille", "g/kg"},
    {"Da", "g/mol"}, /* a molecule's mass, of which we ask that of a mole */
    {"dalton", "g/mol"},
    {"daltons", "g/mol"},
    {"kDa", "kg/mol"},
    {"kilodalton", "kg/mol"},
    {"kilodaltons", "kg/mol"},
    {"r/min", "rpm"},
    {"strokes per min", "strokes/min"},
    {"cycles per second", "cycles/s"},
    {"revolutions per minute", "rpm"},
};

/* Whether both are the same but for capitals and blanks. */
static bool is_same(const char *a, const char *b) {
  for (;; a++, b++) {
    a += strspn(a, " ");
    b += strspn(b, " ");
    if (strncasecmp(a, b, 1) != 0)
      return false;
    if (*a == '\0')
      return true;
  }
}

const char *percuta_base_spelling_unit(const char *unit) {
  for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++)
    if (is_same(unit, SPELLINGS[i].written))
      return SPELLINGS[i].meant;
  return unit;
}

/* Shares of other wholes than the mass. */
static const char *const PER_VOLUME[] = {"% w/v", "% (w/v)", "% wt/vol",
                                         "% m/v", "% (m/v)", "w/v %"};
static const char *const OF_VOLUME[] = {"% v/v", "% (v/v)", "% vol",
                                        "vol%",  "vol.%",   "% by volume"};
static const char *const ACTIVITY[] = {"IU",
                                       "I.U.",
                                       "IE",
                                       "U",
                                       "MIU",
                                       "IU/g",
                                       "U/g",
                                       "units",
                                       "unit",
                                       "units/ml",
                                       "international units"};
static const char *const PER_ML[] = {"IU/ml", "U/ml"}, *const PER_DL[] = {"IU/dl", "U/dl",
                                                                          "IU/100 ml"};

static bool is_among(const char *unit, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (is_same(unit, words[i]))
      return true;
  return false;
}

#define IS_AMONG(unit, words) is_among(unit, words, sizeof(words) / sizeof *(words))

const char *percuta_base_spelling_refusal(const char *unit, bool share) {
  if (IS_AMONG(unit, PER_VOLUME))
    return share ? "is grams in 100 ml, not a share of the mass; divide it by the density in g/ml "
                   "and write `%`"
                 : "is grams in 100 ml; write it as g/l, ten times the number";
  if (IS_AMONG(unit, OF_VOLUME))
    return "is a share of the volume, not of the mass; multiply it by the density of the substance "
           "over that of the "
           "product and write `%`";
  if (IS_AMONG(unit, ACTIVITY))
    return "counts what a substance does, not how much of it there is; write its mass (the label "
           "or pharmacopoeia says how "
           "much one unit weighs)";
  if (IS_AMONG(unit, PER_ML))
    return "counts what a substance does; of a factor of clotting 1 IU/ml is 100 %, of anything "
           "else write the mass";
  if (IS_AMONG(unit, PER_DL))
    return "counts what a substance does; of a factor of clotting 1 IU/dl is 1 %, of anything else "
           "write the mass";
  return NULL;
}

/* What stands for a character of two or three bytes: `-` for the minus sign U+2212, and behind a
 * letter what a raised one means, for 10⁹ is no 109. NUL: itself. */
static char plain_of(const char *at, bool behind_letter) {
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻"};
  enum { RAISED = sizeof raised / sizeof *raised };
  if (strncmp(at, "\u2212", 3) == 0)
    return '-';
  for (int i = 0; i < RAISED && behind_letter; i++)
    if (strncmp(at, raised[i], strlen(raised[i])) == 0)
      return "0123456789-"[i];
  return '\0';
}

bool percuta_base_spelling_plain(const char *text, char *out, size_t size) {
  size_t used = percuta_base_utf8_blanks(text, strlen(text), out, size);
  if (used >= size)
    return false;
  out[used] = '\0';
  bool behind = false; /* a letter, and what is raised there */
  char *to = out;
  for (const char *from = out; *from != '\0';) {
    uint32_t code = 0;
    const int bytes = percuta_base_utf8_next(from, strlen(from), &code);
    const char plain = bytes > 1 ? plain_of(from, behind) : '\0';
    behind = plain != '\0' ? behind : strchr(" 0123456789.+-*/", *from) == NULL;
    if (plain != '\0')
      *to++ = plain;
    else
      for (int i = 0; i < (bytes > 1 ? bytes : 1); i++)
        *to++ = from[i];
    from += bytes > 1 ? bytes : 1;
  }
  *to = '\0';
  return true;
}

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

bool percuta_base_spelling_plain(const char *text, char *out, size_t size) {
  static const char MINUS[] = "\xE2\x88\x92";
  size_t used = percuta_base_utf8_blanks(text, strlen(text), out, size);
  if (used >= size)
    return false;
  out[used] = '\0';
  for (char *minus = strstr(out, MINUS); minus != NULL; minus = strstr(minus, MINUS)) {
    *minus = '-';
    memmove(minus + 1, minus + 3, strlen(minus + 3) + 1);
  }
  return true;
}

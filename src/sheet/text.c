/* The sheet for a terminal: plain ASCII, 80 columns. Test: tests/cli/device.sh. */
#include "sheet/text.h"

#include <math.h>
#include <string.h>

#include "base/version.h"
#include "device/device.h"
#include "sheet/words.h"
#include "validate/show.h"

enum { WIDTH = 80, INDENT = 2 };

/* Writes `text` in lines of at most WIDTH characters, each `indent` spaces in. */
static void wrap(FILE *stream, const char *text, int indent) {
  int column = 0;
  while (*text != '\0') {
    text += strspn(text, " ");
    const int length = (int)strcspn(text, " ");
    if (length == 0)
      break;
    if (column > 0 && column + 1 + length > WIDTH) {
      fputc('\n', stream);
      column = 0;
    }
    column += column == 0 ? fprintf(stream, "%*s%.*s", indent, "", length, text)
                          : fprintf(stream, " %.*s", length, text);
    text += length;
  }
  fputc('\n', stream);
}

static void head(FILE *stream, const char *text) {
  fprintf(stream, "\n%s\n", text);
}

static void fact(FILE *stream, const char *name, const char *text) {
  fprintf(stream, "  %-24s %s\n", name, text);
}

static void write_head(const struct percuta_sheet *sheet, FILE *stream) {
  char text[1024];
  snprintf(text, sizeof text, "Sheet of a device: %s", sheet->name);
  wrap(stream, text, 0);
  if (*sheet->known) {
    snprintf(text, sizeof text, "Known: %s. Source: %s.", sheet->known, sheet->source);
    wrap(stream, text, INDENT);
  }
  snprintf(text, sizeof text, "Conditions: ");
  percuta_sheet_words_conditions(sheet, text + strlen(text), sizeof text - strlen(text));
  wrap(stream, text, INDENT);
  wrap(stream,
       "In brackets the middle 90 % of what is known. These are numbers of a model, Percuta "
       "" PERCUTA_VERSION ", not tests of this device, which 21 CFR 878.4430 asks for.",
       INDENT);
  fputc('\n', stream);
  percuta_sheet_words_verdict(sheet, text, sizeof text);
  wrap(stream, text, INDENT);
  wrap(stream,
       "In place: while the needle is in the skin. Left open: what stays open once it is out, for "
       "water and serum to pass.",
       INDENT);
}

static void write_geometry(const struct percuta_sheet *sheet, FILE *stream) {
  struct percuta_sheet_property property;
  head(stream, "GEOMETRY, AS FILED");
  for (int i = 0; percuta_sheet_words_property(sheet, i, &property); i++)
    fprintf(stream, "  %-24s %-12s %.40s\n", property.name, property.value, property.known);
}

/* The published rows of a topic, or that there are none. */
static void write_rows(const struct percuta_sheet *sheet, enum percuta_sheet_topic topic,
                       FILE *stream) {
  bool any = false;
  for (size_t i = 0; i < sheet->rows; i++) {
    const struct percuta_sheet_row *row = &sheet->row[i];
    char published[160], predicted[96], study[128], text[1024];
    if (row->topic != topic)
      continue;
    if (!any)
      fputs("  Published rows, the nearest first, each computed as in its own study:\n", stream);
    any = true;
    percuta_validate_show_published(&row->item, published, sizeof published);
    published[strlen(published) - (published[strlen(published) - 1] == ' ')] = '\0';
    percuta_sheet_words_ours(row, predicted, sizeof predicted);
    percuta_sheet_words_study(row, study, sizeof study);
    snprintf(text, sizeof text, "%s %s (%s; %s row): published %s, ours %s: %s", row->item.row->id,
             row->item.row->quantity, study, row->item.row->use, published, predicted,
             percuta_sheet_words_judged(row));
    wrap(stream, text, 2 * INDENT);
  }
  if (!any)
    fputs("  Published rows: none.\n", stream);
}

static void write_rests(const struct percuta_sheet *sheet, enum percuta_sheet_topic topic,
                        FILE *stream) {
  char text[1024];
  snprintf(text, sizeof text, "Rests on: %s", percuta_sheet_words_rests(topic));
  wrap(stream, text, INDENT);
  write_rows(sheet, topic, stream);
}

/* "1314 (1107 to 1398) um" */
static void number_fact(FILE *stream, const char *name, const struct percuta_sheet_number *number,
                        double unit, const char *word) {
  char text[128];
  const bool whole = unit == PERCUTA_UM;
  percuta_sheet_words_number(number, unit,
                             whole ? 0 : percuta_sheet_words_decimals(number->value / unit), text,
                             sizeof text);
  snprintf(text + strlen(text), sizeof text - strlen(text), " %s", word);
  fact(stream, name, text);
}

static void depth_fact(FILE *stream, const char *name, const struct percuta_sheet_place *place,
                       const struct percuta_sheet_number *depth) {
  if (percuta_sheet_enters(place))
    number_fact(stream, name, depth, PERCUTA_UM, "um");
  else
    fact(stream, name, "none: no needle gets in");
}

static void write_depth(const struct percuta_sheet *sheet, FILE *stream) {
  const struct percuta_sheet_place *base = &sheet->base;
  char text[128];
  head(stream, "DEPTH OF PENETRATION");
  snprintf(text, sizeof text, "%.0f um, ", base->length / PERCUTA_UM);
  percuta_sheet_words_stop(sheet, text + strlen(text), sizeof text - strlen(text));
  fact(stream, "maximum", text);
  depth_fact(stream, "in place, mean needle", base, &base->depth);
  if (percuta_sheet_enters(base)) {
    snprintf(text, sizeof text, "up to %.0f um: 999 of 1000, at the upper end",
             base->deepest / PERCUTA_UM);
    fact(stream, "single strikes", text);
    snprintf(text, sizeof text, "%.2g %% (standard deviation) around the mean",
             100 * sheet->strike_spread);
    fact(stream, "from strike to strike", text);
  }
  depth_fact(stream, "left open afterwards", base, &base->open);
  depth_fact(stream, "its width at the surface", base, &base->width);
  write_rests(sheet, PERCUTA_SHEET_DEPTH, stream);
  snprintf(text, sizeof text, "%s", percuta_sheet_words_topic(PERCUTA_SHEET_OPEN));
  fprintf(stream, "  %s\n", text);
  write_rests(sheet, PERCUTA_SHEET_OPEN, stream);
}

static void write_layers(const struct percuta_sheet *sheet, FILE *stream) {
  char text[160];
  head(stream, "WHAT LIES AT WHICH DEPTH");
  for (int i = 1; i < PERCUTA_LAYER_COUNT; i++) {
    snprintf(text, sizeof text, "%s from", sheet->layer[i].name);
    number_fact(stream, text, &sheet->layer[i].top, PERCUTA_UM, "um");
  }
  if (percuta_sheet_enters(&sheet->base))
    number_fact(stream, "tip above the fat by", &sheet->to_fat, PERCUTA_UM,
                sheet->to_fat.value < 0 ? "um: it is in the fat" : "um");
  wrap(stream, percuta_sheet_words_layers(), INDENT);
}

static void write_places(FILE *stream, const char *name, const struct percuta_sheet_place *place,
                         int count) {
  fprintf(stream, "  %-14s %5s %-19s %-15s %s\n", name, "enter", "in place, um", "left open, um",
          "touches from, N");
  for (int i = 0; i < count; i++) {
    char share[16], depth[64], open[64], bearing[64];
    percuta_sheet_words_share(place[i].entry.value, share, sizeof share);
    percuta_sheet_words_depth(&place[i], &place[i].depth, depth, sizeof depth);
    percuta_sheet_words_depth(&place[i], &place[i].open, open, sizeof open);
    percuta_sheet_words_number(&place[i].bearing, 1,
                               percuta_sheet_words_newtons(place[i].bearing.value), bearing,
                               sizeof bearing);
    fprintf(stream, "%c %-14s %5s %-19s %-15s %s\n", place[i].base ? '*' : ' ', place[i].label,
            share, depth, open, bearing);
  }
}

static void write_entry(const struct percuta_sheet *sheet, FILE *stream) {
  char text[128], low[16], high[16];
  head(stream, "SHARE OF NEEDLES THAT ENTER");
  percuta_sheet_words_share(sheet->base.entry.value, text, sizeof text);
  percuta_sheet_words_share(sheet->base.entry.low, low, sizeof low);
  percuta_sheet_words_share(sheet->base.entry.high, high, sizeof high);
  snprintf(text + strlen(text), sizeof text - strlen(text), " (%s to %s)", low, high);
  fact(stream, "enters", text);
  write_rests(sheet, PERCUTA_SHEET_ENTRY, stream);
}

static void write_by(const struct percuta_sheet *sheet, FILE *stream) {
  head(stream, "BY SITE, AGE AND FORCE (* the conditions above; all else as there)");
  wrap(stream, "Touches from: the hand's force from which drum or head touch the skin.", INDENT);
  write_places(stream, "site", sheet->site, sheet->sites);
  write_places(stream, "age", sheet->age, sheet->ages);
  write_places(stream, "hand's force", sheet->force, sheet->forces);
}

static void write_strikes(const struct percuta_sheet *sheet, FILE *stream) {
  const double cm2 = 1e-4;
  char text[128];
  head(stream, "PUNCTURE RATE");
  if (sheet->rate > 0)
    snprintf(text, sizeof text, "%.3g strikes, while it is moved", sheet->rate);
  else
    snprintf(text, sizeof text, "%d strikes at once",
             percuta_device_needle_count(&sheet->scenario->device));
  fact(stream, sheet->rate > 0 ? "a second" : "a press", text);
  fprintf(stream, "  %-10s %-26s %s\n", "passes", "strikes per cm2", "into an earlier hole");
  for (int i = 0; i < sheet->strike_count; i++) {
    const struct percuta_sheet_strikes *strikes = &sheet->strikes[i];
    char density[64], share[16];
    percuta_sheet_words_density(&strikes->density, density, sizeof density);
    percuta_sheet_words_share(strikes->reentered, share, sizeof share);
    fprintf(stream, "%c %-10d %-26s %s\n", strikes->passes == sheet->session_passes ? '*' : ' ',
            strikes->passes, density, share);
  }
  if (sheet->scenario->device.kind == PERCUTA_PEN) {
    snprintf(text, sizeof text, "%.3g and %.3g per cm2 a pass", sheet->slower * cm2,
             sheet->faster * cm2);
    fact(stream, "hand half, twice as fast", text);
  } else if (sheet->slipping > 0) {
    snprintf(text, sizeof text, "%.3g per cm2 a pass", sheet->slipping * cm2);
    fact(stream, "with a slip of a tenth", text);
  }
  write_rests(sheet, PERCUTA_SHEET_RATE, stream);
}

static void write_force(const struct percuta_sheet *sheet, FILE *stream) {
  char text[128];
  head(stream, "FORCES");
  number_fact(stream, "opens the skin", &sheet->base.opening, 1e-3, "mN on a needle");
  number_fact(stream,
              sheet->scenario->device.kind == PERCUTA_ROLLER ? "drum touches skin from"
                                                             : "head touches skin from",
              &sheet->base.bearing, 1, "N of the hand");
  snprintf(text, sizeof text, "%.3g on average", sheet->needles_in_contact);
  fact(stream, "needles in the skin", text);
  snprintf(text, sizeof text, "%.3g m/s", sheet->speed);
  fact(stream, "speed of a tip", text);
  write_rests(sheet, PERCUTA_SHEET_FORCE, stream);
}

static void write_vessels(const struct percuta_sheet *sheet, FILE *stream) {
  const double nl = 1e-12; /* [m^3] */
  char text[128];
  head(stream, "VESSELS MET, BY DEPTH OF ONE PUNCTURE (* the depth in place above)");
  fprintf(stream, "  %-7s %-19s %-7s %-7s %-7s %s\n", "um", "cuts a vessel, %", "loops", "upper",
          "deep", "blood, nl");
  for (int i = 0; i < sheet->depths; i++) {
    const struct percuta_sheet_vessels *vessels = &sheet->vessels[i];
    char bleeding[64], shed[64];
    percuta_sheet_words_number(&vessels->bleeding, 0.01, 0, bleeding, sizeof bleeding);
    percuta_sheet_words_number(&vessels->shed, nl, -1, shed, sizeof shed);
    fprintf(stream, "%c %-7.0f %-19s %-7.2g %-7.2g %-7.2g %s\n", vessels->base ? '*' : ' ',
            vessels->depth / PERCUTA_UM, bleeding, vessels->hits[PERCUTA_LOOP],
            vessels->hits[PERCUTA_UPPER_PLEXUS], vessels->hits[PERCUTA_DEEP_PLEXUS], shed);
  }
  if (isfinite(sheet->onset))
    snprintf(text, sizeof text, "%.0f um", sheet->onset / PERCUTA_UM);
  else
    snprintf(text, sizeof text, "deeper than the needle is long");
  fact(stream, "half of them bleed from", text);
  wrap(stream,
       "Loops: capillaries of the papillae; upper and deep: the two networks. Numbers expected of "
       "one puncture; blood when no puncture beside it takes from the same supply.",
       INDENT);
  write_rests(sheet, PERCUTA_SHEET_BLOOD, stream);
}

void percuta_sheet_text_write(const struct percuta_sheet *sheet, FILE *stream) {
  write_head(sheet, stream);
  write_geometry(sheet, stream);
  write_depth(sheet, stream);
  write_layers(sheet, stream);
  write_entry(sheet, stream);
  write_by(sheet, stream);
  write_strikes(sheet, stream);
  write_force(sheet, stream);
  write_vessels(sheet, stream);
  head(stream, "WEAR");
  wrap(stream, percuta_sheet_words_rests(PERCUTA_SHEET_WEAR), INDENT);
  write_places(stream, "tip blunter by", sheet->wear, sheet->wears);
  write_rows(sheet, PERCUTA_SHEET_WEAR, stream);
}

/* The sheet as a page: web/report/device.html with its {{parts}} filled in; it needs no script.
 * Tests: tests/cli/device.sh, device_browser.py. */
#include "sheet/page.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "device/device.h"
#include "report/fill.h"
#include "report/html.h"
#include "sheet/figure.h"
#include "sheet/words.h"
#include "validate/show.h"

static const double CM2 = 1e-4, NANOLITRE = 1e-12, MILLI = 1e-3;

/* A unit in ASCII as a reader sees it. */
static const char *unit_of(const char *word, size_t length) {
  static const char *const all[][2] = {
      {"um", "µm"}, {"cm2", "cm²"}, {"ul", "µl"}, {"uL", "µl"}, {"1/cm^2", "1/cm²"}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strlen(all[i][0]) == length && strncmp(all[i][0], word, length) == 0)
      return all[i][1];
  return NULL;
}

void percuta_sheet_page_text(FILE *stream, const char *text) {
  while (*text != '\0') {
    char word[256];
    const size_t space = strspn(text, " "), length = strcspn(text + space, " ,.:;)");
    const char *unit = unit_of(text + space, length);
    size_t all = space + (length > 0 ? length : strlen(text + space) > 0);
    all = all < sizeof word ? all : sizeof word - 1;
    snprintf(word, sizeof word, "%.*s", (int)all, text);
    if (unit != NULL)
      fprintf(stream, "%s%s", space > 0 ? "&nbsp;" : "", unit);
    else
      percuta_report_html_text(stream, word);
    text += all;
  }
}

/* A cell of "value (low to high)", the interval small; of another text, that. */
static void write_cell(FILE *stream, const char *text) {
  const char *interval = strstr(text, " (");
  char value[96];
  snprintf(value, sizeof value, "%.*s", interval ? (int)(interval - text) : (int)strlen(text),
           text);
  fputs("<td class=\"n\"><b>", stream);
  percuta_report_html_text(stream, strcmp(value, "-") == 0 ? "–" : value);
  fputs("</b>", stream);
  if (interval != NULL) {
    fputs(" <small>", stream);
    percuta_report_html_text(stream, interval + 1);
    fputs("</small>", stream);
  }
  fputs("</td>", stream);
}

static void write_number(FILE *stream, const struct percuta_sheet_number *number, double unit,
                         int decimals) {
  char text[96];
  percuta_sheet_words_number(number, unit, decimals, text, sizeof text);
  write_cell(stream, text);
}

static void write_depth_of(FILE *stream, const struct percuta_sheet_place *place,
                           const struct percuta_sheet_number *depth) {
  char text[96];
  percuta_sheet_words_depth(place, depth, text, sizeof text);
  write_cell(stream, text);
}

static void write_share(FILE *stream, double share) {
  char text[16];
  percuta_sheet_words_share(share, text, sizeof text);
  fputs("<td class=\"n\">", stream);
  percuta_report_html_text(stream, text);
  fputs("</td>", stream);
}

/* Depths as a bar from 0 to the length of the needle. */
static void write_bar(FILE *stream, const char *kind, const struct percuta_sheet_number *depth,
                      double length) {
  fprintf(stream, "<i class=\"%s\" style=\"left:%.2f%%;width:%.2f%%\"></i>", kind,
          100 * depth->low / length, 100 * (depth->high - depth->low) / length);
  fprintf(stream, "<b class=\"%s\" style=\"left:%.2f%%\"></b>", kind, 100 * depth->value / length);
}

static void write_places(FILE *stream, const char *what, const struct percuta_sheet_place *place,
                         int count) {
  double length = 0;
  for (int i = 0; i < count; i++)
    length = fmax(length, place[i].length);
  fputs("<table class=\"places\"><thead><tr><th scope=\"col\">", stream);
  percuta_report_html_name(stream, what);
  fprintf(stream,
          "</th><th scope=\"col\">Enter</th><th scope=\"col\" class=\"bars\">0 to %.3g&nbsp;mm</th>"
          "<th scope=\"col\">In place, µm</th><th scope=\"col\">Left open, µm</th>"
          "<th scope=\"col\">Touches from, N</th></tr></thead><tbody>\n",
          length / PERCUTA_MM);
  for (int i = 0; i < count; i++) {
    fprintf(stream, "<tr%s><th scope=\"row\">", place[i].base ? " class=\"base\"" : "");
    if (isdigit((unsigned char)place[i].label[0]))
      fputs("<span class=\"whole\">", stream);
    percuta_sheet_page_text(stream, place[i].label);
    fputs(isdigit((unsigned char)place[i].label[0]) ? "</span></th>" : "</th>", stream);
    write_share(stream, place[i].entry.value);
    fputs("<td class=\"bars\"><div class=\"bar\">", stream);
    if (percuta_sheet_enters(&place[i])) {
      write_bar(stream, "deep", &place[i].depth, length);
      write_bar(stream, "left", &place[i].open, length);
    }
    fputs("</div></td>", stream);
    write_depth_of(stream, &place[i], &place[i].depth);
    write_depth_of(stream, &place[i], &place[i].open);
    write_number(stream, &place[i].bearing, 1, percuta_sheet_words_newtons(place[i].bearing.value));
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table>\n", stream);
}

static void write_sites(FILE *stream, const struct percuta_sheet *sheet) {
  write_places(stream, "site", sheet->site, sheet->sites);
}

static void write_ages(FILE *stream, const struct percuta_sheet *sheet) {
  write_places(stream, "age", sheet->age, sheet->ages);
}

static void write_forces(FILE *stream, const struct percuta_sheet *sheet) {
  write_places(stream, "hand's force", sheet->force, sheet->forces);
}

static void write_wear(FILE *stream, const struct percuta_sheet *sheet) {
  write_places(stream, "tip blunter by", sheet->wear, sheet->wears);
}

static void write_title(FILE *stream, const struct percuta_sheet *sheet) {
  percuta_report_html_name(stream, sheet->name);
}

static void write_lead(FILE *stream, const struct percuta_sheet *sheet) {
  char text[256];
  if (*sheet->known) {
    percuta_report_html_name(stream, sheet->known);
    fputs(". Source: ", stream);
    percuta_report_html_text(stream, sheet->source);
    fputs(".<br>", stream);
  }
  percuta_sheet_words_conditions(sheet, text, sizeof text);
  fputs("Conditions: ", stream);
  percuta_sheet_page_text(stream, text);
  fputs(".", stream);
}

static void write_verdict(FILE *stream, const struct percuta_sheet *sheet) {
  char text[1024];
  percuta_sheet_words_verdict(sheet, text, sizeof text);
  percuta_sheet_page_text(stream, text);
}

/* A tile of "value (low to high)": what, the value with a word behind it, its interval. */
static void write_card(FILE *stream, const char *what, const char *text, const char *word) {
  const char *interval = strstr(text, " (");
  const int length = interval ? (int)(interval - text) : (int)strlen(text);
  if (interval == NULL) {
    fprintf(stream, "<div class=\"card\"><dt>%s</dt><dd><strong>–</strong></dd></div>\n", what);
    return;
  }
  fprintf(
      stream,
      "<div class=\"card\"><dt>%s</dt><dd><strong>%.*s</strong> %s<small>%s</small></dd></div>\n",
      what, length, text, word, interval + 1);
}

static void write_cards(FILE *stream, const struct percuta_sheet *sheet) {
  const struct percuta_sheet_place *base = &sheet->base;
  char text[96];
  percuta_sheet_words_stop(sheet, text, sizeof text);
  fprintf(stream, "<div class=\"card\"><dt>Maximum depth</dt><dd><strong>%.4g</strong> mm<small>",
          base->length / PERCUTA_MM);
  percuta_sheet_page_text(stream, text);
  fputs("</small></dd></div>\n", stream);
  percuta_sheet_words_depth(base, &base->depth, text, sizeof text);
  write_card(stream, "Depth in place", text, "µm");
  percuta_sheet_words_depth(base, &base->open, text, sizeof text);
  write_card(stream, "Left open afterwards", text, "µm");
  snprintf(text, sizeof text, "%.0f (%.0f to %.0f)", 100 * base->entry.value, 100 * base->entry.low,
           100 * base->entry.high);
  write_card(stream, "Needles that enter", text, "%");
  percuta_sheet_words_density(&sheet->strikes[0].density, text, sizeof text);
  write_card(stream, "Strikes of one pass", text, "per cm²");
}

/* The share that enters, with what so few draws leave open. */
static void write_entry(FILE *stream, const struct percuta_sheet *sheet) {
  const struct percuta_sheet_number *entry = &sheet->base.entry;
  fprintf(
      stream,
      "<p>In <b>%.0f&nbsp;%%</b> (%.0f to %.0f&nbsp;%%) of the joint draws a needle gets in.</p>\n",
      100 * entry->value, 100 * entry->low, 100 * entry->high);
}

static void write_geometry(FILE *stream, const struct percuta_sheet *sheet) {
  struct percuta_sheet_property property;
  fputs("<table class=\"facts\"><tbody>\n", stream);
  for (int i = 0; percuta_sheet_words_property(sheet, i, &property); i++) {
    fputs("<tr><th scope=\"row\">", stream);
    percuta_report_html_name(stream, property.name);
    fputs("</th><td>", stream);
    percuta_sheet_page_text(stream, property.value);
    fputs("</td><td>", stream);
    percuta_sheet_page_text(stream, property.known);
    fputs("</td></tr>\n", stream);
  }
  fputs("</tbody></table>\n", stream);
}

static void write_fact(FILE *stream, const char *name, const struct percuta_sheet_number *number,
                       double unit, int decimals, const char *word) {
  fputs("<tr><th scope=\"row\">", stream);
  percuta_report_html_name(stream, name);
  fputs("</th>", stream);
  write_number(stream, number, unit, decimals);
  fprintf(stream, "<td>%s</td></tr>\n", word);
}

static void write_depth_fact(FILE *stream, const char *name,
                             const struct percuta_sheet_place *place,
                             const struct percuta_sheet_number *depth) {
  fputs("<tr><th scope=\"row\">", stream);
  percuta_report_html_name(stream, name);
  fputs("</th>", stream);
  write_depth_of(stream, place, depth);
  fputs("<td>µm</td></tr>\n", stream);
}

static void write_depth(FILE *stream, const struct percuta_sheet *sheet) {
  const struct percuta_sheet_place *base = &sheet->base;
  fprintf(stream,
          "<table class=\"facts\"><tbody>\n<tr><th scope=\"row\">Maximum, the needle’s length</th>"
          "<td class=\"n\"><b>%.0f</b></td><td>µm</td></tr>\n",
          base->length / PERCUTA_UM);
  write_depth_fact(stream, "in place, mean needle", base, &base->depth);
  write_depth_fact(stream, "left open afterwards", base, &base->open);
  write_depth_fact(stream, "its width at the surface", base, &base->width);
  if (percuta_sheet_enters(base))
    fprintf(stream,
            "<tr><th scope=\"row\">999 of 1000 strikes, up to</th><td class=\"n\"><b>%.0f</b></td>"
            "<td>µm</td></tr>\n",
            base->deepest / PERCUTA_UM);
  fprintf(stream,
          "<tr><th scope=\"row\">From strike to strike</th><td class=\"n\"><b>%.2g&nbsp;%%</b></td>"
          "<td></td></tr>\n</tbody></table>\n",
          100 * sheet->strike_spread);
}

static void write_layers(FILE *stream, const struct percuta_sheet *sheet) {
  char name[64];
  fputs("<table class=\"facts\"><tbody>\n", stream);
  for (int i = 1; i < PERCUTA_LAYER_COUNT; i++) {
    snprintf(name, sizeof name, "%s from", sheet->layer[i].name);
    write_fact(stream, name, &sheet->layer[i].top, PERCUTA_UM, 0, "µm");
  }
  if (percuta_sheet_enters(&sheet->base))
    write_fact(stream, "tip above the fat by", &sheet->to_fat, PERCUTA_UM, 0,
               sheet->to_fat.value < 0 ? "µm: in the fat" : "µm");
  fputs("</tbody></table>\n<p class=\"hint\">", stream);
  percuta_sheet_page_text(stream, percuta_sheet_words_layers());
  fputs("</p>\n", stream);
}

static void write_strikes(FILE *stream, const struct percuta_sheet *sheet) {
  if (sheet->rate > 0)
    fprintf(stream, "<p>While it is moved the device strikes <b>%.3g</b> times a second. ",
            sheet->rate);
  else
    fprintf(stream, "<p>A press strikes <b>%d</b> times at once. ",
            percuta_device_needle_count(&sheet->scenario->device));
  if (sheet->scenario->device.kind == PERCUTA_PEN)
    fprintf(stream,
            "At half the hand’s speed a pass has %.3g strikes per cm², at twice the speed %.3g.",
            sheet->slower * CM2, sheet->faster * CM2);
  else if (sheet->slipping > 0)
    fprintf(stream, "With a slip of a tenth a pass has %.3g strikes per cm².",
            sheet->slipping * CM2);
  fputs("</p>\n<table><thead><tr><th scope=\"col\">Passes</th><th scope=\"col\">Strikes per cm²"
        "</th><th scope=\"col\">Into an earlier hole</th></tr></thead><tbody>\n",
        stream);
  for (int i = 0; i < sheet->strike_count; i++) {
    const struct percuta_sheet_strikes *strikes = &sheet->strikes[i];
    char density[64];
    fprintf(stream, "<tr%s><th scope=\"row\">%d</th>",
            strikes->passes == sheet->session_passes ? " class=\"base\"" : "", strikes->passes);
    percuta_sheet_words_density(&strikes->density, density, sizeof density);
    write_cell(stream, density);
    write_share(stream, strikes->reentered);
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table>\n", stream);
}

static void write_force(FILE *stream, const struct percuta_sheet *sheet) {
  const struct percuta_sheet_place *base = &sheet->base;
  char name[64];
  fputs("<table class=\"facts\"><tbody>\n", stream);
  write_fact(stream, "skin opens at", &base->opening, MILLI, -1, "mN on a needle");
  snprintf(name, sizeof name, "%s touches the skin from",
           percuta_sheet_words_body(sheet->scenario->device.kind));
  write_fact(stream, name, &base->bearing, 1, -1, "N of the hand");
  fprintf(stream,
          "<tr><th scope=\"row\">Needles in the skin</th><td class=\"n\"><b>%.3g</b></td><td>on "
          "average</td></tr><tr><th scope=\"row\">Speed of a tip</th><td class=\"n\"><b>%.3g</b>"
          "</td><td>m/s</td></tr>\n</tbody></table>\n",
          sheet->needles_in_contact, sheet->speed);
}

static void write_vessels(FILE *stream, const struct percuta_sheet *sheet) {
  fputs("<table class=\"places\"><thead><tr><th scope=\"col\">Depth</th><th scope=\"col\">Cuts a "
        "vessel, %</th><th scope=\"col\">Loops</th><th scope=\"col\">Upper</th><th "
        "scope=\"col\">Deep</th><th scope=\"col\">Blood, nl</th></tr></thead><tbody>\n",
        stream);
  for (int i = 0; i < sheet->depths; i++) {
    const struct percuta_sheet_vessels *vessels = &sheet->vessels[i];
    fprintf(stream, "<tr%s><th scope=\"row\">%.0f&nbsp;µm</th>",
            vessels->base ? " class=\"base\"" : "", vessels->depth / PERCUTA_UM);
    write_number(stream, &vessels->bleeding, 0.01, 0);
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      fprintf(stream, "<td class=\"n\">%s</td>",
              percuta_report_html_number(vessels->hits[k], 2).text);
    write_number(stream, &vessels->shed, NANOLITRE, -1);
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table>\n", stream);
  if (isfinite(sheet->onset))
    fprintf(stream, "<p>Half of the punctures bleed from <b>%.0f&nbsp;µm</b> on.</p>\n",
            sheet->onset / PERCUTA_UM);
  else
    fputs("<p>Fewer than half of the punctures of this needle cut a vessel.</p>\n", stream);
}

static void write_words(FILE *stream, const char *text) {
  fputs("<td>", stream);
  percuta_sheet_page_text(stream, text);
  fputs("</td>", stream);
}

static void write_row(FILE *stream, const struct percuta_sheet_row *row) {
  const struct percuta_evidence_row *of = row->item.row;
  char published[160], predicted[96], study[128];
  percuta_validate_show_published(&row->item, published, sizeof published);
  percuta_sheet_words_ours(row, predicted, sizeof predicted);
  percuta_sheet_words_study(row, study, sizeof study);
  fprintf(stream, "<tr><th scope=\"row\">%s</th><td><b>", of->id);
  percuta_sheet_page_text(stream, of->quantity);
  fputs("</b><br>", stream);
  percuta_sheet_page_text(stream, study);
  fputs("</td>", stream);
  write_words(stream, published);
  write_words(stream, predicted);
  fprintf(stream, "<td>%s</td><td>%s</td></tr>\n", percuta_sheet_words_judged(row), of->use);
}

/* What numbers of a topic rest on, and the rows beside them. */
static void write_topic(FILE *stream, const struct percuta_sheet *sheet,
                        enum percuta_sheet_topic topic) {
  bool any = false;
  fputs("<p class=\"hint\">", stream);
  percuta_sheet_page_text(stream, percuta_sheet_words_rests(topic));
  fputs("</p>\n", stream);
  for (size_t i = 0; i < sheet->rows; i++) {
    if (sheet->row[i].topic != topic)
      continue;
    if (!any)
      fputs("<div class=\"scroll\"><table class=\"rows\"><thead><tr><th scope=\"col\">Row</th><th "
            "scope=\"col\">What, in which study</th><th scope=\"col\">Published</th><th "
            "scope=\"col\">Ours, as in that study</th><th scope=\"col\">Verdict</th><th "
            "scope=\"col\">Used for</th></tr></thead><tbody>\n",
            stream);
    any = true;
    write_row(stream, &sheet->row[i]);
  }
  fputs(any ? "</tbody></table></div>\n" : "<p>Published rows: none.</p>\n", stream);
}

typedef void part_fn(FILE *stream, const struct percuta_sheet *sheet);

static const struct {
  const char *name;
  part_fn *write;
} PARTS[] = {
    {"title", write_title}, {"lead", write_lead},         {"verdict", write_verdict},
    {"cards", write_cards}, {"geometry", write_geometry}, {"figure", percuta_sheet_figure_write},
    {"depth", write_depth}, {"layers", write_layers},     {"sites", write_sites},
    {"ages", write_ages},   {"forces", write_forces},     {"strikes", write_strikes},
    {"force", write_force}, {"vessels", write_vessels},   {"wear", write_wear},
    {"entry", write_entry},
};

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      const void *context) {
  static const char EVIDENCE[] = "evidence-";
  const size_t head = sizeof EVIDENCE - 1;
  const struct percuta_sheet *sheet = context;
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    if (percuta_report_fill_is(name, length, PARTS[i].name)) {
      PARTS[i].write(stream, sheet);
      return PERCUTA_OK;
    }
  }
  for (int t = 0; t < PERCUTA_SHEET_TOPICS && length > head; t++) {
    const enum percuta_sheet_topic topic = (enum percuta_sheet_topic)t;
    if (strncmp(name, EVIDENCE, head) == 0 &&
        percuta_report_fill_is(name + head, length - head, percuta_sheet_words_key(topic))) {
      write_topic(stream, sheet, topic);
      return PERCUTA_OK;
    }
  }
  return PERCUTA_IO;
}

enum percuta_status percuta_sheet_page_write(const struct percuta_sheet *sheet, const char *path) {
  return percuta_report_fill_page("report/device.html", path, write_part, sheet);
}

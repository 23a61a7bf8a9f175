/* One sentence to each plot, read off the outcomes; test: tests/unit/test_report.c. */
#include "report/plots.h"

#include <math.h>
#include <stdlib.h>

#include "base/units.h"
#include "outcome/products.h"
#include "report/chapters.h"
#include "report/regions.h"
#include "report/say.h"
#include "transport/flux.h"

/* Adds the text as HTML under the name of its plot, and clears it; nothing of an empty one. */
static void add_message(cJSON *messages, const char *plot, struct percuta_paragraph *text) {
  char *html = NULL;
  size_t length = 0;
  FILE *stream = text->count > 0 ? open_memstream(&html, &length) : NULL;
  if (stream != NULL) {
    percuta_report_sentence_html(stream, text, "b", " ");
    if (fclose(stream) == 0)
      cJSON_AddStringToObject(messages, plot, html);
    free(html);
  }
  percuta_report_sentence_clear(text);
}

static void tell_total(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_timeline *timeline = &page->record->timeline;
  const double peak = OUTCOME(collagen_peak_rel);
  if (timeline->count == 0)
    return;
  const struct percuta_timeline_row *last = &timeline->row[timeline->count - 1];
  if (peak > 1 + 5e-5 && !isfinite(OUTCOME(collagen_peak_d)))
    SAY(text,
        "Collagen is still rising when the follow-up ends, at {outcomes.collagen_total_rel:change}",
        N(last->collagen_total_rel));
  else if (peak > 1 + 5e-5)
    SAY(text,
        "Collagen peaks at {outcomes.collagen_peak_rel:change} on day "
        "{outcomes.collagen_peak_d:day} and ends at {outcomes.collagen_total_rel:change}",
        N(peak), N(OUTCOME(collagen_peak_d)), N(last->collagen_total_rel));
  else
    SAY(text,
        "Collagen does not exceed its value before; it ends at "
        "{outcomes.collagen_total_rel:change}",
        N(last->collagen_total_rel));
}

static void tell_closing(struct percuta_paragraph *text, const struct percuta_page *page) {
  if (isfinite(OUTCOME(barrier_h)) && !percuta_report_healed_nothing_left(page))
    SAY(text,
        "Cells have closed the punctures after {outcomes.closed_h:2 h}; water loss is back to "
        "within "
        "a tenth after {outcomes.barrier_h:2 h}",
        N(OUTCOME(closed_h)), N(OUTCOME(barrier_h)));
}

static void tell_cells(struct percuta_paragraph *text, const struct percuta_page *page) {
  if (isfinite(OUTCOME(myofibroblast_peak_pct)))
    SAY(text, "At most {outcomes.myofibroblast_peak_pct:2 %} of the fibroblasts are myofibroblasts",
        N(OUTCOME(myofibroblast_peak_pct)));
  if (isfinite(OUTCOME(myofibroblast_peak_d)))
    GO_ON(text, ", on day {outcomes.myofibroblast_peak_d:day}{:text}",
          N(OUTCOME(myofibroblast_peak_d)), OF_COURSE);
}

static void tell_inflammation(struct percuta_paragraph *text, const struct percuta_page *page) {
  if (isfinite(OUTCOME(inflammation_peak_d)))
    SAY(text,
        "Macrophages are most numerous on day {outcomes.inflammation_peak_d:day}{:text}, "
        "{outcomes.macrophages_peak_per_mm3:2} per mm³ of treated dermis that the needles called",
        N(OUTCOME(inflammation_peak_d)), OF_COURSE, N(OUTCOME(macrophages_peak_per_mm3)));
}

static void tell_regions(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_regions *regions = page->regions;
  const int last = regions->count - 1;
  if (last >= 0)
    SAY(text,
        "By day {:day}{:text} collagen has changed by {:change} inside the {:text} and by "
        "{:change} "
        "around it",
        N(regions->day[last]), OF_COURSE, N(regions->inside[last]),
        T(page->record->skin->defect_is_stripe ? "stripe" : "scar"), N(regions->around[last]));
}

static void tell_numb(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (!numbing->used)
    return;
  if (numbing->onset < 0)
    SAY_ONLY(text, "The skin does not become numb");
  else
    SAY(text,
        "Numb from {numbing.onset_min:span} on, at most {numbing.numb_depth_most_mm:2 mm} deep",
        N(numbing->onset), N(numbing->depth_most / PERCUTA_MM));
}

static void tell_plasma(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (numbing->used && numbing->toxicity > 0)
    SAY(text, "The blood carries at most {numbing.toxicity_rel:2 %} of the toxic level",
        N(100 * numbing->toxicity));
}

static void tell_entered(struct percuta_paragraph *text,
                         const struct percuta_penetration *penetration,
                         const struct percuta_penetration_active *active) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const int last = percuta_outcome_products_last(penetration);
  const bool excised = penetration->piece.excised;
  const double passed =
      needled && excised ? percuta_transport_flux_passed(penetration, needled, last) : 0;
  const double intact =
      needled && excised ? percuta_transport_flux_passed(penetration, active->intact, last) : 0;
  if (needled == NULL)
    SAY_ONLY(text, "Intact skin only");
  else if (excised && intact > 0)
    SAY(text, "{:2} times as much comes through as without punctures", N(passed / intact));
  else if (!(active->entered > 0))
    SAY_ONLY(text, "Nothing enters");
  else if (isfinite(active->enhancement))
    SAY(text, "{penetration.enhancement:2} times as much enters as through intact skin",
        N(active->enhancement));
  else
    SAY_ONLY(text, "It enters through punctures alone");
}

static void add_entering(cJSON *messages, const struct percuta_page *page) {
  for (int d = 0; d < page->record->penetration_count; ++d) {
    const struct percuta_penetration *penetration = &page->record->penetration[d];
    for (int a = 0; a < penetration->active_count; ++a) {
      struct percuta_paragraph text = {.count = 0};
      char plot[64];
      snprintf(plot, sizeof plot, "entering-%d-%d", d + 1, a + 1);
      tell_entered(&text, penetration, &penetration->active[a]);
      add_message(messages, plot, &text);
    }
  }
}

static void add_regions(cJSON *root, const struct percuta_regions *regions) {
  if (regions->count == 0)
    return;
  cJSON *object = cJSON_AddObjectToObject(root, "regions");
  cJSON *day = cJSON_AddArrayToObject(object, "time_d");
  cJSON *inside = cJSON_AddArrayToObject(object, "inside_pct");
  cJSON *around = cJSON_AddArrayToObject(object, "around_pct");
  for (int i = 0; i < regions->count; ++i) {
    cJSON_AddItemToArray(day, cJSON_CreateNumber(regions->day[i]));
    cJSON_AddItemToArray(inside, cJSON_CreateNumber(100 * (regions->inside[i] - 1)));
    cJSON_AddItemToArray(around, cJSON_CreateNumber(100 * (regions->around[i] - 1)));
  }
}

void percuta_report_plots_add(cJSON *root, const struct percuta_page *page) {
  static const struct {
    const char *plot;
    void (*tell)(struct percuta_paragraph *text, const struct percuta_page *page);
  } LIST[] = {{"time-total", tell_total},     {"time-closing", tell_closing},
              {"time-cells", tell_cells},     {"time-inflammation", tell_inflammation},
              {"time-regions", tell_regions}, {"numb-depth", tell_numb},
              {"numb-blood", tell_plasma}};
  cJSON *messages = cJSON_AddObjectToObject(root, "messages");
  for (size_t i = 0; i < sizeof LIST / sizeof *LIST && page->given > 0; ++i) {
    struct percuta_paragraph text = {.count = 0};
    LIST[i].tell(&text, page);
    add_message(messages, LIST[i].plot, &text);
  }
  add_entering(messages, page);
  add_regions(root, page->regions);
}

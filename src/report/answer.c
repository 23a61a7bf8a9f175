/* Sentences that answer the scenario; test: tests/unit/test_report.c. */
#include "report/answer.h"

#include <math.h>

#include "base/units.h"
#include "outcome/products.h"
#include "report/asks.h"
#include "report/regions.h"
#include "report/say.h"

static const char *const MONTHS[PERCUTA_OUTCOME_TIMES] = {"one month", "three months", "six months",
                                                          "twelve months"};

/* The last of the times at which outcomes are told that the run reaches; -1: none. */
static int last_time(const struct percuta_page *page) {
  for (int i = PERCUTA_OUTCOME_TIMES - 1; i >= 0; --i) {
    if (isfinite(percuta_outcome_outcomes_number_on(
            page->record, PERCUTA_OUTCOME_collagen_total_rel, percuta_report_asks_time(page, i))))
      return i;
  }
  return -1;
}

/* Goes on with the interval of an outcome relative to before, where there is one. */
static void tell_interval(struct percuta_paragraph *text, const struct percuta_page *page,
                          enum percuta_outcome_id id, struct percuta_outcome_time time) {
  const struct percuta_outcome_value value =
      percuta_outcome_outcomes_compute(page->record, percuta_outcome_outcomes_at(id), time);
  if (isfinite(value.low) && isfinite(value.high))
    GO_ON(text, " ({outcomes.collagen_total_rel:change} to {outcomes.collagen_total_rel:change})",
          N(value.low), N(value.high));
}

static void tell_end(struct percuta_paragraph *text, const struct percuta_page *page) {
  const int i = last_time(page);
  if (i < 0)
    return;
  const struct percuta_outcome_time time = percuta_report_asks_time(page, i);
  GO_ON(text, " and stands at *{outcomes.collagen_total_rel:change}*",
        N(percuta_outcome_outcomes_number_on(page->record, PERCUTA_OUTCOME_collagen_total_rel,
                                             time)));
  tell_interval(text, page, PERCUTA_OUTCOME_collagen_total_rel, time);
  GO_ON(text, " {:text} after the {:text}", T(MONTHS[i]),
        T(page->given > 1 ? "last session" : "session"));
  if (page->given > 1)
    GO_ON(text, " (day {:day} of the course)",
          N(percuta_report_asks_last_session(page) + time.day));
}

/* The largest share of the treated dermis that a session cut. */
static double most_injured(const struct percuta_page *page) {
  double most = 0;
  for (int s = 0; s < page->given; ++s)
    most = fmax(most, page->record->session[s].injured_frac);
  return most;
}

/* Whether the timeline ends while collagen rises. */
static bool is_rising(const struct percuta_timeline *timeline) {
  const struct percuta_timeline_row *last = timeline->row + timeline->count - 1;
  return timeline->count > 1 && last->collagen_total_rel > last[-1].collagen_total_rel;
}

static void tell_course(struct percuta_paragraph *text, const struct percuta_page *page) {
  const double peak = OUTCOME(collagen_peak_rel);
  if (page->record->timeline.count == 0)
    return;
  if (!(most_injured(page) > 0)) {
    SAY(text, "{:text}: collagen does not change.",
        T(page->record->session[0].channels.count == 0 ? "No strike fell on the simulated patch"
          : page->session[0].opened == 0               ? "No needle breaks the skin"
                                         : "On average the cuts end in the epidermis"));
    return;
  }
  if (page->record->session[0].channels.count == 0)
    SAY_ONLY(text, "No strike of the first session fell on the simulated patch.");
  if (peak > 1 + 5e-5 && !isfinite(OUTCOME(collagen_peak_d)))
    SAY(text,
        "In this model, collagen in the treated dermis is still rising at the end of the "
        "follow-up, "
        "at *{outcomes.collagen_peak_rel:change}*,",
        N(peak));
  else if (peak > 1 + 5e-5) {
    SAY(text,
        "In this model, collagen in the treated dermis peaks at "
        "*{outcomes.collagen_peak_rel:change}*",
        N(peak));
    tell_interval(text, page, PERCUTA_OUTCOME_collagen_peak_rel, percuta_report_asks_time(page, 0));
    GO_ON(text, " on day {outcomes.collagen_peak_d:day}{:text}", N(OUTCOME(collagen_peak_d)),
          OF_COURSE);
  } else
    SAY(text, "In this model, collagen in the treated dermis stays below its value before{:text}",
        T(is_rising(&page->record->timeline) ? " and still rises when the follow-up ends" : ""));
  tell_end(text, page);
  GO_ON_ONLY(text, peak > 1 + 5e-5 ? ", relative to before." : ".");
}

static void tell_condition(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_regions *regions = page->regions;
  const char *what = page->record->skin->defect_is_stripe ? "stripe" : "scar";
  if (regions->count == 0)
    return;
  const int last = regions->count - 1;
  SAY(text,
      "On day {:day}{:text}, {:day} days after the last session, collagen inside the {:text} has "
      "changed "
      "by "
      "*{:change}* and around it by *{:change}* (both relative to before, between {:3} and {:3 "
      "µm}).",
      N(regions->day[last]), OF_COURSE,
      N(regions->day[last] - percuta_report_asks_last_session(page)), T(what),
      N(regions->inside[last]), N(regions->around[last]), N(regions->top / PERCUTA_UM),
      N(regions->bottom / PERCUTA_UM));
}

static void tell_numbing(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (!numbing->needles_first) {
    SAY(text,
        "When the needles came, the skin was numb down to "
        "*{numbing.numb_depth_at_needling_mm:2 mm}*; the needles are "
        "{scenario.device.needle.length:3 mm} long.",
        N(numbing->depth_at_needling / PERCUTA_MM),
        N(page->record->scenario->device.needle.length / PERCUTA_MM));
    return;
  }
  if (numbing->onset < 0) {
    SAY_ONLY(text, "The skin does not become numb within the time followed.");
    return;
  }
  SAY(text,
      "The skin becomes numb *{numbing.onset_min:span}* after the cream is applied, at most "
      "{numbing.numb_depth_most_mm:2 mm} deep",
      N(numbing->onset), N(numbing->depth_most / PERCUTA_MM));
  if (numbing->onset_intact >= 0)
    GO_ON(text, "; without punctures, after {numbing.onset_intact_min:span}",
          N(numbing->onset_intact));
  GO_ON_ONLY(text, ".");
}

static void tell_products(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const bool excised = !percuta_scenario_is_alive(record->scenario);
  int raised = 0, never = 0;
  for (int d = 0; d < record->penetration_count; ++d) {
    const struct percuta_penetration *penetration = &record->penetration[d];
    const bool met = percuta_outcome_products_punctured(penetration);
    raised += met && penetration->verdict == PERCUTA_PENETRATION_HELPS;
    never += met && penetration->verdict == PERCUTA_PENETRATION_DO_NOT;
  }
  if (raised == 0)
    SAY(text, "Needling does not markedly raise the computed {:text} of any {:text}",
        T(excised ? "passage" : "uptake"), T(excised ? "donor" : "product"));
  else if (excised)
    SAY(text,
        "Needling markedly raises what comes into and through this piece of skin, of *{:count} of "
        "{:count}* donor{:text}",
        N(raised), N(record->penetration_count), T(record->penetration_count == 1 ? "" : "s"));
  else
    SAY(text,
        "Needling markedly raises the computed uptake of *{:count} of {:count}* product "
        "application{:text}",
        N(raised), N(record->penetration_count), T(record->penetration_count == 1 ? "" : "s"));
  if (never > 0)
    GO_ON(text, "; *{:count}* should not be put on needled skin", N(never));
  GO_ON_ONLY(text, ".");
}

void percuta_report_answer_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_asks asks = percuta_report_asks_read(page);
  struct percuta_paragraph text = {.count = 0};
  if (page->given == 0) {
    SAY_ONLY(&text, "No session was given.");
  } else {
    if (asks.condition)
      tell_condition(&text, page);
    if (asks.course)
      tell_course(&text, page);
    if (asks.numbing)
      tell_numbing(&text, page);
    if (asks.products)
      tell_products(&text, page);
    else if (!percuta_scenario_is_alive(page->record->scenario))
      SAY_ONLY(&text, "Nothing was put on the skin: session.topicals names the donor.");
  }
  fputs("<p class=\"answer\">", stream);
  percuta_report_sentence_html(stream, &text, "b", " ");
  fputs("</p>\n", stream);
  percuta_report_sentence_clear(&text);
}

/* What the cuts call for: the signal, the cells and collagen; test: tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

static void tell_injury(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  SAY(text,
      "The cuts take up *{sessions.injured_pct:2 %}* of the dermis between "
      "{outcomes.treated_top_um:3} and {outcomes.treated_bottom_um:3 µm}. All averages below are "
      "over this depth.",
      N(100 * session->injured_frac), N(OUTCOME(treated_top_um)), N(OUTCOME(treated_bottom_um)));
  if (session->overlap_volume > 0.001 * session->channel_volume)
    SAY(text, "{:2 %} of the volume of the cuts overlaps and counts once.",
        N(100 * session->overlap_volume / session->channel_volume));
}

/* Goes on with the day of a peak in `form`, or says that none was reached. */
static void tell_day(struct percuta_paragraph *text, const char *form, double day) {
  if (isfinite(day))
    GO_ON(text, form, N(day));
  else
    GO_ON_ONLY(text, " (no peak was reached in the time followed)");
}

/* With the second core. */
static void tell_cytokine(struct percuta_paragraph *text, const struct percuta_page *page) {
  SAY_ONLY(text, "Clot and cut tissue call in macrophages");
  tell_day(text, ", most of them on day {outcomes.inflammation_peak_d:day}",
           OUTCOME(inflammation_peak_d));
  GO_ON_ONLY(text, ".");
  SAY(text,
      "Platelets and macrophages release an inflammatory signal, and this a cytokine: on average "
      "it reaches {outcomes.cytokine_peak_rel:change} against before",
      N(OUTCOME(cytokine_peak_rel)));
  tell_day(text, " on day {outcomes.cytokine_peak_d:day}", OUTCOME(cytokine_peak_d));
  GO_ON_ONLY(text, ".");
  SAY_ONLY(text, "The cytokine makes fibroblasts divide, and make and cut more collagen.");
}

static void tell_signal(struct percuta_paragraph *text, const struct percuta_page *page) {
  SAY_ONLY(text, "Clot and cut tissue call in macrophages");
  tell_day(text, ", most of them on day {outcomes.inflammation_peak_d:day}",
           OUTCOME(inflammation_peak_d));
  GO_ON_ONLY(text, ".");
  SAY(text,
      "Platelets and macrophages release a signalling molecule; on average it reaches "
      "{outcomes.signal_peak_pct:2 %} of the level above which tissue would run away.",
      N(OUTCOME(signal_peak_pct)));
  if (page->record->runaway_volume_frac > 0)
    SAY(text,
        "Around the cuts the level was passed for a time, in at most "
        "{numerics.runaway_volume_pct:2 %} of the dermis; spreading brought it down.",
        N(100 * page->record->runaway_volume_frac));
  SAY(text,
      "The signal makes fibroblasts divide and turn into myofibroblasts: at most "
      "{outcomes.myofibroblast_peak_pct:2 %} of them",
      N(OUTCOME(myofibroblast_peak_pct)));
  tell_day(text, ", on day {outcomes.myofibroblast_peak_d:day}", OUTCOME(myofibroblast_peak_d));
  GO_ON_ONLY(text, ".");
}

/* Collagen at the times at which it is told after its peak, or at all of them when it never rose.
 */
static void tell_later(struct percuta_paragraph *text, const struct percuta_page *page,
                       bool risen) {
  static const char *const when[PERCUTA_OUTCOME_TIMES] = {"one month", "three months", "six months",
                                                          "twelve months"};
  double last = NAN;
  for (int i = 0; i < PERCUTA_OUTCOME_TIMES; ++i) {
    const struct percuta_outcome_time time = percuta_outcome_outcomes_time[i];
    const double then =
        percuta_outcome_outcomes_number_on(page->record, PERCUTA_OUTCOME_collagen_total_rel, time);
    if (!isfinite(then) || (risen && time.day <= OUTCOME(collagen_peak_d)))
      continue;
    if (isfinite(last))
      GO_ON_ONLY(text, ", ");
    else
      SAY(text, "{:text} ",
          T(risen ? "Afterwards turnover wears the surplus down:" : "Against before it is"));
    GO_ON(text, "{outcomes.collagen_total_rel:change} after {:text}", N(then), T(when[i]));
    last = then;
  }
  if (isfinite(last))
    GO_ON_ONLY(text, ".");
  if (risen && isfinite(last) && fabs(last - 1) < 1e-3)
    SAY_ONLY(text, "In this model a passing stimulus leaves next to no lasting gain.");
}

static void tell_third(struct percuta_paragraph *text, const struct percuta_page *page) {
  const double start = OUTCOME(collagen_III_share_start_pct);
  const double peak = OUTCOME(collagen_III_share_peak_pct);
  if (!(peak - start > 0.2))
    return;
  SAY(text,
      "New collagen is rich in type III, whose share rises from "
      "{outcomes.collagen_III_share_start_pct:3} to {outcomes.collagen_III_share_peak_pct:3 %}",
      N(start), N(peak));
  tell_day(text, " by day {outcomes.collagen_III_share_peak_d:day}",
           OUTCOME(collagen_III_share_peak_d));
  GO_ON(text, "{:text}.",
        T(OUTCOME(collagen_III_share_pct) < peak ? " and falls as it matures" : ""));
}

static void tell_collagen(struct percuta_paragraph *text, const struct percuta_page *page) {
  const double peak = OUTCOME(collagen_peak_rel);
  const bool risen = peak > 1 + 5e-5;
  const double day = OUTCOME(collagen_peak_d);
  if (risen && !isfinite(day))
    SAY(text,
        "The cells lay down collagen faster than it is lost, and still do when the follow-up ends: "
        "it is then *{outcomes.collagen_peak_rel:change}* against before.",
        N(peak));
  else if (risen)
    SAY(text,
        "The cells lay down collagen faster than it is lost, until the signal has gone: it is "
        "highest on *day {outcomes.collagen_peak_d:day}*, at *{outcomes.collagen_peak_rel:change}* "
        "against before.",
        N(day), N(peak));
  else
    SAY_ONLY(text,
             "New collagen at most replaces what was cut: the total never rises above its start.");
  tell_third(text, page);
  tell_later(text, page, risen);
}

void percuta_report_repair_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  double injured = 0;
  for (int i = 0; i < page->given; ++i)
    injured = fmax(injured, record->session[i].injured_frac);
  if (!(injured > 0)) {
    SAY_ONLY(percuta_report_story_begin(story, "No injury of the dermis", false),
             "*The cuts stay in the epidermis.* Repair of the dermis was never called for, so "
             "collagen and cells stay as they were.");
    return;
  }
  tell_injury(percuta_report_story_begin(story, "Injury", false), page);
  if (record->timeline.count == 0)
    return;
  struct percuta_paragraph *call = percuta_report_story_begin(story, "Call for repair", false);
  if (percuta_healing_layout_on(&record->layout, PERCUTA_PART_pensalfini))
    tell_cytokine(call, page);
  else
    tell_signal(call, page);
  tell_collagen(percuta_report_story_begin(story, "Collagen", false), page);
}

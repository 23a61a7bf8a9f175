/* What the cuts call for: the signal, the cells and collagen; test: tests/unit/test_report.c. */
#include <math.h>

#include "report/asks.h"
#include "report/chapters.h"
#include "report/say.h"

static void tell_injury(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  SAY(text,
      "Damaged tissue along the cuts takes up *{sessions.injured_pct:2 %}* of the dermis between "
      "{outcomes.treated_top_um:3} and {outcomes.treated_bottom_um:3 µm}: the treated dermis, over "
      "which all averages are taken.",
      N(100 * session->injured_frac), N(OUTCOME(treated_top_um)), N(OUTCOME(treated_bottom_um)));
}

static void tell_overlap(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  if (session->overlap_volume > 0.001 * session->channel_volume)
    SAY(text, "{:2 %} of the damaged tissue lies along two cuts and is counted once.",
        N(100 * session->overlap_volume / session->channel_volume));
}

/* Goes on with the day of a peak in `form`, or says that none was reached. */
static void tell_day(struct percuta_paragraph *text, const struct percuta_page *page,
                     const char *form, double day) {
  if (isfinite(day))
    GO_ON(text, form, N(day), OF_COURSE);
  else
    GO_ON_ONLY(text, " (no peak was reached in the time followed)");
}

static void tell_macrophages(struct percuta_paragraph *text, const struct percuta_page *page) {
  SAY_ONLY(text, "Clot and cut tissue attract macrophages");
  tell_day(text, page, ", which are most numerous on day {outcomes.inflammation_peak_d:day}{:text}",
           OUTCOME(inflammation_peak_d));
  GO_ON_ONLY(text, ".");
}

static const char *senders(const struct percuta_page *page) {
  return percuta_report_blood_signals(page) ? "Platelets and macrophages" : "Macrophages";
}

/* With the second core. */
static void tell_cytokine(struct percuta_paragraph *text, const struct percuta_page *page) {
  tell_macrophages(text, page);
  SAY(text,
      "{:text} release an inflammatory signal, which raises a cytokine: its mean "
      "reaches {outcomes.cytokine_peak_rel:change} relative to before",
      T(senders(page)), N(OUTCOME(cytokine_peak_rel)));
  tell_day(text, page, " on day {outcomes.cytokine_peak_d:day}{:text}", OUTCOME(cytokine_peak_d));
  GO_ON_ONLY(text, ".");
  SAY_ONLY(text,
           "The cytokine makes fibroblasts divide and speeds both production and breakdown of "
           "collagen.");
}

static void tell_signal(struct percuta_paragraph *text, const struct percuta_page *page) {
  tell_macrophages(text, page);
  SAY(text,
      "{:text} release a signalling molecule; its mean reaches "
      "{outcomes.signal_peak_pct:2 %} of the level above which the model’s tissue would scar "
      "without limit.",
      T(senders(page)), N(OUTCOME(signal_peak_pct)));
  SAY(text,
      "It makes fibroblasts divide and turn into myofibroblasts: at most "
      "{outcomes.myofibroblast_peak_pct:2 %} of them",
      N(OUTCOME(myofibroblast_peak_pct)));
  tell_day(text, page, ", on day {outcomes.myofibroblast_peak_d:day}{:text}",
           OUTCOME(myofibroblast_peak_d));
  GO_ON_ONLY(text, ".");
}

static void tell_runaway(struct percuta_paragraph *text, const struct percuta_page *page) {
  if (page->record->runaway_volume_frac > 0)
    SAY(text,
        "Around the cuts the signal exceeded that level for a time, in at most "
        "{numerics.runaway_volume_pct:2 %} of the dermis, before it spread.",
        N(100 * page->record->runaway_volume_frac));
}

/* Months as people say them: those of the times at which outcomes are told. */
static const char *months_words(int i) {
  static const char *const words[PERCUTA_OUTCOME_TIMES] = {"one month", "three months",
                                                           "six months", "twelve months"};
  return words[i];
}

/* Collagen after the peak, or, when it never rose, at every time; after a course counted from the
 * last session, with the day of the course. */
static void tell_later(struct percuta_paragraph *text, const struct percuta_page *page,
                       bool risen) {
  const double last = percuta_report_asks_last_session(page);
  bool any = false;
  for (int i = 0; i < PERCUTA_OUTCOME_TIMES; ++i) {
    const struct percuta_outcome_time time = percuta_report_asks_time(page, i);
    const double then =
        percuta_outcome_outcomes_number_on(page->record, PERCUTA_OUTCOME_collagen_total_rel, time);
    if (!isfinite(then) || (risen && last + time.day <= OUTCOME(collagen_peak_d)))
      continue;
    if (any)
      GO_ON_ONLY(text, ", ");
    else
      SAY(text, "{:text} ", T(risen ? "Turnover then wears the surplus down, to" : "It stands at"));
    GO_ON(text, "{outcomes.collagen_total_rel:change} after {:text}", N(then), T(months_words(i)));
    if (page->given > 1)
      GO_ON(text, " (day {:day})", N(last + time.day));
    any = true;
  }
  if (any)
    GO_ON(text, "{:text}.", T(page->given > 1 ? ", counted from the last session" : ""));
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
  tell_day(text, page, " by day {outcomes.collagen_III_share_peak_d:day}{:text}",
           OUTCOME(collagen_III_share_peak_d));
  GO_ON(text, "{:text}.",
        T(OUTCOME(collagen_III_share_pct) < peak ? " and falls as the collagen matures" : ""));
}

static void tell_collagen(struct percuta_paragraph *text, const struct percuta_page *page) {
  const double peak = OUTCOME(collagen_peak_rel);
  const bool risen = peak > 1 + 5e-5;
  const double day = OUTCOME(collagen_peak_d);
  if (risen && !isfinite(day))
    SAY(text,
        "Cells make collagen faster than it is lost, and still do when the follow-up ends, at "
        "*{outcomes.collagen_peak_rel:change}* relative to before.",
        N(peak));
  else if (risen)
    SAY(text,
        "Cells that were called make collagen faster than it is lost: collagen peaks on "
        "*day "
        "{outcomes.collagen_peak_d:day}*, at *{outcomes.collagen_peak_rel:change}* relative to "
        "before.",
        N(day), N(peak));
  else
    SAY_ONLY(text, "New collagen replaces at most what was cut: in the time followed the total "
                   "stays below its value before.");
  if (!risen || isfinite(day))
    tell_later(text, page, risen);
}

/* Signal and collagen. */
static void tell_healing(struct percuta_story *story, const struct percuta_page *page) {
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Signal for repair", false);
  if (percuta_healing_layout_has(&page->record->layout, PERCUTA_FIELD_cytokine)) {
    tell_cytokine(text, page);
  } else {
    tell_signal(text, page);
    tell_runaway(percuta_report_story_detail(story), page);
  }
  tell_collagen(percuta_report_story_begin(story, "Collagen", false), page);
  tell_third(percuta_report_story_detail(story), page);
}

void percuta_report_repair_tell(struct percuta_story *story, const struct percuta_page *page) {
  double injured = 0;
  for (int i = 0; i < page->given; ++i)
    injured = fmax(injured, page->record->session[i].injured_frac);
  if (!(injured > 0)) {
    SAY_ONLY(percuta_report_story_begin(story, "No injury of the dermis", false),
             "*On average the cuts end in the epidermis.* Repair of the dermis is not triggered, "
             "so that "
             "collagen and cells stay as they were.");
    return;
  }
  tell_injury(percuta_report_story_begin(story, "Injury", false), page);
  tell_overlap(percuta_report_story_detail(story), page);
  if (page->record->timeline.count > 0)
    tell_healing(story, page);
}

/* Key results as cards, pain and redness as a list; test: tests/unit/test_report.c. */
#include "report/tiles.h"

#include <math.h>

#include "base/units.h"
#include "report/card.h"
#include "report/say.h"

#define CM2 1e-4 /* [m^2] */

static void write_collagen(FILE *stream, const struct percuta_page *page) {
  const double peak = OUTCOME(collagen_peak_rel);
  struct percuta_card card = {.title = "Collagen at its highest"};
  SAY(&card.value, "*{outcomes.collagen_peak_rel:change}*", N(peak));
  if (peak > 1 + 5e-5 && !isfinite(OUTCOME(collagen_peak_d)))
    SAY_ONLY(&card.note, "at the end of the follow-up, still rising, against before");
  else if (peak > 1 + 5e-5)
    SAY(&card.note, "on day {outcomes.collagen_peak_d:day}, against before",
        N(OUTCOME(collagen_peak_d)));
  else
    SAY(&card.note, "{:text}",
        T(page->record->session[0].injured_frac > 0 ? "it did not rise above its start"
                                                    : "the dermis was not injured"));
  percuta_report_card_write(stream, &card);
}

static void write_later(FILE *stream, const struct percuta_page *page, double day,
                        const char *title) {
  const struct percuta_outcome_time time = {PERCUTA_SINCE_FIRST_SESSION, day};
  const double then =
      percuta_outcome_outcomes_number_on(page->record, PERCUTA_OUTCOME_collagen_total_rel, time);
  struct percuta_card card = {.title = title};
  if (!isfinite(then))
    return;
  SAY(&card.value, "*{outcomes.collagen_total_rel:change}*", N(then));
  SAY_ONLY(&card.note, "treated dermis, against before");
  percuta_report_card_write(stream, &card);
}

static void write_strikes(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const double strikes = (double)page->record->session[0].channels.count;
  struct percuta_card card = {.title = page->given > 1 ? "Strikes, first session" : "Strikes"};
  SAY(&card.value, "*{sessions.strikes_per_cm2:3}* per~cm²", N(means->strikes_per_area * CM2));
  SAY(&card.note, "{:3 %} opened a new channel",
      N(strikes > 0 ? 100 * (double)means->opened / strikes : 0));
  percuta_report_card_write(stream, &card);
}

static void write_depth(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  struct percuta_card card = {.title = "Depth of the cuts"};
  if (means->opened == 0) {
    SAY_ONLY(&card.value, "*none*");
    SAY_ONLY(&card.note, "the needles did not break the skin");
  } else {
    SAY(&card.value, "*{sessions.depth_mean_um:3}* mm", N(means->depth_mean / PERCUTA_MM));
    SAY(&card.note,
        "±~{sessions.depth_sd_um:2 mm}, in place, of {scenario.device.needle.length:3 mm} needles",
        N(means->depth_sd / PERCUTA_MM),
        N(page->record->scenario->device.needle.length / PERCUTA_MM));
  }
  percuta_report_card_write(stream, &card);
}

static void write_blood(FILE *stream, const struct percuta_page *page) {
  const bool drawn = page->record->session[0].bleeding.vessels == PERCUTA_VESSELS_DRAWN;
  struct percuta_card card = {.title = "Punctures that cut a vessel"};
  SAY(&card.value, "*{outcomes.punctures_bleeding_pct:2}* %", N(OUTCOME(punctures_bleeding_pct)));
  SAY(&card.note, "{:text}{outcomes.shed_ul_per_cm2:2 µl/cm²} of blood",
      T(drawn ? "" : "expected; "), N(OUTCOME(shed_ul_per_cm2)));
  percuta_report_card_write(stream, &card);
}

static void write_healed(FILE *stream, const struct percuta_page *page) {
  const double days = OUTCOME(healed_after_last_session_d);
  const size_t opened = page->record->session[page->given - 1].channels.penetrated;
  struct percuta_card card = {.title = "Days until healed"};
  if (isfinite(days))
    SAY(&card.value, "*{outcomes.healed_after_last_session_d:day}* d", N(days));
  else
    SAY_ONLY(&card.value, "*—*");
  SAY(&card.note, "{:text}",
      T(opened == 0       ? "nothing was opened"
        : !isfinite(days) ? "not within the follow-up"
        : page->given > 1 ? "after the last session"
                          : "after the session"));
  percuta_report_card_write(stream, &card);
}

void percuta_report_tiles_write(FILE *stream, const struct percuta_page *page) {
  if (page->given == 0)
    return;
  if (page->record->timeline.count > 0) {
    write_collagen(stream, page);
    write_later(stream, page, 180, "Collagen after 6 months");
    write_later(stream, page, 365, "Collagen after 12 months");
  }
  write_strikes(stream, page);
  write_depth(stream, page);
  if (page->session[0].opened == 0)
    return;
  write_blood(stream, page);
  write_healed(stream, page);
}

static struct percuta_outcome_value outcome_of(const struct percuta_page *page,
                                               enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_compute(page->record, percuta_outcome_outcomes_at(id),
                                          percuta_outcome_outcomes_end(page->record));
}

/* Goes on with the interval of a score from 0 to 10, where that is known. */
static void tell_interval(struct percuta_paragraph *text, const char *form,
                          const struct percuta_outcome_value *score) {
  if (isfinite(score->low) && isfinite(score->high))
    GO_ON(text, form, N(round(score->low)), N(round(score->high)));
}

/* Both on the scale that patients are asked for. */
static void tell_scale(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_outcome_value vas = outcome_of(page, PERCUTA_OUTCOME_pain_vas);
  const struct percuta_outcome_value numbed = outcome_of(page, PERCUTA_OUTCOME_pain_numbed_vas);
  if (!isfinite(vas.value))
    return;
  SAY(text,
      "On a scale from 0, no pain, to 10, the worst that can be thought of: about "
      "*{outcomes.pain_vas:2}*",
      N(round(vas.value)));
  tell_interval(text, " ({outcomes.pain_vas:2} to {outcomes.pain_vas:2})", &vas);
  if (isfinite(numbed.value)) {
    GO_ON(text, " without cream and *{outcomes.pain_numbed_vas:2}*", N(round(numbed.value)));
    tell_interval(text, " ({outcomes.pain_numbed_vas:2} to {outcomes.pain_numbed_vas:2})", &numbed);
    GO_ON_ONLY(text, " with it");
  }
  GO_ON_ONLY(text, ", anchored on a published session.");
}

static void tell_pain(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_outcome_value pain = outcome_of(page, PERCUTA_OUTCOME_pain_rel);
  const struct percuta_outcome_value numbed = outcome_of(page, PERCUTA_OUTCOME_pain_numbed_rel);
  SAY(text,
      "Pain of one application without numbing: *{outcomes.pain_rel:2} times* "
      "({outcomes.pain_rel:2} to {outcomes.pain_rel:2}) that of a single needle of {:2 mm}, the "
      "shortest studied.",
      N(pain.value), N(pain.low), N(pain.high),
      N(page->record->session[0].comfort.pain_reference_length / PERCUTA_MM));
  if (pain.extrapolated)
    GO_ON_ONLY(text, " _Outside the data_: an extrapolation.");
  if (isfinite(numbed.value))
    SAY(text,
        "With the numbing cream: *{outcomes.pain_numbed_rel:2} times* "
        "({outcomes.pain_numbed_rel:2} "
        "to {outcomes.pain_numbed_rel:2}) that of the same single needle.",
        N(numbed.value), N(numbed.low), N(numbed.high));
}

void percuta_report_tiles_comfort(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value redness = outcome_of(page, PERCUTA_OUTCOME_redness_d);
  struct percuta_paragraph text = {.count = 0};
  if (page->given == 0 || !isfinite(redness.value)) {
    fputs("<p>No needle went in: nothing is foretold.</p>\n", stream);
    return;
  }
  tell_pain(&text, page);
  tell_scale(&text, page);
  SAY(&text,
      "Redness and recovery: *{outcomes.redness_d:2} to {outcomes.redness_d:2} days*, as published "
      "for needling of facial scars.",
      N(redness.low), N(redness.high));
  if (redness.extrapolated)
    GO_ON_ONLY(&text, " _Outside the data_: other needles or another site.");
  fputs("<ul><li>", stream);
  percuta_report_sentence_html(stream, &text, "strong", "</li>\n<li>");
  fputs("</li></ul>\n", stream);
  percuta_report_sentence_clear(&text);
}

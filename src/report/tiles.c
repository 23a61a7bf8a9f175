/* Key results as tiles, pain and redness as a list; test: tests/unit/test_report.c. */
#include "report/tiles.h"

#include <math.h>

#include "base/units.h"
#include "outcome/spread.h"
#include "report/asks.h"
#include "report/card.h"
#include "report/chapters.h"
#include "report/interval.h"
#include "report/numbing.h"
#include "report/regions.h"
#include "report/say.h"

static struct percuta_outcome_value outcome_of(const struct percuta_page *page,
                                               enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_compute(page->record, percuta_outcome_outcomes_at(id),
                                          percuta_outcome_outcomes_end(page->record));
}

static bool has_interval(const struct percuta_outcome_value *value) {
  return isfinite(value->low) && isfinite(value->high);
}

static void write_peak(FILE *stream, const struct percuta_page *page) {
  const double peak = OUTCOME(collagen_peak_rel);
  struct percuta_card card = {.title = "Collagen at its peak"};
  const struct percuta_outcome_value found = outcome_of(page, PERCUTA_OUTCOME_collagen_peak_rel);
  percuta_report_interval_change(&card.value, peak, found.low, found.high);
  if (peak > 1 + 5e-5 && !isfinite(OUTCOME(collagen_peak_d)))
    SAY_ONLY(&card.note, "at the end of the follow-up, still rising, relative to before");
  else if (peak > 1 + 5e-5)
    SAY(&card.note, "on day {outcomes.collagen_peak_d:day}{:text}, relative to before",
        N(OUTCOME(collagen_peak_d)), OF_COURSE);
  else
    SAY(&card.note, "{:text}",
        T(page->record->session[0].injured_frac > 0 ? "it did not exceed its value before"
                                                    : "the dermis was not injured"));
  percuta_report_card_write(stream, &card);
}

/* How far a patch is from the mean of all: sessions are drawn independently. */
static void tell_sampling(struct percuta_paragraph *note, const struct percuta_page *page) {
  const double share = page->session[0].sampling_share;
  if (page->record->scenario->model.fidelity != PERCUTA_PATCH || page->given == 0 || !(share > 0))
    return;
  GO_ON(note, "; other draws of the strikes differ by {:2 %} of it",
        N(100 * share / sqrt((double)page->given)));
}

/* Collagen at one of the times at which outcomes are told, counted from the last session. */
static void write_later(FILE *stream, const struct percuta_page *page, int i, const char *title) {
  const struct percuta_outcome_time time = percuta_report_asks_time(page, i);
  const struct percuta_outcome_value then = percuta_outcome_outcomes_compute(
      page->record, percuta_outcome_outcomes_at(PERCUTA_OUTCOME_collagen_total_rel), time);
  struct percuta_card card = {.title = title};
  if (!isfinite(then.value))
    return;
  percuta_report_interval_change(&card.value, then.value, then.low, then.high);
  if (page->given > 1)
    SAY(&card.note, "after the last session: day {:day} of the course",
        N(percuta_report_asks_last_session(page) + time.day));
  else
    SAY_ONLY(&card.note, "treated dermis, relative to before");
  tell_sampling(&card.note, page);
  percuta_report_card_write(stream, &card);
}

static void write_collagen(FILE *stream, const struct percuta_page *page) {
  if (page->record->timeline.count == 0)
    return;
  write_peak(stream, page);
  write_later(stream, page, 2, "Collagen, 6 months");
  write_later(stream, page, 3, "Collagen, 12 months");
}

/* A scar beside the skin around it, at the end of the follow-up. */
/* How deep the surface lies at the end: with its ends, where the share that shows is. */
static void write_recess(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value recess = outcome_of(page, PERCUTA_OUTCOME_recess_um);
  const double before = page->record->relief.form.recess / PERCUTA_UM;
  struct percuta_card card = {.title = before > 0 ? "Depth of the surface" : "Height of the scar"};
  if (!isfinite(recess.value))
    return;
  SAY(&card.value, "*{outcomes.recess_um:3}* µm", N(fabs(recess.value)));
  if (has_interval(&recess))
    GO_ON(&card.value, " ({outcomes.recess_um:3} to {outcomes.recess_um:3})",
          N(fmin(fabs(recess.low), fabs(recess.high))),
          N(fmax(fabs(recess.low), fabs(recess.high))));
  SAY(&card.note, "{:text} on the last day; {:3 µm} before",
      T(before > 0 ? "at its deepest" : "at its highest"), N(fabs(before)));
  percuta_report_card_write(stream, &card);
}

static void write_regions(FILE *stream, const struct percuta_page *page) {
  const struct percuta_regions *regions = page->regions;
  const bool stripe = page->record->skin->defect_is_stripe;
  if (regions->count == 0)
    return;
  const int last = regions->count - 1;
  struct percuta_card inside = {.title = stripe ? "Collagen inside the stripe"
                                                : "Collagen inside the scar"};
  struct percuta_card around = {.title = "Collagen around it"};
  struct percuta_card difference = {.title = "Difference"};
  const struct percuta_spread *spread = page->record->spread;
  const bool drawn = spread && spread->rows > 0;
  const struct percuta_timeline_row *low = drawn ? &spread->low[spread->rows - 1] : NULL,
                                    *high = drawn ? &spread->high[spread->rows - 1] : NULL;
  percuta_report_interval_change(&inside.value, regions->inside[last],
                                 drawn ? low->collagen_inside_rel : (double)NAN,
                                 drawn ? high->collagen_inside_rel : (double)NAN);
  SAY(&inside.note, "on day {:day}{:text}, relative to before", N(regions->day[last]), OF_COURSE);
  percuta_report_interval_change(&around.value, regions->around[last],
                                 drawn ? low->collagen_around_rel : (double)NAN,
                                 drawn ? high->collagen_around_rel : (double)NAN);
  SAY_ONLY(&around.note, "at the same depth and time");
  SAY(&difference.value, "*{:2}* points", N(100 * (regions->inside[last] - regions->around[last])));
  SAY_ONLY(&difference.note, "percentage points, inside minus around");
  percuta_report_card_write(stream, &inside);
  percuta_report_card_write(stream, &around);
  percuta_report_card_write(stream, &difference);
  if (!isfinite(regions->depth_inside) || !isfinite(regions->depth_around))
    return;
  struct percuta_card depth = {.title = "Depth of the cuts inside"};
  SAY(&depth.value, "*{:3}* mm", N(regions->depth_inside / PERCUTA_MM));
  SAY(&depth.note, "around it {:3 mm}; below the surface at each place",
      N(regions->depth_around / PERCUTA_MM));
  percuta_report_card_write(stream, &depth);
}

static void write_depth(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_outcome_value depth = outcome_of(page, PERCUTA_OUTCOME_depth_mean_um);
  struct percuta_card card = {.title = "Depth of the cuts"};
  if (means->opened == 0) {
    SAY_ONLY(&card.value, "*none*");
    SAY(&card.note, "{:text}",
        T(page->record->session[0].channels.count > 0 ? "the needles did not break the skin"
                                                      : "no strike of the first session fell on "
                                                        "the patch"));
  } else {
    SAY(&card.value, "*{outcomes.depth_mean_um:3}* mm", N(depth.value * PERCUTA_UM / PERCUTA_MM));
    if (has_interval(&depth))
      GO_ON(&card.value, " ({outcomes.depth_mean_um:2} to {outcomes.depth_mean_um:2})",
            N(depth.low * PERCUTA_UM / PERCUTA_MM), N(depth.high * PERCUTA_UM / PERCUTA_MM));
    SAY(&card.note, "mean; {scenario.device.needle.length:3 mm} needles",
        N(page->record->scenario->device.needle.length / PERCUTA_MM));
  }
  percuta_report_card_write(stream, &card);
}

static void write_blood(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value shed = outcome_of(page, PERCUTA_OUTCOME_shed_ul_per_cm2);
  struct percuta_card card = {.title = "Blood shed"};
  if (!isfinite(shed.value))
    return;
  SAY(&card.value, "*{outcomes.shed_ul_per_cm2:2}* µl/cm²", N(shed.value));
  if (has_interval(&shed))
    GO_ON(&card.value, " ({outcomes.shed_ul_per_cm2:2} to {outcomes.shed_ul_per_cm2:2})",
          N(shed.low), N(shed.high));
  SAY(&card.note, "expected; until vessels are plugged after {clot.time_to_stop_s:2 s}",
      N(page->record->session[0].plugged_at));
  percuta_report_card_write(stream, &card);
}

/* Pain without a cream; with one the numbing tiles tell it, with an injection alone the same tile.
 */
static void write_pain(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value vas = outcome_of(page, PERCUTA_OUTCOME_pain_vas);
  struct percuta_card card = {.title = "Pain of the session"};
  if (page->record->session[0].comfort.numbed && !page->record->numbing.used)
    percuta_report_numbing_pain(stream, page);
  if (!isfinite(vas.value) || page->record->session[0].comfort.numbed)
    return;
  SAY(&card.value, "*about {outcomes.pain_vas:2}* of 10", SCORE(vas.value));
  if (has_interval(&vas))
    GO_ON(&card.value, " ({outcomes.pain_vas:2}~to~{outcomes.pain_vas:2})", SCORE(vas.low),
          SCORE(vas.high));
  SAY(&card.note, "without cream{:text}", T(vas.extrapolated ? "; extrapolated" : ""));
  percuta_report_card_write(stream, &card);
}

static void write_downtime(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value redness =
      percuta_report_interval_of(page, PERCUTA_OUTCOME_redness_d);
  struct percuta_card card = {.title = "Redness"};
  if (!isfinite(redness.value) || percuta_report_healed_nothing_left(page))
    return;
  SAY(&card.value,
      "*{outcomes.redness_d:2}* days ({outcomes.redness_d:2} to {outcomes.redness_d:2})",
      N(redness.value), N(redness.low), N(redness.high));
  SAY(&card.note, "until it is not seen; downtime {outcomes.downtime_d:2} days",
      N(OUTCOME(downtime_d)));
  percuta_report_interval_beside(&card.note, page, PERCUTA_OUTCOME_redness_d);
  percuta_report_card_write(stream, &card);
}

static void write_healed(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value closed =
      percuta_report_interval_of(page, PERCUTA_OUTCOME_closed_h);
  const struct percuta_outcome_value healed =
      percuta_report_interval_of(page, PERCUTA_OUTCOME_healed_after_last_session_d);
  const double days = healed.value;
  struct percuta_card card = {.title = "Punctures closed"};
  const bool nothing = percuta_report_healed_nothing_left(page);
  if (isfinite(closed.value) && !nothing) {
    SAY(&card.value, "*{outcomes.closed_h:2}* h", N(closed.value));
    if (has_interval(&closed))
      GO_ON(&card.value, " ({outcomes.closed_h:2} to {outcomes.closed_h:2})", N(closed.low),
            N(closed.high));
  } else {
    SAY_ONLY(&card.value, "*—*");
  }
  if (nothing)
    SAY_ONLY(&card.note, "all of the treated dermis is cut: nothing is left that could close");
  else if (isfinite(days))
    SAY(&card.note,
        "healed {outcomes.healed_after_last_session_d:day} days "
        "({outcomes.healed_after_last_session_d:day} to "
        "{outcomes.healed_after_last_session_d:day}) after the {:text}",
        N(days), N(healed.low), N(healed.high), T(page->given > 1 ? "last session" : "session"));
  else
    SAY_ONLY(&card.note, "not healed within the follow-up");
  if (isfinite(closed.value) && !nothing)
    percuta_report_interval_beside(&card.note, page, PERCUTA_OUTCOME_closed_h);
  percuta_report_card_write(stream, &card);
}

void percuta_report_tiles_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_asks asks = percuta_report_asks_read(page);
  if (page->given == 0)
    return;
  if (asks.condition)
    write_regions(stream, page);
  if (asks.condition)
    write_recess(stream, page);
  if (asks.course)
    write_collagen(stream, page);
  if (asks.numbing)
    percuta_report_numbing_tiles(stream, page);
  write_depth(stream, page);
  if (page->session[0].opened == 0)
    return;
  if (!percuta_scenario_is_alive(page->record->scenario))
    return;
  write_blood(stream, page);
  write_pain(stream, page);
  write_downtime(stream, page);
  write_healed(stream, page);
}

/* Goes on with the interval of a score from 0 to 10, where that is known. */
static void tell_interval(struct percuta_paragraph *text, const char *form,
                          const struct percuta_outcome_value *score) {
  if (has_interval(score))
    GO_ON(text, form, SCORE(score->low), SCORE(score->high));
}

/* Both on the scale that patients are asked for. */
static void tell_scale(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_outcome_value vas = outcome_of(page, PERCUTA_OUTCOME_pain_vas);
  const struct percuta_outcome_value numbed = outcome_of(page, PERCUTA_OUTCOME_pain_numbed_vas);
  if (!isfinite(vas.value))
    return;
  SAY(text,
      "On a scale from 0 (no pain) to 10 (worst imaginable pain): about *{outcomes.pain_vas:2}*",
      SCORE(vas.value));
  tell_interval(text, " ({outcomes.pain_vas:2} to {outcomes.pain_vas:2})", &vas);
  if (isfinite(numbed.value)) {
    GO_ON(text, " without what numbs and *{outcomes.pain_numbed_vas:2}*", SCORE(numbed.value));
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
    GO_ON_ONLY(text, " _Extrapolated_ beyond the published data.");
  if (isfinite(numbed.value))
    SAY(text,
        "With what numbs: *{outcomes.pain_numbed_rel:2} times* "
        "({outcomes.pain_numbed_rel:2} "
        "to {outcomes.pain_numbed_rel:2}) that of the same single needle.",
        N(numbed.value), N(numbed.low), N(numbed.high));
}

void percuta_report_tiles_comfort(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcome_value redness =
      percuta_report_interval_of(page, PERCUTA_OUTCOME_redness_d);
  struct percuta_paragraph text = {.count = 0};
  if (page->given == 0 || !isfinite(redness.value)) {
    fputs("<p>No needle went in: nothing is predicted.</p>\n", stream);
    return;
  }
  tell_pain(&text, page);
  tell_scale(&text, page);
  if (percuta_report_healed_nothing_left(page))
    SAY_ONLY(&text, "Redness and recovery are not predicted: all of the treated dermis is cut.");
  else
    SAY(&text,
        "Redness is no longer seen on this skin after *{outcomes.redness_d:2} days* "
        "({outcomes.redness_d:2} to {outcomes.redness_d:2} in 80~% of people). A day after the "
        "session CIE a* is {outcomes.redness_visible:2} higher, of which about 1 can be seen.",
        N(redness.value), N(redness.low), N(redness.high), N(OUTCOME(redness_visible)));
  fputs("<ul><li>", stream);
  percuta_report_sentence_html(stream, &text, "strong", "</li>\n<li>");
  fputs("</li></ul>\n", stream);
  percuta_report_sentence_clear(&text);
}

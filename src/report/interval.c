/* How far numbers of the page are known; test: tests/unit/test_report.c. */
#include "report/interval.h"

#include <math.h>

#include "outcome/spread.h"
#include "report/asks.h"
#include "report/html.h"
#include "report/say.h"

void percuta_report_interval_change(struct percuta_paragraph *text, double value, double low,
                                    double high) {
  const bool known = isfinite(low) && isfinite(high);
  if (known && low < 1 && high > 1)
    SAY(text, "may rise or fall: {:change} to {:change}", N(low), N(high));
  else if (known)
    SAY(text, "*{:change}* ({:change} to {:change})", N(value), N(low), N(high));
  else
    SAY(text, "*{:change}*", N(value));
}

struct percuta_outcome_value percuta_report_interval_of(const struct percuta_page *page,
                                                        enum percuta_outcome_id id) {
  struct percuta_outcome_value people;
  const struct percuta_outcome_value model =
      percuta_outcome_outcomes_compute_apart(page->record, percuta_outcome_outcomes_at(id),
                                             percuta_outcome_outcomes_end(page->record), &people);
  return isfinite(people.low) && isfinite(people.high) ? people : model;
}

void percuta_report_interval_beside(struct percuta_paragraph *text, const struct percuta_page *page,
                                    enum percuta_outcome_id id) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_at(id);
  const struct percuta_band *band = percuta_outcome_spread_band(
      page->record, outcome, percuta_outcome_outcomes_end(page->record));
  if (band && percuta_outcome_spread_of_people(outcome))
    GO_ON(text, "; between people, and {:2} to {:2} by what is not known of the model",
          N(band->low), N(band->high));
  else if (percuta_outcome_spread_of_people(outcome))
    GO_ON_ONLY(text, "; between people");
}

/* The last of the times after the last session that the run reaches; false: none. */
static bool last_time(const struct percuta_page *page, struct percuta_shares *shares, int *which) {
  const struct percuta_outcome *collagen =
      percuta_outcome_outcomes_at(PERCUTA_OUTCOME_collagen_total_rel);
  for (int i = PERCUTA_OUTCOME_TIMES - 1; i >= 0; --i) {
    *which = i;
    if (percuta_outcome_spread_shares(page->record, collagen, percuta_report_asks_time(page, i),
                                      shares))
      return true;
  }
  return false;
}

static void write_share(FILE *stream, const char *kind, double share) {
  if (share > 0)
    fprintf(stream, "<i class=\"%s\" style=\"width:%.1f%%\"></i>", kind, 100 * share);
}

static void write_name(FILE *stream, const char *kind, const char *name, double share,
                       const char *without) {
  fprintf(stream, "<li><i class=\"%s\"></i>%s ", kind, name);
  if (!isfinite(share))
    fputs(without, stream);
  else if (share < 0.01)
    fputs("below 1&nbsp;%", stream);
  else
    fprintf(stream, "%.0f&nbsp;%%", 100 * share);
  fputs("</li>", stream);
}

void percuta_report_interval_shares(FILE *stream, const struct percuta_page *page) {
  static const char *const months[PERCUTA_OUTCOME_TIMES] = {"one month", "three months",
                                                            "six months", "twelve months"};
  struct percuta_shares shares;
  int which;
  if (page->given == 0 || page->record->timeline.count == 0 || !last_time(page, &shares, &which))
    return;
  fprintf(stream,
          "<figure class=\"shares\" aria-label=\"What the interval is made of\"><figcaption>What "
          "the interval of collagen after %s is made of</figcaption><div class=\"share-bar\">",
          months[which]);
  write_share(stream, "people", shares.people);
  write_share(stream, "parameters", shares.parameters);
  write_share(stream, "form", shares.form);
  write_share(stream, "numerics", shares.numerics);
  fputs("</div><ul>", stream);
  write_name(stream, "parameters", "parameters", shares.parameters, "not known");
  write_name(stream, "form", "form of the model", shares.form, "not asked: one core was drawn");
  write_name(stream, "numerics", "numerics", shares.numerics, "not known");
  write_name(stream, "people", "people", shares.people, "not known");
  fputs("</ul></figure>\n", stream);
}

void percuta_report_interval_words(FILE *stream, const struct percuta_page *page) {
  char words[640];
  if (!percuta_scenario_is_alive(page->record->scenario))
    return;
  percuta_outcome_spread_say(page->record->spread, words, sizeof words);
  percuta_report_html_text(stream, words);
}

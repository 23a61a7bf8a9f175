/* What trials report, and what the mechanism explains: published rates beside the simulated
 * outcomes nearest to them, and the gap in words. Theory: docs/theory/rates.md. Test:
 * tests/cli/rates.sh. */
#include "report/published.h"

#include <math.h>
#include <string.h>

#include "outcome/rates.h"
#include "report/html.h"

enum { TOLD_AT = 1 }; /* of the times at which outcomes are told: three months */

/* A number with its unit; no unit where it has none. */
static void write_number(FILE *stream, double value, const char *unit) {
  fputs(percuta_report_html_number(value, 2).text, stream);
  if (*unit == '\0' || (unit[0] == '1' && unit[1] == '\0'))
    return;
  fputs("&nbsp;", stream);
  percuta_report_html_text(stream, strcmp(unit, "um") == 0 ? "µm" : unit);
}

static void write_range(FILE *stream, double low, double high) {
  fputs(percuta_report_html_number(low, 2).text, stream);
  fprintf(stream, " to %s", percuta_report_html_number(high, 2).text);
}

static void write_people(FILE *stream, const struct percuta_rate *rate) {
  fprintf(stream, "; %d %s", rate->studies, rate->studies == 1 ? "study" : "studies");
  if (rate->people > 0)
    fprintf(stream, ", %d people", rate->people);
  if (rate->people_unknown > 0)
    fputs(rate->people > 0 ? " and those of a study that prints no number" : ", number not printed",
          stream);
}

static void write_published(FILE *stream, const struct percuta_rate *rate) {
  fputs("<td><b>", stream);
  percuta_report_html_name(stream, rate->meaning);
  fputs("</b><br>", stream);
  if (isfinite(rate->value))
    write_number(stream, rate->value, rate->unit);
  else
    fputs("no difference; no number printed", stream);
  if (isfinite(rate->low)) {
    fputs(" (95&nbsp;% ", stream);
    write_range(stream, rate->low, rate->high);
    fputs(isfinite(rate->prediction_low) ? "; a new clinic " : "", stream);
    if (isfinite(rate->prediction_low))
      write_range(stream, rate->prediction_low, rate->prediction_high);
    fputs(")", stream);
  }
  if (*rate->raw != '\0')
    fprintf(stream, "; counted: %s", rate->raw);
  write_people(stream, rate);
  fputs("<br><i>", stream);
  percuta_report_html_name(stream, rate->quality);
  fputs("</i> <small>", stream);
  percuta_report_html_text(stream, rate->rows);
  fputs("</small></td>", stream);
}

/* The outcome nearest to it, three months after the last session where it has a time. */
static void write_simulated(FILE *stream, const struct percuta_page *page, const char *name) {
  const struct percuta_outcome *outcome = percuta_outcome_outcomes_find(name);
  const struct percuta_outcome_time time = percuta_outcome_outcomes_time[TOLD_AT];
  const struct percuta_outcome_value found =
      outcome ? percuta_outcome_outcomes_compute(page->record, outcome, time)
              : percuta_outcome_simulated(NAN);
  fputs("<td>", stream);
  if (!isfinite(found.value)) {
    fputs("Nothing simulated comes near it.</td>", stream);
    return;
  }
  percuta_report_html_name(stream, outcome->text);
  fputs("<br><b>", stream);
  write_number(stream, found.value, outcome->unit);
  fputs("</b>", stream);
  if (isfinite(found.low)) {
    fputs(" (", stream);
    write_range(stream, found.low, found.high);
    fputs(")", stream);
  } else {
    fputs(", no interval", stream);
  }
  if (outcome->timed)
    fprintf(stream, ", %.0f days after the last session", time.day);
  fputs("</td>", stream);
}

void percuta_report_published_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_scenario *scenario = page->record->scenario;
  struct percuta_rate rate;
  fputs(
      "<div class=\"scroll\"><table class=\"sources published\"><thead><tr><th scope=\"col\">"
      "Trials report</th><th scope=\"col\">The mechanism explains</th><th scope=\"col\">What lies "
      "between</th></tr></thead><tbody>\n",
      stream);
  for (size_t i = 0;
       percuta_outcome_rates_at(scenario->catalogue, scenario->condition.kind, i, &rate); ++i) {
    fputs("<tr>", stream);
    write_published(stream, &rate);
    write_simulated(stream, page, rate.nearest);
    fputs("<td>", stream);
    percuta_report_html_text(stream, rate.gap);
    fputs("</td></tr>\n", stream);
  }
  fputs("</tbody></table></div>\n", stream);
}

#include "report/studies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/html.h"
#include "validate/measure.h"
#include "validate/validate.h"

enum { SHOWN = 12 };

struct study {
  const struct percuta_evidence_row *row;
  const struct percuta_predictor *predictor;
  struct percuta_band band;
  double distance;
};

static double ratio(double a, double b) {
  return a > 0 && b > 0 ? fabs(log(a / b)) : 0;
}

/* How far a study's conditions are from the run's; one for twice as many sessions and the like. */
static double distance(const struct percuta_scenario *run, const struct percuta_scenario *study,
                       const struct percuta_evidence_row *row) {
  double sum = ratio(run->course.sessions, study->course.sessions) +
               ratio(run->device.needle.length, study->device.needle.length);
  if (run->course.sessions > 1 && study->course.sessions > 1)
    sum += ratio(run->course.interval, study->course.interval);
  return sum / log(2) + (strcmp(row->species, "human") == 0 ? 0 : 1);
}

/* Readings a year after need a run that lasts as long. */
static bool lasts(const struct percuta_page *page, const char *predictor) {
  const struct percuta_timeline *timeline = &page->record->timeline;
  return strcmp(predictor, "healing.epidermis_year") != 0 ||
         timeline->row[timeline->count - 1].time_d > 364;
}

static bool read_study(const struct percuta_page *page, const struct percuta_evidence_row *row,
                       struct percuta_diag *diag, struct study *out) {
  struct percuta_scenario *conditions = NULL;
  *out = (struct study){.row = row, .predictor = percuta_validate_predictor_find(row->predictor)};
  if (!out->predictor || !lasts(page, row->predictor) ||
      !percuta_validate_healing_in_timeline(row->predictor, page->record->layout.parts) ||
      percuta_validate_band_read(row->value, row->spread, row->spread_kind, row->scale,
                                 &out->band) != PERCUTA_OK ||
      percuta_validate_conditions(page->record->scenario->catalogue, row, diag, &conditions) !=
          PERCUTA_OK)
    return false;
  out->distance = distance(page->record->scenario, conditions, row);
  percuta_scenario_destroy(&conditions);
  return true;
}

static int nearest_first(const void *left, const void *right) {
  const struct study *a = left, *b = right;
  if (a->distance != b->distance)
    return a->distance < b->distance ? -1 : 1;
  return strcmp(a->row->id, b->row->id);
}

static void write_cell(FILE *stream, const char *text) {
  fputs("<td>", stream);
  percuta_report_html_text(stream, text);
  fputs("</td>", stream);
}

static void write_study(FILE *stream, const struct study *study, double value) {
  const struct percuta_evidence_row *row = study->row;
  const char *unit = strcmp(row->unit, "1") == 0 ? "" : row->unit;
  bool sign = strcmp(row->scale, "sign") == 0;
  fputs("<tr><td><b>", stream);
  percuta_report_html_text(stream, row->quantity);
  fputs("</b><br>", stream);
  percuta_report_html_text(stream, row->species);
  fputs(", ", stream);
  percuta_report_html_text(stream, row->condition);
  fputs("</td><td class=\"n\">", stream);
  percuta_report_html_text(stream, sign ? (row->value[0] == '-' ? "less" : "more") : row->value);
  fputs(" ", stream);
  percuta_report_html_text(stream, unit);
  fprintf(stream, "</td><td class=\"n\">%s ", percuta_report_html_number(value, 3).text);
  percuta_report_html_text(stream, unit);
  fprintf(stream, "</td><td>%s</td>",
          percuta_validate_band_holds(&study->band, value) ? "within" : "<b>outside</b>");
  write_cell(stream, row->use);
  write_cell(stream, row->source);
  fputs("</tr>\n", stream);
}

static void write_table(FILE *stream, const struct percuta_page *page, const struct study *study,
                        size_t count) {
  const struct percuta_trial view = {.record = page->record};
  fputs("<div class=\"scroll\"><table class=\"sources\"><thead><tr><th scope=\"col\">What, in whom"
        "</th><th scope=\"col\">Published</th><th scope=\"col\">This run</th><th scope=\"col\">"
        "Band</th><th scope=\"col\">Used for</th><th scope=\"col\">Source</th></tr></thead><tbody>"
        "\n",
        stream);
  for (size_t i = 0; i < count && i < SHOWN; ++i) {
    double value =
        percuta_validate_in_unit(page->record->scenario, study[i].predictor, study[i].row->unit,
                                 percuta_validate_healing_find(study[i].row->predictor)(&view));
    if (isfinite(value))
      write_study(stream, &study[i], value);
  }
  fputs("</tbody></table></div>\n", stream);
}

void percuta_report_studies_write(FILE *stream, const struct percuta_page *page) {
  struct percuta_diag *diag = NULL;
  struct percuta_evidence evidence = {.count = 0};
  struct study *study = NULL;
  size_t count = 0;
  if (percuta_base_diag_create(&diag) == 0 &&
      percuta_validate_evidence_read(page->record->scenario->catalogue, "healing", diag,
                                     &evidence) == PERCUTA_OK)
    study = calloc(evidence.count + 1, sizeof *study);
  for (size_t i = 0; study && page->record->timeline.count > 0 && i < evidence.count; ++i)
    count += read_study(page, &evidence.row[i], diag, &study[count]);
  if (count > 0) {
    qsort(study, count, sizeof *study, nearest_first);
    write_table(stream, page, study, count);
  } else {
    fputs("<p>No published row can be read off this run.</p>\n", stream);
  }
  free(study);
  percuta_validate_evidence_clear(&evidence);
  percuta_base_diag_destroy(&diag);
}

/* Published rows that this run can be set beside, validation rows first, then those of the likest
 * courses. The run is read, not followed again, and conditions that several rows share are read
 * once; test: tests/unit/test_report.c, tests/cli/parts.sh. */
#include "report/studies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "report/html.h"
#include "scenario/calendar.h"
#include "validate/measure.h"
#include "validate/validate.h"

enum { SHOWN = 12 };

struct study {
  const struct percuta_evidence_row *row;
  const struct percuta_predictor *predictor;
  struct percuta_band band;
  double value;                             /* of the run, in the row's unit */
  double sessions, interval, needle_length; /* conditions of the study */
  double after;                             /* [d] from its last session to its end */
  double distance;
};

static double ratio(double a, double b) {
  return a > 0 && b > 0 ? fabs(log(a / b)) : 0;
}

/* How far a study's conditions are from the run's; one for twice as many sessions and the like. */
static double distance(const struct percuta_scenario *run, const struct study *study) {
  const int sessions = percuta_scenario_calendar_count(&run->course);
  double sum =
      ratio(sessions, study->sessions) + ratio(run->device.needle.length, study->needle_length);
  if (sessions > 1 && study->sessions > 1)
    sum += ratio(percuta_scenario_calendar_shortest(&run->course), study->interval);
  return sum / log(2) + (strcmp(study->row->species, "human") == 0 ? 0 : 1);
}

static bool same_conditions(const struct percuta_evidence_row *a,
                            const struct percuta_evidence_row *b) {
  return strcmp(a->scenario, b->scenario) == 0 && strcmp(a->set, b->set) == 0;
}

/* Conditions read so far, each once; owned. */
struct conditions {
  const struct percuta_evidence_row *row;
  struct percuta_scenario *scenario; /* NULL: they cannot be read */
};

/* The conditions of `row` among the `count` known ones, or read after them; room for one more. */
static const struct percuta_scenario *find_conditions(const struct percuta_catalogue *catalogue,
                                                      const struct percuta_evidence_row *row,
                                                      struct conditions *known, size_t *count,
                                                      struct percuta_diag *diag) {
  const struct percuta_scenario *like = NULL;
  for (size_t i = 0; i < *count; ++i) {
    if (same_conditions(known[i].row, row))
      return known[i].scenario;
    if (strcmp(known[i].row->scenario, row->scenario) == 0 && known[i].scenario)
      like = known[i].scenario;
  }
  struct conditions *next = &known[(*count)++];
  *next = (struct conditions){.row = row};
  if ((like ? percuta_validate_row_conditions_like(like, row, diag, &next->scenario)
            : percuta_validate_row_conditions(catalogue, row, diag, &next->scenario)) != PERCUTA_OK)
    next->scenario = NULL;
  return next->scenario;
}

static void note_conditions(const struct percuta_scenario *conditions, struct study *study) {
  study->sessions = percuta_scenario_calendar_count(&conditions->course);
  study->interval =
      study->sessions > 1 ? percuta_scenario_calendar_shortest(&conditions->course) : 0;
  study->needle_length = conditions->device.needle.length;
  study->after = percuta_scenario_calendar_rest(&conditions->course) / PERCUTA_DAY;
}

/* Reads the run for a row, as long after the last session as the study ended; false where it does
 * not have what the row tells of, or was not followed as long. */
static bool read_run(const struct percuta_page *page, struct study *study) {
  const struct percuta_evidence_row *row = study->row;
  const struct percuta_outcome_time time = {PERCUTA_SINCE_LAST_SESSION, study->after};
  const double si = percuta_validate_healing_off_record(row->predictor, page->record, time);
  /* a time counts from one wound: in a course that of a peak is of the session that made it; and
   * what had not come about when the follow-up ended is not known */
  if (strcmp(study->predictor->unit, "s") == 0 &&
      (page->given > 1 || si <= 0 || si >= page->record->scenario->course.follow_up))
    return false;
  study->value =
      percuta_validate_row_in_unit(page->record->scenario->units, study->predictor, row->unit, si);
  return isfinite(study->value) &&
         percuta_validate_band_read(row->value, row->spread, row->spread_kind, row->scale,
                                    &study->band) == PERCUTA_OK;
}

/* Rows that no value was set by come first. */
static int nearest_first(const void *left, const void *right) {
  const struct study *a = left, *b = right;
  const int unseen_a = strcmp(a->row->use, "validation") == 0;
  const int unseen_b = strcmp(b->row->use, "validation") == 0;
  if (unseen_a != unseen_b)
    return unseen_b - unseen_a;
  if (a->distance != b->distance)
    return a->distance < b->distance ? -1 : 1;
  return strcmp(a->row->id, b->row->id);
}

static void write_cell(FILE *stream, const char *text) {
  fputs("<td>", stream);
  percuta_report_html_text(stream, text);
  fputs("</td>", stream);
}

static void write_study(FILE *stream, const struct study *study) {
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
  percuta_report_html_text(stream, percuta_base_count_unit(row->value, unit));
  const struct percuta_html_number value = percuta_report_html_number(study->value, 3);
  fprintf(stream, "</td><td class=\"n\">%s ", value.text);
  percuta_report_html_text(stream, percuta_base_count_unit(value.text, unit));
  fprintf(stream, "</td><td>%s</td>",
          *row->kin != '\0'                                         ? "not counted"
          : percuta_validate_band_holds(&study->band, study->value) ? "within"
                                                                    : "<b>outside</b>");
  write_cell(stream, row->use);
  write_cell(stream, row->source);
  fputs("</tr>\n", stream);
}

static void write_table(FILE *stream, const struct study *study, size_t count) {
  fputs("<div class=\"scroll\"><table class=\"sources\"><thead><tr><th scope=\"col\">What, in whom"
        "</th><th scope=\"col\">Published</th><th scope=\"col\">This run</th><th scope=\"col\">"
        "Band</th><th scope=\"col\">Used for</th><th scope=\"col\">Source</th></tr></thead><tbody>"
        "\n",
        stream);
  for (size_t i = 0; i < count && i < SHOWN; ++i)
    write_study(stream, &study[i]);
  fputs("</tbody></table></div>\n", stream);
}

/* Whether the row can be set beside the run; then all about it is in *study. */
static bool fill_study(const struct percuta_page *page, const struct percuta_scenario *conditions,
                       struct study *study) {
  if (conditions == NULL)
    return false;
  note_conditions(conditions, study);
  study->distance = distance(page->record->scenario, study);
  return read_run(page, study);
}

/* The rows that can be set beside the run, into `study`; how many there are. `known` has room for
 * the conditions of every row. */
static size_t find_studies(const struct percuta_page *page, const struct percuta_evidence *evidence,
                           struct percuta_diag *diag, struct conditions *known,
                           struct study *study) {
  const struct percuta_catalogue *catalogue = page->record->scenario->catalogue;
  size_t count = 0, read = 0;
  for (size_t i = 0; i < evidence->count; ++i) {
    const struct percuta_evidence_row *row = &evidence->row[i];
    study[count] =
        (struct study){.row = row, .predictor = percuta_validate_predictor_find(row->predictor)};
    if (study[count].predictor && study[count].predictor->of_course &&
        fill_study(page, find_conditions(catalogue, row, known, &read, diag), &study[count]))
      ++count;
  }
  for (size_t i = 0; i < read; ++i)
    percuta_scenario_destroy(&known[i].scenario);
  return count;
}

void percuta_report_studies_write(FILE *stream, const struct percuta_page *page) {
  struct percuta_diag *diag = NULL;
  struct percuta_evidence evidence = {.count = 0};
  struct study *study = NULL;
  struct conditions *known = NULL;
  size_t count = 0;
  if (percuta_base_diag_create(&diag) == 0 &&
      percuta_validate_evidence_read(page->record->scenario->catalogue, "healing", diag,
                                     &evidence) == PERCUTA_OK) {
    study = calloc(evidence.count + 1, sizeof *study);
    known = calloc(evidence.count + 1, sizeof *known);
  }
  if (study && known)
    count = find_studies(page, &evidence, diag, known, study);
  if (count > 0) {
    qsort(study, count, sizeof *study, nearest_first);
    write_table(stream, study, count);
  } else {
    fputs("<p>No published measurement can be compared with this run.</p>\n", stream);
  }
  free(study);
  free(known);
  percuta_validate_evidence_clear(&evidence);
  percuta_base_diag_destroy(&diag);
}

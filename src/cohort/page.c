/* report.html from web/report/study.html: the numbers as JSON, drawn by study.js, and the study
 * itself. Tests: tests/cli/study.sh, tests/cli/study_browser.py. */
#include "cohort/page.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/version.h"
#include "report/fill.h"
#include "report/html.h"

enum { PATH_SIZE = 4096 };

struct page {
  const struct percuta_cohort_plan *plan;
  const struct percuta_cohort_summary *summary;
  const struct percuta_cohort_trial *trial; /* NULL: none */
};

/* With the nine digits of the table. */
static cJSON *number(double value) {
  char text[40];
  snprintf(text, sizeof text, "%.9g", value);
  return isfinite(value) ? cJSON_CreateRaw(text) : cJSON_CreateNull();
}

static cJSON *arms(const struct page *page) {
  cJSON *list = cJSON_CreateArray();
  for (int a = 0; a < page->summary->arms; ++a) {
    const struct percuta_cohort_arm *arm = &page->plan->arm[a];
    cJSON *object = cJSON_CreateObject(), *settings = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", arm->name);
    cJSON_AddNumberToObject(object, "failed", page->summary->failed_of[a]);
    cJSON_AddItemToObject(object, "settings", settings);
    for (int s = 0; s < arm->count; ++s) {
      char key[256];
      const char *equals = strchr(arm->set[s].text, '=');
      snprintf(key, sizeof key, "%.*s", (int)(equals - arm->set[s].text), arm->set[s].text);
      cJSON_DeleteItemFromObject(settings, key);
      cJSON_AddStringToObject(settings, key, equals + 1);
    }
    cJSON_AddItemToArray(list, object);
  }
  return list;
}

static cJSON *column(const struct page *page, const struct percuta_cohort_column *column_) {
  cJSON *object = cJSON_CreateObject();
  cJSON *mean = cJSON_CreateArray(), *spread = cJSON_CreateArray(), *count = cJSON_CreateArray();
  cJSON *value = cJSON_CreateArray();
  for (int a = 0; a < page->summary->arms; ++a) {
    cJSON_AddItemToArray(mean, number(column_->count[a] ? column_->mean[a] : (double)NAN));
    cJSON_AddItemToArray(spread, number(percuta_cohort_summary_spread(column_, a)));
    cJSON_AddItemToArray(count, number(column_->count[a]));
  }
  for (int r = 0; r < page->summary->shown && page->plan->people > 0; ++r)
    cJSON_AddItemToArray(value, number(column_->value[r]));
  cJSON_AddStringToObject(object, "name", column_->outcome->name);
  cJSON_AddStringToObject(object, "unit", column_->outcome->unit);
  cJSON_AddStringToObject(object, "text", column_->outcome->text);
  /* a trial's visits count from each arm's last session */
  const bool visit = page->plan->mode == PERCUTA_COHORT_TRIAL && column_->outcome->timed;
  const int when = column_->position % (PERCUTA_COHORT_TIMES + 1);
  cJSON_AddItemToObject(object, "day", number(visit ? page->plan->time[when].day : column_->day));
  cJSON_AddItemToObject(object, "mean", mean);
  cJSON_AddItemToObject(object, "spread", spread);
  cJSON_AddItemToObject(object, "count", count);
  cJSON_AddItemToObject(object, "value", value);
  return object;
}

/* All that study.js draws. */
static cJSON *describe(const struct page *page) {
  cJSON *root = cJSON_CreateObject(), *columns = cJSON_CreateArray();
  cJSON_AddStringToObject(root, "mode", percuta_cohort_plan_mode(page->plan->mode));
  cJSON_AddNumberToObject(root, "people", page->plan->people);
  cJSON_AddNumberToObject(root, "runs", page->summary->runs);
  cJSON_AddNumberToObject(root, "shown", page->summary->shown);
  cJSON_AddNumberToObject(root, "arms", page->plan->arms);
  cJSON_AddItemToObject(root, "arm", arms(page));
  cJSON_AddItemToObject(root, "outcome", columns);
  for (int c = 0; c < page->summary->columns; ++c)
    cJSON_AddItemToArray(columns, column(page, &page->summary->column[c]));
  char hash[24];
  snprintf(hash, sizeof hash, "%016llx", (unsigned long long)page->plan->hash);
  cJSON_AddStringToObject(root, "version", PERCUTA_VERSION);
  cJSON_AddStringToObject(root, "hash", hash);
  cJSON_AddStringToObject(root, "study", page->plan->text);
  cJSON_AddStringToObject(root, "scenario", page->plan->base_text);
  return root;
}

static void write_title(FILE *stream, const struct page *page) {
  if (*page->plan->title)
    percuta_report_html_text(stream, page->plan->title);
  else
    fprintf(stream, "%d arms of one scenario", page->plan->arms);
}

/* What was followed, in a sentence. */
static void write_lead(FILE *stream, const struct page *page) {
  const struct percuta_cohort_summary *summary = page->summary;
  const int runs = percuta_cohort_plan_runs(page->plan);
  fprintf(stream, "<p>%d %s", page->plan->arms, page->plan->arms == 1 ? "arm" : "arms");
  if (page->plan->people > 0)
    fprintf(stream, ", %d people in each, the same", page->plan->people);
  fprintf(stream, ": %d of %d runs are here", summary->runs, runs);
  if (summary->failed > 0)
    fprintf(stream, ", of which %d failed; every number is of the %d others", summary->failed,
            summary->runs - summary->failed);
  fputs(".</p>\n", stream);
}

static void write_failures(FILE *stream, const struct page *page) {
  const struct percuta_cohort_summary *summary = page->summary;
  if (summary->failed == 0)
    return;
  fprintf(stream,
          "<section id=\"failed\"><h2>Runs that failed</h2>\n<p class=\"hint\">%d of them; "
          "<code>--rerun failed</code> follows them once more.</p><div class=\"scroll\"><table>"
          "<thead><tr><th>run</th><th>arm</th><th>person</th><th>why</th></tr></thead><tbody>\n",
          summary->failed);
  for (int i = 0; i < summary->failed && i < PERCUTA_COHORT_FAILURES; ++i) {
    const struct percuta_cohort_failure *failure = &summary->failure[i];
    fprintf(stream, "<tr><td>%d</td><td>", failure->run);
    percuta_report_html_text(stream, page->plan->arm[failure->arm - 1].name);
    fputs("</td><td>", stream);
    if (failure->person > 0)
      fprintf(stream, "%d", failure->person);
    fputs("</td><td>", stream);
    percuta_report_html_text(stream, failure->reason);
    fputs("</td></tr>\n", stream);
  }
  fputs("</tbody></table></div></section>\n", stream);
}

static void put_share(FILE *stream, struct percuta_cohort_share share) {
  fprintf(stream, "<td class=\"n\">%.0f ± %.1f %%</td>", 100 * share.share, 100 * share.error);
}

static void put_number(FILE *stream, double value) {
  fprintf(stream, "<td class=\"n\">%s</td>",
          isfinite(value) ? percuta_report_html_number(value, 3).text : "–");
}

/* One arm beside the control: in the model, in one trial, in many. */
static void put_effect(FILE *stream, const struct page *page, int arm) {
  const struct percuta_cohort_effect *effect = &page->trial->effect[arm];
  fputs("<tr><th>", stream);
  percuta_report_html_text(stream, page->plan->arm[arm].name);
  fputs("</th>", stream);
  put_number(stream, effect->mean);
  if (isfinite(effect->responders))
    fprintf(stream, "<td class=\"n\">%.0f %%</td>", 100 * effect->responders);
  if (arm == page->plan->control) {
    fprintf(stream, "<td colspan=\"%d\">control</td></tr>\n", 3 + PERCUTA_COHORT_SIZES);
    return;
  }
  put_number(stream, effect->difference);
  fprintf(stream, "<td class=\"n\">%s<small>%s to ",
          percuta_report_html_number(effect->estimate, 3).text,
          percuta_report_html_number(effect->low, 3).text);
  fprintf(stream, "%s; of %d and %d</small></td>", percuta_report_html_number(effect->high, 3).text,
          effect->observed[0], effect->observed[1]);
  put_number(stream, effect->p);
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    put_share(stream, effect->power[s]);
  fputs("</tr>\n", stream);
}

/* The assumptions that the numbers below rest on. */
static void put_design(FILE *stream, const struct page *page) {
  static const char *const word[] = {"Parallel groups", "Split face: pairs", "Crossover: pairs"};
  const struct percuta_cohort_design *design = &page->plan->design;
  fprintf(
      stream,
      "<p class=\"hint\">%s; <code>%s</code> on day %.6g after the last session; each trial draws "
      "its people from the %d who were followed, loses %.3g %% of them by then, and measures with "
      "a "
      "noise of %.3g (instrument) and %.3g (rater) %s. Analysed are those who come, by %s; power "
      "is the "
      "share of %d trials with p below %.3g, not corrected for the number of arms, ± the error "
      "that "
      "the number of trials leaves. What the model itself does not know is not in these "
      "numbers.%s</p>\n",
      word[design->kind], design->endpoint->name, design->visit[design->visits - 1],
      page->plan->people, 100 * design->drop_out, design->instrument, design->rater,
      strcmp(design->endpoint->unit, "1") == 0 ? "" : design->endpoint->unit,
      design->kind == PERCUTA_COHORT_PARALLEL ? "Welch’s t test" : "the paired t test",
      design->trials, design->alpha,
      design->kind == PERCUTA_COHORT_CROSSOVER ? " Nothing is carried over from the first period."
                                               : "");
}

/* Which arm leads, and how well a trial would tell. */
static void put_leader(FILE *stream, const struct page *page) {
  const struct percuta_cohort_trial *trial = page->trial;
  int best = 0;
  for (int arm = 1; arm < page->plan->arms; ++arm)
    best = trial->effect[arm].mean > trial->effect[best].mean ? arm : best;
  fputs("<p>Highest in the model: ", stream);
  percuta_report_html_text(stream, page->plan->arm[best].name);
  fprintf(stream, ", %s", percuta_report_html_number(trial->effect[best].mean, 3).text);
  if (best == page->plan->control)
    fputs(", which is the control.</p>\n", stream);
  else
    fprintf(stream, "; %.0f %% of trials with %d people in %s tell it from the control.</p>\n",
            100 * trial->effect[best].power[1].share, trial->size[1],
            trial->sides == 2 ? "all" : "each group");
}

static void write_trial(FILE *stream, const struct page *page) {
  const struct percuta_cohort_trial *trial = page->trial;
  if (trial == NULL)
    return;
  fputs("<section id=\"trial\"><h2>The trial</h2>\n", stream);
  put_leader(stream, page);
  put_design(stream, page);
  fputs("<div class=\"scroll\"><table class=\"keys\"><thead><tr><th>arm</th><th>mean in the "
        "model</th>",
        stream);
  if (isfinite(page->plan->design.responder))
    fputs("<th>responders</th>", stream);
  fprintf(
      stream,
      "<th>difference in the model</th><th>one trial: difference, %.3g %% interval</th><th>p</th>",
      100 * (1 - page->plan->design.alpha));
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    fprintf(stream, "<th>power, %d in %s</th>", trial->size[s],
            trial->sides == 2 ? "all" : "each group");
  fputs("</tr></thead><tbody>\n", stream);
  for (int arm = 0; arm < page->plan->arms; ++arm)
    put_effect(stream, page, arm);
  fprintf(stream, "<tr><th>control twice: type I error</th><td colspan=\"%d\"></td>",
          4 + isfinite(page->plan->design.responder));
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    put_share(stream, trial->false_found[s]);
  fputs("</tr>\n</tbody></table></div>\n<p class=\"hint\">The same numbers: <a "
        "href=\"trial.csv\">trial.csv"
        "</a>; one trial’s people and measurements: <a href=\"ADSL.csv\">ADSL.csv</a>, <a "
        "href=\"ADEFF.csv\">ADEFF.csv</a>.</p></section>\n",
        stream);
}

static void write_study(FILE *stream, const struct page *page) {
  fputs("<pre>", stream);
  percuta_report_html_text(stream, page->plan->text);
  fputs("</pre>\n", stream);
}

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      const void *context) {
  static const struct {
    const char *name;
    void (*write)(FILE *stream, const struct page *page);
  } part[] = {{"title", write_title},
              {"lead", write_lead},
              {"failures", write_failures},
              {"trial", write_trial},
              {"study", write_study}};
  const struct page *page = context;
  for (size_t i = 0; i < sizeof part / sizeof *part; ++i) {
    if (percuta_report_fill_is(name, length, part[i].name)) {
      part[i].write(stream, page);
      return PERCUTA_OK;
    }
  }
  if (!percuta_report_fill_is(name, length, "data"))
    return PERCUTA_IO;
  cJSON *root = describe(page);
  const enum percuta_status status = percuta_report_fill_json(stream, root);
  cJSON_Delete(root);
  return status;
}

enum percuta_status percuta_cohort_page_write(const struct percuta_cohort_plan *plan,
                                              struct percuta_cohort_store *store,
                                              const struct percuta_cohort_trial *trial,
                                              const char *folder) {
  char path[PATH_SIZE];
  struct percuta_cohort_summary summary;
  const struct page page = {.plan = plan, .summary = &summary, .trial = trial};
  enum percuta_status status = percuta_cohort_summary_read(plan, store, &summary);
  snprintf(path, sizeof path, "%s/report.html", folder);
  if (status == PERCUTA_OK)
    status = percuta_report_fill_page("report/study.html", path, write_part, &page);
  percuta_cohort_summary_clear(&summary);
  return status;
}

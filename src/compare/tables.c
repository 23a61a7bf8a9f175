/* Runs, inputs and outcomes as HTML that needs no script. Few runs are columns; many are rows, as
 * paper and phones have no room for forty columns. Tests: tests/unit/test_compare.c,
 * tests/cli/compare_browser.py. */
#include "compare/tables.h"

#include <math.h>
#include <string.h>

#include "compare/inputs.h"
#include "compare/notes.h"
#include "compare/rows.h"
#include "compare/show.h"
#include "report/html.h"

enum { MOST_SHORT = 5 }; /* inputs told beside a run's name */

static bool is_beside(const struct percuta_comparison *comparison) {
  return comparison->count <= PERCUTA_COMPARE_BESIDE;
}

/* A number as text, with true minus signs. */
static void put_number(FILE *stream, struct percuta_compare_text number) {
  const char *minus = strcmp(number.text, "-") == 0 ? "—" : "−";
  for (const char *c = number.text; *c != '\0'; ++c)
    if (*c == '-')
      fputs(minus, stream);
    else
      fputc(*c, stream);
}

static void put(FILE *stream, const char *before, const char *text, const char *after) {
  fputs(before, stream);
  percuta_report_html_text(stream, text);
  fputs(after, stream);
}

/* A number and the name of a run, where a row or a column of it begins. */
static void put_run(FILE *stream, const struct percuta_comparison *comparison, int run,
                    const char *scope) {
  fprintf(stream, "<th scope=\"%s\"><b class=\"no\">%d</b> ", scope, run + 1);
  put(stream, "<span>", comparison->run[run].label, "</span></th>");
}

/* ---- runs ---- */

/* "sessions 3 · needle.length 1.5 mm": the given inputs by which it is told from the others. */
static void put_short(FILE *stream, const struct percuta_comparison *comparison, int run) {
  int told = 0;
  for (size_t i = 0; i < comparison->difference_count; ++i) {
    const struct percuta_compare_difference *difference = &comparison->difference[i];
    if (!difference->given || difference->value[run] == NULL)
      continue;
    if (++told > MOST_SHORT)
      continue;
    const char *dot = strrchr(difference->key, '.');
    put(stream, told > 1 ? " · " : "", dot != NULL ? dot + 1 : difference->key, "&nbsp;");
    put(stream, "<b>", difference->value[run], "</b>");
  }
  if (told > MOST_SHORT)
    fprintf(stream, " · and %d more", told - MOST_SHORT);
}

static void put_state(FILE *stream, const struct percuta_comparison *comparison, int run) {
  const struct percuta_compare_run *of = &comparison->run[run];
  const bool early = of->given < of->planned || of->end < of->follow_up * (1 - 1e-6);
  if (run == comparison->baseline)
    fputs("<span class=\"tag\">baseline</span> ", stream);
  if (of->stale != NULL)
    fputs("<span class=\"tag assumed\">stale</span> ", stream);
  if (early)
    fputs("<span class=\"tag assumed\">stopped early</span> ", stream);
}

void percuta_compare_tables_runs(FILE *stream, const struct percuta_comparison *comparison) {
  bool titled = false; /* a title that all share is told once, above */
  for (int i = 1; i < comparison->count; ++i)
    titled = titled || strcmp(comparison->run[i].title, comparison->run[0].title) != 0;
  if (!titled && comparison->run[0].title[0] != '\0')
    put(stream, "<p class=\"lead\">All of “", comparison->run[0].title, "”</p>\n");
  fputs(
      "<table class=\"runs\"><thead><tr><th scope=\"col\">Run</th><th scope=\"col\">Given, and not "
      "the same in all</th><th scope=\"col\">Computed as</th></tr></thead>\n<tbody>\n",
      stream);
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_run *run = &comparison->run[i];
    fputs("<tr>", stream);
    put_run(stream, comparison, i, "row");
    fputs("<td>", stream);
    put_short(stream, comparison, i);
    if (titled)
      put(stream, "<small>", run->title, "</small>");
    fputs("</td><td>", stream);
    put(stream, "", run->fidelity, "");
    put(stream, ", seed&nbsp;", run->seed, "");
    fprintf(stream, ", %d&nbsp;of&nbsp;%d session%s, %.4g&nbsp;days ", run->given, run->planned,
            run->planned == 1 ? "" : "s", run->end);
    put_state(stream, comparison, i);
    fputs("</td></tr>\n", stream);
  }
  fputs("</tbody></table>\n", stream);
}

/* ---- inputs ---- */

static const char *value_of(const struct percuta_compare_difference *difference, int run) {
  return difference->value[run] != NULL ? difference->value[run] : "not there";
}

static const char *origin_of(const struct percuta_compare_difference *difference, int run) {
  return difference->origin[run] != NULL ? percuta_compare_show_origin(difference->origin[run])
                                         : "";
}

static void put_input_beside(FILE *stream, const struct percuta_comparison *comparison,
                             const struct percuta_compare_difference *difference) {
  for (int i = 0; i < comparison->count; ++i) {
    put(stream, "<td>", value_of(difference, i), "");
    put(stream, "<small>", origin_of(difference, i), "</small></td>");
  }
}

static bool is_alike(const struct percuta_compare_difference *difference, int a, int b) {
  return strcmp(value_of(difference, a), value_of(difference, b)) == 0 &&
         strcmp(origin_of(difference, a), origin_of(difference, b)) == 0;
}

/* Each value once, with the runs that have it. */
static void put_input_below(FILE *stream, const struct percuta_comparison *comparison,
                            const struct percuta_compare_difference *difference) {
  fputs("<td>", stream);
  for (int i = 0; i < comparison->count; ++i) {
    bool told = false;
    for (int k = 0; k < i; ++k)
      told = told || is_alike(difference, k, i);
    if (told)
      continue;
    put(stream, "<div><b>", value_of(difference, i), "</b>");
    fputs(" runs", stream);
    for (int k = i; k < comparison->count; ++k)
      if (is_alike(difference, i, k))
        fprintf(stream, " %d", k + 1);
    put(stream, "<small>", origin_of(difference, i), "</small></div>");
  }
  fputs("</td>", stream);
}

/* A key as the head of a row; its line may end behind a dot. */
static void put_key(FILE *stream, const char *key) {
  fputs("<tr><th scope=\"row\">", stream);
  for (const char *dot = strchr(key, '.'); dot != NULL; dot = strchr(key, '.')) {
    char part[512]; /* a key is shorter: inputs.c */
    snprintf(part, sizeof part, "%.*s", (int)(dot - key + 1), key);
    put(stream, "", part, "<wbr>");
    key = dot + 1;
  }
  percuta_report_html_text(stream, key);
}

/* Those that were given, or those that were not. */
static void put_inputs(FILE *stream, const struct percuta_comparison *comparison, bool given) {
  fputs("<div class=\"scroll\"><table class=\"inputs\"><thead><tr><th scope=\"col\">Key</th>",
        stream);
  if (!is_beside(comparison))
    fputs("<th scope=\"col\">Value, runs, and where it came from</th>", stream);
  for (int i = 0; i < comparison->count && is_beside(comparison); ++i)
    put_run(stream, comparison, i, "col");
  fputs("</tr></thead>\n<tbody>\n", stream);
  for (size_t i = 0; i < comparison->difference_count; ++i) {
    const struct percuta_compare_difference *difference = &comparison->difference[i];
    if (difference->given != given)
      continue;
    put_key(stream, difference->key);
    put(stream, "<small>", difference->unit, "</small></th>");
    if (is_beside(comparison))
      put_input_beside(stream, comparison, difference);
    else
      put_input_below(stream, comparison, difference);
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table></div>\n", stream);
}

void percuta_compare_tables_inputs(FILE *stream, const struct percuta_comparison *comparison) {
  size_t given = 0;
  while (given < comparison->difference_count && comparison->difference[given].given)
    ++given;
  const size_t rest = comparison->difference_count - given;
  fprintf(
      stream,
      "<p class=\"hint\">Inputs that differ: %zu that were given, and %zu that follow from these "
      "or from the data. Equal in all runs: %zu.</p>\n",
      given, rest, comparison->equal_count);
  if (given > 0)
    put_inputs(stream, comparison, true);
  if (rest == 0)
    return;
  fprintf(stream,
          "<details><summary>%zu that follow: presets, defaults, parameters of the data"
          "</summary>\n",
          rest);
  put_inputs(stream, comparison, false);
  fputs("</details>\n", stream);
}

/* ---- outcomes ---- */

/* Whether it is the first run of its scenario, where what all its seeds say together is told. */
static bool is_first(const struct percuta_comparison *comparison, int run) {
  for (int i = 0; i < run; ++i)
    if (comparison->run[i].scenario == comparison->run[run].scenario)
      return false;
  return true;
}

static void put_noise(FILE *stream, const struct percuta_compare_key *key,
                      const struct percuta_compare_row *row) {
  if (!isfinite(row->seed_sd))
    return;
  fputs(" <small>seed noise ", stream);
  put_number(stream, percuta_compare_show_size(key, row->seed_sd));
  fputs("</small>", stream);
}

/* The interval, the difference and what it may be wrong by, each on its own line. */
static void put_cell(FILE *stream, const struct percuta_comparison *comparison, int run,
                     const struct percuta_compare_key *key, const struct percuta_compare_row *row) {
  const struct percuta_compare_cell *cell = &row->cell[run];
  const struct percuta_outcome_value *value = &cell->value;
  fputs("<td class=\"n\" data-value=\"", stream);
  if (isfinite(value->value))
    fprintf(stream, "%.9g", value->value);
  fputs("\"><b>", stream);
  put_number(stream, percuta_compare_show_value(key, value->value));
  fputs("</b>", stream);
  if (isfinite(value->low)) {
    fputs("<small>", stream);
    put_number(stream, percuta_compare_show_value(key, value->low));
    fputs(" to ", stream);
    put_number(stream, percuta_compare_show_value(key, value->high));
    fputs("</small>", stream);
  }
  if (isfinite(cell->difference)) {
    const bool equal = cell->difference == 0;
    const bool resolved = equal || percuta_compare_rows_resolved(row, cell);
    fprintf(stream, "<span class=\"%s\">", equal ? "equal" : resolved ? "apart" : "alike");
    if (equal)
      fputs("equal", stream);
    else
      put_number(stream, percuta_compare_show_difference(key, cell->difference));
    if (!equal && isfinite(cell->error)) {
      fputs(" ± ", stream);
      put_number(stream, percuta_compare_show_size(key, cell->error));
    }
    fputs("</span>", stream);
  }
  if (isfinite(cell->low) && is_first(comparison, run)) {
    fprintf(stream, "<small>%d seeds: ", cell->pairs);
    put_number(stream, percuta_compare_show_difference(key, cell->mean));
    fputs(", ", stream);
    put_number(stream, percuta_compare_show_difference(key, cell->low));
    fputs(" to ", stream);
    put_number(stream, percuta_compare_show_difference(key, cell->high));
    fputs("</small>", stream);
  }
  fputs("</td>", stream);
}

static void put_unit(FILE *stream, const char *unit) {
  static const char *const PRETTY[][2] = {
      {"um", "µm"}, {"ul/cm^2", "µl/cm²"}, {"1/mm^3", "per mm³"}, {"d", "days"}, {"h", "hours"}};
  for (size_t i = 0; i < sizeof PRETTY / sizeof *PRETTY; ++i)
    if (strcmp(unit, PRETTY[i][0]) == 0)
      unit = PRETTY[i][1];
  if (*unit != '\0')
    put(stream, " <span class=\"unit\">", unit, "</span>");
}

static void put_keys_beside(FILE *stream, const struct percuta_comparison *comparison) {
  fputs("<div class=\"scroll\"><table class=\"keys\"><thead><tr><th scope=\"col\">Outcome</th>",
        stream);
  for (int i = 0; i < comparison->count; ++i)
    put_run(stream, comparison, i, "col");
  fputs("</tr></thead>\n<tbody>\n", stream);
  for (int i = 0; i < percuta_compare_notes_key_count(); ++i) {
    const struct percuta_compare_key *key = percuta_compare_notes_key(i);
    const struct percuta_compare_row *row = percuta_compare_notes_row(comparison, key);
    if (row == NULL)
      continue;
    put(stream, "<tr><th scope=\"row\">", key->title, "");
    put_unit(stream, percuta_compare_show_unit(key, row));
    put_noise(stream, key, row);
    fputs("</th>", stream);
    for (int k = 0; k < comparison->count; ++k)
      put_cell(stream, comparison, k, key, row);
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table></div>\n", stream);
}

/* Runs as rows, for the outcomes that are changes or for the others. */
static void put_keys_below(FILE *stream, const struct percuta_comparison *comparison,
                           bool changes) {
  fputs("<div class=\"scroll\"><table class=\"keys below sortable\"><thead><tr><th "
        "scope=\"col\">Run</th>",
        stream);
  for (int pass = -1; pass < comparison->count; ++pass) {
    if (pass >= 0) {
      fputs("<tr>", stream);
      put_run(stream, comparison, pass, "row");
    }
    for (int i = 0; i < percuta_compare_notes_key_count(); ++i) {
      const struct percuta_compare_key *key = percuta_compare_notes_key(i);
      const struct percuta_compare_row *row = percuta_compare_notes_row(comparison, key);
      if (row == NULL || key->change != changes)
        continue;
      if (pass >= 0) {
        put_cell(stream, comparison, pass, key, row);
        continue;
      }
      put(stream, "<th scope=\"col\">", key->title, "");
      put_unit(stream, percuta_compare_show_unit(key, row));
      put_noise(stream, key, row);
      fputs("</th>", stream);
    }
    fputs(pass < 0 ? "</tr></thead>\n<tbody>\n" : "</tr>\n", stream);
  }
  fputs("</tbody></table></div>\n", stream);
}

void percuta_compare_tables_keys(FILE *stream, const struct percuta_comparison *comparison) {
  fprintf(
      stream,
      "<p class=\"hint\">Collagen as change from before, in the treated dermis; months after the "
      "%s session. Below a value its interval, where the run has one; then the difference from "
      "run&nbsp;%d, in percentage points where the value is in per cent, ± what the numerics can "
      "change it by where that was measured. <span class=\"alike\">Grey</span>: no more than that, "
      "or than the noise of the seed.</p>\n",
      comparison->derived_count > 0 ? "last" : "first", comparison->baseline + 1);
  if (is_beside(comparison)) {
    put_keys_beside(stream, comparison);
    return;
  }
  put_keys_below(stream, comparison, true);
  put_keys_below(stream, comparison, false);
}

static void put_time(FILE *stream, const struct percuta_compare_reading *reading) {
  if (isfinite(reading->day))
    fprintf(stream, " <small>%.6g days after the %s session</small>", reading->day,
            strcmp(reading->since, "last-session") == 0 ? "last" : "first");
}

static void put_name(FILE *stream, const struct percuta_compare_row *row) {
  put(stream, "<code>", row->reading->name, "</code>");
  put_unit(stream, percuta_compare_show_unit(NULL, row));
  put_time(stream, row->reading);
  put_noise(stream, NULL, row);
}

static void put_all_beside(FILE *stream, const struct percuta_comparison *comparison) {
  fputs("<div class=\"scroll\"><table class=\"keys\"><thead><tr><th scope=\"col\">Outcome</th>",
        stream);
  for (int i = 0; i < comparison->count; ++i)
    put_run(stream, comparison, i, "col");
  fputs("</tr></thead>\n<tbody>\n", stream);
  for (size_t r = 0; r < comparison->row_count; ++r) {
    const struct percuta_compare_row *row = &comparison->row[r];
    fputs("<tr><th scope=\"row\">", stream);
    put_name(stream, row);
    if (row->outcome != NULL)
      put(stream, "<small>", row->outcome->text, "</small>");
    fputs("</th>", stream);
    for (int i = 0; i < comparison->count; ++i)
      put_cell(stream, comparison, i, NULL, row);
    fputs("</tr>\n", stream);
  }
  fputs("</tbody></table></div>\n", stream);
}

/* Least and most of all runs, with where they are. */
static void put_span(FILE *stream, const struct percuta_comparison *comparison,
                     const struct percuta_compare_row *row) {
  int least = -1, most = -1;
  for (int i = 0; i < comparison->count; ++i) {
    const double value = row->cell[i].value.value;
    if (!isfinite(value))
      continue;
    least = least < 0 || value < row->cell[least].value.value ? i : least;
    most = most < 0 || value > row->cell[most].value.value ? i : most;
  }
  fputs(": ", stream);
  put_number(stream, percuta_compare_show_value(NULL, row->cell[least].value.value));
  if (row->cell[least].value.value < row->cell[most].value.value) {
    fprintf(stream, " (run %d) to ", least + 1);
    put_number(stream, percuta_compare_show_value(NULL, row->cell[most].value.value));
    fprintf(stream, " (run %d)", most + 1);
  } else {
    fputs(" in all", stream);
  }
}

static void put_all_below(FILE *stream, const struct percuta_comparison *comparison) {
  for (size_t r = 0; r < comparison->row_count; ++r) {
    const struct percuta_compare_row *row = &comparison->row[r];
    fputs("<details class=\"outcome\"><summary>", stream);
    put_name(stream, row);
    put_span(stream, comparison, row);
    fputs("</summary>\n", stream);
    if (row->outcome != NULL)
      put(stream, "<p class=\"hint\">", row->outcome->text, "</p>\n");
    fputs("<table class=\"keys below\"><tbody>\n", stream);
    for (int i = 0; i < comparison->count; ++i) {
      fputs("<tr>", stream);
      put_run(stream, comparison, i, "row");
      put_cell(stream, comparison, i, NULL, row);
      fputs("</tr>\n", stream);
    }
    fputs("</tbody></table></details>\n", stream);
  }
}

void percuta_compare_tables_all(FILE *stream, const struct percuta_comparison *comparison) {
  if (is_beside(comparison))
    put_all_beside(stream, comparison);
  else
    put_all_below(stream, comparison);
}

/* Tables of the report; test: tests/unit/test_report.c. */
#include "report/table.h"

#include <inttypes.h>
#include <math.h>

#include "base/parameters.h"
#include "base/units.h"
#include "base/version.h"
#include "report/html.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define DAY(value) (percuta_report_html_day(value).text)
#define CM2 1e-4        /* [m^2] */
#define UL_PER_CM2 1e-5 /* [m] */

static void write_cell(FILE *stream, double value, int digits) {
  fprintf(stream, "<td class=\"n\">%s</td>", NUMBER(value, digits));
}

static void write_session_row(FILE *stream, const struct percuta_session_record *session,
                              const struct percuta_session_readings *means) {
  fprintf(stream, "<tr><th scope=\"row\">%d</th>", session->number);
  if (!session->given) {
    fprintf(stream,
            "<td colspan=\"10\">planned for day %s; not given, because the skin had not "
            "healed</td></tr>\n",
            DAY(session->planned / PERCUTA_DAY));
    return;
  }
  fprintf(stream, "<td class=\"n\">%s</td>", DAY(session->start / PERCUTA_DAY));
  write_cell(stream, (double)session->channels.count, 7);
  write_cell(stream, means->strikes_per_area * CM2, 3);
  write_cell(stream, (double)means->opened, 7);
  write_cell(stream, (double)session->channels.reentered, 7);
  if (means->opened > 0) {
    fprintf(stream, "<td class=\"n\">%s&nbsp;±&nbsp;%s</td>",
            NUMBER(means->depth_mean / PERCUTA_UM, 3), NUMBER(means->depth_sd / PERCUTA_UM, 2));
  } else {
    fputs("<td class=\"n\">—</td>", stream);
  }
  write_cell(stream, session->bleeding.channels_bleeding_expected, 3);
  write_cell(stream, session->bleeding.shed_per_area_expected / UL_PER_CM2, 2);
  write_cell(stream, 100 * session->injured_frac, 2);
  const double days = percuta_outcome_readings_days_to_healed(session);
  fprintf(stream, "<td class=\"n\">%s</td></tr>\n", days >= 0 ? DAY(days) : "not reached");
}

void percuta_report_table_sessions(FILE *stream, const struct percuta_page *page) {
  fputs("<table><thead><tr><th scope=\"col\">Session</th><th scope=\"col\">Day</th>"
        "<th scope=\"col\">Strikes in the patch</th><th scope=\"col\">Strikes per cm²</th>"
        "<th scope=\"col\">New punctures</th><th scope=\"col\">Re-entered</th>"
        "<th scope=\"col\">Depth, mean ± SD between punctures (µm)</th><th scope=\"col\">Bleeding "
        "punctures, expected</th>"
        "<th scope=\"col\">Blood, expected (µl/cm²)</th><th scope=\"col\">Dermis injured (%)</th>"
        "<th scope=\"col\">Days until healed</th></tr></thead><tbody>\n",
        stream);
  for (int i = 0; i < page->record->session_count; ++i) {
    write_session_row(stream, &page->record->session[i], &page->session[i]);
  }
  fputs("</tbody></table>\n", stream);
}

void percuta_report_table_layers(FILE *stream, const struct percuta_page *page) {
  static const char *const name[PERCUTA_LAYER_COUNT] = {
      "Stratum corneum", "Viable epidermis", "Papillary dermis", "Reticular dermis", "Hypodermis"};
  const struct percuta_skin *skin = page->record->skin;
  fputs("<table><thead><tr><th scope=\"col\">Layer</th><th scope=\"col\">From (µm)</th>"
        "<th scope=\"col\">Thickness (µm)</th><th scope=\"col\">Published spread (µm)</th></tr>"
        "</thead><tbody>\n",
        stream);
  for (int i = 0; i < PERCUTA_LAYER_COUNT; ++i) {
    fprintf(stream, "<tr><th scope=\"row\">%s</th>", name[i]);
    write_cell(stream, percuta_skin_layer_top(skin, (enum percuta_layer)i) / PERCUTA_UM, 3);
    write_cell(stream, skin->thickness[i] / PERCUTA_UM, 3);
    if (skin->thickness_sd[i] > 0) {
      fprintf(stream, "<td class=\"n\">±&nbsp;%s</td></tr>\n",
              NUMBER(skin->thickness_sd[i] / PERCUTA_UM, 2));
    } else {
      fputs("<td class=\"n\">not known</td></tr>\n", stream);
    }
  }
  fputs("</tbody></table>\n", stream);
}

void percuta_report_table_warnings(FILE *stream, const struct percuta_page *page) {
  const struct percuta_warnings *warnings = &page->record->warnings;
  char text[PERCUTA_WARNING_LENGTH];
  if (warnings->count == 0) {
    fputs("<p class=\"hint\">No warnings.</p>\n", stream);
    return;
  }
  fputs("<div class=\"notice warnings\"><strong>Warnings</strong><ul>\n", stream);
  for (int i = 0; i < warnings->count; ++i) {
    percuta_outcome_warnings_say(&warnings->item[i], text, sizeof text);
    fputs("<li>", stream);
    percuta_report_html_text(stream, text);
    fputs("</li>\n", stream);
  }
  fputs("</ul></div>\n", stream);
}

/* The table's name before the dot reads as a group; the rest as words. */
static void write_parameter_name(FILE *stream, const char *name) {
  for (const char *c = name; *c != '\0'; ++c) {
    fputc(*c == '_' ? ' ' : *c, stream);
    if (*c == '.') {
      fputs("<wbr>", stream);
    }
  }
}

static void write_parameter(FILE *stream, const struct percuta_parameter *parameter) {
  fputs("<tr><td><b>", stream);
  write_parameter_name(stream, parameter->name);
  fputs("</b><br>", stream);
  percuta_report_html_text(stream, parameter->meaning);
  fprintf(stream, "</td><td class=\"n\">%s", NUMBER(parameter->value, 5));
  fputs(parameter->overridden ? " <span class=\"tag changed\">changed</span>" : "", stream);
  fputs("</td><td>", stream);
  percuta_report_html_text(stream, parameter->unit);
  fprintf(stream, "</td><td class=\"n\">%s … %s</td>", NUMBER(parameter->low, 4),
          NUMBER(parameter->high, 4));
  fprintf(stream, "<td><span class=\"tag %s\">%s</span></td><td>",
          percuta_base_parameters_status(parameter->status),
          percuta_base_parameters_status(parameter->status));
  percuta_report_html_text(stream, parameter->source[0] != '\0' ? parameter->source : "no source");
  if (parameter->population[0] != '\0') {
    fputs(" <i>(", stream);
    percuta_report_html_text(stream, parameter->population);
    fputs(")</i>", stream);
  }
  fputs("</td></tr>\n", stream);
}

static bool is_open_question(const struct percuta_parameter *parameter) {
  return parameter->status == PERCUTA_PARAMETER_ASSUMED ||
         parameter->status == PERCUTA_PARAMETER_TO_BE_CHECKED || parameter->overridden;
}

static void write_parameter_table(FILE *stream, const struct percuta_parameters *set, bool open) {
  fputs("<div class=\"scroll\"><table class=\"sources\"><thead><tr><th scope=\"col\">Parameter</th>"
        "<th scope=\"col\">Value</th><th scope=\"col\">Unit</th><th scope=\"col\">Range</th>"
        "<th scope=\"col\">Status</th><th scope=\"col\">Source</th></tr></thead><tbody>\n",
        stream);
  for (size_t i = 0; i < percuta_base_parameters_count(set); ++i) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    if (is_open_question(parameter) == open) {
      write_parameter(stream, parameter);
    }
  }
  fputs("</tbody></table></div>\n", stream);
}

/* How many parameters are open questions. */
static size_t count_open(const struct percuta_parameters *set) {
  size_t open = 0;
  for (size_t i = 0; i < percuta_base_parameters_count(set); ++i) {
    open += is_open_question(percuta_base_parameters_at(set, i));
  }
  return open;
}

void percuta_report_table_counts(FILE *stream, const struct percuta_page *page) {
  const struct percuta_parameters *set = page->record->scenario->parameters;
  size_t count[PERCUTA_PARAMETER_STATUS_COUNT] = {0};
  const size_t total = percuta_base_parameters_count(set);
  for (size_t i = 0; i < total; ++i) {
    ++count[percuta_base_parameters_at(set, i)->status];
  }
  fprintf(
      stream,
      "<p>Of %zu model parameters, %zu are cited, %zu derived from cited ones and %zu calibrated "
      "to published rows; %zu are still to be checked against the printed source, and <b>%zu "
      "are assumed</b>.</p>\n",
      total, count[PERCUTA_PARAMETER_CITED], count[PERCUTA_PARAMETER_DERIVED],
      count[PERCUTA_PARAMETER_CALIBRATED], count[PERCUTA_PARAMETER_TO_BE_CHECKED],
      count[PERCUTA_PARAMETER_ASSUMED]);
}

void percuta_report_table_parameters(FILE *stream, const struct percuta_page *page) {
  const struct percuta_parameters *set = page->record->scenario->parameters;
  const size_t total = percuta_base_parameters_count(set), open = count_open(set);
  if (open > 0) {
    fprintf(stream, "<h3>Assumed, changed or to be checked (%zu)</h3>\n", open);
    write_parameter_table(stream, set, true);
  }
  if (total > open) {
    fprintf(stream, "<h3>Cited, derived or calibrated (%zu)</h3>\n", total - open);
    write_parameter_table(stream, set, false);
  }
}

static void write_fact(FILE *stream, const char *what, const char *value, const char *unit) {
  fprintf(stream, "<tr><th scope=\"row\">%s</th><td>%s%s%s</td></tr>\n", what, value,
          unit[0] != '\0' ? "&nbsp;" : "", unit);
}

static const char *grid_kind(enum percuta_fidelity fidelity) {
  switch (fidelity) {
  case PERCUTA_COLUMN:
    return "column (laterally averaged)";
  case PERCUTA_CHANNEL:
    return "channel (rings around the mean puncture)";
  case PERCUTA_PATCH:
    return "patch (three-dimensional)";
  }
  return "";
}

void percuta_report_table_numerics(FILE *stream, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const struct percuta_model *model = &record->scenario->model;
  const struct percuta_cost *cost = &record->cost;
  char text[256];
  fputs("<table class=\"facts\"><tbody>\n", stream);
  snprintf(text, sizeof text, "%s, %d × %d × %d cells", grid_kind(model->fidelity),
           record->grid->nx, record->grid->ny, record->grid->nz);
  write_fact(stream, "Grid", text, "");
  snprintf(text, sizeof text, "%ld accepted, %ld rejected", cost->steps, cost->rejected);
  write_fact(stream, "Time steps", text, "");
  write_fact(stream, "Tolerance per step", NUMBER(model->tolerance, 3), "(relative)");
  write_fact(stream, "Negative values set to zero", NUMBER(100 * record->clipped_rel, 2),
             "% of a field’s total at most");
  if (isfinite(record->runaway_level)) {
    write_fact(stream, "Runaway level of the signal", NUMBER(record->runaway_level, 3),
               "of the level in a fresh clot");
    write_fact(stream, "Dermis above it at any one time",
               NUMBER(100 * record->runaway_volume_frac, 2), "% at most");
  }
  snprintf(text, sizeof text, "%s&nbsp;s, of which %s&nbsp;s in solvers, on %d process%s",
           NUMBER(cost->wall_s, 3), NUMBER(cost->solve_s, 3), cost->ranks,
           cost->ranks == 1 ? "" : "es");
  write_fact(stream, "Run time", text, "");
  write_fact(stream, "Peak memory", NUMBER(cost->peak_memory_mb, 3), "MB");
  snprintf(text, sizeof text, "%" PRIu64, model->seed);
  write_fact(stream, "Seed", text, "");
  snprintf(text, sizeof text, "<code>%016" PRIx64 "</code>", record->hash);
  write_fact(stream, "Scenario", text, "");
  write_fact(stream, "Program", "Percuta " PERCUTA_VERSION, "");
  fputs("</tbody></table>\n", stream);
}

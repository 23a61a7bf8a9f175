/* What the cream's label and the blood allow, beside what was done.
 * Test: tests/unit/test_report.c. */
#include "report/limits.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/html.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define SPAN(value) (percuta_report_html_span(value).text)
#define UG_PER_ML 1e-3 /* [kg/m^3] */
#define CM2 1e-4       /* [m^2] */
#define GRAM 1e-3      /* [kg] */
#define PER_CENT 0.01
#define EXACT (1 + 1e-9)

int percuta_report_limits_known(const struct percuta_numbing *numbing) {
  int known = 0;
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    known += numbing->active[a].plasma != NULL && numbing->active[a].toxic > 0;
  }
  return known;
}

/* Share of the toxic level from which a run warns; infinite where the tables do not say. */
static double warn_share(const struct percuta_page *page) {
  const struct percuta_parameters *set = page->record->scenario->parameters;
  const struct percuta_parameter *share =
      set != NULL ? percuta_base_parameters_find(set, "numbing.warn_share") : NULL;
  return share != NULL ? share->value_si : INFINITY;
}

/* A row that compares what was done with what is allowed; `share` is the one over the other. */
static void write_limit(FILE *stream, const char *what, const char *here, const char *limit,
                        double share, double close) {
  const bool over = share > EXACT;
  fprintf(stream, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td>",
          what, here, limit);
  fprintf(stream, "<td><span class=\"tag%s\">%s</span></td></tr>\n",
          over             ? " much"
          : share >= close ? " changed"
                           : "",
          over             ? "above"
          : share >= close ? "close to it"
                           : "within");
}

static void write_quantity(FILE *stream, const char *what, double here, double limit, double unit,
                           const char *name, double close) {
  char first[120], second[120];
  snprintf(first, sizeof first, "%s&nbsp;%s", NUMBER(here / unit, 3), name);
  snprintf(second, sizeof second, "%s&nbsp;%s", NUMBER(limit / unit, 3), name);
  write_limit(stream, what, first, second, here / limit, close);
}

/* What the label names; false when it names nothing. */
static bool write_label(FILE *stream, const struct percuta_numbing *numbing) {
  const struct percuta_product_limits *limits = &numbing->penetration.product.limits;
  const double apply = numbing->penetration.plan.apply;
  if (limits->mass > 0) {
    write_quantity(stream, "Cream", numbing->mass, limits->mass, GRAM, "g", INFINITY);
  }
  if (limits->area > 0) {
    write_quantity(stream, "Area", numbing->area, limits->area, CM2, "cm²", INFINITY);
  }
  if (limits->time > 0) {
    const struct percuta_html_number here = percuta_report_html_span(apply);
    write_limit(stream, "Time on the skin", here.text, SPAN(limits->time), apply / limits->time,
                INFINITY);
  }
  return limits->mass > 0 || limits->area > 0 || limits->time > 0;
}

/* A level with what the blood of a person may hold, which is what is judged. */
static void write_level(FILE *stream, const char *what, double here, double margin, double limit,
                        double unit, const char *name, double close) {
  char first[240], second[120];
  const double high = here * fmax(1, margin);
  snprintf(first, sizeof first, "%s to %s&nbsp;%s", NUMBER(here / unit, 3), NUMBER(high / unit, 2),
           name);
  snprintf(second, sizeof second, "%s&nbsp;%s", NUMBER(limit / unit, 3), name);
  write_limit(stream, what, first, second, high / limit, close);
}

static void write_levels(FILE *stream, const struct percuta_numbing *numbing, double close) {
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    const struct percuta_numbing_active *active = &numbing->active[a];
    if (active->plasma != NULL && active->toxic > 0) {
      char what[200];
      snprintf(what, sizeof what, "In the blood: %s",
               numbing->penetration.active[a].of.compound.id);
      write_level(stream, what, active->plasma_most, numbing->margin, active->toxic, UG_PER_ML,
                  "µg/ml", close);
    }
  }
  if (percuta_report_limits_known(numbing) > 1) {
    write_level(stream, "All anaesthetics of the cream, share of the toxic level",
                numbing->toxicity, numbing->margin, 1, PER_CENT, "%", close);
  }
}

static bool has_compound(const struct percuta_penetration *penetration, const char *id) {
  for (int a = 0; a < penetration->active_count; ++a) {
    if (strcmp(penetration->active[a].of.compound.id, id) == 0) {
      return true;
    }
  }
  return false;
}

void percuta_report_limits_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  fputs("<div class=\"scroll\"><table class=\"limits\"><thead><tr><th scope=\"col\"></th>"
        "<th scope=\"col\">Here</th><th scope=\"col\">Label or toxic level</th>"
        "<th scope=\"col\"></th></tr></thead><tbody>\n",
        stream);
  if (!write_label(stream, numbing)) {
    fputs("<tr><td colspan=\"4\">The limits on the label are not known.</td></tr>\n", stream);
  }
  write_levels(stream, numbing, warn_share(page));
  fputs("</tbody></table></div>\n", stream);
  if (has_compound(&numbing->penetration, "prilocaine")) {
    fputs("<p class=\"hint\">Prilocaine can also cause methaemoglobinaemia, in which blood carries "
          "less oxygen; that is not modelled.</p>\n",
          stream);
  }
}

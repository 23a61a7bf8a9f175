/* How measured points lie beside what was computed: a sentence and a table of residuals; test:
 * tests/cli/franz.sh. */
#include "report/measured.h"

#include <math.h>

#include "base/units.h"
#include "outcome/measured.h"
#include "report/html.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define UG_PER_CM2 1e-5 /* [kg/m^2] */

static void write_point(FILE *stream, const struct percuta_measured_point *point, double computed,
                        double unit) {
  fprintf(stream, "<tr><td class=\"n\">%s</td><td>%s</td><td class=\"n\">%s",
          NUMBER(point->time / PERCUTA_HOUR, 4), point->intact ? "intact" : "needled",
          NUMBER(point->value / unit, 3));
  if (isfinite(point->spread))
    fprintf(stream, " ± %s", NUMBER(point->spread / unit, 2));
  if (isnan(computed)) {
    fputs("</td><td>not followed</td><td>—</td><td>—</td></tr>\n", stream);
    return;
  }
  fprintf(stream, "</td><td class=\"n\">%s</td>", NUMBER(computed / unit, 3));
  fprintf(stream, "<td class=\"n\">%s</td>", NUMBER((computed - point->value) / unit, 2));
  if (computed > 0 && point->value > 0)
    fprintf(stream, "<td class=\"n\">%s</td></tr>\n", NUMBER(computed / point->value, 2));
  else
    fputs("<td class=\"n\">—</td></tr>\n", stream);
}

void percuta_report_measured_write(FILE *stream, const struct percuta_record *record, int index) {
  const struct percuta_product_plan *plan = &record->scenario->session.products[index];
  struct percuta_measured_fit fit;
  if (!percuta_outcome_measured_fit(record, index, &fit))
    return;
  const double unit = plan->measured->flux ? UG_PER_CM2 / PERCUTA_HOUR : UG_PER_CM2;
  fputs("<p><b>Measured points</b> of <code>", stream);
  percuta_report_html_text(stream, plan->measured_file);
  fprintf(stream, "</code>: %d point%s, root mean square of the residuals <b>%s&nbsp;%s</b>",
          fit.count, fit.count == 1 ? "" : "s", NUMBER(fit.rmse / unit, 3),
          plan->measured->flux ? "µg/cm²/h" : "µg/cm²");
  if (isfinite(fit.fold)) {
    fprintf(stream, "; fold error <b>%s</b>", NUMBER(fit.fold, 3));
    fprintf(stream, " (geometric means; computed over measured %s), %d within two-fold",
            NUMBER(fit.bias, 3), fit.within_two);
  }
  if (fit.spread > 0)
    fprintf(stream, "; of %d with a spread, %d hold the computed value", fit.spread, fit.covered);
  fprintf(stream,
          ".</p>\n<details><summary>Residuals</summary><div class=\"scroll\"><table "
          "class=\"amounts\"><thead><tr><th scope=\"col\">Hours</th><th scope=\"col\">Skin</th>"
          "<th scope=\"col\">Measured, %s</th><th scope=\"col\">Computed</th>"
          "<th scope=\"col\">Computed less measured</th><th scope=\"col\">Ratio</th></tr></thead>"
          "<tbody>\n",
          plan->measured->flux ? "µg/cm²/h" : "µg/cm²");
  for (int i = 0; i < plan->measured->count; ++i) {
    const struct percuta_measured_point *point = &plan->measured->point[i];
    write_point(stream, point, percuta_outcome_measured_computed(record, index, point), unit);
  }
  fputs("</tbody></table></div></details>\n", stream);
}

/* The strongest parameters of the stored study.
 * Test: tests/unit/test_report.c. */
#include "report/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "report/html.h"

enum { SHOWN = 10, PATH_SIZE = 4096 };

static double number_in(const struct percuta_csv *table, size_t row, const char *column) {
  double value = NAN;
  const char *text = percuta_base_csv_cell(table, row, column);
  return text && percuta_base_number_parse(text, &value) == PERCUTA_OK ? value : NAN;
}

static void write_row(FILE *stream, const struct percuta_page *page,
                      const struct percuta_csv *table, size_t row, double most) {
  const char *name = percuta_base_csv_cell(table, row, "parameter");
  const struct percuta_parameter *known =
      percuta_base_parameters_find(page->record->scenario->parameters, name);
  double middle = number_in(table, row, "middle");
  fputs("<tr><td><b>", stream);
  percuta_report_html_text(stream, name);
  fputs("</b><br>", stream);
  percuta_report_html_text(stream, known ? known->meaning : "");
  fprintf(
      stream,
      "</td><td class=\"n\">%s</td><td><span class=\"measure\" style=\"width:%.3gem\"></span></td>"
      "<td>",
      percuta_report_html_number(100 * middle, 2).text, 8 * middle / most);
  fprintf(stream, "<span class=\"tag %s\">%s</span></td></tr>\n",
          known ? percuta_base_parameters_status(known->status) : "",
          known ? percuta_base_parameters_status(known->status) : "");
}

static void write_table(FILE *stream, const struct percuta_page *page,
                        const struct percuta_csv *table) {
  double most = number_in(table, 0, "middle");
  fputs("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">"
        "Percentage points</th><th scope=\"col\"></th><th scope=\"col\">Status</th></tr></thead>"
        "<tbody>\n",
        stream);
  for (size_t row = 0; row < table->rows && row < SHOWN; ++row)
    write_row(stream, page, table, row, most);
  fputs("</tbody></table></div>\n", stream);
}

void percuta_report_sensitivity_write(FILE *stream, const struct percuta_page *page) {
  char path[PATH_SIZE];
  struct percuta_diag *diag = NULL;
  struct percuta_csv table;
  enum percuta_status status = PERCUTA_MEMORY;
  snprintf(path, sizeof path, "%s/fit/sensitivity.csv",
           percuta_catalogue_folder(page->record->scenario->catalogue));
  if (percuta_base_diag_create(&diag) == 0)
    status = percuta_base_csv_read(path, diag, &table);
  percuta_base_diag_destroy(&diag);
  if (status != PERCUTA_OK || table.rows == 0) {
    fputs("<p>The stored sensitivity study cannot be read.</p>\n", stream);
    return;
  }
  write_table(stream, page, &table);
  percuta_base_csv_clear(&table);
}

/* compare.html from web/report/compare.html, and compare.csv. Neither appears before both are
 * whole. Tests: tests/unit/test_compare.c, tests/cli/compare.sh, tests/cli/compare_browser.py. */
#include "compare/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "compare/curves.h"
#include "compare/long.h"
#include "compare/notes.h"
#include "compare/tables.h"
#include "report/fill.h"
#include "report/html.h"

enum { PATH_SIZE = 4096 };

static void write_title(FILE *stream, const struct percuta_comparison *comparison) {
  fprintf(stream, "%d runs beside each other", comparison->count);
}

/* Sentences as a list; nothing of none. */
static enum percuta_status write_list(FILE *stream, char *text, const char *class) {
  if (text == NULL)
    return PERCUTA_MEMORY;
  if (*text != '\0')
    fprintf(stream, "<div class=\"%s\"><ul>\n", class);
  for (char *at = text; *at != '\0';) {
    char *end = at + strcspn(at, "\n");
    const bool more = *end != '\0';
    *end = '\0';
    fputs("<li>", stream);
    percuta_report_html_text(stream, at);
    fputs("</li>\n", stream);
    at = end + more;
  }
  if (*text != '\0')
    fputs("</ul></div>\n", stream);
  free(text);
  return PERCUTA_OK;
}

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      const void *context) {
  static const struct {
    const char *name;
    percuta_compare_tables_fn *write;
  } part[] = {{"title", write_title},
              {"runs", percuta_compare_tables_runs},
              {"inputs", percuta_compare_tables_inputs},
              {"keys", percuta_compare_tables_keys},
              {"all", percuta_compare_tables_all}};
  const struct percuta_comparison *comparison = context;
  for (size_t i = 0; i < sizeof part / sizeof *part; ++i) {
    if (percuta_report_fill_is(name, length, part[i].name)) {
      part[i].write(stream, comparison);
      return PERCUTA_OK;
    }
  }
  if (percuta_report_fill_is(name, length, "notes"))
    return write_list(stream, percuta_compare_notes_runs(comparison), "notice");
  if (percuta_report_fill_is(name, length, "reading"))
    return write_list(stream, percuta_compare_notes_reading(comparison), "reading");
  return percuta_report_fill_is(name, length, "data")
             ? percuta_compare_curves_write(stream, comparison)
             : PERCUTA_IO;
}

enum percuta_status percuta_compare_page_write(const struct percuta_comparison *comparison,
                                               const char *folder, struct percuta_diag *diag) {
  char page[PATH_SIZE], table[PATH_SIZE];
  FILE *stream = NULL;
  if (snprintf(page, sizeof page, "%s/compare.html", folder) >= PATH_SIZE ||
      snprintf(table, sizeof table, "%s/compare.csv", folder) >= PATH_SIZE)
    return PERCUTA_IO;
  if (percuta_compare_is_inside(comparison, folder)) {
    percuta_compare_wrong(diag, folder, NULL,
                          "is, or lies in, a folder that is compared, where nothing is written",
                          "name another folder for the comparison");
    return PERCUTA_BAD_INPUT;
  }
  errno = 0;
  PERCUTA_TRY(percuta_base_path_make_folder(folder));
  PERCUTA_TRY(percuta_base_path_open(table, &stream));
  percuta_compare_long_csv(comparison, stream);
  const enum percuta_status status =
      percuta_report_fill_page("report/compare.html", page, write_part, comparison);
  if (status == PERCUTA_OK)
    return percuta_base_path_commit(table, &stream);
  percuta_base_path_abandon(table, &stream);
  return status;
}

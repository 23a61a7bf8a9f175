/* What to cite, as text of the page.
 * Test: tests/unit/test_report.c. */
#include "report/bibtex.h"

#include <stdlib.h>

#include "base/version.h"
#include "input/sources.h"
#include "report/html.h"

/* The BibTeX text as a whole; *out is the caller's to free, also on failure. */
static enum percuta_status compose(const struct percuta_scenario *scenario,
                                   struct percuta_diag *diag, char **out) {
  struct percuta_citations *citations = NULL;
  enum percuta_status status =
      percuta_catalogue_citations_create(scenario->catalogue, diag, &citations);
  if (status == PERCUTA_OK)
    status = percuta_input_sources_add(scenario, citations);
  size_t length = 0;
  FILE *text = status == PERCUTA_OK ? open_memstream(out, &length) : NULL;
  if (status == PERCUTA_OK)
    status = text != NULL ? percuta_catalogue_citations_write(citations, PERCUTA_VERSION, text)
                          : PERCUTA_MEMORY;
  if (text != NULL && fclose(text) != 0)
    status = PERCUTA_MEMORY;
  percuta_catalogue_citations_destroy(&citations);
  return status;
}

enum percuta_status percuta_report_bibtex_write(FILE *stream,
                                                const struct percuta_scenario *scenario) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  char *text = NULL;
  const enum percuta_status status = compose(scenario, diag, &text);
  if (status == PERCUTA_OK)
    percuta_report_html_text(stream, text);
  free(text);
  percuta_base_diag_destroy(&diag);
  return status;
}

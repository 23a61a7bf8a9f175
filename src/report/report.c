/* report.html and sources.html: web/report/template.html and sources.html with their {{parts}}
 * filled in. Nothing in a page loads anything; the one links to the other. Test:
 * tests/unit/test_report.c. */
#include "report/report.h"

#include <stdlib.h>

#include "report/answer.h"
#include "report/bibtex.h"
#include "report/blob.h"
#include "report/fill.h"
#include "report/html.h"
#include "report/interval.h"
#include "report/map.h"
#include "report/numbing.h"
#include "report/origin.h"
#include "report/page.h"
#include "report/penetration.h"
#include "report/published.h"
#include "report/regions.h"
#include "report/sensitivity.h"
#include "report/slice.h"
#include "report/story.h"
#include "report/studies.h"
#include "report/surface.h"
#include "report/table.h"
#include "report/tiles.h"

#define PATH_SIZE 4096

typedef void part_fn(FILE *stream, const struct percuta_page *page);

static void write_title(FILE *stream, const struct percuta_page *page) {
  percuta_report_html_text(stream, page->record->scenario->title);
}

/* Parts of the templates that C writes and that cannot fail. */
static const struct {
  const char *name;
  part_fn *write;
} part[] = {
    {"title", write_title},
    {"lead", percuta_report_story_lead},
    {"answer", percuta_report_answer_write},
    {"cards", percuta_report_tiles_write},
    {"shares", percuta_report_interval_shares},
    {"draws", percuta_report_interval_words},
    {"verdicts", percuta_report_penetration_verdicts},
    {"warnings", percuta_report_table_warnings},
    {"steps", percuta_report_story_steps},
    {"details", percuta_report_story_details},
    {"map", percuta_report_map_write},
    {"surface", percuta_report_surface_write},
    {"numbing", percuta_report_numbing_write},
    {"entering", percuta_report_penetration_write},
    {"sessions", percuta_report_table_sessions},
    {"layers", percuta_report_table_layers},
    {"comfort", percuta_report_tiles_comfort},
    {"assumed", percuta_report_table_counts},
    {"parameters", percuta_report_table_parameters},
    {"published", percuta_report_published_write},
    {"studies", percuta_report_studies_write},
    {"sensitivity", percuta_report_sensitivity_write},
    {"numerics", percuta_report_table_numerics},
};

/* The data of figures: read from the snapshots only when the template asks for it. */
static enum percuta_status write_data(FILE *stream, const struct percuta_page *page) {
  struct percuta_slice *slice = NULL;
  enum percuta_status status = percuta_report_slice_create(page->record, page->folder, &slice);
  if (status == PERCUTA_OK) {
    status = percuta_report_blob_write(stream, page, slice);
  }
  percuta_report_slice_destroy(&slice);
  return status;
}

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      const void *context) {
  const struct percuta_page *page = context;
  for (size_t i = 0; i < sizeof part / sizeof part[0]; ++i) {
    if (percuta_report_fill_is(name, length, part[i].name)) {
      part[i].write(stream, page);
      return PERCUTA_OK;
    }
  }
  if (percuta_report_fill_is(name, length, "data")) {
    return write_data(stream, page);
  }
  if (percuta_report_fill_is(name, length, "origins")) {
    percuta_report_origin_write(stream, page->record->scenario);
    return PERCUTA_OK;
  }
  return percuta_report_fill_is(name, length, "cite")
             ? percuta_report_bibtex_write(stream, page->record->scenario)
             : PERCUTA_IO;
}

/* One page: `file` of the result from the template `name`. */
static enum percuta_status write_page(const struct percuta_page *page, const char *name,
                                      const char *file) {
  char path[PATH_SIZE];
  if (snprintf(path, sizeof path, "%s/%s", page->folder, file) >= PATH_SIZE)
    return PERCUTA_IO;
  return percuta_report_fill_page(name, path, write_part, page);
}

enum percuta_status percuta_report_write(const struct percuta_record *record, const char *folder) {
  const size_t count = record->session_count > 0 ? (size_t)record->session_count : 1;
  struct percuta_session_readings *session = calloc(count, sizeof *session);
  struct percuta_regions regions;
  if (session == NULL) {
    return PERCUTA_MEMORY;
  }
  struct percuta_page page = {.record = record,
                              .folder = folder,
                              .session = session,
                              .given = percuta_outcome_readings_sessions_given(record),
                              .regions = &regions};
  for (int i = 0; i < record->session_count; ++i) {
    percuta_outcome_readings_of_session(&record->session[i], record->width, &session[i]);
  }
  percuta_report_regions_read(&page, &regions);
  enum percuta_status status = write_page(&page, "report/sources.html", "sources.html");
  if (status == PERCUTA_OK)
    status = write_page(&page,
                        percuta_scenario_is_alive(record->scenario) ? "report/template.html"
                                                                    : "report/cell.html",
                        "report.html");
  free(session);
  return status;
}

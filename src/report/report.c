/* report.html and sources.html: web/report/template.html and sources.html with their {{parts}}
 * filled in. Nothing in a page loads anything; the one links to the other. Test:
 * tests/unit/test_report.c. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/version.h"
#include "report/answer.h"
#include "report/bibtex.h"
#include "report/blob.h"
#include "report/html.h"
#include "report/map.h"
#include "report/numbing.h"
#include "report/origin.h"
#include "report/page.h"
#include "report/penetration.h"
#include "report/regions.h"
#include "report/sensitivity.h"
#include "report/slice.h"
#include "report/story.h"
#include "report/studies.h"
#include "report/surface.h"
#include "report/table.h"
#include "report/tiles.h"

#define PATH_SIZE 4096
#define LIMIT (1 << 20) /* bytes of any of the page's sources */

typedef void part_fn(FILE *stream, const struct percuta_page *page);

static void write_title(FILE *stream, const struct percuta_page *page) {
  percuta_report_html_text(stream, page->record->scenario->title);
}

static void write_version(FILE *stream, const struct percuta_page *page) {
  (void)page;
  fputs(PERCUTA_VERSION, stream);
}

/* Parts of the templates that C writes and that cannot fail. */
static const struct {
  const char *name;
  part_fn *write;
} part[] = {
    {"title", write_title},
    {"version", write_version},
    {"lead", percuta_report_story_lead},
    {"answer", percuta_report_answer_write},
    {"cards", percuta_report_tiles_write},
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
    {"studies", percuta_report_studies_write},
    {"sensitivity", percuta_report_sensitivity_write},
    {"numerics", percuta_report_table_numerics},
};

/* Parts that are files put in as they are, beside the template. */
static const struct {
  const char *name, *file;
} include[] = {
    {"style", "report/report.css"},
    {"uplot-style", "report/uPlot.min.css"},
    {"uplot", "report/uPlot.iife.min.js"},
    {"script", "report/report.js"},
};

static enum percuta_status read_web(const char *name, char **text) {
  char path[PATH_SIZE];
  size_t length = 0;
  const enum percuta_status status = percuta_base_path_web(name, path, sizeof path);
  return status == PERCUTA_OK ? percuta_base_path_read(path, LIMIT, text, &length) : status;
}

static enum percuta_status write_include(FILE *stream, const char *file) {
  char *text = NULL;
  const enum percuta_status status = read_web(file, &text);
  if (status == PERCUTA_OK) {
    fputs(text, stream);
    free(text);
  }
  return status;
}

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

static bool is_name(const char *name, size_t length, const char *wanted) {
  return strlen(wanted) == length && strncmp(name, wanted, length) == 0;
}

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      const struct percuta_page *page) {
  for (size_t i = 0; i < sizeof part / sizeof part[0]; ++i) {
    if (is_name(name, length, part[i].name)) {
      part[i].write(stream, page);
      return PERCUTA_OK;
    }
  }
  for (size_t i = 0; i < sizeof include / sizeof include[0]; ++i) {
    if (is_name(name, length, include[i].name)) {
      return write_include(stream, include[i].file);
    }
  }
  if (is_name(name, length, "data")) {
    return write_data(stream, page);
  }
  if (is_name(name, length, "origins")) {
    percuta_report_origin_write(stream, page->record->scenario);
    return PERCUTA_OK;
  }
  return is_name(name, length, "cite") ? percuta_report_bibtex_write(stream, page->record->scenario)
                                       : PERCUTA_IO;
}

/* Copies the template, writing a part wherever {{its name}} stands. What a part writes is not
 * searched again, so that no text of a user can name a part. */
static enum percuta_status fill(FILE *stream, const char *template,
                                const struct percuta_page *page) {
  const char *rest = template;
  for (;;) {
    const char *open = strstr(rest, "{{");
    const char *close = open != NULL ? strstr(open, "}}") : NULL;
    if (close == NULL) {
      fputs(rest, stream);
      return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
    }
    fwrite(rest, 1, (size_t)(open - rest), stream);
    const enum percuta_status status =
        write_part(stream, open + 2, (size_t)(close - open - 2), page);
    if (status != PERCUTA_OK) {
      return status;
    }
    rest = close + 2;
  }
}

/* One page: `file` of the result from the template `name`. */
static enum percuta_status write_page(const struct percuta_page *page, const char *name,
                                      const char *file) {
  char *template = NULL, path[PATH_SIZE];
  if (snprintf(path, sizeof path, "%s/%s", page->folder, file) >= PATH_SIZE)
    return PERCUTA_IO;
  enum percuta_status status = read_web(name, &template);
  if (status != PERCUTA_OK) {
    return status;
  }
  FILE *stream = NULL;
  status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    status = fill(stream, template, page);
    if (status == PERCUTA_OK) {
      status = percuta_base_path_commit(path, &stream);
    } else {
      percuta_base_path_abandon(path, &stream);
    }
  }
  free(template);
  return status;
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

/* Templates with their {{parts}} filled in. Tests: tests/unit/test_report.c, test_compare.c. */
#include "report/fill.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/version.h"

#define PATH_SIZE 4096
#define LIMIT (1 << 20) /* bytes of any of the page's sources */

/* Parts that are files put in as they are, beside the template. */
static const struct {
  const char *name, *file;
} include[] = {
    {"style", "report/report.css"},
    {"compare-style", "report/compare.css"},
    {"uplot-style", "report/uPlot.min.css"},
    {"uplot", "report/uPlot.iife.min.js"},
    {"uplot-licence", "report/uplot-licence.txt"},
    {"plot-script", "report/plot.js"},
    {"script", "report/report.js"},
    {"compare-script", "report/compare.js"},
    {"study-style", "report/study.css"},
    {"study-script", "report/study.js"},
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

bool percuta_report_fill_is(const char *name, size_t length, const char *wanted) {
  return strlen(wanted) == length && strncmp(name, wanted, length) == 0;
}

static enum percuta_status write_part(FILE *stream, const char *name, size_t length,
                                      percuta_report_fill_fn *part, const void *context) {
  for (size_t i = 0; i < sizeof include / sizeof include[0]; ++i) {
    if (percuta_report_fill_is(name, length, include[i].name))
      return write_include(stream, include[i].file);
  }
  if (percuta_report_fill_is(name, length, "version")) {
    fputs(PERCUTA_VERSION, stream);
    return PERCUTA_OK;
  }
  return part(stream, name, length, context);
}

/* Copies the template, writing a part wherever {{its name}} stands. What a part writes is not
 * searched again, so that no text of a user can name a part. */
static enum percuta_status fill(FILE *stream, const char *template, percuta_report_fill_fn *part,
                                const void *context) {
  const char *rest = template;
  for (;;) {
    const char *open = strstr(rest, "{{");
    const char *close = open != NULL ? strstr(open, "}}") : NULL;
    if (close == NULL) {
      fputs(rest, stream);
      return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
    }
    fwrite(rest, 1, (size_t)(open - rest), stream);
    PERCUTA_TRY(write_part(stream, open + 2, (size_t)(close - open - 2), part, context));
    rest = close + 2;
  }
}

enum percuta_status percuta_report_fill_page(const char *name, const char *path,
                                             percuta_report_fill_fn *part, const void *context) {
  char *template = NULL;
  FILE *stream = NULL;
  PERCUTA_TRY(read_web(name, &template));
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    status = fill(stream, template, part, context);
    if (status == PERCUTA_OK)
      status = percuta_base_path_commit(path, &stream);
    else
      percuta_base_path_abandon(path, &stream);
  }
  free(template);
  return status;
}

enum percuta_status percuta_report_fill_json(FILE *stream, const struct cJSON *root) {
  char *text = cJSON_PrintUnformatted(root);
  if (text == NULL)
    return PERCUTA_MEMORY;
  for (const char *c = text; *c != '\0'; ++c) {
    if (*c == '<')
      fputs("\\u003c", stream);
    else
      fputc(*c, stream);
  }
  free(text);
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

/* Pages from the templates of web/report/: {{a name}} is a file put in as it is, or a part that the
 * caller writes. Tests: tests/unit/test_report.c, tests/cli/device.sh. */
#include "report/fill.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"

#define PATH_SIZE 4096
#define LIMIT (1 << 20) /* bytes of any of the page's sources */

enum { LONGEST_NAME = 64 };

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

/* The part or file called by `length` bytes at `name`. */
static enum percuta_status write_named(FILE *stream, const char *name, size_t length,
                                       percuta_report_fill_fn *part, const void *context) {
  char copy[LONGEST_NAME];
  if (length >= sizeof copy)
    return PERCUTA_IO;
  memcpy(copy, name, length);
  copy[length] = '\0';
  for (size_t i = 0; i < sizeof include / sizeof include[0]; ++i)
    if (strcmp(copy, include[i].name) == 0)
      return write_include(stream, include[i].file);
  return part(stream, copy, context);
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
    const enum percuta_status status =
        write_named(stream, open + 2, (size_t)(close - open - 2), part, context);
    if (status != PERCUTA_OK) {
      return status;
    }
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

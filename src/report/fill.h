/* A page from a template of web/report/: {{names}} in it are files, or what a writer makes of them.
 * Light: no PETSc. */
#ifndef PERCUTA_REPORT_FILL_H
#define PERCUTA_REPORT_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

struct cJSON;

/* Writes the part `name`, which has `length` bytes; PERCUTA_IO when there is none of that name. */
typedef enum percuta_status percuta_report_fill_fn(FILE *stream, const char *name, size_t length,
                                                   const void *context);

/* Writes the page `path` from the file `name` of web/report/. The parts `version`, and those that
 * are files (style, scripts), are known; all others are `part`'s. Nothing is left behind on
 * failure. */
enum percuta_status percuta_report_fill_page(const char *name, const char *path,
                                             percuta_report_fill_fn *part, const void *context);

/* Whether a part's name is the word `wanted`. */
bool percuta_report_fill_is(const char *name, size_t length, const char *wanted);

/* Writes `root` as JSON that may stand in a script element, whatever its texts hold. */
enum percuta_status percuta_report_fill_json(FILE *stream, const struct cJSON *root);

#endif

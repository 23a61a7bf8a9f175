/* Pages from templates. */
#ifndef PERCUTA_REPORT_FILL_H
#define PERCUTA_REPORT_FILL_H

#include <stdio.h>

#include "base/status.h"

/* Writes the part of a page that a template calls {{name}}; PERCUTA_IO when there is none. */
typedef enum percuta_status percuta_report_fill_fn(FILE *stream, const char *name,
                                                   const void *context);

/* The file `path` from the template `name`, such as "report/template.html", of the folder web/.
 * Styles and scripts are put in as they are, all else is asked of `part`. Nothing of the file is
 * seen before all of it is there. PERCUTA_IO with errno. */
enum percuta_status percuta_report_fill_page(const char *name, const char *path,
                                             percuta_report_fill_fn *part, const void *context);

#endif

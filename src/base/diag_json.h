/* Mistakes for programs. */
#ifndef PERCUTA_BASE_DIAG_JSON_H
#define PERCUTA_BASE_DIAG_JSON_H

#include <cjson/cJSON.h>

#include "base/diag.h"
#include "base/status.h"

/* An array of the mistakes that can be looked at, in the order in which they are printed: objects
 * with code, file, line, column, key, given, allowed, what and hint, null where there is none.
 * Owned by the caller; NULL when out of memory. */
cJSON *percuta_base_diag_json_list(const struct percuta_diag *diag);

/* Adds to `object` how something ended: ok, status in words, count (of the mistakes, including
 * those only counted) and mistakes, the array above. `diag` may be NULL: none. Returns 0, or -1
 * when out of memory. */
int percuta_base_diag_json_add(cJSON *object, enum percuta_status status,
                               const struct percuta_diag *diag);

/* Adds a text that need not be UTF-8, such as a path, as it may be shown. Returns as above. */
int percuta_base_diag_json_add_text(cJSON *object, const char *name, const char *text);

#endif

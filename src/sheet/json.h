/* The sheet for programs. */
#ifndef PERCUTA_SHEET_JSON_H
#define PERCUTA_SHEET_JSON_H

#include <cjson/cJSON.h>

#include "sheet/sheet.h"

/* Adds the members of docs/json.md to `object`; numbers have nine significant digits, null where
 * there is none. */
void percuta_sheet_json_add(const struct percuta_sheet *sheet, cJSON *object);

#endif

/* The sheet as files. */
#ifndef PERCUTA_SHEET_FOLDER_H
#define PERCUTA_SHEET_FOLDER_H

#include <cjson/cJSON.h>

#include "sheet/sheet.h"

/* The sheet as a document of docs/json.md; `name` is what the user calls the device. Owned by the
 * caller; without how it ended. */
cJSON *percuta_sheet_folder_document(const struct percuta_sheet *sheet, const char *name);

/* device.html and device.json in `folder`, which is made if need be. PERCUTA_IO with errno. */
enum percuta_status percuta_sheet_folder_write(const struct percuta_sheet *sheet, const char *name,
                                               const char *folder);

#endif

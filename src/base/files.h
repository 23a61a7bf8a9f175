/* The YAML files of a folder tree, in an order that is the same everywhere; internal to base/. */
#ifndef PERCUTA_BASE_FILES_H
#define PERCUTA_BASE_FILES_H

#include <stdbool.h>

#include "base/status.h"

/* Takes one file's path; false ends the visit. */
typedef bool (*percuta_base_files_fn)(const char *path, void *context);

/* Calls `visit` for each regular file *.yaml in `folder` and below, sorted by name folder by
 * folder; hidden files and links to folders are left out. PERCUTA_IO when a folder cannot be read
 * or is too deep. */
enum percuta_status percuta_base_files_visit(const char *folder, percuta_base_files_fn visit,
                                             void *context);

#endif

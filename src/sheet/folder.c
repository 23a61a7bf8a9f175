/* device.html and device.json. Tests: tests/cli/device.sh, tests/library/test_library.c. */
#include "sheet/folder.h"

#include <errno.h>
#include <stdio.h>

#include "base/diag_json.h"
#include "base/path.h"
#include "sheet/json.h"
#include "sheet/page.h"

#define PATH_SIZE 4096

cJSON *percuta_sheet_folder_document(const struct percuta_sheet *sheet, const char *name) {
  cJSON *root = cJSON_CreateObject();
  (void)percuta_base_diag_json_add_text(root, "scenario", name);
  percuta_sheet_json_add(sheet, root);
  return root;
}

static enum percuta_status write_json(const struct percuta_sheet *sheet, const char *name,
                                      const char *path) {
  FILE *stream = NULL;
  cJSON *root = percuta_sheet_folder_document(sheet, name);
  char *text = percuta_base_diag_json_add(root, PERCUTA_OK, NULL) == 0 ? cJSON_Print(root) : NULL;
  cJSON_Delete(root);
  if (text == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    fprintf(stream, "%s\n", text);
    status = percuta_base_path_commit(path, &stream);
  }
  cJSON_free(text);
  return status;
}

enum percuta_status percuta_sheet_folder_write(const struct percuta_sheet *sheet, const char *name,
                                               const char *folder) {
  char page[PATH_SIZE], data[PATH_SIZE];
  errno = ENAMETOOLONG;
  if (snprintf(page, sizeof page, "%s/device.html", folder) >= PATH_SIZE ||
      snprintf(data, sizeof data, "%s/device.json", folder) >= PATH_SIZE)
    return PERCUTA_IO;
  errno = 0;
  PERCUTA_TRY(percuta_base_path_make_folder(folder));
  PERCUTA_TRY(percuta_sheet_page_write(sheet, page));
  return write_json(sheet, name, data);
}

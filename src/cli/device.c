/* device: the sheet of a device, for its maker. Tests: tests/cli/device.sh, light.sh. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/diag_json.h"
#include "base/path.h"
#include "cli/commands.h"
#include "sheet/json.h"
#include "sheet/page.h"
#include "sheet/text.h"

/* The sheet as a document for programs, with how it ended. */
static cJSON *document(const struct percuta_commands_line *line,
                       const struct percuta_sheet *sheet) {
  cJSON *root = cJSON_CreateObject();
  (void)percuta_base_diag_json_add_text(root, "scenario", line->argument[0]);
  if (sheet != NULL)
    percuta_sheet_json_add(sheet, root);
  return root;
}

static enum percuta_status write_json(const struct percuta_commands_line *line,
                                      const struct percuta_sheet *sheet, const char *path) {
  FILE *stream = NULL;
  cJSON *root = document(line, sheet);
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

/* device.html and device.json in the folder of -o. */
static enum percuta_status write_folder(const struct percuta_commands_line *line,
                                        const struct percuta_sheet *sheet) {
  char page[PATH_MAX], data[PATH_MAX];
  if (snprintf(page, sizeof page, "%s/device.html", line->output) >= PATH_MAX ||
      snprintf(data, sizeof data, "%s/device.json", line->output) >= PATH_MAX)
    return PERCUTA_IO;
  errno = 0;
  enum percuta_status status = percuta_base_path_make_folder(line->output);
  if (status == PERCUTA_OK)
    status = percuta_sheet_page_write(sheet, page);
  if (status == PERCUTA_OK)
    status = write_json(line, sheet, data);
  if (status == PERCUTA_IO)
    fprintf(stderr, "percuta device: %.300s: cannot be written%s%s\n", line->output,
            errno ? ": " : "", errno ? strerror(errno) : "");
  return status;
}

/* All that the command makes of a sheet. */
static enum percuta_status show(const struct percuta_commands_line *line,
                                const struct percuta_sheet *sheet) {
  if (line->output != NULL)
    PERCUTA_TRY(write_folder(line, sheet));
  if (line->json)
    return percuta_cli_commands_print_json(document(line, sheet), PERCUTA_OK, NULL);
  percuta_sheet_text_write(sheet, stdout);
  if (line->output != NULL)
    printf("\n%s/device.html and device.json written\n", line->output);
  else
    printf("\nWith -o DIR the same is drawn as a page, DIR/device.html.\n");
  return PERCUTA_OK;
}

enum percuta_status percuta_cli_device_command(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_sheet *sheet = NULL;
  struct percuta_diag *diag = NULL;
  if (line->argument_count == 0)
    return percuta_cli_list_of(line->catalogue, PERCUTA_DEVICES);
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_cli_commands_read_device(line, diag, &scenario);
  if (status == PERCUTA_OK)
    status = percuta_sheet_make(scenario, diag, &sheet);
  if (status == PERCUTA_OK)
    status = show(line, sheet);
  else
    percuta_cli_commands_report(line, status, diag);
  percuta_sheet_destroy(&sheet);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status;
}

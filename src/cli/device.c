/* device: the sheet of a device, for its maker. Tests: tests/cli/device.sh, light.sh. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "sheet/folder.h"
#include "sheet/text.h"

static enum percuta_status write_folder(const struct percuta_commands_line *line,
                                        const struct percuta_sheet *sheet) {
  const enum percuta_status status =
      percuta_sheet_folder_write(sheet, line->argument[0], line->output);
  if (status == PERCUTA_IO)
    fprintf(stderr, "percuta device: %.300s: cannot be written%s%s\n", line->output,
            errno ? ": " : "", errno ? strerror(errno) : "");
  else if (status != PERCUTA_OK)
    fprintf(stderr, "percuta device: %s\n", percuta_base_status_text(status));
  return status;
}

/* All that the command makes of a sheet. */
static enum percuta_status show(const struct percuta_commands_line *line,
                                const struct percuta_sheet *sheet) {
  if (line->output != NULL)
    PERCUTA_TRY(write_folder(line, sheet));
  if (line->json)
    return percuta_cli_commands_print_json(percuta_sheet_folder_document(sheet, line->argument[0]),
                                           PERCUTA_OK, NULL);
  percuta_sheet_text_write(sheet, stdout);
  if (line->output != NULL)
    printf("\nWritten: %s/device.html and device.json\n", line->output);
  else
    printf("\nWith -o DIR the same is drawn as a page, DIR/device.html.\n");
  return PERCUTA_OK;
}

/* The devices there are. An option that is meant for one of them is a mistake. */
static enum percuta_status list(const struct percuta_commands_line *line) {
  if (line->output == NULL && line->set_count == 0 && !line->json)
    return percuta_cli_list_of(line->catalogue, PERCUTA_DEVICES);
  fprintf(stderr,
          "percuta device: a device is missing, to which the options belong. Usage: percuta "
          "device DEVICE|FILE; `percuta device` alone lists devices\n");
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_cli_device_command(const struct percuta_commands_line *line) {
  struct percuta_scenario *scenario = NULL;
  struct percuta_sheet *sheet = NULL;
  struct percuta_diag *diag = NULL;
  if (line->argument_count == 0)
    return list(line);
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

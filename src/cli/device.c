/* device: the sheet of a device, for its maker. Tests: tests/cli/device.sh, light.sh. */
#include <stdio.h>

#include "cli/commands.h"
#include "sheet/sheet.h"
#include "sheet/text.h"

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
    percuta_sheet_text_write(sheet, stdout);
  else
    percuta_cli_commands_report(line, status, diag);
  percuta_sheet_destroy(&sheet);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status;
}

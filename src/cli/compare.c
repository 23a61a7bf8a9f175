/* compare: results beside each other, as a table, a page and a long table. Test:
 * tests/cli/compare.sh.
 */
#include "compare/compare.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "compare/long.h"
#include "compare/page.h"
#include "compare/table.h"

static const char FOLDER[] = "out/compare";

static enum percuta_status write_files(const struct percuta_comparison *comparison,
                                       const char *folder, struct percuta_diag *diag) {
  const enum percuta_status status = percuta_compare_page_write(comparison, folder, diag);
  if (status == PERCUTA_IO)
    fprintf(stderr, "percuta compare: %.300s could not be written%s%s\n", folder,
            errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
  return status;
}

static enum percuta_status show(const struct percuta_comparison *comparison, const char *folder) {
  PERCUTA_TRY(percuta_compare_table_print(comparison, stdout));
  printf("\nAll outcomes, origins of inputs and plots: %s/compare.html\n"
         "The same as one long table: %s/compare.csv\n",
         folder, folder);
  return PERCUTA_OK;
}

enum percuta_status percuta_cli_compare_command(const struct percuta_commands_line *line) {
  const char *folder = line->output ? line->output : FOLDER;
  struct percuta_comparison *comparison = NULL;
  struct percuta_diag *diag = NULL;
  if (!percuta_cli_commands_speaks())
    return PERCUTA_OK;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  cJSON *root = line->json ? cJSON_CreateObject() : NULL;
  enum percuta_status status = percuta_compare_create(
      line->catalogue, line->argument, line->argument_count, line->baseline, diag, &comparison);
  if (status == PERCUTA_OK)
    status = write_files(comparison, folder, diag);
  if (status == PERCUTA_OK)
    status = line->json ? percuta_compare_long_json(comparison, root) : show(comparison, folder);
  if (line->json)
    status = percuta_cli_commands_print_json(root, status, diag);
  else if (percuta_base_diag_count(diag) > 0 || status == PERCUTA_MEMORY)
    percuta_cli_commands_report(line, status, diag);
  percuta_compare_destroy(&comparison);
  percuta_base_diag_destroy(&diag);
  return status;
}

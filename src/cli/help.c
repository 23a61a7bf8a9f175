/* help: what the lists in commands.def say.
 * Test: tests/cli/usage.sh. */
#include <stdio.h>

#include "base/path.h"
#include "cli/commands.h"
#include "cli/man.h"

/* Where examples and documents are, as they were installed or in a source tree. */
static void print_places(void) {
  char path[4096];
  if (percuta_base_path_beside("first-session.yaml", PERCUTA_BASE_PATH_EXAMPLES, path,
                               sizeof path) == PERCUTA_OK)
    printf("Start with: percuta run %s\n", path);
  if (percuta_base_path_beside("README.md", PERCUTA_BASE_PATH_DOCUMENTS, path, sizeof path) ==
      PERCUTA_OK)
    printf("Read: %s\n", path);
}

static void print_overview(void) {
  printf("percuta simulates skin needling: from the first strike to a year later.\n\n"
         "Usage: percuta COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n");
  for (size_t i = 0; i < percuta_cli_commands_count(); i++) {
    const struct percuta_command *command = percuta_cli_commands_at(i);
    printf("  %-9s %s\n", command->name, command->sentence);
  }
  printf("\n  percuta --version      the program's version\n"
         "  percuta help COMMAND   more on a command\n\n");
  print_places();
  printf(
      "Exit codes: 0 done, 2 bad input or usage, 3 numerical failure, 4 input or output failed,\n"
      "5 the folder is in use or holds another result, 130 or 143 interrupted or terminated.\n"
      "Research software; not medical advice.\n");
}

enum percuta_status percuta_cli_help_command(const struct percuta_commands_line *line) {
  if (line->man) {
    percuta_cli_man_print(stdout);
    return PERCUTA_OK;
  }
  if (line->argument_count == 0) {
    print_overview();
    return PERCUTA_OK;
  }
  const struct percuta_command *command = percuta_cli_commands_find(line->argument[0]);
  if (command == NULL)
    return percuta_cli_commands_report_unknown(line->argument[0]);
  printf("percuta %s %s\n  %s\n\n%s\n", command->name, command->arguments, command->sentence,
         command->details);
  printf("\nOptions:\n");
  percuta_cli_commands_print_options(command, stdout);
  printf("  %-26s %s\n", "-h, --help", "this text");
  return PERCUTA_OK;
}

/* percuta: simulates skin needling. Only run, validate, fit, sensitivity and ask load MPI and
 * PETSc.
 * Tests: tests/cli/usage.sh, light.sh. */
#include <string.h>

#include "base/version.h"
#include "catalogue/catalogue.h"
#include "cli/commands.h"

/* Percuta's data; what is wrong with them is said. */
static enum percuta_status open_catalogue(const struct percuta_commands_line *line,
                                          struct percuta_catalogue **out) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status = percuta_catalogue_open(line->data, diag, out);
  if (status != PERCUTA_OK)
    percuta_cli_commands_report(line, status, diag);
  percuta_base_diag_destroy(&diag);
  return status;
}

static enum percuta_status run_command(const struct percuta_command *command, int argc,
                                       char **argv) {
  struct percuta_commands_line line;
  struct percuta_catalogue *catalogue = NULL;
  enum percuta_status status = percuta_cli_commands_parse(command, argc, argv, &line);
  if (status == PERCUTA_OK && command->run != percuta_cli_help_command)
    status = open_catalogue(&line, &catalogue);
  line.catalogue = catalogue;
  if (status == PERCUTA_OK)
    status = command->run(&line);
  percuta_cli_commands_clear(&line);
  percuta_catalogue_close(&catalogue);
  if ((fflush(stdout) != 0 || ferror(stdout)) && status == PERCUTA_OK) {
    fprintf(stderr, "percuta: standard output could not be written\n");
    status = PERCUTA_IO;
  }
  return status;
}

/* Whether `word` asks for help: --help or -h. */
static bool asks_help(const char *word) {
  return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static enum percuta_status dispatch(int argc, char **argv) {
  static const struct percuta_commands_line NO_ARGUMENT = {.argument_count = 0};
  if (argc < 2) {
    fprintf(stderr, "percuta: a command is missing; see percuta --help\n");
    return PERCUTA_BAD_INPUT;
  }
  if (asks_help(argv[1]))
    return percuta_cli_help_command(&NO_ARGUMENT);
  if (strcmp(argv[1], "--version") == 0) {
    printf("percuta %s\n", PERCUTA_VERSION);
    return PERCUTA_OK;
  }
  const struct percuta_command *command = percuta_cli_commands_find(argv[1]);
  if (command == NULL)
    return percuta_cli_commands_report_unknown(argv[1]);
  if (argc == 3 && asks_help(argv[2])) {
    const struct percuta_commands_line line = {.argument = {argv[1]}, .argument_count = 1};
    return percuta_cli_help_command(&line);
  }
  return run_command(command, argc - 2, argv + 2);
}

int main(int argc, char **argv) {
  return percuta_base_status_exit_code(dispatch(argc, argv));
}

/* The program's commands and options, and reading a command line into them. */
#ifndef PERCUTA_CLI_COMMANDS_H
#define PERCUTA_CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "scenario/scenario.h"

enum { PERCUTA_COMMANDS_MOST = 40 }; /* arguments */

/* A read command line; the texts are borrowed from argv, the arrays are owned. */
struct percuta_commands_line {
  const struct percuta_catalogue *catalogue; /* borrowed; NULL of `help` */
  const char *argument[PERCUTA_COMMANDS_MOST];
  int argument_count;
  const char *output;
  const char *data;
  const char *fidelity, *site, *age, *force_of_hand, *draws_beside;
  const char *checkpoint_steps, *checkpoint_minutes;
  const char *stage, *csv, *markdown, *trajectories, *span, *draws, *baseline;
  const char **sets;
  size_t set_count;
  bool resume, force, quiet, json_progress, json, reference, errors, man;
  int petsc_argc; /* from after `--` */
  char **petsc_argv;
  char *owned_set[5]; /* owned; --fidelity, --draws, --site, --age, --force as more of the sets */
};

typedef enum percuta_status percuta_commands_fn(const struct percuta_commands_line *line);

struct percuta_command {
  const char *name;
  percuta_commands_fn *run;
  const char *arguments;
  int least, most;
  const char *sentence;
  const char *details;
};

size_t percuta_cli_commands_count(void);
const struct percuta_command *percuta_cli_commands_at(size_t index);
/* The command called `name`, or NULL. */
const struct percuta_command *percuta_cli_commands_find(const char *name);
/* Says that there is no such command, and which may have been meant. */
enum percuta_status percuta_cli_commands_report_unknown(const char *name);

/* Reads what follows the command on the command line. Mistakes are said on stderr. Release with
 * percuta_cli_commands_clear in every case. */
enum percuta_status percuta_cli_commands_parse(const struct percuta_command *command, int argc,
                                               char **argv, struct percuta_commands_line *line);
void percuta_cli_commands_clear(struct percuta_commands_line *line);

/* An option, in the words of commands.def. Static texts. */
struct percuta_commands_option {
  const char *name, *short_name, *argument, *commands, *sentence;
};

/* The option at `index`, in the order of the list; false from their number on. */
bool percuta_cli_commands_option_at(size_t index, struct percuta_commands_option *out);
/* Whether `command` takes it. */
bool percuta_cli_commands_takes(const struct percuta_command *command,
                                const struct percuta_commands_option *option);

/* Prints the options of `command`, one a line. */
void percuta_cli_commands_print_options(const struct percuta_command *command, FILE *stream);

/* True unless this is one of several MPI processes and not the first: only one speaks. */
bool percuta_cli_commands_speaks(void);

/* Says why a command ended with `status`: on standard output as JSON when the line asks for that,
 * else on stderr. */
void percuta_cli_commands_report(const struct percuta_commands_line *line,
                                 enum percuta_status status, const struct percuta_diag *diag);

/* Prints `root`, which it deletes, with how it ended; returns `status`, or what went wrong now. */
struct cJSON;
enum percuta_status percuta_cli_commands_print_json(struct cJSON *root, enum percuta_status status,
                                                    const struct percuta_diag *diag);
/* Reads the scenario that the command line names, `-` from standard input; mistakes go to diag. */
enum percuta_status percuta_cli_commands_read(const struct percuta_commands_line *line,
                                              struct percuta_diag *diag,
                                              struct percuta_scenario **out);
/* The same of the device that it names (input.h). */
enum percuta_status percuta_cli_commands_read_device(const struct percuta_commands_line *line,
                                                     struct percuta_diag *diag,
                                                     struct percuta_scenario **out);
/* As percuta_cli_commands_read; mistakes are printed to stderr. */
enum percuta_status percuta_cli_commands_scenario(const struct percuta_commands_line *line,
                                                  struct percuta_scenario **out);

/* out/<name of the file without folder and ending>, out/stdin of standard input, where results go
 * unless -o says so. */
void percuta_cli_commands_default_folder(const char *file, char *out, size_t size);

percuta_commands_fn percuta_cli_run_command;
percuta_commands_fn percuta_cli_inspect_check;
percuta_commands_fn percuta_cli_inspect_explain;
percuta_commands_fn percuta_cli_inspect_schema;
percuta_commands_fn percuta_cli_list_command;
percuta_commands_fn percuta_cli_device_command;
/* Prints the entries of a kind, one a line. */
enum percuta_status percuta_cli_list_of(const struct percuta_catalogue *catalogue,
                                        enum percuta_kind kind);
percuta_commands_fn percuta_cli_cite_command;
percuta_commands_fn percuta_cli_compare_command;
percuta_commands_fn percuta_cli_validate_command;
percuta_commands_fn percuta_cli_study_fit;
percuta_commands_fn percuta_cli_study_ask;
percuta_commands_fn percuta_cli_study_sensitivity;
percuta_commands_fn percuta_cli_help_command;

#endif

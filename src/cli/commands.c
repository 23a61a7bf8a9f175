/* The command line, read by the lists in commands.def, and "did you mean".
 * Test: tests/cli/usage.sh. */
#include "cli/commands.h"
#include "input/input.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_json.h"
#include "base/nearest.h"
#include "base/number.h"

enum option_kind { FLAG, VALUE, LIST };

#define STDIN_SHOWN "standard input"

struct option {
  const char *name;
  const char *short_name;
  size_t offset; /* into struct percuta_commands_line */
  enum option_kind kind;
  const char *argument;
  const char *commands;
  const char *sentence;
};

static const struct percuta_command COMMANDS[] = {
#define PERCUTA_COMMAND(...) {__VA_ARGS__},
#define PERCUTA_OPTION(...)
#include "cli/commands.def"
#undef PERCUTA_COMMAND
#undef PERCUTA_OPTION
};

static const struct option OPTIONS[] = {
#define PERCUTA_COMMAND(...)
#define PERCUTA_OPTION(name, short_name, member, ...)                                              \
  {name, short_name, offsetof(struct percuta_commands_line, member), __VA_ARGS__},
#include "cli/commands.def"
#undef PERCUTA_COMMAND
#undef PERCUTA_OPTION
};

#define OPTION_COUNT (sizeof OPTIONS / sizeof OPTIONS[0])

size_t percuta_cli_commands_count(void) {
  return sizeof COMMANDS / sizeof COMMANDS[0];
}

const struct percuta_command *percuta_cli_commands_at(size_t index) {
  return &COMMANDS[index];
}

const struct percuta_command *percuta_cli_commands_find(const char *name) {
  for (size_t i = 0; i < percuta_cli_commands_count(); i++)
    if (strcmp(COMMANDS[i].name, name) == 0)
      return &COMMANDS[i];
  return NULL;
}

enum percuta_status percuta_cli_commands_report_unknown(const char *name) {
  const char *nearest = NULL;
  int best = INT_MAX;
  for (size_t i = 0; i < percuta_cli_commands_count(); i++) {
    const int now = percuta_base_nearest_distance(name, COMMANDS[i].name);
    if (now >= 0 && now < best) {
      best = now;
      nearest = COMMANDS[i].name;
    }
  }
  fprintf(stderr, "percuta: there is no command `%.60s`; ", name);
  if (nearest != NULL)
    fprintf(stderr, "did you mean `%s`? ", nearest);
  fprintf(stderr, "See percuta --help\n");
  return PERCUTA_BAD_INPUT;
}

/* Whether `command` is one of the words of a list between spaces. */
static bool names(const char *list, const char *command) {
  char spaced[64];
  snprintf(spaced, sizeof spaced, " %s ", command);
  return strstr(list, spaced) != NULL;
}

static bool belongs(const struct option *option, const char *command) {
  return names(option->commands, command);
}

/* The option that `text`, "--name", "--name=value" or "-n", names for this command, or NULL. */
static const struct option *find_option(const struct percuta_command *command, const char *text) {
  const size_t length = strcspn(text, "=");
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const struct option *option = &OPTIONS[i];
    const bool by_name = strlen(option->name) == length && !strncmp(option->name, text, length);
    if ((by_name || strcmp(option->short_name, text) == 0) && belongs(option, command->name))
      return option;
  }
  return NULL;
}

static enum percuta_status report_option(const struct percuta_command *command, const char *text) {
  const int length = (int)strcspn(text, "=");
  char word[48];
  snprintf(word, sizeof word, "%.*s", length > 47 ? 47 : length, text);
  const char *nearest = NULL;
  int best = INT_MAX;
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const int now = percuta_base_nearest_distance(word, OPTIONS[i].name);
    if (now >= 0 && now < best && belongs(&OPTIONS[i], command->name)) {
      best = now;
      nearest = OPTIONS[i].name;
    }
  }
  fprintf(stderr, "percuta %s: there is no option `%.60s`; ", command->name, text);
  if (nearest != NULL)
    fprintf(stderr, "did you mean `%s`? ", nearest);
  fprintf(stderr, "See percuta help %s\n", command->name);
  return PERCUTA_BAD_INPUT;
}

/* Stores the option at argv[*i]; moves *i on when its value is the next word. */
static enum percuta_status take_option(const struct percuta_command *command, int argc, char **argv,
                                       int *i, struct percuta_commands_line *line) {
  const struct option *option = find_option(command, argv[*i]);
  if (option == NULL)
    return report_option(command, argv[*i]);
  void *member = (char *)line + option->offset;
  const char *equals = strchr(argv[*i], '=');
  if (option->kind == FLAG) {
    if (equals != NULL) {
      fprintf(stderr, "percuta %s: %s takes no value\n", command->name, option->name);
      return PERCUTA_BAD_INPUT;
    }
    *(bool *)member = true;
    return PERCUTA_OK;
  }
  const char *value = equals != NULL ? equals + 1 : NULL;
  if (value == NULL && *i + 1 < argc)
    value = argv[++*i];
  if (value == NULL || *value == '\0') {
    fprintf(stderr, "percuta %s: %s needs a value, %s\n", command->name, option->name,
            option->argument);
    return PERCUTA_BAD_INPUT;
  }
  if (option->kind == VALUE)
    *(const char **)member = value;
  else
    line->sets[line->set_count++] = value;
  return PERCUTA_OK;
}

/* Whether an option of PETSc takes a number, as its name tells: -ts_rtol, -ksp_max_it. */
static bool takes_number(const char *option) {
  static const char *const ends[] = {"_rtol", "_atol", "_stol",  "_divtol",    "_max_it",
                                     "_dt",   "_max",  "_steps", "_dt_min",    "_max_time",
                                     "_time", "_tol",  "_shift", "_max_funcs", "_restart"};
  const size_t length = strlen(option);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    const size_t end = strlen(ends[i]);
    if (length > end && strcmp(option + length - end, ends[i]) == 0)
      return true;
  }
  return false;
}

/* A slip in such a number would end the run in the midst of it. */
static enum percuta_status check_petsc_number(const struct percuta_command *command,
                                              const char *option, const char *value) {
  double number = 0;
  if (!takes_number(option) ||
      (value != NULL && percuta_base_number_parse(value, &number) == PERCUTA_OK))
    return PERCUTA_OK;
  fprintf(stderr, "percuta %s: PETSc's option `%.60s` takes a number%s%.60s%s\n", command->name,
          option, value ? ", not `" : "", value ? value : "", value ? "`" : "");
  return PERCUTA_BAD_INPUT;
}

/* Looks at what follows `--`, which is handed to PETSc as it is: an option of this program there
 * would be lost, as would a word that no option precedes. */
static enum percuta_status check_petsc(const struct percuta_command *command, int count,
                                       char *const *word) {
  bool expected = false; /* a value may follow */
  for (int i = 0; i < count; i++) {
    const bool option = word[i][0] == '-' && isalpha((unsigned char)word[i][1]);
    if (find_option(command, word[i]) != NULL) {
      fprintf(stderr,
              "percuta %s: `%.60s` stands after `--`, where only PETSc's options belong; put it "
              "before\n",
              command->name, word[i]);
      return PERCUTA_BAD_INPUT;
    }
    if (!option && !expected) {
      fprintf(stderr,
              "percuta %s: `%.60s` after `--` is no option of PETSc, which would be -name or -name "
              "value\n",
              command->name, word[i]);
      return PERCUTA_BAD_INPUT;
    }
    if (option)
      PERCUTA_TRY(check_petsc_number(command, word[i], i + 1 < count ? word[i + 1] : NULL));
    expected = option;
  }
  return PERCUTA_OK;
}

/* Options that stand for a key go with the --set options, after all of them; a number without a
 * unit gets the usual one. */
static enum percuta_status add_short(struct percuta_commands_line *line) {
  const struct {
    const char *option, *value, *unit;
  } all[] = {{"--fidelity", line->fidelity, ""},
             {"--draws", line->draws_beside, ""},
             {"--site", line->site, ""},
             {"--age", line->age, " years"},
             {"--force", line->force_of_hand, " N"}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    double number = 0;
    if (all[i].value == NULL)
      continue;
    const bool bare = percuta_base_number_parse(all[i].value, &number) == PERCUTA_OK;
    const size_t size = strlen(all[i].option) + strlen(all[i].value) + strlen(all[i].unit) + 2;
    line->owned_set[i] = malloc(size);
    if (line->owned_set[i] == NULL)
      return PERCUTA_MEMORY;
    snprintf(line->owned_set[i], size, "%s=%s%s", all[i].option, all[i].value,
             bare ? all[i].unit : "");
    line->sets[line->set_count++] = line->owned_set[i];
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_cli_commands_parse(const struct percuta_command *command, int argc,
                                               char **argv, struct percuta_commands_line *line) {
  *line = (struct percuta_commands_line){.argument_count = 0};
  line->sets = calloc((size_t)argc + 6, sizeof *line->sets);
  if (line->sets == NULL)
    return PERCUTA_MEMORY;
  for (int i = 0; i < argc; i++) {
    if (strcmp(argv[i], "--") == 0 && strcmp(command->name, "run") == 0) {
      line->petsc_argc = argc - i - 1;
      line->petsc_argv = argv + i + 1;
      PERCUTA_TRY(check_petsc(command, line->petsc_argc, line->petsc_argv));
      break;
    }
    if (argv[i][0] == '-' && argv[i][1] != '\0') {
      const enum percuta_status status = take_option(command, argc, argv, &i, line);
      if (status != PERCUTA_OK)
        return status;
    } else if (line->argument_count == command->most) {
      fprintf(stderr, "percuta %s: `%.60s` is one argument too many. Usage: percuta %s %s\n",
              command->name, argv[i], command->name, command->arguments);
      return PERCUTA_BAD_INPUT;
    } else {
      line->argument[line->argument_count++] = argv[i];
    }
  }
  if (line->argument_count < command->least) {
    fprintf(stderr, "percuta %s: an argument is missing. Usage: percuta %s %s\n", command->name,
            command->name, command->arguments);
    return PERCUTA_BAD_INPUT;
  }
  return add_short(line);
}

void percuta_cli_commands_clear(struct percuta_commands_line *line) {
  free(line->sets);
  for (size_t i = 0; i < sizeof line->owned_set / sizeof *line->owned_set; i++)
    free(line->owned_set[i]);
  *line = (struct percuta_commands_line){.argument_count = 0};
}

bool percuta_cli_commands_option_at(size_t index, struct percuta_commands_option *out) {
  if (index >= OPTION_COUNT)
    return false;
  const struct option *option = &OPTIONS[index];
  *out = (struct percuta_commands_option){option->name, option->short_name, option->argument,
                                          option->commands, option->sentence};
  return true;
}

bool percuta_cli_commands_takes(const struct percuta_command *command,
                                const struct percuta_commands_option *option) {
  return names(option->commands, command->name);
}

void percuta_cli_commands_print_options(const struct percuta_command *command, FILE *stream) {
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const struct option *option = &OPTIONS[i];
    if (!belongs(option, command->name))
      continue;
    char left[64];
    snprintf(left, sizeof left, "%s%s%s %s", option->short_name, *option->short_name ? ", " : "",
             option->name, option->argument);
    fprintf(stream, "  %-26s %s\n", left, option->sentence);
  }
}

bool percuta_cli_commands_speaks(void) {
  const char *rank = getenv("OMPI_COMM_WORLD_RANK");
  if (rank == NULL)
    rank = getenv("PMI_RANK");
  return rank == NULL || strcmp(rank, "0") == 0;
}

enum percuta_status percuta_cli_commands_print_json(struct cJSON *root, enum percuta_status status,
                                                    const struct percuta_diag *diag) {
  char *text = percuta_base_diag_json_add(root, status, diag) == 0 ? cJSON_Print(root) : NULL;
  cJSON_Delete(root);
  if (text == NULL)
    return PERCUTA_MEMORY;
  if (percuta_cli_commands_speaks())
    printf("%s\n", text);
  cJSON_free(text);
  return status;
}

void percuta_cli_commands_report(const struct percuta_commands_line *line,
                                 enum percuta_status status, const struct percuta_diag *diag) {
  if (line->json) {
    cJSON *root = cJSON_CreateObject();
    (void)percuta_base_diag_json_add_text(root, "scenario",
                                          line->argument_count > 0 ? line->argument[0] : "");
    (void)percuta_cli_commands_print_json(root, status, diag);
    return;
  }
  if (!percuta_cli_commands_speaks())
    return;
  percuta_base_diag_print(diag, stderr);
  if (percuta_base_diag_count(diag) == 0)
    fprintf(stderr, "percuta: %s\n", percuta_base_status_text(status));
}

/* All that standard input holds, up to what a scenario may have and one more, owned by the caller;
 * NULL when out of memory. */
static char *read_stdin(size_t *length) {
  const size_t most = PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes + 1;
  char *text = malloc(most + 1);
  *length = text != NULL ? fread(text, 1, most, stdin) : 0;
  if (text != NULL)
    text[*length] = '\0';
  return text;
}

/* Of several processes only the first has standard input. */
static enum percuta_status refuse_stdin(struct percuta_diag *diag) {
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNREADABLE_FILE,
                                      .place = {.file = STDIN_SHOWN},
                                      .what = "cannot be read by several processes",
                                      .hint = "name a file that each of them can open"});
  return PERCUTA_BAD_INPUT;
}

typedef enum percuta_status read_fn(const struct percuta_catalogue *, const char *path,
                                    const char *const *sets, size_t set_count,
                                    struct percuta_diag *, struct percuta_scenario **);
typedef enum percuta_status parse_fn(const struct percuta_catalogue *, const char *path,
                                     const char *text, size_t length, const char *const *sets,
                                     size_t set_count, struct percuta_diag *,
                                     struct percuta_scenario **);

/* Reads the file of the line with `read`, or standard input with `parse`. */
static enum percuta_status read_with(const struct percuta_commands_line *line, read_fn *read,
                                     parse_fn *parse, struct percuta_diag *diag,
                                     struct percuta_scenario **out) {
  const char *size = getenv("OMPI_COMM_WORLD_SIZE");
  size_t length = 0;
  if (strcmp(line->argument[0], "-") != 0)
    return read(line->catalogue, line->argument[0], line->sets, line->set_count, diag, out);
  if (size != NULL && atoi(size) > 1)
    return refuse_stdin(diag);
  char *text = read_stdin(&length);
  if (text == NULL)
    return PERCUTA_MEMORY;
  const enum percuta_status status =
      parse(line->catalogue, STDIN_SHOWN, text, length, line->sets, line->set_count, diag, out);
  free(text);
  return status;
}

enum percuta_status percuta_cli_commands_read(const struct percuta_commands_line *line,
                                              struct percuta_diag *diag,
                                              struct percuta_scenario **out) {
  return read_with(line, percuta_input_read, percuta_input_parse, diag, out);
}

enum percuta_status percuta_cli_commands_read_device(const struct percuta_commands_line *line,
                                                     struct percuta_diag *diag,
                                                     struct percuta_scenario **out) {
  return read_with(line, percuta_input_read_device, percuta_input_parse_device, diag, out);
}

enum percuta_status percuta_cli_commands_scenario(const struct percuta_commands_line *line,
                                                  struct percuta_scenario **out) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status = percuta_cli_commands_read(line, diag, out);
  if (status != PERCUTA_OK)
    percuta_cli_commands_report(line, status, diag);
  percuta_base_diag_destroy(&diag);
  return status;
}

void percuta_cli_commands_default_folder(const char *file, char *out, size_t size) {
  const char *slash = strrchr(file, '/');
  const char *name = strcmp(file, "-") == 0 ? "stdin" : slash ? slash + 1 : file;
  const char *dot = strrchr(name, '.');
  const int length = dot != NULL && dot > name ? (int)(dot - name) : (int)strlen(name);
  snprintf(out, size, "out/%.*s", length, name);
}

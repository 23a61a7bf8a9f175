/* study, sweep: reads the command line; a sweep becomes the file of a study. The computing is the
 * engine's. Test: tests/cli/study.sh. */
#include "engine/cohort.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/path.h"
#include "cli/commands.h"
#include "cli/solver.h"
#include "input/value.h"

static enum percuta_status hand_over(const struct percuta_commands_line *line, const char *command,
                                     struct percuta_cohort_request *request) {
  request->catalogue = line->catalogue;
  request->resume = line->resume;
  request->force = line->force;
  request->quiet = line->quiet;
  request->json_progress = line->json_progress;
  request->rerun_failed = line->rerun != NULL;
  percuta_engine_cohort_fn *cohort = NULL;
  *(void **)&cohort = percuta_cli_solver_open(command, PERCUTA_ENGINE_COHORT_SYMBOL);
  return cohort != NULL ? cohort(request) : PERCUTA_IO;
}

static enum percuta_status complain(const char *what, const char *given, const char *allowed) {
  if (percuta_cli_commands_speaks())
    fprintf(stderr, "percuta %s: `%.60s` is not %s\n", what, given, allowed);
  return PERCUTA_BAD_INPUT;
}

static bool read_whole(const char *text, int least, int most, int *out) {
  double value;
  if (percuta_base_number_parse(text, &value) != PERCUTA_OK || value < least || value > most ||
      value != floor(value))
    return false;
  *out = (int)value;
  return true;
}

/* What the options of both commands say. */
static enum percuta_status read_options(const struct percuta_commands_line *line,
                                        struct percuta_cohort_request *request) {
  if (line->quiet && line->json_progress)
    return complain("study", "--quiet", "to stand beside --json-progress");
  if (line->resume && line->force)
    return complain("study", "--resume", "to stand beside --force: go on, or start anew");
  if (line->rerun && strcmp(line->rerun, "failed") != 0)
    return complain("study: --rerun", line->rerun, "`failed`");
  if (line->jobs && !read_whole(line->jobs, 1, 256, &request->jobs))
    return complain("study: --jobs", line->jobs, "a whole number from 1 to 256");
  return PERCUTA_OK;
}

/* "3/10". */
static bool read_part(const char *text, struct percuta_cohort_request *request) {
  char first[16];
  const char *slash = strchr(text, '/');
  if (slash == NULL || (size_t)(slash - text) >= sizeof first)
    return false;
  snprintf(first, sizeof first, "%.*s", (int)(slash - text), text);
  return read_whole(slash + 1, 1, 100000, &request->parts) &&
         read_whole(first, 1, request->parts, &request->part);
}

static enum percuta_status run_file(const struct percuta_commands_line *line,
                                    enum percuta_cohort_task task, const char *file) {
  char folder[PATH_MAX];
  struct percuta_cohort_request request = {.task = task, .file = file};
  percuta_cli_commands_default_folder(file, folder, sizeof folder);
  request.folder = line->output ? line->output : folder;
  PERCUTA_TRY(read_options(line, &request));
  if (line->part && !read_part(line->part, &request))
    return complain("study: --part", line->part, "a part such as 3/10");
  return hand_over(line, "study", &request);
}

static enum percuta_status merge(const struct percuta_commands_line *line) {
  struct percuta_cohort_request request = {.task = PERCUTA_COHORT_MERGE,
                                           .part_folder = line->argument + 1,
                                           .part_folders = line->argument_count - 1,
                                           .folder =
                                               line->output ? line->output : line->argument[1]};
  return hand_over(line, "study", &request);
}

static enum percuta_status write_person(const struct percuta_commands_line *line) {
  struct percuta_cohort_request request = {.task = PERCUTA_COHORT_PERSON,
                                           .folder = line->argument[2]};
  if (!read_whole(line->argument[1], 1, 10000000, &request.person))
    return complain("study person", line->argument[1], "the number of a person, from 1 on");
  return hand_over(line, "study", &request);
}

enum percuta_status percuta_cli_cohort_study(const struct percuta_commands_line *line) {
  const char *first = line->argument[0];
  const bool merges = strcmp(first, "merge") == 0, person = strcmp(first, "person") == 0;
  const bool slurm = strcmp(first, "slurm") == 0;
  if (merges && line->argument_count >= 2)
    return merge(line);
  if (person && line->argument_count == 3)
    return write_person(line);
  if (slurm && line->argument_count == 2)
    return run_file(line, PERCUTA_COHORT_SLURM, line->argument[1]);
  if (merges || person || slurm || line->argument_count > 1)
    return complain("study", first,
                    "followed by what it takes: STUDY.yaml | merge DIR... | person N DIR | slurm "
                    "STUDY.yaml");
  return run_file(line, PERCUTA_COHORT_RUN, first);
}

/* Writes `text` up to `length` as one YAML scalar, without blanks around it. */
static void write_scalar(const char *text, size_t length, FILE *stream) {
  char value[1024];
  while (length > 0 && *text == ' ')
    ++text, --length;
  while (length > 0 && text[length - 1] == ' ')
    --length;
  snprintf(value, sizeof value, "%.*s", (int)length, text);
  percuta_input_value_quote(value, stream);
}

/* "key=a,b" as "  key: [a, b]"; a range stays one value, a name without `=` is a file of rows. */
static enum percuta_status write_axis(const char *text, FILE *stream) {
  const char *equals = strchr(text, '=');
  char path[PATH_MAX];
  fputs("  ", stream);
  if (equals == NULL) {
    if (realpath(text, path) == NULL)
      return complain("sweep: --vary", text, "key=values, nor a file that can be read");
    fputs("rows: ", stream);
    write_scalar(path, strlen(path), stream);
    fputc('\n', stream);
    return PERCUTA_OK;
  }
  write_scalar(text, (size_t)(equals - text), stream);
  const char *at = equals + 1;
  const bool range = strstr(at, "..") != NULL;
  fputs(range ? ": " : ": [", stream);
  for (bool more = true; more;) {
    const size_t length = range ? strlen(at) : strcspn(at, ",");
    write_scalar(at, length, stream);
    more = at[length] == ',';
    at += length + more;
    fputs(more ? ", " : "", stream);
  }
  fputs(range ? "\n" : "]\n", stream);
  return PERCUTA_OK;
}

static enum percuta_status write_study(const struct percuta_commands_line *line,
                                       const char *scenario, FILE *stream) {
  fputs("percuta: 1\nmode: sweep\nscenario: ", stream);
  write_scalar(scenario, strlen(scenario), stream);
  fputc('\n', stream);
  if (line->sample)
    fprintf(stream, "sample: %s\n", line->sample);
  if (line->set_count > 0)
    fputs("set:\n", stream);
  for (size_t i = 0; i < line->set_count; ++i) {
    const char *equals = strchr(line->sets[i], '=');
    if (equals == NULL)
      return complain("sweep: --set", line->sets[i], "key=value");
    fputs("  ", stream);
    write_scalar(line->sets[i], (size_t)(equals - line->sets[i]), stream);
    fputs(": ", stream);
    write_scalar(equals + 1, strlen(equals + 1), stream);
    fputc('\n', stream);
  }
  fputs("vary:\n", stream);
  for (size_t i = 0; i < line->varied_count; ++i)
    PERCUTA_TRY(write_axis(line->varied[i], stream));
  return PERCUTA_OK;
}

/* The study in a file; each rank has its own, of which the first one's stays. */
static enum percuta_status write_file(const struct percuta_commands_line *line, const char *folder,
                                      char *path, size_t size) {
  char scenario[PATH_MAX];
  FILE *stream = NULL;
  int number;
  if (realpath(line->argument[0], scenario) == NULL)
    return complain("sweep", line->argument[0], "a scenario that can be read");
  if (line->varied_count == 0)
    return complain("sweep", line->argument[0], "varied: --vary KEY=VALUES is missing");
  if (line->sample && !read_whole(line->sample, 1, 1000000, &number))
    return complain("sweep: --sample", line->sample, "a whole number from 1 to 1000000");
  if (percuta_cli_commands_speaks())
    snprintf(path, size, "%s/sweep.yaml", folder);
  else
    snprintf(path, size, "%s/.sweep-%ld.yaml", folder, (long)getpid());
  PERCUTA_TRY(percuta_base_path_make_folder(folder));
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  const enum percuta_status status = write_study(line, scenario, stream);
  if (status == PERCUTA_OK)
    return percuta_base_path_commit(path, &stream);
  percuta_base_path_abandon(path, &stream);
  return status;
}

enum percuta_status percuta_cli_cohort_sweep(const struct percuta_commands_line *line) {
  char folder[PATH_MAX], own[PATH_MAX], path[PATH_MAX + 64];
  percuta_cli_commands_default_folder(line->argument[0], own, sizeof own);
  snprintf(folder, sizeof folder, "out/sweep-%.4000s", own + strlen("out/"));
  struct percuta_cohort_request request = {
      .task = PERCUTA_COHORT_RUN, .file = path, .folder = line->output ? line->output : folder};
  PERCUTA_TRY(read_options(line, &request));
  enum percuta_status status = write_file(line, request.folder, path, sizeof path);
  if (status == PERCUTA_IO && percuta_cli_commands_speaks())
    fprintf(stderr, "percuta sweep: %.600s cannot be written\n", path);
  if (status == PERCUTA_OK)
    status = hand_over(line, "sweep", &request);
  if (!percuta_cli_commands_speaks())
    (void)percuta_base_path_remove(path);
  return status;
}

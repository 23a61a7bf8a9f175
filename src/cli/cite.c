/* cite: the works a run rests on, as BibTeX. What is known of a work is in data/citations.yaml.
 * Tests: tests/cli/run.sh, scenario.sh. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/version.h"
#include "catalogue/citations.h"
#include "cli/commands.h"
#include "input/input.h"
#include "input/sources.h"

/* Adds what the run whose result is in `folder` rests on; `version` is the one it was made with. */
static enum percuta_status add_result(const struct percuta_catalogue *catalogue, const char *folder,
                                      struct percuta_citations *citations, char *version,
                                      size_t version_size, struct percuta_diag *diag) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/used_parameters.yaml", folder);
  struct stat info;
  if (stat(path, &info) != 0) {
    fprintf(stderr, "percuta cite: %.300s is not a result folder: used_parameters.yaml: %s\n",
            folder, strerror(errno));
    return PERCUTA_BAD_INPUT;
  }
  struct percuta_scenario *scenario = NULL;
  enum percuta_status status = percuta_input_read(catalogue, path, NULL, 0, diag, &scenario);
  if (status != PERCUTA_OK)
    return status;
  static const char HEAD[] = "# Percuta ";
  if (strncmp(scenario->text, HEAD, sizeof HEAD - 1) == 0) {
    const char *start = scenario->text + sizeof HEAD - 1;
    snprintf(version, version_size, "%.*s", (int)strcspn(start, ":\n"), start);
  }
  status = percuta_input_sources_add(scenario, citations);
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_status percuta_cli_cite_command(const struct percuta_commands_line *line) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  struct percuta_citations *citations = NULL;
  char version[64] = PERCUTA_VERSION;
  enum percuta_status status =
      percuta_catalogue_citations_create(line->catalogue, diag, &citations);
  if (status == PERCUTA_OK)
    status = line->argument_count == 0
                 ? percuta_catalogue_citations_add_all(citations, line->catalogue)
                 : add_result(line->catalogue, line->argument[0], citations, version,
                              sizeof version, diag);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_citations_write(citations, version, stdout);
  if (percuta_base_diag_count(diag) > 0)
    percuta_base_diag_print(diag, stderr);
  percuta_catalogue_citations_destroy(&citations);
  percuta_base_diag_destroy(&diag);
  return status;
}

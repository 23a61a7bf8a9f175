/* The files of products and compounds that a scenario names: Percuta's own, which the catalogue
 * holds, or the user's own beside the scenario, which are kept here as they were when it was read.
 */
#ifndef PERCUTA_SCENARIO_FILES_H
#define PERCUTA_SCENARIO_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml.h"
#include "catalogue/catalogue.h"

struct percuta_scenario_file {
  enum percuta_kind kind; /* products or compounds */
  char id[64];
  bool own;                       /* the user's; else none of the four after `lacks` is set */
  char *lacks;                    /* owned; why a file beside the scenario is not taken for it */
  char *path;                     /* owned */
  char *text;                     /* owned */
  size_t length;                  /* of it */
  struct percuta_yaml_node *root; /* owned; NULL: it could not be parsed */
};

struct percuta_scenario_files {
  struct percuta_scenario_file *file; /* owned */
  int count;
};

/* The file of `id`, or NULL when it has not been added. */
const struct percuta_scenario_file *
percuta_scenario_files_find(const struct percuta_scenario_files *files, enum percuta_kind kind,
                            const char *id);

/* Adds a file; what it owns is taken over, on failure too. */
enum percuta_status percuta_scenario_files_add(struct percuta_scenario_files *files,
                                               struct percuta_scenario_file *file);
void percuta_scenario_files_clear(struct percuta_scenario_files *files);

/* What is said of `id`: in the user's own file if there is one, else in the catalogue. PERCUTA_OK
 * with *found false when there is neither. Mistakes go to `diag`, now, of a file that could not be
 * parsed, and later, while *out is read. */
enum percuta_status percuta_scenario_files_open(const struct percuta_scenario_files *files,
                                                const struct percuta_catalogue *catalogue,
                                                enum percuta_kind kind, const char *id,
                                                struct percuta_diag *diag, bool *found,
                                                struct percuta_entry *out);

#endif

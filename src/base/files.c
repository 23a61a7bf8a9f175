/* The YAML files of a folder tree, by the bytes of their names.
 * Test: tests/unit/test_catalogue.c. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 8 };

static int is_shown(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

/* By bytes: alphasort would follow the user's language. */
static int compare(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static bool ends_in_yaml(const char *name) {
  const size_t length = strlen(name);
  return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

/* Visits `folder`, `depth` levels below the first; *going is cleared when the visitor ends it. */
static enum percuta_status walk(const char *folder, percuta_base_files_fn visit, void *context,
                                int depth, bool *going) {
  struct dirent **names = NULL;
  if (depth > DEEPEST)
    return PERCUTA_IO;
  const int count = scandir(folder, &names, is_shown, compare);
  if (count < 0)
    return errno == ENOMEM ? PERCUTA_MEMORY : PERCUTA_IO;
  enum percuta_status status = PERCUTA_OK;
  for (int i = 0; i < count; i++) {
    char path[PATH_MAX];
    struct stat info;
    const int length = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
    const bool fits = length > 0 && (size_t)length < sizeof path;
    if (*going && status == PERCUTA_OK && fits && lstat(path, &info) == 0) {
      if (S_ISDIR(info.st_mode))
        status = walk(path, visit, context, depth + 1, going);
      else if (ends_in_yaml(path) && stat(path, &info) == 0 && S_ISREG(info.st_mode))
        *going = visit(path, context);
    }
    free(names[i]);
  }
  free(names);
  return status;
}

enum percuta_status percuta_base_files_visit(const char *folder, percuta_base_files_fn visit,
                                             void *context) {
  bool going = true;
  return walk(folder, visit, context, 0, &going);
}

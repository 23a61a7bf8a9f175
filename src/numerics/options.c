/* PETSc's options change results and are no key of a scenario, so that a run has to know them: they
 * are recorded with it and part of its hash. Tests: tests/unit/test_options.c, tests/cli/petsc.sh.
 */
#include "numerics/options.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/try.h"

/* Beginnings of the names of options that PETSc reads when it ends. */
static const char *const LATE[] = {"options_", "log_",    "malloc_",        "objects_",
                                   "memory_",  "mpidump", "get_total_flops"};

static bool is_late(const char *name) {
  for (size_t i = 0; i < sizeof LATE / sizeof *LATE; ++i)
    if (strncmp(name, LATE[i], strlen(LATE[i])) == 0)
      return true;
  return false;
}

static bool is_own(const char *name) {
  return strcmp(name, &PERCUTA_NUMERICS_OPTIONS_NO_FILES[1]) == 0 ||
         strcmp(name, &PERCUTA_NUMERICS_OPTIONS_NO_SIGNALS[1]) == 0;
}

/* Takes `word`, with the space behind it, out of the text. */
static void take_out(char *text, const char *word) {
  char *at = strstr(text, word);
  const size_t length = strlen(word);
  if (at != NULL)
    memmove(at, at + length, strlen(at + length) + 1);
}

/* Copies `text` without our own options and the spaces at its end. */
static enum percuta_status tidy(const char *text, char **out) {
  char *copy = strdup(text);
  if (copy == NULL)
    return PERCUTA_MEMORY;
  take_out(copy, PERCUTA_NUMERICS_OPTIONS_NO_FILES " ");
  take_out(copy, PERCUTA_NUMERICS_OPTIONS_NO_SIGNALS " ");
  for (size_t end = strlen(copy); end > 0 && copy[end - 1] == ' '; --end)
    copy[end - 1] = '\0';
  *out = copy;
  return PERCUTA_OK;
}

enum percuta_status percuta_numerics_options_all(char **out) {
  char *text = NULL;
  PERCUTA_PETSC(PetscOptionsGetAll(NULL, &text));
  const enum percuta_status status = tidy(text, out);
  PERCUTA_PETSC(PetscFree(text));
  return status;
}

static enum percuta_status write_unread(PetscInt count, char *const *name, char *const *value,
                                        char **out) {
  size_t length = 0;
  FILE *stream = open_memstream(out, &length);
  if (stream == NULL)
    return PERCUTA_MEMORY;
  const char *space = "";
  for (PetscInt i = 0; i < count; ++i) {
    if (is_own(name[i]) || is_late(name[i]))
      continue;
    const bool flag = value[i] == NULL || *value[i] == '\0';
    fprintf(stream, "%s-%s%s%s", space, name[i], flag ? "" : " ", flag ? "" : value[i]);
    space = " ";
  }
  return fclose(stream) == 0 ? PERCUTA_OK : PERCUTA_MEMORY;
}

enum percuta_status percuta_numerics_options_unread(char **out) {
  PetscInt count = 0;
  char **name = NULL, **value = NULL;
  PERCUTA_PETSC(PetscOptionsLeftGet(NULL, &count, &name, &value));
  const enum percuta_status status = write_unread(count, name, value, out);
  PERCUTA_PETSC(PetscOptionsLeftRestore(NULL, &count, &name, &value));
  return status;
}

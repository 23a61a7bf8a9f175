/* Folders to a comparison: all are read, all that is wrong is said at once, and only then are they
 * set beside each other. Tests: tests/unit/test_compare.c, tests/cli/compare.sh. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "compare/folder.h"
#include "compare/inputs.h"
#include "compare/rows.h"

enum { PATH_SIZE = 4096, LABEL_BYTES = 200 };

void percuta_compare_wrong(struct percuta_diag *diag, const char *folder, const char *file,
                           const char *what, const char *hint) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s%s%s", folder, file ? "/" : "", file ? file : "");
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_RESULT,
                                                        .place = {.file = path},
                                                        .what = what,
                                                        .hint = hint});
}

/* Whether both paths are one folder. */
static bool is_same(const char *a, const char *b) {
  struct stat one, other;
  return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
         one.st_ino == other.st_ino;
}

/* Where the part that is all folders' own begins: behind the last slash up to which they are alike.
 */
static size_t common_part(const struct percuta_comparison *comparison) {
  const char *first = comparison->run[0].folder;
  size_t alike = 0, slash = 0;
  for (;; ++alike) {
    for (int i = 1; i < comparison->count; ++i)
      if (comparison->run[i].folder[alike] != first[alike] || first[alike] == '\0')
        return slash;
    if (first[alike] == '/')
      slash = alike + 1;
  }
}

static enum percuta_status set_labels(struct percuta_comparison *comparison) {
  const size_t from = common_part(comparison);
  for (int i = 0; i < comparison->count; ++i) {
    const char *own = comparison->run[i].folder + from;
    size_t length = strlen(own);
    while (length > 1 && own[length - 1] == '/')
      --length;
    char *cut = length > 0 ? strndup(own, length) : strdup(comparison->run[i].folder);
    comparison->run[i].label = cut != NULL ? percuta_base_utf8_shown(cut, LABEL_BYTES) : NULL;
    free(cut);
    if (comparison->run[i].label == NULL)
      return PERCUTA_MEMORY;
  }
  return PERCUTA_OK;
}

static enum percuta_status find_baseline(const char *baseline, struct percuta_diag *diag,
                                         struct percuta_comparison *comparison) {
  if (baseline == NULL)
    return PERCUTA_OK;
  for (int i = 0; i < comparison->count; ++i) {
    if (strcmp(comparison->run[i].folder, baseline) == 0 ||
        is_same(comparison->run[i].folder, baseline)) {
      comparison->baseline = i;
      return PERCUTA_OK;
    }
  }
  percuta_compare_wrong(diag, baseline, NULL, "is the baseline, but not among the folders", NULL);
  return PERCUTA_BAD_INPUT;
}

static bool is_among(const char *path, const char *const *folder, int count) {
  for (int i = 0; i < count; ++i)
    if (is_same(path, folder[i]))
      return true;
  return false;
}

static enum percuta_status read_all(const struct percuta_catalogue *catalogue,
                                    const char *const *folder, const char *baseline,
                                    struct percuta_diag *diag,
                                    struct percuta_comparison *comparison) {
  enum percuta_status worst = PERCUTA_OK;
  for (int i = 0; i < comparison->count; ++i) {
    enum percuta_status status = PERCUTA_OK;
    if (is_among(folder[i], folder, i)) {
      percuta_compare_wrong(diag, folder[i], NULL, "stands twice among the folders", NULL);
      status = PERCUTA_BAD_INPUT;
    } else {
      status = percuta_compare_folder_read(catalogue, folder[i], diag, &comparison->run[i]);
    }
    worst = worst == PERCUTA_MEMORY || status == PERCUTA_OK ? worst : status;
  }
  for (int i = 0; i < comparison->count; ++i)
    comparison->run[i].folder = folder[i];
  const enum percuta_status found = find_baseline(baseline, diag, comparison);
  return worst != PERCUTA_OK ? worst : found;
}

enum percuta_status percuta_compare_create(const struct percuta_catalogue *catalogue,
                                           const char *const *folder, int count,
                                           const char *baseline, struct percuta_diag *diag,
                                           struct percuta_comparison **out) {
  *out = NULL;
  if (count < PERCUTA_COMPARE_LEAST || count > PERCUTA_COMPARE_MOST) {
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                                          .key = "folders",
                                                          .what = "too few or too many of them",
                                                          .allowed = "2 to 40"});
    return PERCUTA_BAD_INPUT;
  }
  struct percuta_comparison *comparison = calloc(1, sizeof *comparison);
  if (comparison == NULL)
    return PERCUTA_MEMORY;
  comparison->count = count;
  enum percuta_status status = read_all(catalogue, folder, baseline, diag, comparison);
  if (status == PERCUTA_OK)
    status = set_labels(comparison);
  if (status == PERCUTA_OK) {
    percuta_compare_rows_group(comparison);
    status = percuta_compare_inputs_differ(comparison);
  }
  if (status == PERCUTA_OK)
    status = percuta_compare_rows_fill(comparison);
  if (status == PERCUTA_OK)
    *out = comparison;
  else
    percuta_compare_destroy(&comparison);
  return status;
}

void percuta_compare_destroy(struct percuta_comparison **comparison) {
  if (*comparison == NULL)
    return;
  for (int i = 0; i < (*comparison)->count; ++i)
    percuta_compare_folder_clear(&(*comparison)->run[i]);
  for (size_t i = 0; i < (*comparison)->row_count; ++i)
    free((*comparison)->row[i].cell);
  free((*comparison)->row);
  free((*comparison)->difference);
  free((*comparison)->derived);
  free(*comparison);
  *comparison = NULL;
}

bool percuta_compare_is_inside(const struct percuta_comparison *comparison, const char *path) {
  char at[PATH_SIZE];
  if (snprintf(at, sizeof at, "%s", path) >= PATH_SIZE)
    return true;
  for (;;) { /* from the path up, past what is not there yet */
    struct stat info;
    if (stat(at, &info) == 0)
      break;
    char *slash = strrchr(at, '/');
    if (slash == NULL || slash == at) {
      snprintf(at, sizeof at, "%s", slash == NULL ? "." : "/");
      break;
    }
    *slash = '\0';
  }
  for (int up = 0; up < PATH_SIZE / 4; ++up) { /* …and to the root */
    for (int i = 0; i < comparison->count; ++i)
      if (is_same(comparison->run[i].folder, at))
        return true;
    if (is_same(at, "/") || strlen(at) + 4 >= sizeof at)
      return false;
    strcat(at, "/..");
  }
  return false;
}

/* A page carries its study as JSON, as page.c writes it. Test: tests/cli/study.sh. */
#include "cohort/inside.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"

enum { PAGE = 1 << 28 /* bytes */ };
static const char OPENING[] = "<script type=\"application/json\" id=\"percuta-data\">";

bool percuta_cohort_inside_is(const char *path) {
  const size_t length = strlen(path);
  return length > 5 && strcmp(path + length - 5, ".html") == 0;
}

static enum percuta_status refuse(struct percuta_diag *diag, const char *path,
                                  enum percuta_code code, const char *what) {
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.code = code,
                                      .place = {.file = path},
                                      .what = what,
                                      .allowed = "the report.html of a study, or a study's file"});
  return PERCUTA_BAD_INPUT;
}

static bool take_text(const cJSON *root, const char *name, char **out) {
  const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, name));
  *out = text ? strdup(text) : NULL;
  return *out != NULL;
}

static bool take(const cJSON *root, struct percuta_cohort_inside *out) {
  const char *version = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, "version"));
  const char *hash = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, "hash"));
  if (!version || !hash || !take_text(root, "study", &out->study))
    return false;
  if (!take_text(root, "scenario", &out->scenario)) {
    free(out->study);
    return false;
  }
  snprintf(out->version, sizeof out->version, "%s", version);
  out->hash = strtoull(hash, NULL, 16);
  return true;
}

enum percuta_status percuta_cohort_inside_read(const char *path, struct percuta_diag *diag,
                                               struct percuta_cohort_inside *out) {
  char *text = NULL;
  size_t length = 0;
  enum percuta_status status = percuta_base_path_read(path, PAGE, &text, &length);
  if (status == PERCUTA_MEMORY)
    return status;
  if (status != PERCUTA_OK)
    return refuse(diag, path, PERCUTA_CODE_UNREADABLE_FILE, "cannot be read");
  const char *begin = strstr(text, OPENING);
  cJSON *root = begin ? cJSON_Parse(begin + strlen(OPENING)) : NULL;
  if (!root || !take(root, out))
    status = refuse(diag, path, PERCUTA_CODE_BAD_FORM, "holds no study");
  cJSON_Delete(root);
  free(text);
  return status;
}

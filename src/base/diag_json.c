/* Mistakes as JSON, which docs/errors.md describes. Tested by tests/unit/test_diag.c. */
#include "base/diag_json.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

/* An empty text says nothing, except where it is what the user gave. */
static bool add_text(cJSON *object, const char *name, const char *text, bool even_empty) {
  const bool said = text != NULL && (*text != '\0' || even_empty);
  return (said ? cJSON_AddStringToObject(object, name, text)
               : cJSON_AddNullToObject(object, name)) != NULL;
}

static bool add_count(cJSON *object, const char *name, int count) {
  return (count > 0 ? cJSON_AddNumberToObject(object, name, count)
                    : cJSON_AddNullToObject(object, name)) != NULL;
}

static bool fill(cJSON *object, const struct percuta_mistake *mistake) {
  return add_text(object, "code", percuta_base_codes_name(mistake->code), false) &&
         add_text(object, "file", mistake->place.file, false) &&
         add_count(object, "line", mistake->place.line) &&
         add_count(object, "column", mistake->place.column) &&
         add_text(object, "key", mistake->key, false) &&
         add_text(object, "given", mistake->given, true) &&
         add_text(object, "allowed", mistake->allowed, false) &&
         add_text(object, "what", mistake->what, false) &&
         add_text(object, "hint", mistake->hint, false);
}

cJSON *percuta_base_diag_json_list(const struct percuta_diag *diag) {
  cJSON *list = cJSON_CreateArray();
  for (size_t i = 0; list != NULL && i < percuta_base_diag_kept(diag); i++) {
    cJSON *object = cJSON_CreateObject();
    const bool good = fill(object, percuta_base_diag_at(diag, i));
    cJSON_AddItemToArray(list, object);
    if (!good) {
      cJSON_Delete(list);
      list = NULL;
    }
  }
  return list;
}

int percuta_base_diag_json_add(cJSON *object, enum percuta_status status,
                               const struct percuta_diag *diag) {
  cJSON *list = diag != NULL ? percuta_base_diag_json_list(diag) : cJSON_CreateArray();
  const double count = diag != NULL ? (double)percuta_base_diag_count(diag) : 0;
  const bool good =
      cJSON_AddBoolToObject(object, "ok", status == PERCUTA_OK) != NULL &&
      cJSON_AddStringToObject(object, "status", percuta_base_status_text(status)) != NULL &&
      cJSON_AddNumberToObject(object, "count", count) != NULL;
  if (!good || !cJSON_AddItemToObject(object, "mistakes", list)) {
    cJSON_Delete(list);
    return -1;
  }
  return 0;
}

int percuta_base_diag_json_add_text(cJSON *object, const char *name, const char *text) {
  char *shown = percuta_base_utf8_shown(text, SIZE_MAX);
  const bool good = shown != NULL && cJSON_AddStringToObject(object, name, shown) != NULL;
  free(shown);
  return good ? 0 : -1;
}

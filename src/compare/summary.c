/* What is compared of summary.json. It may be anybody's: only texts of the form that Percuta writes
 * are taken over. Test: tests/unit/test_compare.c. */
#include "compare/summary.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "result/schema.h"

enum { TITLE_BYTES = 200, MOST_SESSIONS = 1000, MOST_READINGS = 5000 };
static const char FILE_NAME[] = "summary.json";

static double number(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

static const char *text_of(const cJSON *object, const char *key) {
  const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
  return text != NULL ? text : "";
}

/* Copies a text of at most `size` - 1 letters, digits and signs of `others`; false: it is not. */
static bool copy_plain(const char *text, const char *others, char *out, size_t size) {
  const size_t length = strlen(text);
  if (length >= size)
    return false;
  for (size_t i = 0; i < length; ++i)
    if (!isalnum((unsigned char)text[i]) && strchr(others, text[i]) == NULL)
      return false;
  memcpy(out, text, length + 1);
  return true;
}

static enum percuta_status wrong(struct percuta_diag *diag, const struct percuta_compare_run *run,
                                 const char *what, const char *hint) {
  percuta_compare_wrong(diag, run->folder, FILE_NAME, what, hint);
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status read_head(const cJSON *root, struct percuta_diag *diag,
                                     struct percuta_compare_run *run) {
  char what[120];
  const double schema = number(root, "schema_version");
  if (!copy_plain(text_of(root, "program_version"), ".+-", run->version, sizeof run->version))
    run->version[0] = '\0';
  if (!isfinite(schema))
    return wrong(diag, run, "is no summary of a run of Percuta: it has no schema_version", NULL);
  if (schema != PERCUTA_RESULT_SCHEMA_VERSION) {
    snprintf(what, sizeof what,
             "has schema_version %.9g, written by Percuta %.31s; this program reads %d", schema,
             run->version[0] ? run->version : "of an unknown version",
             PERCUTA_RESULT_SCHEMA_VERSION);
    return wrong(diag, run, what, "run its used_parameters.yaml again, into another folder");
  }
  run->title = percuta_base_utf8_shown(text_of(root, "title"), TITLE_BYTES);
  if (run->title == NULL)
    return PERCUTA_MEMORY;
  if (sscanf(text_of(root, "scenario_hash"), "%16" SCNx64, &run->hash) != 1)
    return wrong(diag, run, "does not say of which scenario it is: scenario_hash", NULL);
  return PERCUTA_OK;
}

static int count_of(double value) {
  return value >= 0 && value <= MOST_SESSIONS ? (int)value : 0;
}

static enum percuta_status read_course(const cJSON *root, struct percuta_compare_run *run) {
  const cJSON *course = cJSON_GetObjectItemCaseSensitive(root, "course");
  const cJSON *sessions = cJSON_GetObjectItemCaseSensitive(root, "sessions"), *session = NULL;
  run->planned = count_of(number(course, "sessions_planned"));
  run->follow_up = number(course, "follow_up_d");
  run->session = calloc(MOST_SESSIONS, sizeof *run->session);
  if (run->session == NULL)
    return PERCUTA_MEMORY;
  cJSON_ArrayForEach(session, sessions) {
    const double start = number(session, "start_d");
    if (isfinite(start) && run->given < MOST_SESSIONS)
      run->session[run->given++] = start;
  }
  run->last_session = run->given > 0 ? run->session[run->given - 1] : 0;
  return PERCUTA_OK;
}

static bool read_reading(const cJSON *item, struct percuta_compare_reading *out) {
  *out = (struct percuta_compare_reading){
      .day = number(item, "time_d"),
      .value = {number(item, "value"), number(item, "low"), number(item, "high"),
                number(item, "level"), strcmp(text_of(item, "how_known"), "extrapolated") == 0}};
  return copy_plain(text_of(item, "name"), "_", out->name, sizeof out->name) &&
         copy_plain(text_of(item, "unit"), "%/^*. -", out->unit, sizeof out->unit) &&
         strchr("-+=@ ", out->unit[0] ? out->unit[0] : '1') == NULL &&
         copy_plain(text_of(item, "since"), "-", out->since, sizeof out->since) &&
         out->name[0] != '\0' && isfinite(out->value.value);
}

static enum percuta_status read_outcomes(const cJSON *root, struct percuta_diag *diag,
                                         struct percuta_compare_run *run) {
  const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "outcomes"), *item = NULL;
  const int count = cJSON_GetArraySize(list);
  if (!cJSON_IsArray(list) || count > MOST_READINGS)
    return wrong(diag, run, "has no list of outcomes", NULL);
  run->reading = calloc((size_t)count + 1, sizeof *run->reading);
  if (run->reading == NULL)
    return PERCUTA_MEMORY;
  cJSON_ArrayForEach(item, list) {
    if (!read_reading(item, &run->reading[run->reading_count]))
      return wrong(diag, run, "holds an outcome that is not of the form that Percuta writes", NULL);
    ++run->reading_count;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_compare_summary_read(const char *text, struct percuta_diag *diag,
                                                 struct percuta_compare_run *run) {
  cJSON *root = cJSON_Parse(text);
  enum percuta_status status = PERCUTA_OK;
  if (!cJSON_IsObject(root))
    status = wrong(diag, run, "is not JSON", NULL);
  if (status == PERCUTA_OK)
    status = read_head(root, diag, run);
  if (status == PERCUTA_OK)
    status = read_course(root, run);
  if (status == PERCUTA_OK)
    status = read_outcomes(root, diag, run);
  cJSON_Delete(root);
  return status;
}

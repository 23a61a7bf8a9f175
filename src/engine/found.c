/* A run leaves its hash and the names of the files that it writes in run.log, before any other file
 * is written; a finished one its hash in summary.json too. Where run.log has no such list, every
 * name that Percuta uses counts as its own. Test: tests/cli/folder.sh. */
#include "engine/found.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/path.h"
#include "course/write.h"
#include "result/checkpoint.h"

enum { LOG, SUMMARY, MOST = 64 << 20 };

/* The text of a regular file of the folder, owned by the caller, or NULL. */
static char *read_text(const char *folder, const char *name) {
  char path[4096], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  if (percuta_base_path_kind(path) != PERCUTA_PATH_FILE ||
      percuta_base_path_read(path, MOST, &text, &length) != PERCUTA_OK)
    return NULL;
  return text;
}

/* What stands behind the last line's beginning `word`, or NULL. */
static const char *last_line(const char *text, const char *word) {
  const char *found = NULL;
  for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
    found = at + strlen(word);
  return found;
}

static void set_hash(struct percuta_found *found, int where, const char *digits) {
  found->has_hash[where] = digits != NULL && sscanf(digits, "%16" SCNx64, &found->hash[where]) == 1;
}

static enum percuta_status read_log(const char *folder, struct percuta_found *out) {
  char *text = read_text(folder, "run.log");
  enum percuta_status status = PERCUTA_OK;
  if (text != NULL && strncmp(text, "percuta ", strlen("percuta ")) == 0) {
    const char *files = last_line(text, "\nfiles");
    out->ours = true;
    set_hash(out, LOG, last_line(text, "\nhash "));
    if (files != NULL) {
      const size_t length = strcspn(files, "\n");
      out->listed = malloc(length + 2);
      if (out->listed != NULL)
        snprintf(out->listed, length + 2, "%.*s ", (int)length, files);
      else
        status = PERCUTA_MEMORY;
    }
  }
  free(text);
  return status;
}

static void read_summary(const char *folder, struct percuta_found *out) {
  char path[4096];
  char *text = read_text(folder, "summary.json");
  cJSON *root = text ? cJSON_Parse(text) : NULL;
  const char *digits = cJSON_GetStringValue(cJSON_GetObjectItem(root, "scenario_hash"));
  set_hash(out, SUMMARY, digits);
  snprintf(path, sizeof path, "%s/report.html", folder);
  out->ours = out->ours || out->has_hash[SUMMARY];
  out->fields_lost = text != NULL && strstr(text, "\"fields_lost\"") != NULL;
  out->finished =
      out->has_hash[SUMMARY] && percuta_base_path_kind(path) == PERCUTA_PATH_FILE; /* the last */
  cJSON_Delete(root);
  free(text);
}

/* Signs of a run of Percuta where its log is gone. */
static bool has_signs(const char *folder) {
  static const char words[] = "# Percuta ";
  static const char *const names[] = {PERCUTA_CHECKPOINT_FILE, PERCUTA_CHECKPOINT_PREVIOUS};
  char path[4096], *text = read_text(folder, "used_parameters.yaml");
  bool has = text != NULL && strncmp(text, words, strlen(words)) == 0;
  free(text);
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    has = has || percuta_result_checkpoint_is(path);
  }
  return has;
}

enum percuta_status percuta_engine_found_look(const char *folder, struct percuta_found *out) {
  *out = (struct percuta_found){.listed = NULL};
  PERCUTA_TRY(read_log(folder, out));
  read_summary(folder, out);
  out->ours = out->ours || has_signs(folder);
  out->checkpoint = out->ours && percuta_result_checkpoint_newest(folder) != NULL;
  return PERCUTA_OK;
}

void percuta_engine_found_clear(struct percuta_found *found) {
  free(found->listed);
  *found = (struct percuta_found){.listed = NULL};
}

bool percuta_engine_found_same(const struct percuta_found *found, uint64_t hash) {
  bool known = false, same = true;
  for (int i = 0; i < 2; ++i) {
    known = known || found->has_hash[i];
    same = same && (!found->has_hash[i] || found->hash[i] == hash);
  }
  return known && same;
}

/* A list of names in `out` that may be too long for it. */
struct list {
  const char *folder;
  char *out;
  size_t size;
};

static void add_lost(const struct list *list, const char *name) {
  char path[4096];
  const size_t used = strlen(list->out), room = list->size - used;
  snprintf(path, sizeof path, "%s/%s", list->folder, name);
  if (percuta_base_path_kind(path) != PERCUTA_PATH_NOTHING)
    return;
  if (room > strlen(name) + sizeof ", …")
    snprintf(list->out + used, room, "%s%s", used > 0 ? ", " : "", name);
  else if (room > sizeof ", …" && strcmp(list->out + used - strlen("…"), "…") != 0)
    snprintf(list->out + used, room, ", …");
}

/* The files of single times that fields.pvd names. */
static void add_lost_times(const struct list *list) {
  static const char word[] = "file=\"";
  char *text = read_text(list->folder, "fields.pvd"), name[64];
  for (const char *at = text ? strstr(text, word) : NULL; at; at = strstr(at, word)) {
    at += strlen(word);
    const size_t length = strcspn(at, "\"");
    if (length < sizeof name) {
      snprintf(name, sizeof name, "%.*s", (int)length, at);
      add_lost(list, name);
    }
  }
  free(text);
}

void percuta_engine_found_lacks(const struct percuta_found *found, const char *folder,
                                const struct percuta_scenario *scenario, char *out, size_t size) {
  const struct list list = {folder, out, size};
  const char *name = NULL;
  char own[128];
  out[0] = '\0';
  add_lost(&list, "used_parameters.yaml");
  for (int i = 0; (name = percuta_course_write_name(i)) != NULL; ++i)
    if (percuta_course_write_is_due(scenario, name) &&
        !(found->fields_lost && strncmp(name, "fields", strlen("fields")) == 0))
      add_lost(&list, name);
  for (int i = 0; i < scenario->files.count; ++i) {
    snprintf(own, sizeof own, "%.100s.yaml", scenario->files.file[i].id);
    if (scenario->files.file[i].own)
      add_lost(&list, own);
  }
  add_lost_times(&list);
}

bool percuta_engine_found_wrote(const struct percuta_found *found, const char *name) {
  char spaced[128];
  snprintf(spaced, sizeof spaced, " %.120s ", name);
  return found->ours && (found->listed == NULL || strstr(found->listed, spaced) != NULL);
}

#include "substance/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/path.h"
#include "substance/check.h"

enum { LONGEST_ID = 63 };

static bool is_id(const char *id) {
  static const char allowed[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._%";
  const size_t length = strlen(id);
  return length > 0 && length <= LONGEST_ID && id[0] != '.' && strspn(id, allowed) == length;
}

bool percuta_substance_entry_beside(const char *id, const char *beside, char *out, size_t size) {
  const char *slash = strrchr(beside, '/');
  const int folder = slash ? (int)(slash - beside) + 1 : 0;
  const int length = snprintf(out, size, "%.*s%s.yaml", folder, beside, id);
  return length > 0 && (size_t)length < size;
}

static bool find_beside(const char *id, const char *beside, char *out, size_t size) {
  return beside && percuta_substance_entry_beside(id, beside, out, size) && access(out, R_OK) == 0;
}

static bool find_in_data(const char *kind, const char *id, char *out, size_t size) {
  char folder[768];
  if (percuta_base_path_data(folder, sizeof folder) != PERCUTA_OK)
    return false;
  const int length = snprintf(out, size, "%s/%s/%s.yaml", folder, kind, id);
  return length > 0 && (size_t)length < size && access(out, R_OK) == 0;
}

static bool is_product(const char *kind) {
  return strcmp(kind, "products") == 0;
}

/* Whether the file describes one of this kind, as its keys tell: a scenario or a compound may have
 * the name of a product. What cannot be read counts, so that its mistakes are said. */
static bool is_of_kind(const char *kind, const char *path) {
  static const char *const product[] = {"actives", "dose", "contact", "vehicle", NULL};
  static const char *const compound[] = {"molar_mass", "log_kow", "formula", NULL};
  struct percuta_diag *diag = NULL;
  struct percuta_yaml_node *root = NULL;
  if (percuta_base_diag_create(&diag))
    return true;
  bool is = percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, NULL,
                                   &root) != PERCUTA_OK;
  for (const char *const *key = is_product(kind) ? product : compound; *key && !is; key++)
    is = percuta_base_yaml_get(root, *key) != NULL;
  percuta_base_yaml_destroy(&root);
  percuta_base_diag_destroy(&diag);
  return is;
}

bool percuta_substance_entry_find(const char *kind, const char *id, const char *beside, char *out,
                                  size_t size, bool *own) {
  *own = is_id(id) && find_beside(id, beside, out, size) && is_of_kind(kind, out);
  return *own || (is_id(id) && find_in_data(kind, id, out, size));
}

bool percuta_substance_entry_lacks(const char *kind, const char *id, const char *beside, char *what,
                                   size_t size) {
  char path[1024];
  if (!is_id(id) || !find_beside(id, beside, path, sizeof path) || is_of_kind(kind, path))
    return false;
  snprintf(what, size, "%s.yaml beside the scenario is no %s: it lacks %s", id,
           is_product(kind) ? "product" : "compound",
           is_product(kind) ? "`actives`" : "`molar_mass` and `log_kow`");
  return true;
}

enum percuta_status percuta_substance_entry_open(const char *kind, const char *id,
                                                 const char *beside,
                                                 const struct percuta_units *units,
                                                 struct percuta_diag *diag,
                                                 struct percuta_atlas *out) {
  struct percuta_atlas atlas = {.diag = diag, .units = units};
  bool own = false;
  if (!percuta_substance_entry_find(kind, id, beside, atlas.path, sizeof atlas.path, &own)) {
    char what[256], hint[160];
    if (!percuta_substance_entry_lacks(kind, id, beside, what, sizeof what))
      snprintf(what, sizeof what, "there is no `%.60s` among the %s", id, kind);
    snprintf(hint, sizeof hint,
             "`percuta list %s` shows all; your own is a file NAME.yaml beside the scenario", kind);
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                                    .place = {.file = beside ? beside : "data"},
                                                    .key = kind,
                                                    .what = what,
                                                    .given = id,
                                                    .hint = hint});
    return PERCUTA_BAD_INPUT;
  }
  enum percuta_status status = percuta_base_yaml_read(
      atlas.path, atlas.path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, NULL, &atlas.root);
  if (status == PERCUTA_OK && atlas.root->kind != PERCUTA_YAML_MAP) {
    status = percuta_substance_check_report(
        &atlas, atlas.root,
        (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND, .what = "is no map of keys"});
    percuta_catalogue_atlas_close(&atlas);
  }
  if (status == PERCUTA_OK)
    *out = atlas;
  return status;
}

/* The list as it grows while files are visited. */
struct growing {
  struct percuta_list_entry *entry; /* owned */
  size_t count;
  enum percuta_status status;
  struct percuta_diag *diag; /* borrowed */
};

/* What is known, and for a product of what kind it is, for a compound its size and lipophilicity.
 */
static void describe(const struct percuta_yaml_node *root, char *out, size_t size) {
  const char *known = percuta_base_yaml_text(root, "known", "");
  const char *gap = *known != '\0' ? "; " : "";
  if (percuta_base_yaml_get(root, "actives"))
    snprintf(out, size, "%s%s%s, %s", known, gap, percuta_base_yaml_text(root, "kind", ""),
             strcmp(percuta_base_yaml_text(root, "sterile", ""), "true") == 0 ? "sterile"
                                                                              : "not sterile");
  else
    snprintf(out, size, "%s%s%s, log Kow %s", known, gap,
             percuta_base_yaml_text(percuta_base_yaml_get(root, "molar_mass"), "value", ""),
             percuta_base_yaml_text(percuta_base_yaml_get(root, "log_kow"), "value", ""));
}

static bool add_file(const char *path, void *context) {
  struct growing *list = context;
  struct percuta_yaml_node *root = NULL;
  list->status = percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, list->diag,
                                        NULL, &root);
  if (list->status != PERCUTA_OK)
    return false;
  struct percuta_list_entry *grown =
      realloc(list->entry, (list->count + 1) * sizeof(struct percuta_list_entry));
  if (grown) {
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    struct percuta_list_entry *entry = &grown[list->count];
    snprintf(entry->id, sizeof entry->id, "%.*s", (int)(strlen(file) - strlen(".yaml")), file);
    snprintf(entry->name, sizeof entry->name, "%s",
             percuta_base_yaml_text(root, "name", entry->id));
    describe(root, entry->detail, sizeof entry->detail);
    list->entry = grown;
    list->count++;
  } else {
    list->status = PERCUTA_MEMORY;
  }
  percuta_base_yaml_destroy(&root);
  return list->status == PERCUTA_OK;
}

enum percuta_status percuta_substance_entry_list(const char *kind, struct percuta_list_entry **out,
                                                 size_t *count) {
  char folder[768], path[1024];
  enum percuta_status status = percuta_base_path_data(folder, sizeof folder);
  if (status != PERCUTA_OK)
    return status;
  snprintf(path, sizeof path, "%s/%s", folder, kind);
  struct growing list = {.status = PERCUTA_OK};
  if (percuta_base_diag_create(&list.diag))
    return PERCUTA_MEMORY;
  status = percuta_base_files_visit(path, add_file, &list);
  percuta_base_diag_destroy(&list.diag);
  if (status == PERCUTA_OK)
    status = list.status;
  if (status != PERCUTA_OK) {
    free(list.entry);
    return status;
  }
  *out = list.entry;
  *count = list.count;
  return PERCUTA_OK;
}

/* One index of all data files, parsed when the catalogue is opened. data/evidence and data/fit hold
 * what predictions are compared with and fitted to, which no course needs: they are left out.
 * Tests: tests/unit/test_catalogue.c. */
#include "catalogue/catalogue.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/path.h"
#include "base/table.h"

struct document {
  char *path;                     /* owned */
  const char *name;               /* of it: the part below the data folder */
  char *id;                       /* owned; of the name: the file's, without its ending */
  struct percuta_yaml_node *root; /* owned */
};

struct percuta_catalogue {
  char folder[PATH_MAX];
  struct percuta_units *units;           /* owned */
  struct percuta_parameters *parameters; /* owned */
  struct document *document;             /* owned; sorted by path, folder by folder */
  size_t count, room;
};

/* Where the entries of a kind are: in one map of one file, in a folder with a file each, or both.
 */
static const struct shelf {
  const char *name, *file, *map, *folder;
} SHELF[PERCUTA_KINDS] = {
    [PERCUTA_SITES] = {"sites", "skin/atlas.yaml", "sites", NULL},
    [PERCUTA_CONDITIONS] = {"conditions", "skin/conditions.yaml", "conditions", NULL},
    [PERCUTA_DEVICES] = {"devices", "devices/presets.yaml", "presets", "devices/"},
    [PERCUTA_COMPOUNDS] = {"compounds", NULL, NULL, "compounds/"},
    [PERCUTA_PRODUCTS] = {"products", NULL, NULL, "products/"},
};

const char *percuta_catalogue_kind_name(enum percuta_kind kind) {
  return SHELF[kind].name;
}

enum percuta_kind percuta_catalogue_kind_named(const char *name) {
  int kind = 0;
  while (kind < PERCUTA_KINDS && strcmp(SHELF[kind].name, name) != 0)
    kind++;
  return (enum percuta_kind)kind;
}

/* What is carried along from file to file. */
struct opening {
  struct percuta_catalogue *catalogue;
  struct percuta_diag *diag;
  size_t above; /* bytes of a path before the data folder's own name */
  size_t below; /* and before what lies below it */
  enum percuta_status status;
};

static void clear_document(struct document *document) {
  percuta_base_yaml_destroy(&document->root);
  free(document->path);
  free(document->id);
}

static bool grow(struct percuta_catalogue *catalogue) {
  if (catalogue->count < catalogue->room)
    return true;
  const size_t room = catalogue->room > 0 ? 2 * catalogue->room : 128;
  struct document *grown = realloc(catalogue->document, room * sizeof *grown);
  if (grown == NULL)
    return false;
  catalogue->document = grown;
  catalogue->room = room;
  return true;
}

/* The file's name without folder and ending. */
static char *id_of(const char *path) {
  const char *slash = strrchr(path, '/');
  const char *file = slash ? slash + 1 : path;
  return strndup(file, strlen(file) - strlen(".yaml"));
}

/* Reads one file; a table's parameters join the set. */
static enum percuta_status read_document(struct opening *opening, const char *path) {
  struct percuta_catalogue *catalogue = opening->catalogue;
  const char *shown = path + opening->above; /* "data/...", the same on all machines */
  if (!grow(catalogue))
    return PERCUTA_MEMORY;
  struct document *document = &catalogue->document[catalogue->count];
  *document = (struct document){.path = strdup(path), .id = id_of(path)};
  enum percuta_status status = document->path && document->id ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = percuta_base_yaml_read(path, shown, PERCUTA_BASE_YAML_LIMITS_DATA, opening->diag,
                                    &document->root);
  if (status != PERCUTA_OK) {
    clear_document(document);
    return status;
  }
  document->name = document->path + opening->below;
  catalogue->count++;
  if (!percuta_base_table_is(document->root))
    return PERCUTA_OK;
  return percuta_base_table_add(catalogue->parameters, catalogue->units, document->root, shown,
                                opening->diag);
}

static bool is_left_out(const char *name) {
  return strncmp(name, "evidence/", 9) == 0 || strncmp(name, "fit/", 4) == 0;
}

static bool visit(const char *path, void *context) {
  struct opening *opening = context;
  if (is_left_out(path + opening->below))
    return true;
  const enum percuta_status status = read_document(opening, path);
  if (opening->status == PERCUTA_OK)
    opening->status = status;
  return status != PERCUTA_MEMORY;
}

static enum percuta_status read_all(struct percuta_catalogue *catalogue,
                                    struct percuta_diag *diag) {
  const char *folder = catalogue->folder;
  const char *slash = strrchr(folder, '/');
  struct opening opening = {.catalogue = catalogue,
                            .diag = diag,
                            .above = slash ? (size_t)(slash - folder) + 1 : 0,
                            .below = strlen(folder) + 1};
  const enum percuta_status status = percuta_base_files_visit(folder, visit, &opening);
  if (status != PERCUTA_OK && opening.status == PERCUTA_OK)
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNREADABLE_FILE,
                                                          .place = {.file = folder},
                                                          .what = "cannot be read"});
  return opening.status != PERCUTA_OK ? opening.status : status;
}

enum percuta_status percuta_catalogue_open(const char *folder, struct percuta_diag *diag,
                                           struct percuta_catalogue **out) {
  struct percuta_catalogue *catalogue = calloc(1, sizeof *catalogue);
  *out = NULL;
  if (catalogue == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status =
      percuta_base_path_data(folder, catalogue->folder, sizeof catalogue->folder);
  if (status != PERCUTA_OK)
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_NO_DATA,
                                                    .place = {.file = folder},
                                                    .what = "Percuta's data folder was not found",
                                                    .hint = "set PERCUTA_DATA to it"});
  if (status == PERCUTA_OK)
    status = percuta_base_units_create(&catalogue->units);
  if (status == PERCUTA_OK)
    status = percuta_base_parameters_create(&catalogue->parameters);
  if (status == PERCUTA_OK)
    status = read_all(catalogue, diag);
  if (status != PERCUTA_OK)
    percuta_catalogue_close(&catalogue);
  *out = catalogue;
  return status;
}

void percuta_catalogue_close(struct percuta_catalogue **catalogue) {
  struct percuta_catalogue *old = catalogue ? *catalogue : NULL;
  if (old == NULL)
    return;
  for (size_t i = 0; i < old->count; i++)
    clear_document(&old->document[i]);
  free(old->document);
  percuta_base_parameters_destroy(&old->parameters);
  percuta_base_units_destroy(&old->units);
  free(old);
  *catalogue = NULL;
}

const char *percuta_catalogue_folder(const struct percuta_catalogue *catalogue) {
  return catalogue->folder;
}

const struct percuta_units *percuta_catalogue_units(const struct percuta_catalogue *catalogue) {
  return catalogue->units;
}

const struct percuta_parameters *
percuta_catalogue_parameters(const struct percuta_catalogue *catalogue) {
  return catalogue->parameters;
}

/* The document whose name is `folder` (may be "") and `rest` one after the other. */
static const struct document *find_document(const struct percuta_catalogue *catalogue,
                                            const char *folder, const char *rest) {
  const size_t length = strlen(folder);
  for (size_t i = 0; i < catalogue->count; i++)
    if (strncmp(catalogue->document[i].name, folder, length) == 0 &&
        strcmp(catalogue->document[i].name + length, rest) == 0)
      return &catalogue->document[i];
  return NULL;
}

static struct percuta_entry make_entry(const struct percuta_catalogue *catalogue,
                                       const struct document *document,
                                       const struct percuta_yaml_node *root,
                                       struct percuta_diag *diag) {
  return (struct percuta_entry){
      .path = document->path, .root = root, .units = catalogue->units, .diag = diag};
}

enum percuta_status percuta_catalogue_file(const struct percuta_catalogue *catalogue,
                                           const char *name, struct percuta_diag *diag,
                                           struct percuta_entry *out) {
  const struct document *document = find_document(catalogue, "", name);
  if (document == NULL) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", catalogue->folder, name);
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_UNREADABLE_FILE,
                                                          .place = {.file = path},
                                                          .what = "there is no such file"});
    return PERCUTA_IO;
  }
  *out = make_entry(catalogue, document, document->root, diag);
  return PERCUTA_OK;
}

/* The map of a kind that has its entries in one file; NULL for the others. */
static const struct percuta_yaml_node *map_of(const struct percuta_catalogue *catalogue,
                                              const struct shelf *shelf,
                                              const struct document **document) {
  *document = shelf->file ? find_document(catalogue, "", shelf->file) : NULL;
  return *document ? percuta_base_yaml_get((*document)->root, shelf->map) : NULL;
}

bool percuta_catalogue_find(const struct percuta_catalogue *catalogue, enum percuta_kind kind,
                            const char *id, struct percuta_diag *diag, struct percuta_entry *out) {
  const struct shelf *shelf = &SHELF[kind];
  const struct document *document = NULL;
  char rest[256];
  const int length = snprintf(rest, sizeof rest, "%s.yaml", id);
  if (shelf->folder && length > 0 && (size_t)length < sizeof rest)
    document = find_document(catalogue, shelf->folder, rest);
  if (document && !(shelf->file && strcmp(document->name, shelf->file) == 0)) {
    *out = make_entry(catalogue, document, document->root, diag);
    return true;
  }
  const struct percuta_yaml_node *root =
      percuta_base_yaml_get(map_of(catalogue, shelf, &document), id);
  if (root == NULL)
    return false;
  *out = make_entry(catalogue, document, root, diag);
  return true;
}

/* The document at `index` among those of a folder. */
static const struct document *document_at(const struct percuta_catalogue *catalogue,
                                          const char *folder, size_t index) {
  for (size_t i = 0; i < catalogue->count; i++)
    if (strncmp(catalogue->document[i].name, folder, strlen(folder)) == 0 && index-- == 0)
      return &catalogue->document[i];
  return NULL;
}

bool percuta_catalogue_at(const struct percuta_catalogue *catalogue, enum percuta_kind kind,
                          size_t index, const char **id, struct percuta_entry *out) {
  const struct shelf *shelf = &SHELF[kind];
  const struct document *document = NULL;
  const struct percuta_yaml_node *map = map_of(catalogue, shelf, &document);
  const struct percuta_yaml_node *node = map ? map->child : NULL;
  if (shelf->file != NULL) {
    while (node && index-- > 0)
      node = node->next;
    if (node == NULL)
      return false;
    *id = node->key;
    *out = make_entry(catalogue, document, node, NULL);
    return true;
  }
  document = document_at(catalogue, shelf->folder, index);
  if (document == NULL)
    return false;
  *id = document->id;
  *out = make_entry(catalogue, document, document->root, NULL);
  return true;
}

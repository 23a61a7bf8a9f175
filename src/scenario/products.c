#include "scenario/products.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "transport/product.h"

enum { MOST = (PERCUTA_MAX_TOPICALS + 1) * (PERCUTA_PRODUCT_ACTIVES + 1) };

/* A product's or compound's file that the scenario needs. */
struct file {
  const char *kind; /* static storage */
  char id[64];
  char *text; /* owned; of a user's own file, NULL for one of Percuta's */
  size_t length;
};

struct percuta_products {
  int count;
  struct file file[MOST];
};

static const char NUMBING[] = "session.numbing.product";

void percuta_products_destroy(struct percuta_products **products) {
  struct percuta_products *old = *products;
  for (int i = 0; old != NULL && i < old->count; i++)
    free(old->file[i].text);
  free(old);
  *products = NULL;
}

int percuta_products_count(const struct percuta_scenario *scenario) {
  return scenario->products ? scenario->products->count : 0;
}

struct percuta_products_file percuta_products_at(const struct percuta_scenario *scenario,
                                                 int index) {
  const struct file *file = &scenario->products->file[index];
  return (struct percuta_products_file){.kind = file->kind, .id = file->id, .text = file->text};
}

/* Notes the file of `id`, once. */
static enum percuta_status note_file(struct percuta_scenario *scenario, const char *kind,
                                     const char *id) {
  struct percuta_products *products = scenario->products;
  char path[1024];
  bool own = false;
  for (int i = 0; i < products->count; i++)
    if (strcmp(products->file[i].kind, kind) == 0 && strcmp(products->file[i].id, id) == 0)
      return PERCUTA_OK;
  struct file *file = &products->file[products->count];
  if (!percuta_entry_find(kind, id, scenario->path, path, sizeof path, &own))
    return PERCUTA_IO; /* it was there a moment ago */
  const enum percuta_status status =
      own ? percuta_path_read(path, PERCUTA_YAML_LIMITS_SCENARIO.bytes, &file->text, &file->length)
          : PERCUTA_OK;
  if (status != PERCUTA_OK)
    return status;
  file->kind = kind;
  snprintf(file->id, sizeof file->id, "%s", id);
  products->count++;
  return PERCUTA_OK;
}

static void check_kind(const struct percuta_resolve *resolve,
                       const struct percuta_product *product) {
  const struct percuta_given_entry *given = &resolve->given->key[percuta_keys_find(NUMBING)];
  char what[128];
  if (product->kind == PERCUTA_PRODUCT_NUMBING)
    return;
  snprintf(what, sizeof what, "`%s` is not a numbing cream", product->id);
  percuta_diag_add(resolve->diag, given->place, NUMBING, what, "a product of kind numbing",
                   "what goes on after the needles stands in session.topicals");
}

/* Reads the product, notes its files, and says in diag what is wrong with them. */
static enum percuta_status check_product(struct percuta_resolve *resolve, const char *id,
                                         bool numbing) {
  struct percuta_scenario *scenario = resolve->scenario;
  struct percuta_product product;
  enum percuta_status status =
      percuta_product_read(id, scenario->path, scenario->units, resolve->diag, &product);
  if (status != PERCUTA_OK) /* what cannot be read has been said, as what is wrong */
    return status == PERCUTA_MEMORY ? status : PERCUTA_OK;
  if (numbing)
    check_kind(resolve, &product);
  status = note_file(scenario, "products", id);
  for (int i = 0; i < product.active_count && status == PERCUTA_OK; i++)
    status = note_file(scenario, "compounds", product.active[i].compound.id);
  return status;
}

enum percuta_status percuta_products_check(struct percuta_resolve *resolve) {
  const struct percuta_session *session = &resolve->scenario->session;
  resolve->scenario->products = calloc(1, sizeof *resolve->scenario->products);
  if (resolve->scenario->products == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status = PERCUTA_OK;
  if (session->numbing.product[0] != '\0')
    status = check_product(resolve, session->numbing.product, true);
  for (int i = 0; i < session->topical_count && status == PERCUTA_OK; i++) {
    const char *id = session->topicals[i].product;
    bool before = id == NULL || strcmp(id, session->numbing.product) == 0;
    for (int k = 0; k < i && !before; k++)
      before = session->topicals[k].product && strcmp(id, session->topicals[k].product) == 0;
    if (!before)
      status = check_product(resolve, id, false);
  }
  return status;
}

void percuta_products_write(const struct percuta_scenario *scenario, FILE *stream) {
  for (int i = 0; i < percuta_products_count(scenario); i++) {
    const struct file *file = &scenario->products->file[i];
    if (file->text == NULL)
      continue;
    fprintf(stream, "%s.yaml:\n", file->id);
    fwrite(file->text, 1, file->length, stream);
  }
}

/* Whether the files `a` and `b`, of which neither need exist, stand in the same folder. */
static bool same_folder(const char *a, const char *b) {
  char folder[2][1024];
  const char *path[2] = {a, b};
  struct stat info[2];
  for (int i = 0; i < 2; i++) {
    const char *slash = strrchr(path[i], '/');
    snprintf(folder[i], sizeof folder[i], "%.*s.", slash ? (int)(slash - path[i]) + 1 : 0, path[i]);
    if (stat(folder[i], &info[i]) != 0)
      return false;
  }
  return info[0].st_dev == info[1].st_dev && info[0].st_ino == info[1].st_ino;
}

static enum percuta_status copy_file(const struct file *file, const char *path) {
  char target[1024];
  FILE *stream = NULL;
  if (!percuta_entry_beside(file->id, path, target, sizeof target))
    return PERCUTA_IO;
  const enum percuta_status status = percuta_path_open(target, &stream);
  if (status != PERCUTA_OK)
    return status;
  if (fwrite(file->text, 1, file->length, stream) != file->length) {
    percuta_path_abandon(target, &stream);
    return PERCUTA_IO;
  }
  return percuta_path_commit(target, &stream);
}

enum percuta_status percuta_products_copy(const struct percuta_scenario *scenario,
                                          const char *path) {
  enum percuta_status status = PERCUTA_OK;
  if (same_folder(scenario->path, path))
    return status;
  for (int i = 0; i < percuta_products_count(scenario) && status == PERCUTA_OK; i++)
    if (scenario->products->file[i].text != NULL)
      status = copy_file(&scenario->products->file[i], path);
  return status;
}

const char *percuta_products_hidden(const struct percuta_scenario *scenario, const char *path) {
  for (int i = 0; i < percuta_products_count(scenario); i++) {
    const struct file *file = &scenario->products->file[i];
    char hiding[1024];
    bool own = false;
    if (file->text == NULL &&
        percuta_entry_find(file->kind, file->id, path, hiding, sizeof hiding, &own) && own)
      return file->id;
  }
  return NULL;
}

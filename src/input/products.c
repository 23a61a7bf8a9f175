#include "input/products.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "substance/product.h"

#define SAME 1e-12 /* relative error of a conversion of units */

enum { MOST = (PERCUTA_MAX_PRODUCTS + 1) * (PERCUTA_PRODUCT_ACTIVES + 1) };

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

void percuta_input_products_destroy(struct percuta_products **products) {
  struct percuta_products *old = *products;
  for (int i = 0; old != NULL && i < old->count; i++)
    free(old->file[i].text);
  free(old);
  *products = NULL;
}

int percuta_input_products_count(const struct percuta_scenario *scenario) {
  return scenario->products ? scenario->products->count : 0;
}

struct percuta_products_file percuta_input_products_at(const struct percuta_scenario *scenario,
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
  if (!percuta_substance_entry_find(kind, id, scenario->path, path, sizeof path, &own))
    return PERCUTA_IO; /* it was there a moment ago */
  const enum percuta_status status =
      own ? percuta_base_path_read(path, PERCUTA_BASE_YAML_LIMITS_SCENARIO.bytes, &file->text,
                                   &file->length)
          : PERCUTA_OK;
  if (status != PERCUTA_OK)
    return status;
  file->kind = kind;
  snprintf(file->id, sizeof file->id, "%s", id);
  products->count++;
  return PERCUTA_OK;
}

/* A product as the scenario uses it: the numbing cream, or an entry of session.topicals. */
struct use {
  const char *id;                       /* borrowed */
  int number;                           /* from 1; 0: the numbing cream */
  const struct percuta_yaml_node *item; /* borrowed; of an entry of session.topicals */
  double dose, apply, again;            /* as the scenario says; 0: as the product says */
  bool timed;                           /* these are right as far as keys go */
};

/* A mistake at `leaf` of a use; its place, key and value given are filled in here. */
static void report(const struct percuta_resolve *resolve, const struct use *use, const char *leaf,
                   struct percuta_mistake mistake) {
  char path[64] = "";
  if (use->number > 0)
    snprintf(path, sizeof path, "session.topicals[%d].%s", use->number, leaf);
  else
    snprintf(path, sizeof path, "session.numbing.%s", leaf);
  const int key = percuta_input_keys_find(use->number > 0 ? "session.topicals" : path);
  const struct percuta_given_entry *entry = &resolve->given->key[key];
  const struct percuta_yaml_node *node =
      use->number > 0 ? percuta_base_yaml_get(use->item, leaf) : entry->node;
  mistake.key = path;
  mistake.place = entry->place;
  mistake.given = node ? node->text : NULL;
  if (use->number > 0 && node != NULL && entry->place.column > 0) /* else it holds the whole list */
    mistake.place = (struct percuta_place){entry->place.file, node->line, node->column};
  percuta_base_diag_add(resolve->diag, &mistake);
}

/* Only session.numbing follows how numb skin gets and what the blood carries of it. */
static void check_kind(const struct percuta_resolve *resolve, const struct use *use,
                       const struct percuta_product *product) {
  const bool numbing = product->kind == PERCUTA_PRODUCT_NUMBING;
  char what[128];
  snprintf(what, sizeof what, "`%s` is %s numbing cream", product->id, numbing ? "a" : "not a");
  if (use->number == 0 && !numbing)
    report(resolve, use, "product",
           (struct percuta_mistake){
               .code = PERCUTA_CODE_NOT_A_CHOICE,
               .what = what,
               .allowed = "a product of kind numbing",
               .hint = "what goes on after the needles stands in session.topicals"});
  if (use->number > 0 && numbing)
    report(resolve, use, "product",
           (struct percuta_mistake){
               .code = PERCUTA_CODE_NOT_A_CHOICE,
               .what = what,
               .allowed = "a product of another kind",
               .hint = "name it in session.numbing, which has an order needles-first"});
}

/* Doses after the first: that they come while the product is there, and that not too much does. */
static void check_doses(const struct percuta_resolve *resolve, const struct use *use,
                        const struct percuta_product *product) {
  const double minute = PERCUTA_HOUR / 60, mg_cm2 = 1e-2;
  const double contact = use->apply > 0 ? use->apply : product->contact;
  const double dose = use->dose > 0 ? use->dose : product->dose;
  char what[128], allowed[128];
  if (!use->timed || !(use->again > 0))
    return;
  if (use->again < minute * (1 - SAME)) {
    snprintf(what, sizeof what, "%g min is too short", use->again / minute);
    report(resolve, use, "again",
           (struct percuta_mistake){.code = PERCUTA_CODE_OUT_OF_RANGE,
                                    .what = what,
                                    .allowed = "0, or 1 min and more",
                                    .hint = "0 puts it on once"});
    return;
  }
  if (use->again >= contact) {
    snprintf(what, sizeof what, "%g min is not before it is taken off", use->again / minute);
    snprintf(allowed, sizeof allowed, "below the contact of `%s`, %g min", product->id,
             contact / minute);
    if (!(use->apply > 0)) /* else it has been said */
      report(resolve, use, "again",
             (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                      .what = what,
                                      .allowed = allowed,
                                      .hint = "or say in `apply` how long it stays"});
    return;
  }
  const double doses = ceil(contact / use->again);
  if (doses * dose <= PERCUTA_PRODUCTS_MOST * mg_cm2 * (1 + SAME))
    return;
  snprintf(what, sizeof what, "makes %g doses of %g mg/cm^2, %g mg/cm^2 in all", doses,
           dose / mg_cm2, doses * dose / mg_cm2);
  snprintf(allowed, sizeof allowed, "up to %d mg/cm^2 in all", PERCUTA_PRODUCTS_MOST);
  report(resolve, use, "again",
         (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                  .what = what,
                                  .allowed = allowed,
                                  .hint = "put on less, or less often"});
}

/* Reads the product of a use and notes its files; what is wrong with them is said in diag, and then
 * *found is false. */
static enum percuta_status find_product(struct percuta_resolve *resolve, const char *id,
                                        struct percuta_product *product, bool *found) {
  struct percuta_scenario *scenario = resolve->scenario;
  enum percuta_status status =
      percuta_substance_product_read(id, scenario->path, scenario->units, resolve->diag, product);
  *found = status == PERCUTA_OK;
  if (status != PERCUTA_OK) /* what cannot be read has been said, as what is wrong */
    return status == PERCUTA_MEMORY ? status : PERCUTA_OK;
  status = note_file(scenario, "products", id);
  for (int i = 0; i < product->active_count && status == PERCUTA_OK; i++)
    status = note_file(scenario, "compounds", product->active[i].compound.id);
  return status;
}

/* All uses of products, in `out`; their number. */
static int list_uses(const struct percuta_resolve *resolve, struct use *out) {
  const struct percuta_session *session = &resolve->scenario->session;
  const struct percuta_numbing_plan *cream = &session->numbing;
  const struct percuta_given *given = resolve->given;
  const int list_key = percuta_input_keys_find("session.topicals");
  const struct percuta_yaml_node *list = given->key[list_key].node;
  int count = 0;
  if (cream->product[0] != '\0')
    out[count++] =
        (struct use){.id = cream->product,
                     .dose = cream->dose,
                     .apply = cream->apply,
                     .again = cream->again,
                     .timed = resolve->valid[percuta_input_keys_find("session.numbing.dose")] &&
                              resolve->valid[percuta_input_keys_find("session.numbing.apply")] &&
                              resolve->valid[percuta_input_keys_find("session.numbing.again")]};
  const struct percuta_yaml_node *item = list ? list->child : NULL;
  for (int i = 0; i < session->product_count; i++, item = item ? item->next : NULL) {
    const struct percuta_product_plan *plan = &session->products[i];
    if (plan->product != NULL)
      out[count++] = (struct use){.id = plan->product,
                                  .number = i + 1,
                                  .item = item,
                                  .dose = plan->dose,
                                  .apply = plan->apply,
                                  .again = plan->again,
                                  .timed = resolve->valid[list_key]};
  }
  return count;
}

enum percuta_status percuta_input_products_check(struct percuta_resolve *resolve) {
  struct use use[PERCUTA_MAX_PRODUCTS + 1];
  const int count = list_uses(resolve, use);
  resolve->scenario->products = calloc(1, sizeof *resolve->scenario->products);
  if (resolve->scenario->products == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status = PERCUTA_OK;
  for (int i = 0; i < count && status == PERCUTA_OK; i++) {
    struct percuta_product product;
    bool before = false, found = false;
    for (int k = 0; k < i && !before; k++)
      before = strcmp(use[k].id, use[i].id) == 0;
    if (!before) /* else what holds for this use has been said with the first */
      status = find_product(resolve, use[i].id, &product, &found);
    for (int k = i; k < count && found; k++)
      if (strcmp(use[k].id, use[i].id) == 0) {
        check_kind(resolve, &use[k], &product);
        check_doses(resolve, &use[k], &product);
      }
  }
  return status;
}

void percuta_input_products_write(const struct percuta_scenario *scenario, FILE *stream) {
  for (int i = 0; i < percuta_input_products_count(scenario); i++) {
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
  if (!percuta_substance_entry_beside(file->id, path, target, sizeof target))
    return PERCUTA_IO;
  const enum percuta_status status = percuta_base_path_open(target, &stream);
  if (status != PERCUTA_OK)
    return status;
  if (fwrite(file->text, 1, file->length, stream) != file->length) {
    percuta_base_path_abandon(target, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(target, &stream);
}

enum percuta_status percuta_input_products_copy(const struct percuta_scenario *scenario,
                                                const char *path) {
  enum percuta_status status = PERCUTA_OK;
  if (same_folder(scenario->path, path))
    return status;
  for (int i = 0; i < percuta_input_products_count(scenario) && status == PERCUTA_OK; i++)
    if (scenario->products->file[i].text != NULL)
      status = copy_file(&scenario->products->file[i], path);
  return status;
}

const char *percuta_input_products_hidden(const struct percuta_scenario *scenario,
                                          const char *path) {
  for (int i = 0; i < percuta_input_products_count(scenario); i++) {
    const struct file *file = &scenario->products->file[i];
    char hiding[1024];
    bool own = false;
    if (file->text == NULL &&
        percuta_substance_entry_find(file->kind, file->id, path, hiding, sizeof hiding, &own) &&
        own)
      return file->id;
  }
  return NULL;
}

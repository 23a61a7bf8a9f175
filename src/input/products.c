/* The products that a scenario names: what their files must hold, doses that do not fit them, and a
 * copy of the user's own.
 * Tests: tests/unit/test_scenario.c, tests/cli/scenario.sh, tests/robustness. */
#include "input/products.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "input/amounts.h"
#include "input/measured.h"
#include "input/own.h"
#include "input/times.h"
#include "scenario/calendar.h"
#include "substance/product.h"

#define SAME 1e-12     /* relative error of a conversion of units */
#define SAME_DOSE 1e-9 /* … of a dose written with 14 digits and read again */

/* A product as the scenario uses it: the numbing cream, or an entry of session.topicals. */
struct use {
  const char *id;                       /* borrowed */
  int number;                           /* from 1; 0: the numbing cream */
  const struct percuta_yaml_node *item; /* borrowed; of an entry of session.topicals */
  double dose, apply, again;            /* as the scenario says; 0: as the product says */
  double after;                         /* the session */
  int times_per_day;                    /* of a regimen … */
  double regimen;                       /* … that lasts so long */
  double follow;                        /* as the scenario says */
  double not_within;                    /* of a regimen */
  const struct percuta_times *report_times;
  const struct percuta_measured *measured; /* NULL: none … */
  const char *measured_file;               /* … of this name */
  double followed;                         /* what comes of these; 0: not known */
  bool infinite;
  const char *amount;                      /* borrowed; "": none */
  double area;                             /* [m^2] that it is for */
  double *set;                             /* the dose that it makes */
  const struct percuta_product_plan *plan; /* borrowed; NULL: the cream */
  bool timed;                              /* these are right as far as keys go */
};

/* A mistake at `leaf` of a use; its place, key and value given are filled in here. */
static void report(const struct percuta_resolve *resolve, const struct use *use, const char *leaf,
                   struct percuta_mistake mistake) {
  char path[64] = "";
  if (use->number > 0)
    snprintf(path, sizeof path, "session.topicals[%d].%s", use->number - 1, leaf);
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

/* What is measured out becomes a dose, unless another is said. */
static void set_dose(const struct percuta_resolve *resolve, struct use *use,
                     const struct percuta_product *product) {
  struct percuta_value_mistake mistake;
  double dose = 0;
  char what[96];
  if (use->amount == NULL || *use->amount == '\0' || !use->timed)
    return;
  if (percuta_input_amounts_read(resolve->scenario, use->amount, product->density, use->area, &dose,
                                 &mistake) != PERCUTA_OK) {
    report(resolve, use, "amount",
           (struct percuta_mistake){
               .code = mistake.code, .what = mistake.what, .allowed = mistake.allowed});
    return;
  }
  if (use->dose > 0 && fabs(use->dose - dose) > SAME_DOSE * dose) {
    snprintf(what, sizeof what, "is %.6g mg/cm^2, not `dose`", dose / 1e-2);
    report(resolve, use, "amount",
           (struct percuta_mistake){
               .code = PERCUTA_CODE_CONFLICT, .what = what, .allowed = "one of them"});
    return;
  }
  if (!(use->dose > 0))
    *use->set = use->dose = dose;
}

/* A product that comes in later: in the order of sessions, in one that there is. */
static void check_session(const struct percuta_resolve *resolve, const struct use *use) {
  const int from = use->plan ? use->plan->from : 1;
  char what[96], allowed[96];
  if (!use->timed || use->plan == NULL)
    return;
  if (use->number > 1 && from < use->plan[-1].from) {
    snprintf(what, sizeof what, "session %d is before that of the entry before", from);
    report(resolve, use, percuta_base_yaml_get(use->item, "from") ? "from" : "product",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = what,
                                    .allowed = "entries in the order of sessions"});
  }
  if (!percuta_input_times_known(resolve) ||
      from <= percuta_scenario_calendar_count(&resolve->scenario->course))
    return;
  snprintf(what, sizeof what, "there is no session %d", from);
  snprintf(allowed, sizeof allowed, "up to %d, the sessions of this course",
           percuta_scenario_calendar_count(&resolve->scenario->course));
  report(resolve, use, "from",
         (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT, .what = what, .allowed = allowed});
}

/* A pause around needlings belongs to a regimen, and leaves time between them. */
static void check_pause(const struct percuta_resolve *resolve, const struct use *use) {
  double start = 0;
  if (!use->timed || !(use->not_within > 0))
    return;
  if (use->times_per_day == 0) {
    report(resolve, use, "not_within",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = "does nothing without `times_per_day`",
                                    .allowed = "a regimen, or no pause"});
  } else if (use->regimen > 0 && percuta_input_times_known(resolve) &&
             !(percuta_scenario_calendar_regimen(&resolve->scenario->course, use->plan, &start) >
               0)) {
    report(resolve, use, "not_within",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = "leaves no time between sessions or within `for`",
                                    .allowed = "less than half the time between sessions"});
  }
}

/* A regimen is how often and for how long, and leaves no room for doses on top of each other. */
static void check_regimen(const struct percuta_resolve *resolve, const struct use *use) {
  const bool often = use->times_per_day > 0, lasts = use->regimen > 0;
  if (!use->timed || (!often && !lasts))
    return;
  if (often != lasts)
    report(resolve, use, often ? "times_per_day" : "for",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = often ? "does nothing without `for`"
                                                  : "does nothing without `times_per_day`",
                                    .allowed = "both, or neither"});
  if (use->again > 0 || use->infinite)
    report(resolve, use, use->again > 0 ? "again" : "infinite",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = "does not go with times_per_day",
                                    .allowed = "one of them"});
  if (lasts && use->follow > 0)
    report(resolve, use, "follow",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = "does not go with `for`, to whose end it is followed",
                                    .allowed = "one of them"});
}

/* An infinite dose is as much as it takes. */
static void check_infinite(const struct percuta_resolve *resolve, const struct use *use) {
  static const char *const LEAF[] = {"dose", "again"};
  const double value[] = {use->dose, use->again};
  if (!use->timed || !use->infinite)
    return;
  for (int i = 0; i < 2; i++)
    if (value[i] > 0 && (i == 0 || use->times_per_day == 0)) /* else it has been said */
      report(resolve, use, LEAF[i],
             (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                      .what = "does nothing beside `infinite: true`",
                                      .allowed = "one of them"});
}

/* What is left to the scenario's own values when nothing was said, in used_parameters.yaml too. */
static bool are_usual(const struct percuta_times *times) {
  return times->count == 2 && fabs(times->item[0] - PERCUTA_HOUR) < 1 &&
         fabs(times->item[1] - PERCUTA_DAY) < 1;
}

/* Times at which nobody would look, for it is no longer followed. */
static void check_asked(const struct percuta_resolve *resolve, const struct use *use,
                        double followed) {
  const double hour = PERCUTA_HOUR, end = followed * (1 + SAME);
  const struct percuta_times *times = use->report_times;
  const struct percuta_measured *measured = use->measured;
  char what[128], allowed[96], path[1024];
  snprintf(allowed, sizeof allowed, "up to %g h after the first dose", followed / hour);
  if (times->count > 0 && times->item[times->count - 1] > end && !are_usual(times)) {
    snprintf(what, sizeof what, "%g h is beyond the time that `%s` is followed",
             times->item[times->count - 1] / hour, use->id);
    report(resolve, use, "report_times",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = what,
                                    .allowed = allowed,
                                    .hint = "or lengthen `follow`"});
  }
  for (int i = 0; measured && i < measured->count; i++) {
    if (!(measured->point[i].time > end))
      continue;
    snprintf(what, sizeof what, "%g h is beyond the time that `%s` is followed",
             measured->point[i].time / hour, use->id);
    percuta_input_measured_path(resolve->scenario, use->measured_file, path, sizeof path);
    percuta_base_diag_add(resolve->diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                    .place = {path, measured->point[i].line, 1},
                                                    .key = "measured",
                                                    .what = what,
                                                    .allowed = allowed,
                                                    .hint = "or lengthen `follow`"});
  }
}

/* How long it is followed, as course/products.c plans it; not below the time that it is on. */
static void check_follow(const struct percuta_resolve *resolve, struct use *use,
                         const struct percuta_product *product) {
  const struct percuta_parameter *usual =
      percuta_base_parameters_find(resolve->scenario->parameters, "delivery.follow");
  const double on = use->apply > 0 ? use->apply : product->contact;
  char what[128], allowed[128];
  if (!use->timed || use->number == 0 || usual == NULL)
    return;
  use->followed = use->regimen > 0  ? fmax(usual->value_si, use->regimen)
                  : use->follow > 0 ? use->follow
                                    : fmax(usual->value_si, on);
  if (use->regimen == 0 && use->follow > 0 && use->follow < on * (1 - SAME)) {
    snprintf(what, sizeof what, "%g h ends while it is on the skin", use->follow / PERCUTA_HOUR);
    snprintf(allowed, sizeof allowed, "from %g h, when it is washed off", on / PERCUTA_HOUR);
    report(resolve, use, "follow",
           (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                    .what = what,
                                    .allowed = allowed,
                                    .hint = use->apply > 0
                                                ? "or shorten `apply`"
                                                : "or say in `apply` how long it stays"});
    return;
  }
  check_asked(resolve, use, use->followed);
}

/* Samples that are drawn after all products have been followed to their end. */
static void check_samples(const struct percuta_resolve *resolve, const struct use *use, int count) {
  const struct percuta_times *times = &resolve->scenario->franz_cell.sample_times;
  const int key = percuta_input_keys_find("franz_cell.sample_times");
  const struct percuta_given_entry *entry = &resolve->given->key[key];
  double longest = 0;
  char what[128], allowed[96];
  for (int i = 0; i < count; i++) {
    if (use[i].number > 0 && !(use[i].followed > 0))
      return; /* one is not known, of which it has been said why */
    longest = fmax(longest, use[i].followed);
  }
  if (!resolve->valid[key] || times->count == 0 || longest == 0 ||
      times->item[times->count - 1] <= longest * (1 + SAME))
    return;
  snprintf(what, sizeof what, "%g h is beyond the time that any product is followed",
           times->item[times->count - 1] / PERCUTA_HOUR);
  snprintf(allowed, sizeof allowed, "up to %g h after the first dose", longest / PERCUTA_HOUR);
  percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                                 .place = entry->place,
                                                                 .key = "franz_cell.sample_times",
                                                                 .what = what,
                                                                 .allowed = allowed,
                                                                 .hint = "or lengthen `follow`"});
}

/* That it is on the skin within the course and before the next session. */
static void check_times(const struct percuta_resolve *resolve, const struct use *use,
                        const struct percuta_product *product) {
  if (use->timed && !(use->not_within > 0)) /* else it keeps away from sessions by itself */
    percuta_input_times_check_product(
        resolve,
        &(struct percuta_times_product){.list = use->number > 0 ? "session.topicals" : NULL,
                                        .number = use->number,
                                        .item = use->item,
                                        .start = use->after,
                                        .contact = use->regimen > 0 ? use->regimen
                                                   : use->apply > 0 ? use->apply
                                                                    : product->contact});
}

/* Reads the product of a use; what is wrong with it is said in diag, and then *found is false. */
static enum percuta_status find_product(struct percuta_resolve *resolve, const char *id,
                                        struct percuta_product *product, bool *found) {
  const enum percuta_status status =
      percuta_substance_product_read(resolve->scenario, id, resolve->diag, product);
  *found = status == PERCUTA_OK;
  return status == PERCUTA_MEMORY ? status : PERCUTA_OK;
}

/* All uses of products, in `out`; their number. */
static int list_uses(const struct percuta_resolve *resolve, struct use *out) {
  struct percuta_session *session = &resolve->scenario->session;
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
                     .amount = cream->amount,
                     .area = cream->area,
                     .set = &resolve->scenario->session.numbing.dose,
                     .timed = resolve->valid[percuta_input_keys_find("session.numbing.dose")] &&
                              resolve->valid[percuta_input_keys_find("session.numbing.area")] &&
                              resolve->valid[percuta_input_keys_find("session.numbing.apply")] &&
                              resolve->valid[percuta_input_keys_find("session.numbing.again")]};
  const struct percuta_yaml_node *item = list ? list->child : NULL;
  for (int i = 0; i < session->product_count; i++, item = item ? item->next : NULL) {
    struct percuta_product_plan *plan = &session->products[i];
    if (plan->product != NULL)
      out[count++] = (struct use){.id = plan->product,
                                  .number = i + 1,
                                  .item = item,
                                  .dose = plan->dose,
                                  .apply = plan->apply,
                                  .again = plan->again,
                                  .after = plan->after,
                                  .times_per_day = plan->times_per_day,
                                  .regimen = plan->regimen,
                                  .follow = plan->follow,
                                  .not_within = plan->not_within,
                                  .amount = plan->amount,
                                  .area = plan->area,
                                  .set = &plan->dose,
                                  .plan = plan,
                                  .report_times = &plan->report_times,
                                  .measured = plan->measured,
                                  .measured_file = plan->measured_file,
                                  .infinite = plan->infinite,
                                  .timed = resolve->valid[list_key]};
  }
  return count;
}

enum percuta_status percuta_input_products_check(struct percuta_resolve *resolve) {
  struct use use[PERCUTA_MAX_PRODUCTS + 1];
  const int count = list_uses(resolve, use);
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
        set_dose(resolve, &use[k], &product);
        check_session(resolve, &use[k]);
        check_pause(resolve, &use[k]);
        check_doses(resolve, &use[k], &product);
        check_regimen(resolve, &use[k]);
        check_infinite(resolve, &use[k]);
        check_follow(resolve, &use[k], &product);
        check_times(resolve, &use[k], &product);
      }
  }
  if (status == PERCUTA_OK)
    check_samples(resolve, use, count);
  return status;
}

void percuta_input_products_write(const struct percuta_scenario *scenario, FILE *stream) {
  for (int i = 0; i < scenario->files.count; i++) {
    const struct percuta_scenario_file *file = &scenario->files.file[i];
    if (!file->own)
      continue;
    fprintf(stream, "%s.yaml:\n", file->id);
    fwrite(file->text, 1, file->length, stream);
  }
}

bool percuta_input_products_same_folder(const char *a, const char *b) {
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

static enum percuta_status copy_file(const struct percuta_scenario_file *file, const char *path) {
  char target[1024];
  FILE *stream = NULL;
  if (!percuta_input_own_beside(file->id, path, target, sizeof target))
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
  if (percuta_input_products_same_folder(scenario->path, path))
    return status;
  for (int i = 0; i < scenario->files.count && status == PERCUTA_OK; i++)
    if (scenario->files.file[i].own)
      status = copy_file(&scenario->files.file[i], path);
  return status;
}

const char *percuta_input_products_hidden(const struct percuta_scenario *scenario,
                                          const char *path) {
  for (int i = 0; i < scenario->files.count; i++) {
    const struct percuta_scenario_file *file = &scenario->files.file[i];
    if (!file->own && percuta_input_own_is(file->kind, file->id, path))
      return file->id;
  }
  return NULL;
}

/* Blocks `penetration` and `numbing` of summary.json; their keys are in keys.def; test:
 * tests/unit/test_summary.c. */
#include "result/products.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "outcome/advice.h"
#include "outcome/measured.h"
#include "outcome/products.h"
#include "result/key.h"
#include "transport/flux.h"

#define UG_PER_CM2 1e-5 /* [kg/m^2] */
#define UG_PER_ML 1e-3  /* [kg/m^3] */
#define MG_PER_CM2 1e-2 /* [kg/m^2] */
#define G_PER_MOL 1e-3  /* [kg/mol] */
#define CM2 1e-4        /* [m^2] */
#define GRAM 1e-3       /* [kg] */
#define MILLIGRAM 1e-6  /* [kg] */
#define MINUTE 60.0     /* [s] */

static void add_plan(cJSON *object, const struct percuta_penetration_plan *plan) {
#define PERCUTA_KEY_PLAN PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* [kg/m^2] What a layer holds at the end; NAN where there is none. */
static double layer_of(const struct percuta_penetration *penetration,
                       const struct percuta_permeation *course, const char *name) {
  const int last = percuta_outcome_products_last(penetration);
  for (int l = 0; course != NULL && last >= 0 && l < penetration->layer_count; ++l) {
    if (strcmp(penetration->layer_name[l], name) == 0)
      return course->layer[last * course->layer_count + l];
  }
  return NAN;
}

#define NEEDLED (needled != NULL)
#define EXCISED penetration->piece.excised
#define FLUX(flux) ((flux) / UG_PER_CM2 * PERCUTA_HOUR)
#define CM_PER_H(speed) ((speed) / 1e-2 * PERCUTA_HOUR)

/* At one of the times that the scenario asks for, which are outputs where they are followed. */
static void add_time(cJSON *list, const struct percuta_penetration *penetration,
                     const struct percuta_penetration_active *active, int i) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
#define ENTERED(course) percuta_outcome_products_entered(course, i)
#define BLOOD(course) percuta_outcome_products_blood(course, i)
#define PERMEATED_AT(course) percuta_transport_flux_permeated(penetration, course, i)
#define FLUX_AT(course) percuta_transport_flux_mean(penetration, course, i)
#define PERCUTA_KEY_AT PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

static void add_times(cJSON *object, const struct percuta_penetration *penetration,
                      const struct percuta_penetration_active *active,
                      const struct percuta_times *times) {
  cJSON *list = times->count > 0 ? cJSON_AddArrayToObject(object, "at") : NULL;
  for (int t = 0; t < times->count; ++t) {
    const int i = percuta_outcome_products_output(penetration, times->item[t]);
    if (i >= 0)
      add_time(list, penetration, active, i);
  }
}

/* How the user's points lie beside the first compound of product `index`. */
static void add_measured(cJSON *parent, const struct percuta_record *record, int index) {
  const struct percuta_product_plan *put_on = &record->scenario->session.products[index];
  struct percuta_measured_fit fit;
  if (!percuta_outcome_measured_fit(record, index, &fit))
    return;
  cJSON *object = cJSON_AddObjectToObject(parent, "measured");
#define PERCUTA_KEY_MEASURED PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

static void add_amounts(cJSON *object, const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const int last = percuta_outcome_products_last(penetration);
  struct percuta_flux flux = {NAN, NAN, NAN, NAN, NAN}, flux_intact = flux;
  if (last < 0 || active->intact == NULL)
    return;
  flux_intact = percuta_transport_flux_read(penetration, active, active->intact);
  if (NEEDLED)
    flux = percuta_transport_flux_read(penetration, active, needled);
#define LAST(course, member) ((course) ? (course)->member[last] : NAN)
#define PERMEATED(course)                                                                          \
  ((course) ? percuta_transport_flux_permeated(penetration, course, last) : NAN)
#define IN_LAYER(name) (layer_of(penetration, needled, name) / UG_PER_CM2)
#define INTACT_LAYER(name) (layer_of(penetration, active->intact, name) / UG_PER_CM2)
#define PERCUTA_KEY_AMOUNT PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* `put_on`: how the scenario wants it; NULL of the numbing cream. */
static cJSON *describe(int number, const struct percuta_scenario *scenario,
                       const struct percuta_penetration *penetration,
                       const struct percuta_penetration_active *active,
                       const struct percuta_product_plan *put_on) {
  static const char *const words[] = {"in-vivo", "dermatomed", "full-thickness", "epidermis"};
  const char *preparation = words[scenario->preparation];
  const struct percuta_compound *compound = &active->of.compound;
  cJSON *object = cJSON_CreateObject();
#define PERCUTA_KEY_COMPOUND PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
  add_plan(object, &penetration->plan);
  add_amounts(object, penetration, active);
  if (put_on)
    add_times(object, penetration, active, &put_on->report_times);
  return object;
}

static void add_penetration(cJSON *root, const struct percuta_record *record) {
  const int count = percuta_outcome_products_count(record);
  cJSON *list = count > 0 ? cJSON_AddArrayToObject(root, "penetration") : NULL;
  for (int p = 0; p < count; ++p) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, p);
    const int which = p - (record->numbing.used ? 1 : 0);
    const struct percuta_product_plan *put_on =
        which >= 0 ? &record->scenario->session.products[which] : NULL;
    for (int a = 0; a < penetration->active_count; ++a) {
      cJSON *object =
          describe(p + 1, record->scenario, penetration, &penetration->active[a], put_on);
      cJSON_AddItemToArray(list, object);
      if (put_on && a == 0)
        add_measured(object, record, which);
    }
  }
}

static void add_anaesthetics(cJSON *parent, const struct percuta_numbing *numbing) {
  cJSON *list = cJSON_AddArrayToObject(parent, "anaesthetics");
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    const struct percuta_numbing_active *active = &numbing->active[a];
    const char *name = numbing->penetration.active[a].of.compound.id;
    if (active->plasma == NULL)
      continue;
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
#define PERCUTA_KEY_ANAESTHETIC PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
  }
}

/* Whether the toxic level of any anaesthetic is known. */
static bool knows_toxic(const struct percuta_numbing *numbing) {
  bool known = false;
  for (int a = 0; a < numbing->penetration.active_count; ++a)
    known = known || (numbing->active[a].plasma != NULL && numbing->active[a].toxic > 0);
  return known;
}

/* The sentences that are the cream's. */
static void add_warnings(cJSON *object, const struct percuta_warnings *warnings) {
  cJSON *list = cJSON_AddArrayToObject(object, "warnings");
  char text[PERCUTA_WARNING_LENGTH];
  for (int w = 0; w < warnings->count; ++w) {
    if (percuta_outcome_advice_is_of_numbing(warnings->item[w].code)) {
      percuta_outcome_warnings_say(&warnings->item[w], text, sizeof text);
      cJSON_AddItemToArray(list, cJSON_CreateString(text));
    }
  }
}

static void add_numbing(cJSON *root, const struct percuta_record *record) {
  const struct percuta_numbing *numbing = &record->numbing;
  const struct percuta_product_limits *limits = &numbing->penetration.product.limits;
  const bool toxic_known = knows_toxic(numbing);
  if (!numbing->used)
    return;
  cJSON *object = cJSON_AddObjectToObject(root, "numbing");
#define PERCUTA_KEY_CREAM PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
  add_plan(object, &numbing->penetration.plan);
#define PERCUTA_KEY_NUMBING PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
  add_anaesthetics(object, numbing);
  add_warnings(object, &record->warnings);
}

static void add_injection(cJSON *root, const struct percuta_injection *injection) {
  if (!injection->used)
    return;
  cJSON *object = cJSON_AddObjectToObject(root, "injection");
#define PERCUTA_KEY_INJECTION PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

void percuta_result_products_add(cJSON *root, const struct percuta_record *record) {
  add_penetration(root, record);
  add_numbing(root, record);
  add_injection(root, &record->injection);
}

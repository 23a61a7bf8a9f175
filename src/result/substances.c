#include "result/substances.h"

#include <math.h>

#include "outcome/advice.h"
#include "result/penetration_columns.h"

#define MG_PER_CM2 1e-2 /* [kg/m^2] */
#define G_PER_MOL 1e-3  /* [kg/mol] */
#define CM2 1e-4        /* [m^2] */
#define GRAM 1e-3       /* [kg] */
#define MILLIGRAM 1e-6  /* [kg] */
#define MINUTE 60.0     /* [s] */

static void add_number(cJSON *object, const char *key, double value) {
  if (isfinite(value)) {
    cJSON_AddNumberToObject(object, key, value);
  }
}

/* A number for which 0 stands for none. */
static void add_named(cJSON *object, const char *key, double value) {
  if (value > 0) {
    add_number(object, key, value);
  }
}

static void add_plan(cJSON *object, const struct percuta_penetration_plan *plan) {
  add_number(object, "start_h", plan->start / PERCUTA_HOUR);
  add_number(object, "dose_mg_per_cm2", plan->dose / MG_PER_CM2);
  add_number(object, "apply_h", plan->apply / PERCUTA_HOUR);
  add_named(object, "again_h", plan->again / PERCUTA_HOUR);
  cJSON_AddBoolToObject(object, "occluded", plan->occluded);
  add_number(object, "followed_h", plan->follow / PERCUTA_HOUR);
}

/* What each layer holds at the end; `ending` is that of the keys. */
static void add_layers(cJSON *object, const struct percuta_penetration *penetration,
                       const struct percuta_permeation *course, const char *ending) {
  const int last = percuta_outcome_products_last(penetration);
  if (course == NULL || last < 0) {
    return;
  }
  for (int l = 0; l < penetration->layer_count; ++l) {
    char key[96];
    snprintf(key, sizeof key, "layer_%s%s", penetration->layer_name[l], ending);
    for (char *c = key; *c != '\0'; ++c) {
      *c = *c == ' ' ? '_' : *c;
    }
    add_number(object, key,
               course->layer[last * course->layer_count + l] / PERCUTA_PENETRATION_UG_PER_CM2);
  }
}

static void add_amounts(cJSON *object, const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  add_number(object, "applied_ug_per_cm2", active->applied / PERCUTA_PENETRATION_UG_PER_CM2);
  if (needled != NULL) {
    add_number(object, "entered_ug_per_cm2", active->entered / PERCUTA_PENETRATION_UG_PER_CM2);
    add_number(object, "blood_ug_per_cm2", active->blood / PERCUTA_PENETRATION_UG_PER_CM2);
    add_number(object, "enhancement_rel", active->enhancement);
  }
  add_number(object, "entered_intact_ug_per_cm2",
             active->entered_intact / PERCUTA_PENETRATION_UG_PER_CM2);
  add_number(object, "blood_intact_ug_per_cm2",
             active->blood_intact / PERCUTA_PENETRATION_UG_PER_CM2);
  add_layers(object, penetration, needled, "_ug_per_cm2");
  add_layers(object, penetration, active->intact, "_intact_ug_per_cm2");
}

static cJSON *describe(int number, const struct percuta_penetration *penetration,
                       const struct percuta_penetration_active *active) {
  const struct percuta_compound *compound = &active->of->compound;
  cJSON *object = cJSON_CreateObject();
  add_number(object, "number", number);
  cJSON_AddStringToObject(object, "product", penetration->product.id);
  cJSON_AddStringToObject(object, "compound", compound->id);
  add_number(object, "molar_mass_g_per_mol", compound->molar_mass / G_PER_MOL);
  add_number(object, "log_kow", compound->log_kow);
  add_number(object, "neutral_pct", 100 * active->neutral);
  add_number(object, "undissolved_rel", active->undissolved);
  add_plan(object, &penetration->plan);
  add_amounts(object, penetration, active);
  cJSON_AddStringToObject(object, "way_in",
                          percuta_transport_penetration_route_text(active->route));
  cJSON_AddBoolToObject(object, "helps", active->helps);
  cJSON_AddStringToObject(object, "reason", active->reason);
  cJSON_AddStringToObject(object, "verdict",
                          percuta_transport_penetration_verdict_text(penetration->verdict));
  cJSON_AddStringToObject(object, "why", penetration->why);
  add_number(object, "balance_rel", penetration->balance);
  return object;
}

static void add_penetration(cJSON *root, const struct percuta_record *record) {
  const int count = percuta_outcome_products_count(record);
  cJSON *list = count > 0 ? cJSON_AddArrayToObject(root, "penetration") : NULL;
  for (int p = 0; p < count; ++p) {
    const struct percuta_penetration *penetration = percuta_outcome_products_at(record, p);
    for (int a = 0; a < penetration->active_count; ++a) {
      cJSON_AddItemToArray(list, describe(p + 1, penetration, &penetration->active[a]));
    }
  }
}

static void add_anaesthetics(cJSON *object, const struct percuta_numbing *numbing) {
  cJSON *list = cJSON_AddArrayToObject(object, "anaesthetics");
  bool known = false;
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    const struct percuta_numbing_active *active = &numbing->active[a];
    if (active->plasma == NULL) {
      continue;
    }
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    cJSON_AddStringToObject(item, "compound", numbing->penetration.active[a].of->compound.id);
    add_number(item, "plasma_most_ug_per_ml", active->plasma_most / PERCUTA_PENETRATION_UG_PER_ML);
    add_number(item, "plasma_time_h", active->plasma_time / PERCUTA_HOUR);
    add_number(item, "absorbed_mg", active->absorbed / MILLIGRAM);
    add_named(item, "toxic_from_ug_per_ml", active->toxic / PERCUTA_PENETRATION_UG_PER_ML);
    known = known || active->toxic > 0;
  }
  if (known) {
    add_number(object, "toxicity_rel", numbing->toxicity);
  }
}

static void add_depths(cJSON *object, const struct percuta_numbing *numbing) {
  if (!numbing->needles_first) {
    add_number(object, "numb_depth_at_needling_mm", numbing->depth_at_needling / PERCUTA_MM);
    add_number(object, "numb_depth_at_needling_low_mm", numbing->depth_low / PERCUTA_MM);
    add_number(object, "numb_depth_at_needling_high_mm", numbing->depth_high / PERCUTA_MM);
    add_number(object, "pain_free_depth_mm", numbing->pain_free_depth / PERCUTA_MM);
  }
  add_number(object, "pain_free_unmedicated_mm", numbing->pain_free_unmedicated / PERCUTA_MM);
  add_number(object, "numb_depth_most_mm", numbing->depth_most / PERCUTA_MM);
  add_number(object, "numb_depth_most_h", numbing->depth_most_time / PERCUTA_HOUR);
  if (numbing->onset >= 0) {
    add_number(object, "onset_min", numbing->onset / MINUTE);
  }
  if (numbing->end >= 0) {
    add_number(object, "end_min", numbing->end / MINUTE);
  }
  if (numbing->needles_first && numbing->onset_intact >= 0) {
    add_number(object, "onset_intact_min", numbing->onset_intact / MINUTE);
  }
  if (numbing->needles_first && numbing->absorbed_intact >= 0) {
    add_number(object, "absorbed_intact_mg", numbing->absorbed_intact / MILLIGRAM);
  }
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
  if (!numbing->used) {
    return;
  }
  cJSON *object = cJSON_AddObjectToObject(root, "numbing");
  cJSON_AddStringToObject(object, "product", numbing->penetration.product.id);
  cJSON_AddStringToObject(object, "order",
                          numbing->needles_first ? "needles first" : "cream first");
  add_plan(object, &numbing->penetration.plan);
  if (!numbing->needles_first) {
    add_number(object, "wait_min", (numbing->needling - numbing->penetration.plan.apply) / MINUTE);
  }
  add_number(object, "area_cm2", numbing->area / CM2);
  add_named(object, "area_limit_cm2", numbing->penetration.product.limits.area / CM2);
  add_number(object, "product_mass_g", numbing->mass / GRAM);
  add_named(object, "mass_limit_g", numbing->penetration.product.limits.mass / GRAM);
  add_named(object, "time_limit_h", numbing->penetration.product.limits.time / PERCUTA_HOUR);
  add_depths(object, numbing);
  add_anaesthetics(object, numbing);
  add_warnings(object, &record->warnings);
}

void percuta_result_substances_add(cJSON *root, const struct percuta_record *record) {
  add_penetration(root, record);
  add_numbing(root, record);
}

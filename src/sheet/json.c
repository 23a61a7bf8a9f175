/* The sheet as JSON, documented in docs/json.md. Test: tests/cli/device.sh. */
#include "sheet/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diag_json.h"
#include "device/device.h"
#include "sheet/words.h"
#include "validate/show.h"

static const double CM2 = 1e-4, MICROLITRE = 1e-9, MILLI = 1e-3;

static void add(cJSON *object, const char *name, double value) {
  char text[32];
  if (!isfinite(value)) {
    cJSON_AddNullToObject(object, name);
    return;
  }
  snprintf(text, sizeof text, "%.9g", value);
  cJSON_AddNumberToObject(object, name, strtod(text, NULL));
}

/* {"value", "low", "high"} in `unit` [SI]. */
static void add_number(cJSON *object, const char *name, const struct percuta_sheet_number *number,
                       double unit) {
  cJSON *out = cJSON_AddObjectToObject(object, name);
  add(out, "value", number->value / unit);
  add(out, "low", number->low / unit);
  add(out, "high", number->high / unit);
}

/* The same of a depth or width [um]; null where no needle gets in. */
static void add_depth(cJSON *object, const char *name, const struct percuta_sheet_place *place,
                      const struct percuta_sheet_number *depth) {
  if (percuta_sheet_enters(place))
    add_number(object, name, depth, PERCUTA_UM);
  else
    cJSON_AddNullToObject(object, name);
}

static cJSON *add_item(cJSON *array) {
  cJSON *item = cJSON_CreateObject();
  cJSON_AddItemToArray(array, item);
  return item;
}

static void add_place(cJSON *object, const struct percuta_sheet_place *place) {
  add(object, "needle_length_um", place->length / PERCUTA_UM);
  add_number(object, "entry", &place->entry, 1);
  add_depth(object, "depth_in_place_um", place, &place->depth);
  add_depth(object, "depth_left_open_um", place, &place->open);
  add_depth(object, "width_left_open_um", place, &place->width);
  add(object, "deepest_um", percuta_sheet_enters(place) ? place->deepest / PERCUTA_UM : NAN);
  add_number(object, "opening_force_mN", &place->opening, MILLI);
  add_number(object, "bearing_force_N", &place->bearing, 1);
  cJSON_AddBoolToObject(object, "touches", place->touches);
  cJSON_AddBoolToObject(object, "stopped", place->stopped);
}

/* `name`: an array of places; each says which it is by `what`, a text or a number in `unit` [SI].
 */
static void add_places(cJSON *root, const char *name, const char *what, double unit,
                       const struct percuta_sheet_place *place, int count) {
  cJSON *array = cJSON_AddArrayToObject(root, name);
  for (int i = 0; i < count; i++) {
    cJSON *item = add_item(array);
    if (unit > 0)
      add(item, what, place[i].at / unit);
    else
      cJSON_AddStringToObject(item, what, place[i].label);
    cJSON_AddBoolToObject(item, "as_conditions", place[i].base);
    add_place(item, &place[i]);
  }
}

static void add_conditions(const struct percuta_sheet *sheet, cJSON *root) {
  const struct percuta_scenario *scenario = sheet->scenario;
  cJSON *out = cJSON_AddObjectToObject(root, "conditions");
  char text[256];
  percuta_sheet_words_conditions(sheet, text, sizeof text);
  cJSON_AddStringToObject(out, "text", text);
  cJSON_AddStringToObject(out, "site", scenario->site);
  add(out, "age_years", scenario->person.age / PERCUTA_YEAR);
  add(out, "force_N", scenario->session.force);
  add(out, "speed_cm_per_s", scenario->session.speed * 100);
  cJSON_AddNumberToObject(out, "passes", sheet->session_passes);
}

static void add_geometry(const struct percuta_sheet *sheet, cJSON *root) {
  struct percuta_sheet_property property;
  cJSON *array = cJSON_AddArrayToObject(root, "geometry");
  for (int i = 0; percuta_sheet_words_property(sheet, i, &property); i++) {
    cJSON *item = add_item(array);
    cJSON_AddStringToObject(item, "name", property.name);
    cJSON_AddStringToObject(item, "value", property.value);
    (void)percuta_base_diag_json_add_text(item, "known", property.known);
  }
}

static void add_rate(const struct percuta_sheet *sheet, cJSON *root) {
  cJSON *out = cJSON_AddObjectToObject(root, "rate");
  add(out, "strikes_per_s", sheet->rate);
  add(out, "strikes_per_cm2_a_pass_at_half_speed", sheet->slower * CM2);
  add(out, "strikes_per_cm2_a_pass_at_twice_the_speed", sheet->faster * CM2);
  add(out, "strikes_per_cm2_a_pass_with_slip_of_a_tenth",
      sheet->slipping > 0 ? sheet->slipping * CM2 : NAN);
  cJSON *array = cJSON_AddArrayToObject(out, "passes");
  for (int i = 0; i < sheet->strike_count; i++) {
    cJSON *item = add_item(array);
    cJSON_AddNumberToObject(item, "passes", sheet->strikes[i].passes);
    add_number(item, "strikes_per_cm2", &sheet->strikes[i].density, 1 / CM2);
    add(item, "into_earlier_hole", sheet->strikes[i].reentered);
  }
}

static void add_vessels(const struct percuta_sheet *sheet, cJSON *root) {
  cJSON *array = cJSON_AddArrayToObject(root, "layers");
  for (int i = 1; i < PERCUTA_LAYER_COUNT; i++) {
    cJSON *item = add_item(array);
    cJSON_AddStringToObject(item, "name", sheet->layer[i].name);
    add_number(item, "from_um", &sheet->layer[i].top, PERCUTA_UM);
  }
  add_depth(root, "above_fat_um", &sheet->base, &sheet->to_fat);
  cJSON *out = cJSON_AddObjectToObject(root, "vessels");
  add(out, "half_bleed_from_um", sheet->onset / PERCUTA_UM);
  array = cJSON_AddArrayToObject(out, "depths");
  for (int i = 0; i < sheet->depths; i++) {
    const struct percuta_sheet_vessels *vessels = &sheet->vessels[i];
    cJSON *item = add_item(array);
    add(item, "depth_um", vessels->depth / PERCUTA_UM);
    cJSON_AddBoolToObject(item, "as_conditions", vessels->base);
    add_number(item, "cuts_a_vessel", &vessels->bleeding, 1);
    add(item, "loops", vessels->hits[PERCUTA_LOOP]);
    add(item, "upper_plexus", vessels->hits[PERCUTA_UPPER_PLEXUS]);
    add(item, "deep_plexus", vessels->hits[PERCUTA_DEEP_PLEXUS]);
    add_number(item, "blood_ul", &vessels->shed, MICROLITRE);
  }
}

static void add_rows(const struct percuta_sheet *sheet, enum percuta_sheet_topic topic,
                     cJSON *array) {
  for (size_t i = 0; i < sheet->rows; i++) {
    const struct percuta_sheet_row *row = &sheet->row[i];
    const struct percuta_evidence_row *of = row->item.row;
    char study[128];
    if (row->topic != topic)
      continue;
    percuta_sheet_words_study(row, study, sizeof study);
    cJSON *item = add_item(array);
    cJSON_AddStringToObject(item, "id", of->id);
    cJSON_AddStringToObject(item, "quantity", of->quantity);
    cJSON_AddStringToObject(item, "study", study);
    cJSON_AddStringToObject(item, "use", of->use);
    cJSON_AddStringToObject(item, "published", of->value);
    cJSON_AddStringToObject(item, "spread", of->spread);
    cJSON_AddStringToObject(item, "unit", of->unit);
    cJSON *ours = cJSON_AddObjectToObject(item, "ours");
    add(ours, "value", row->item.predicted);
    add(ours, "low", row->item.low);
    add(ours, "high", row->item.high);
    cJSON_AddStringToObject(item, "verdict", percuta_sheet_words_judged(row));
    add(item, "distance", row->distance);
    cJSON_AddStringToObject(item, "source", of->source);
    cJSON_AddStringToObject(item, "doi", of->doi);
  }
}

/* What each kind of number rests on, and the rows beside it. */
static void add_topics(const struct percuta_sheet *sheet, cJSON *root) {
  cJSON *out = cJSON_AddObjectToObject(root, "evidence");
  for (int t = 0; t < PERCUTA_SHEET_TOPICS; t++) {
    const enum percuta_sheet_topic topic = (enum percuta_sheet_topic)t;
    cJSON *of = cJSON_AddObjectToObject(out, percuta_sheet_words_key(topic));
    cJSON_AddStringToObject(of, "rests_on", percuta_sheet_words_rests(topic));
    add_rows(sheet, topic, cJSON_AddArrayToObject(of, "rows"));
  }
}

void percuta_sheet_json_add(const struct percuta_sheet *sheet, cJSON *object) {
  char verdict[1024];
  percuta_sheet_words_verdict(sheet, verdict, sizeof verdict);
  cJSON_AddStringToObject(object, "name", sheet->name);
  add(object, "level", 0.9);
  cJSON_AddStringToObject(object, "verdict", verdict);
  add_conditions(sheet, object);
  add_geometry(sheet, object);
  cJSON *needle = cJSON_AddObjectToObject(object, "penetration");
  add_place(needle, &sheet->base);
  add(needle, "strike_to_strike", sheet->strike_spread);
  add(needle, "needles_in_skin", sheet->needles_in_contact);
  add(needle, "tip_speed_m_per_s", sheet->speed);
  add_places(object, "sites", "site", 0, sheet->site, sheet->sites);
  add_places(object, "ages", "age_years", PERCUTA_YEAR, sheet->age, sheet->ages);
  add_places(object, "forces", "force_N", 1, sheet->force, sheet->forces);
  add_places(object, "wear", "blunter_um", PERCUTA_UM, sheet->wear, sheet->wears);
  add_rate(sheet, object);
  add_vessels(sheet, object);
  add_topics(sheet, object);
}

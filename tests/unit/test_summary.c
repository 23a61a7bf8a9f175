#include "record_fixture.h"

#include <cjson/cJSON.h>

static cJSON *write_and_parse(struct fixture *f) {
  char path[512];
  snprintf(path, sizeof path, "%s/summary.json", f->folder);
  assert_int_equal(percuta_result_summary_write(&f->record, path), PERCUTA_OK);
  char *text = fixture_read(f, "summary.json");
  cJSON *root = cJSON_Parse(text);
  assert_non_null(root);
  free(text);
  return root;
}

static double number(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (!cJSON_IsNumber(item)) {
    fail_msg("no number %s", key);
    return 0;
  }
  return item->valuedouble;
}

/* Equal to the nine digits that are written. */
static void assert_digits(double found, double expected) {
  assert_true(fabs(found - expected) <= 5e-9 * fabs(expected));
}

/* A number of the outcome called `name`, on a day or (NAN) of the course; NAN when it is not there.
 */
static double outcome(const cJSON *root, const char *name, double day, const char *key) {
  const cJSON *item;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(root, "outcomes")) {
    const cJSON *time = cJSON_GetObjectItem(item, "time_d");
    if (strcmp(cJSON_GetObjectItem(item, "name")->valuestring, name) == 0 &&
        (isnan(day) ? time == NULL : time != NULL && time->valuedouble == day)) {
      return cJSON_HasObjectItem(item, key) ? number(item, key) : (double)NAN;
    }
  }
  return NAN;
}

static void has_the_surface(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  cJSON *root = write_and_parse(&f);
  assert_null(cJSON_GetObjectItem(root, "surface_before"));
  cJSON_Delete(root);
  fixture_wrinkle(&f);
  root = write_and_parse(&f);
  const cJSON *surface = cJSON_GetObjectItem(root, "surface_before");
  assert_true(fabs(number(surface, "depth_um") - 250) < 1e-6);
  assert_digits(number(surface, "missing_mm3"), 0.45);
  assert_digits(number(surface, "wavelength_mm"), 1.5);
  assert_true(number(surface, "ra_um") > 0 && number(surface, "rz_um") > number(surface, "ra_um"));
  assert_true(number(surface, "raised_um") == 0);
  cJSON_Delete(root);
  fixture_destroy(&f);
}

static void has_the_numbers(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  cJSON *root = write_and_parse(&f);
  assert_true(number(root, "schema_version") == 2);
  assert_string_equal(cJSON_GetObjectItem(root, "scenario_hash")->valuestring, "0123456789abcdef");
  const cJSON *sessions = cJSON_GetObjectItem(root, "sessions");
  assert_int_equal(cJSON_GetArraySize(sessions), 2);
  const cJSON *second = cJSON_GetArrayItem(sessions, 1);
  assert_digits(number(second, "strikes_per_cm2"), 24 / 0.09);
  assert_digits(number(second, "strikes_expected_per_cm2"), 250);
  assert_digits(number(second, "nearest_mean_um"), 350);
  assert_digits(number(second, "nearest_poisson_um"), 323);
  assert_digits(number(second, "reentered_pct"), 100 * 3 / 21.0);
  assert_digits(number(second, "depth_mean_um"), 1100);
  assert_digits(number(second, "depth_low_um"), 300);
  assert_digits(number(second, "residual_depth_high_um"), 900);
  assert_digits(number(second, "penetrates_draws_pct"), 96);
  assert_digits(number(second, "force_spreading_mN"), 120);
  assert_digits(number(second, "opening_diameter_um"), 60);
  assert_digits(number(second, "force_per_needle_mN"), 600);
  assert_digits(number(second, "planned_d"), 42);
  assert_digits(number(second, "start_d"), 45);
  assert_digits(number(second, "healed_d"), 60);
  assert_digits(number(second, "healed_after_d"), 15);
  assert_digits(number(second, "injured_pct"), 1.25);
  assert_digits(number(second, "channels_mm3"),
                number(second, "injured_mm3") + number(second, "overlap_mm3"));
  /* 18 punctures of 2 nl on 9 mm2 */
  assert_digits(number(second, "shed_ul_per_cm2"), 18 * 2e-3 / 0.09);
  assert_digits(number(second, "shed_expected_ul_per_cm2"), 1.1 * 18 * 2e-3 / 0.09);
  assert_digits(number(second, "punctures_bleeding"), 0.75 * 18);
  assert_digits(number(second, "punctures_bleeding_expected"), 0.7 * 18);
  assert_digits(number(second, "punctures_overflowing"), 0.5 * 18);
  assert_true(cJSON_IsTrue(cJSON_GetObjectItem(second, "pinpoint_bleeding")));
  assert_true(cJSON_IsTrue(cJSON_GetObjectItem(second, "vessels_drawn")));
  const cJSON *clot = cJSON_GetObjectItem(second, "clot");
  assert_digits(number(clot, "time_to_stop_s"), f.session[1].plugged_at);
  assert_digits(outcome(root, "collagen_peak_rel", NAN, "value"), 1.05);
  assert_true(outcome(root, "collagen_peak_d", NAN, "value") == 20);
  assert_digits(outcome(root, "collagen_total_rel", 180, "value"), fixture_collagen(180));
  assert_true(outcome(root, "depth_mean_um", NAN, "level") == 0.9);
  assert_digits(number(cJSON_GetObjectItem(root, "course"), "largest_delay_d"), 3);
  const cJSON *warnings = cJSON_GetObjectItem(root, "warnings");
  assert_int_equal(cJSON_GetArraySize(warnings), 1);
  const cJSON *warning = cJSON_GetArrayItem(warnings, 0);
  assert_string_equal(cJSON_GetObjectItem(warning, "code")->valuestring, "runaway");
  assert_non_null(strstr(cJSON_GetObjectItem(warning, "text")->valuestring, "In up to 1.0 % of"));
  assert_true(number(cJSON_GetObjectItem(warning, "values"), "dermis_pct") == 1);
  cJSON_Delete(root);
  fixture_destroy(&f);
}

/* Nothing that was not computed, and nothing that is not a number, gets into the file. */
static void leaves_out_what_is_not_there(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  f.record.timeline.count = 41;
  f.session[0].channels.force_per_needle = NAN;
  f.session[0].healed_at = -1;
  f.session[1].given = false;
  for (int i = 0; i < FIXTURE_STRIKES; ++i) {
    f.session[0].channels.item[i].penetrated = f.session[0].channels.item[i].reentered = false;
  }
  cJSON *root = write_and_parse(&f);
  const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "sessions"), 0);
  assert_null(cJSON_GetObjectItem(first, "force_per_needle_mN"));
  assert_null(cJSON_GetObjectItem(first, "depth_mean_um"));
  assert_null(cJSON_GetObjectItem(first, "healed_d"));
  assert_true(number(first, "not_penetrated") == FIXTURE_STRIKES);
  const cJSON *second = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "sessions"), 1);
  assert_true(cJSON_IsFalse(cJSON_GetObjectItem(second, "given")));
  assert_null(cJSON_GetObjectItem(second, "strikes"));
  assert_true(isfinite(outcome(root, "collagen_total_rel", 90, "value")));
  assert_true(isnan(outcome(root, "collagen_total_rel", 180, "value")));
  assert_true(isnan(outcome(root, "healed_after_last_session_d", NAN, "value")));
  assert_null(cJSON_GetObjectItem(root, "penetration"));
  assert_null(cJSON_GetObjectItem(root, "numbing"));
  cJSON_Delete(root);
  fixture_destroy(&f);
}

static void has_what_products_bring_in(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  cJSON *root = write_and_parse(&f);
  const cJSON *list = cJSON_GetObjectItem(root, "penetration");
  assert_int_equal(cJSON_GetArraySize(list),
                   4); /* two anaesthetics, then a compound of each serum */
  const cJSON *acid = cJSON_GetArrayItem(list, 2);
  const double entered = 40e-3 * 100 * (1 - exp(-4.0)); /* of 2 mg/cm2 x 5 % = 100 ug/cm2 */
  assert_string_equal(cJSON_GetObjectItem(acid, "product")->valuestring, "tranexamic-acid-5%");
  assert_string_equal(cJSON_GetObjectItem(acid, "compound")->valuestring, "tranexamic-acid");
  assert_true(number(acid, "number") == 2);
  assert_digits(number(acid, "applied_ug_per_cm2"), 100);
  assert_digits(number(acid, "entered_ug_per_cm2"), entered);
  assert_digits(number(acid, "entered_intact_ug_per_cm2"), entered / 40);
  assert_digits(number(acid, "layer_dermis_ug_per_cm2"), 0.5 * entered);
  assert_digits(number(acid, "layer_stratum_corneum_intact_ug_per_cm2"), 1);
  assert_digits(number(acid, "molar_mass_g_per_mol"), 157.213);
  assert_digits(number(acid, "apply_h"), 12);
  assert_true(number(acid, "enhancement_rel") == 40);
  assert_null(cJSON_GetObjectItem(acid, "again_h"));
  assert_string_equal(cJSON_GetObjectItem(acid, "way_in")->valuestring, "punctures");
  assert_string_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(list, 3), "verdict")->valuestring,
                      "do not");
  const cJSON *cream = cJSON_GetArrayItem(list, 0); /* off before the needles */
  assert_string_equal(cJSON_GetObjectItem(cream, "verdict")->valuestring, "not needled");
  assert_null(cJSON_GetObjectItem(cream, "entered_ug_per_cm2"));
  cJSON_Delete(root);
  f.penetration[0].met = PERCUTA_PENETRATION_CLOSED;
  f.penetration[1].active[0].enhancement = INFINITY;
  root = write_and_parse(&f); /* no puncture: the needled numbers are not there */
  acid = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "penetration"), 2);
  assert_null(cJSON_GetObjectItem(acid, "entered_ug_per_cm2"));
  assert_null(cJSON_GetObjectItem(acid, "layer_dermis_ug_per_cm2"));
  assert_non_null(cJSON_GetObjectItem(acid, "layer_dermis_intact_ug_per_cm2"));
  acid = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "penetration"), 3);
  assert_non_null(cJSON_GetObjectItem(acid, "entered_ug_per_cm2"));
  assert_null(cJSON_GetObjectItem(acid, "enhancement_rel"));
  cJSON_Delete(root);
  fixture_destroy(&f);
}

static void has_the_numbing(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  cJSON *root = write_and_parse(&f);
  const cJSON *numbing = cJSON_GetObjectItem(root, "numbing");
  assert_string_equal(cJSON_GetObjectItem(numbing, "order")->valuestring, "cream first");
  assert_digits(number(numbing, "wait_min"), 5);
  assert_digits(number(numbing, "area_cm2"), 100);
  assert_digits(number(numbing, "product_mass_g"), 15);
  assert_digits(number(numbing, "mass_limit_g"), 60);
  assert_null(cJSON_GetObjectItem(numbing, "time_limit_h"));
  assert_digits(number(numbing, "numb_depth_at_needling_mm"), 1.3);
  assert_digits(number(numbing, "numb_depth_most_h"), 2);
  assert_digits(number(numbing, "onset_min"), 25);
  const cJSON *list = cJSON_GetObjectItem(numbing, "anaesthetics");
  assert_int_equal(cJSON_GetArraySize(list), 2);
  assert_digits(number(cJSON_GetArrayItem(list, 0), "plasma_most_ug_per_ml"), 0.06);
  assert_digits(number(cJSON_GetArrayItem(list, 0), "absorbed_mg"), 12);
  assert_null(cJSON_GetObjectItem(cJSON_GetArrayItem(list, 1), "toxic_from_ug_per_ml"));
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(numbing, "warnings")), 1);
  assert_digits(outcome(root, "pain_numbed_rel", NAN, "value"), 1.5);
  assert_digits(outcome(root, "pain_numbed_vas", NAN, "value"), 1.3);
  assert_digits(outcome(root, "pain_numbed_vas", NAN, "high"), 3.6);
  assert_digits(outcome(root, "pain_vas", NAN, "low"), 3.2);
  assert_digits(outcome(root, "pain_left_pct", NAN, "value"), 20);
  assert_null(cJSON_GetObjectItem(numbing, "onset_intact_min"));
  cJSON_Delete(root);
  f.record.numbing.needles_first = true;
  f.record.numbing.end = -1;
  f.session[0].comfort.numbed = false;
  f.session[0].comfort.vas = f.session[0].comfort.vas_low = f.session[0].comfort.vas_high = NAN;
  root = write_and_parse(&f);
  numbing = cJSON_GetObjectItem(root, "numbing");
  assert_null(cJSON_GetObjectItem(numbing, "numb_depth_at_needling_mm"));
  assert_null(cJSON_GetObjectItem(numbing, "end_min"));
  assert_digits(number(numbing, "onset_intact_min"), 25);
  assert_digits(number(numbing, "absorbed_intact_mg"), 18);
  assert_true(isnan(outcome(root, "pain_numbed_rel", NAN, "value")));
  assert_true(isnan(outcome(root, "pain_vas", NAN, "value")));
  assert_true(isnan(outcome(root, "pain_left_pct", NAN, "value")));
  cJSON_Delete(root);
  f.record.numbing.onset_intact = -1; /* never numb */
  root = write_and_parse(&f);
  numbing = cJSON_GetObjectItem(root, "numbing");
  assert_null(cJSON_GetObjectItem(numbing, "onset_intact_min"));
  assert_non_null(cJSON_GetObjectItem(numbing, "absorbed_intact_mg"));
  cJSON_Delete(root);
  fixture_destroy(&f);
}

static void look_up_keys(const cJSON *object, const char *documentation) {
  const cJSON *item;
  cJSON_ArrayForEach(item, object) {
    if (item->string != NULL) {
      char key[100];
      snprintf(key, sizeof key, "`%s`", item->string);
      if (strstr(documentation, key) == NULL) {
        fail_msg("docs/results.md lacks the key %s", key);
      }
    }
    look_up_keys(item, documentation);
  }
}

static void documentation_has_every_key(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  char path[512], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
  fixture_products(&f);
  f.penetration[0].plan.again = PERCUTA_HOUR;
  f.record.numbing.penetration.product.limits.time = PERCUTA_HOUR;
  cJSON *root = write_and_parse(&f);
  look_up_keys(root, text);
  cJSON_Delete(root);
  f.record.numbing.needles_first = true;
  root = write_and_parse(&f);
  look_up_keys(root, text);
  cJSON_Delete(root);
  free(text);
  fixture_destroy(&f);
}

/* docs/results.md has a row for every key of the registry, with unit and text. */
static void documentation_has_the_registry(void **state) {
  (void)state;
  char path[512], row[512], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
  int count = 0;
#define LOOK_UP(kind, name, unit, when, value, description)                                        \
  snprintf(row, sizeof row, "\n| `%s` | %s | %s |\n", #name, unit, description);                   \
  if (strstr(text, row) == NULL) {                                                                 \
    fail_msg("docs/results.md lacks: %s", row);                                                    \
  }                                                                                                \
  ++count;
#define PERCUTA_KEY_HEAD LOOK_UP
#define PERCUTA_KEY_SURFACE LOOK_UP
#define PERCUTA_KEY_PLANNED LOOK_UP
#define PERCUTA_KEY_SESSION LOOK_UP
#define PERCUTA_KEY_CLOT LOOK_UP
#define PERCUTA_KEY_COMPOUND LOOK_UP
#define PERCUTA_KEY_PLAN LOOK_UP
#define PERCUTA_KEY_AMOUNT LOOK_UP
#define PERCUTA_KEY_AT LOOK_UP
#define PERCUTA_KEY_MEASURED LOOK_UP
#define PERCUTA_KEY_CREAM LOOK_UP
#define PERCUTA_KEY_NUMBING LOOK_UP
#define PERCUTA_KEY_INJECTION LOOK_UP
#define PERCUTA_KEY_ANAESTHETIC LOOK_UP
#define PERCUTA_KEY_COURSE LOOK_UP
#define PERCUTA_KEY_NUMERICS LOOK_UP
#define PERCUTA_KEY_COST LOOK_UP
#include "result/keys.def"
  assert_true(count > 100);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(has_the_numbers),
      cmocka_unit_test(has_the_surface),
      cmocka_unit_test(leaves_out_what_is_not_there),
      cmocka_unit_test(has_what_products_bring_in),
      cmocka_unit_test(has_the_numbing),
      cmocka_unit_test(documentation_has_every_key),
      cmocka_unit_test(documentation_has_the_registry),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
